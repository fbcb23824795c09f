package dev.scruple.sample

import org.junit.Assert.assertEquals
import org.junit.Test
import java.io.File

/** What Maven compiles is what Gradle would. */
class StandInTest {
    private fun all(
        pattern: String,
        file: String,
    ): List<List<String>> = Regex(pattern).findAll(File(file).readText()).map { it.groupValues.drop(1) }.toList()

    @Test
    fun `both builds have the same versions`() {
        val catalog =
            all("""(?m)^(\w+) = "(.+)"$""", "gradle/libs.versions.toml").associate { (name, version) ->
                name to
                    version
            }
        for (name in listOf("coroutines", "junit", "kotlin", "scruple")) {
            assertEquals(name, listOf(listOf(catalog.getValue(name))), all("<$name.version>(.+)</", "pom.xml"))
        }
    }

    @Test
    fun `both builds have the same parts of Scruple`() {
        val gradle = all("""implementation\(libs\.(scruple[\w.]*)\)""", "build.gradle.kts").flatten()
        val maven = File("pom.xml").readText().substringAfter("<dependencies>").substringBefore("<scope>test")
        val parts = Regex("<artifactId>(scruple(?!-robolectric)[\\w-]*)</").findAll(maven).map { it.groupValues[1] }
        assertEquals(gradle.map { it.replace('.', '-') }.sorted(), parts.toList().sorted())
    }
}
