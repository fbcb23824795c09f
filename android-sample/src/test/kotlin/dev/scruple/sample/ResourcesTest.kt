package dev.scruple.sample

import org.junit.Assert.assertEquals
import org.junit.Assert.assertTrue
import org.junit.Test
import org.w3c.dom.Element
import java.io.File
import javax.xml.parsers.DocumentBuilderFactory

/** Both languages say the same, and both policies but for the accuracy. */
class ResourcesTest {
    private val main = File("src/main")

    /** Texts by name: of plurals, each quantity's. */
    private fun texts(language: String): Map<String, List<String>> {
        val file = File(main, "res/$language/strings.xml")
        val root =
            DocumentBuilderFactory
                .newInstance()
                .newDocumentBuilder()
                .parse(file)
                .documentElement
        val elements = (0 until root.childNodes.length).map { root.childNodes.item(it) }.filterIsInstance<Element>()
        return elements.filter { it.getAttribute("translatable") != "false" }.associate { element ->
            val items = element.getElementsByTagName("item")
            val texts = (0 until items.length).map { items.item(it).textContent }
            element.getAttribute("name") to texts.ifEmpty { listOf(element.textContent) }
        }
    }

    /** What is filled in, such as `%1$d`. */
    private fun arguments(text: String) = Regex("%\\d+\\$\\S*?[ds]").findAll(text).map { it.value }.toSortedSet()

    @Test
    fun `Chinese has every text, with the same arguments`() {
        val (english, chinese) = texts("values") to texts("values-zh-rCN")
        assertTrue(english.size > 100)
        assertEquals(english.keys, chinese.keys)
        for ((name, texts) in chinese) {
            val expected = english.getValue(name).map(::arguments).toSet()
            assertEquals(name, expected, texts.map(::arguments).toSet())
            assertTrue(name, texts.all { it.isNotBlank() })
        }
    }

    @Test
    fun `the two policies differ in the accuracy only`() {
        val (fuzzy, precise) =
            listOf(
                "scruple.json",
                "scruple-precise.json",
            ).map { File(main, "assets/$it").readText() }
        assertTrue(""""location_accuracy": "fuzzy"""" in fuzzy)
        assertEquals(fuzzy.replace("fuzzy", "precise"), precise)
    }
}
