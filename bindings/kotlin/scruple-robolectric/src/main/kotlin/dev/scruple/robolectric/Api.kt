package dev.scruple.robolectric

import kotlinx.validation.api.dump
import kotlinx.validation.api.filterOutNonPublic
import kotlinx.validation.api.loadApiFromJvmClasses
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.extension
import kotlin.io.path.inputStream
import kotlin.io.path.readText
import kotlin.io.path.walk
import kotlin.io.path.writeText

/** Holds a module's public API against `MODULE.api`: a change of it is a change of that file, to be reviewed. */
@OptIn(ExperimentalPathApi::class)
fun checkApi(
    module: String,
    control: String,
) {
    val directory = Path(System.getProperty("repository.root")) / "bindings" / "kotlin" / module
    val kept = directory / "$module.api"
    val api =
        (directory / "target" / "classes")
            .walk()
            .filter { it.extension == "class" }
            .sorted()
            .map { it.inputStream() }
            .loadApiFromJvmClasses()
            .filterOutNonPublic()
            .dump(StringBuilder())
            .toString()
    if (System.getProperty("api.update") != null) kept.writeText(api)
    assertEquals("meant so? mvn -P android test -pl $module -Dapi.update", kept.readText(), api)
    assertTrue("the control", control in api)
    assertFalse("dev/scruple/bindings" in api)
}
