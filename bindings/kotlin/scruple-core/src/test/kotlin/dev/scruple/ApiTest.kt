package dev.scruple

import kotlinx.validation.api.dump
import kotlinx.validation.api.filterOutNonPublic
import kotlinx.validation.api.loadApiFromJvmClasses
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import kotlin.io.path.ExperimentalPathApi
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.extension
import kotlin.io.path.inputStream
import kotlin.io.path.readText
import kotlin.io.path.walk
import kotlin.io.path.writeText

/** The public API is what `scruple-core.api` says: a change of it is a change of that file, to be reviewed. */
class ApiTest {
    private val kept = repository / "bindings" / "kotlin" / "scruple-core" / "scruple-core.api"

    @OptIn(ExperimentalPathApi::class)
    private val api: String by lazy {
        val classes = Path(Session::class.java.protectionDomain.codeSource.location.path)
        classes
            .walk()
            .filter { it.extension == "class" }
            .sorted()
            .map { it.inputStream() }
            .loadApiFromJvmClasses()
            .filterOutNonPublic()
            .dump(StringBuilder())
            .toString()
    }

    @Test
    fun `the public API is as kept`() {
        if (System.getProperty("api.update") != null) kept.writeText(api)
        assertEquals(kept.readText(), api, "meant so? mvn test -pl scruple-core -am -Dapi.update")
    }

    @Test
    fun `nothing generated is in it`() {
        assertTrue("dev/scruple/Session" in api, "the control")
        assertFalse("dev/scruple/bindings" in api)
        assertFalse("com/sun/jna" in api)
    }
}
