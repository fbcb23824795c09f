package dev.scruple

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import com.fasterxml.jackson.databind.node.ArrayNode
import com.fasterxml.jackson.databind.node.JsonNodeFactory
import com.fasterxml.jackson.databind.node.ObjectNode
import dev.scruple.bindings.recorded.openRecorded
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.CountDownLatch
import kotlin.io.path.div
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.readText

/** Runs `core/tests/vectors`, whose README says what is in them, as the Rust and Swift suites do. */
@OptIn(ScrupleSourceApi::class)
class VectorsTest {
    private val tests = repository / "core" / "tests"
    private val json = ObjectMapper()

    @Test
    fun `every vector gives what it says`() {
        val files = (tests / "vectors").listDirectoryEntries("*.json").sorted()
        val vectors = files.flatMap { json.readTree(it.readText()) }.map(::spelledOut)
        val reasons = vectors.flatMap(::run).toSet()
        println("${vectors.size} vectors")
        assertTrue(vectors.size >= 60)
        // Every reason but TooSoon's time and NO_SOURCE, which Linux never gives, was seen as a type and as JSON.
        assertEquals(13 + Unavailable.entries.size - 1, reasons.size, reasons.toString())
    }

    private fun run(vector: JsonNode): List<String> {
        val name = vector["name"].textValue()
        val policy = Policy.fromJson(vector["policy"].toString())
        val end = CountDownLatch(1)
        val session =
            when (val machine = vector["sysroot"]) {
                null -> JvmSession.openBlocking(policy, sources(vector, end))
                else -> NativeSession(openRecorded(policy.lowered(), "$tests/sysroots/${machine.textValue()}"))
            }
        session.updateConsent(consent(vector["consent"]))
        vector["host"]?.let { session.supply(HostRecords.fromJson(it.toString())) }
        val purpose = Purpose.entries.named(vector["purpose"]) { it.id }
        val items = vector["items"].mapTo(mutableSetOf()) { id -> Item.entries.named(id) { it.id } }
        if (vector.has("again")) session.collectBlocking(purpose, items)

        val decisions = items(session.explainJson(purpose))
        val decided = session.explain(purpose)
        for ((id, decision) in vector["decisions"].properties()) {
            assertEquals(decision, decisions[id], "$name: the decision on $id")
            assertEquals(decision, shape(decided.getValue(item(id))), "$name: the decision on $id, typed")
        }
        val snapshot = session.collectBlocking(purpose, items)
        val export = items(snapshot.toJson())
        assertEquals(vector["export"], export, name)
        val missing = snapshot.missing
        val values = TypedValues(snapshot)
        for ((id, outcome) in export.properties()) {
            val typed = missing[item(id)]
            if (outcome.has("value")) assertEquals(null, typed) else assertEquals(outcome, shape(typed!!), "$name: $id")
            assertEquals(outcome["value"], values[item(id)], "$name: the value of $id, typed")
        }
        end.countDown()
        session.close()
        return missing.values.map { it.toString().substringBefore('(') }
    }

    private fun item(id: String) = Item.entries.single { it.id == id }

    /** Answers as JSON has them, so that the types' names and layers are held against the core's. */
    private fun shape(answer: Any): JsonNode =
        JsonNodeFactory.instance.objectNode().apply {
            when (answer) {
                is Decision.Permitted -> put("permitted", true)
                is Withheld -> putObject("withheld").put("layer", answer.layer.id).put("reason", answer.id)
                is Unavailable -> put("unavailable", answer.id)
            }
        }

    /** An answer's items, without how long to wait, which depends on the clock. */
    private fun items(answer: String): JsonNode =
        json.readTree(answer)["items"].also { items ->
            items.mapNotNull { it["withheld"] as? ObjectNode }.forEach { it.remove("remaining_ms") }
        }

    private fun consent(consent: JsonNode): ConsentUpdate =
        ConsentUpdate
            .builder()
            .age(Age.entries.named(consent["age"]) { it.id })
            .apply { consent["granted"].forEach { grantFor(category(it), purpose(it)) } }
            .apply { consent["revoked"].forEach { revokeFor(category(it), purpose(it)) } }
            .build()

    private fun category(grant: JsonNode) = Category.entries.named(grant["category"]) { it.id }

    private fun purpose(grant: JsonNode) = Purpose.entries.named(grant["purpose"]) { it.id }

