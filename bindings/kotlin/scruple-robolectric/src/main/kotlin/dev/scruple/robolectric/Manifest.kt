package dev.scruple.robolectric

import org.w3c.dom.Element
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.io.path.Path
import kotlin.io.path.div

/** What a module's manifest declares: of each element its name and then its attributes, in the alphabet's order. */
fun declared(module: String): Set<String> {
    val directory = Path(System.getProperty("repository.root")) / "bindings" / "kotlin" / module
    val manifest = (directory / "src" / "main" / "AndroidManifest.xml").toFile()
    val builder = DocumentBuilderFactory.newInstance().newDocumentBuilder()
    val inside = builder.parse(manifest).documentElement.getElementsByTagName("*")
    val elements = List(inside.length, inside::item).filterIsInstance<Element>()
    return elements.filter { it.tagName != "uses-sdk" }.mapTo(mutableSetOf(), ::described)
}

private fun described(element: Element): String {
    val attributes = List(element.attributes.length, element.attributes::item)
    val described = attributes.map { "${it.nodeName.removePrefix("android:")}=${it.nodeValue}" }.sorted()
    return (listOf(element.tagName) + described).joinToString(" ")
}
