package dev.scruple.sample

import org.junit.Assert.assertEquals
import org.junit.Test

/** JSON for people. */
class IndentedTest {
    @Test
    fun `each member has a line, and texts stay as they are`() {
        val json = """{"a":{"value":"{\"x: [1, 2]}\\"},"b":[],"c":{},"d":[1,-2.5,null]}"""
        val lines =
            """
            {
              "a": {
                "value": "{\"x: [1, 2]}\\"
              },
              "b": [],
              "c": {},
              "d": [
                1,
                -2.5,
                null
              ]
            }
            """.trimIndent()
        assertEquals(lines, indented(json))
    }
}