    private fun sources(
        vector: JsonNode,
        end: CountDownLatch,
    ): List<Source> =
        vector["sources"]?.properties().orEmpty().map { (name, script) ->
            val scripted = Scripted(script, end)
            when (name) {
                "idfa" -> Source.idfa(scripted.idfa())
                "clipboard" -> Source.clipboard(scripted.clipboard())
                "fuzzy_location" -> Source.fuzzyLocation(scripted.location())
                "precise_location" -> Source.preciseLocation(scripted.location())
                "bluetooth" -> Source.bluetooth(scripted.bluetooth())
                "nfc" -> Source.nfc(scripted.nfc())
                "web_view" -> Source.webView(scripted.webView())
                else -> error("no such source: $name")
            }
        }

    /** Spells out `{"repeat": "x", "times": 3}`, which stands for long texts. */
    private fun spelledOut(node: JsonNode): JsonNode =
        when {
            node is ObjectNode && node.has("repeat") ->
                JsonNodeFactory.instance.textNode(node["repeat"].textValue().repeat(node["times"].intValue()))
            node is ObjectNode ->
                JsonNodeFactory.instance.objectNode().apply {
                    node.properties().forEach { (key, value) -> set<JsonNode>(key, spelledOut(value)) }
                }
            node is ArrayNode -> JsonNodeFactory.instance.arrayNode().addAll(node.map(::spelledOut))
            else -> node
        }
}

/** The case whose stable name it is. */
private fun <T> List<T>.named(
    id: JsonNode,
    of: (T) -> String,
): T = single { of(it) == id.textValue() }

/** Readers that do what a vector says; those that hang do so until the vector is done. */
@OptIn(ScrupleSourceApi::class)
private class Scripted(
    private val script: JsonNode,
    private val end: CountDownLatch,
) {
    fun permission() = SystemPermission.entries.named(script["permission"]) { it.id }

    private fun answer(key: String = "reads"): JsonNode {
        check(!script.has("panics")) { "as the vector says" }
        if (script.has("hangs")) end.await()
        script["fails"]?.let { kind -> throw SourceException(SourceErrorKind.entries.named(kind) { it.id }) }
        return script[key]
    }

    fun idfa() =
        object : IdfaSource {
            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long): String = answer().textValue()
        }

    fun webView() =
        object : WebViewSource {
            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long): String = answer().textValue()
        }

    fun clipboard() =
        object : ClipboardSource {
            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long) =
                answer().let { ClipboardText(it["text"].textValue(), it["sensitive"].booleanValue()) }

            override fun diagnose(deadlineMs: Long) =
                answer("diagnoses").let { read ->
                    ClipboardDiagnosis(
                        read["has_content"].booleanValue(),
                        read["types"].map { it.textValue() },
                        read["item_count"].intValue(),
                        read["obstacle"].takeUnless { it.isNull }?.let { id ->
                            ClipboardObstacle.entries.named(id) { it.id }
                        },
                    )
                }
        }

    fun location() =
        object : LocationSource {
            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long) =
                answer().let { Coordinates(number(it["latitude"]), number(it["longitude"])) }

            // JSON has no word for what is no number.
            private fun number(node: JsonNode) = if (node.isTextual) node.textValue().toDouble() else node.doubleValue()
        }

    fun bluetooth() =
        object : BluetoothSource {
            override fun forget() = Unit

            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long) =
                answer().let { read ->
                    BluetoothInformation(
                        state(read["state"]),
                        read["low_energy"].flag(),
                        (read["nearby"] as? ArrayNode)?.map { device ->
                            BluetoothDevice(
                                device["name"].textValue(),
                                device["rssi"].intValue(),
                                device["service_uuids"].map { it.textValue() },
                            )
                        },
                        read["omitted"].intValue(),
                    )
                }

            override fun diagnose(deadlineMs: Long) =
                answer("diagnoses").let { read ->
                    BluetoothDiagnosis(
                        state(read["state"]),
                        SystemPermission.entries.named(read["permission"]) { it.id },
                        read["scan_errors"].map { it.intValue() },
                        read["state_changes"].map(::state),
                    )
                }

            private fun state(id: JsonNode) = AdapterState.entries.named(id) { it.id }
        }

    fun nfc() =
        object : NfcSource {
            override fun permission() = this@Scripted.permission()

            override fun read(deadlineMs: Long) =
                answer().let {
                    NfcInformation(it["present"].booleanValue(), it["enabled"].flag(), it["host_card_emulation"].flag())
                }
        }

    private fun JsonNode.flag(): Boolean? = if (isNull) null else booleanValue()
}
