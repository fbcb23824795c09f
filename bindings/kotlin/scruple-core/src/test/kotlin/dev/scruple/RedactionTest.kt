package dev.scruple

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.lang.reflect.Modifier
import java.nio.ByteBuffer
import kotlin.io.path.Path
import kotlin.io.path.div
import kotlin.io.path.nameWithoutExtension
import kotlin.io.path.walk

/** No value gets into a log by way of a text. */
@OptIn(ScrupleSourceApi::class)
class RedactionTest {
    private val values =
        listOf(
            DeviceInformation(model = SECRET),
            MccMnc(SECRET, SECRET),
            SystemVersion(SECRET, SECRET),
            Resolution(NUMBER, NUMBER, NUMBER.toDouble()),
            Cpu(listOf(SECRET), SECRET, NUMBER, NUMBER.toLong(), listOf(SECRET)),
            IncrementalVersion(SECRET, SECRET),
            SystemInfo(brand = SECRET, screenWidth = NUMBER.toDouble()),
            HostRecords { application = ApplicationInformation { name = SECRET } },
            ApplicationInformation { name = SECRET },
            ProfilePicture(SECRET.toByteArray()),
            MiniProgram { id = SECRET },
            CodePackage(NUMBER.toLong(), SECRET, SECRET.toByteArray()),
            CodePackageAddress { server = SECRET },
            NetworkConfiguration { permissions = mapOf(SECRET to true) },
            DomainConfiguration { request = listOf(SECRET) },
            FeatureData(clipboard = SECRET),
            RunningProcess(NUMBER, SECRET),
            ClipboardText(SECRET, false),
            ClipboardDiagnosis(true, listOf(SECRET), NUMBER, null),
            Coordinates(NUMBER.toDouble(), NUMBER.toDouble()),
            BluetoothInformation(
                AdapterState.ON,
                true,
                listOf(BluetoothDevice(SECRET, NUMBER, listOf(SECRET))),
                NUMBER,
            ),
            BluetoothDevice(SECRET, NUMBER, listOf(SECRET)),
            BluetoothDiagnosis(AdapterState.ON, SystemPermission.DENIED, listOf(NUMBER), listOf(AdapterState.ON)),
            NfcInformation(present = true, enabled = true, hostCardEmulation = true),
        )

    @Test
    fun `a value as text is its type's name`() {
        for (value in values) assertEquals("${value.javaClass.simpleName}(redacted)", "$value")
    }

    @Test
    fun `values are compared by every field`() {
        for (value in values) {
            val read =
                value.javaClass.declaredFields.filterNot { Modifier.isStatic(it.modifiers) }.map {
                    it.isAccessible = true
                    it.get(value).let { field -> if (field is ByteArray) ByteBuffer.wrap(field) else field }
                }
            assertEquals(read, value.fields(), value.javaClass.simpleName)
        }
    }

    @Test
    fun `every type that holds a value is among them`() {
        val classes = Path(Value::class.java.protectionDomain.codeSource.location.path) / "dev" / "scruple"
        val all =
            classes
                .walk()
                .map { Class.forName("dev.scruple.${it.nameWithoutExtension}", false, javaClass.classLoader) }
                .toList()
        val redacted = all.filter { Value::class.java.isAssignableFrom(it) && it != Value::class.java }
        assertEquals(redacted.toSet(), values.mapTo(mutableSetOf()) { it.javaClass })
        // Whatever else has a text of its own is redacted by it, or is an answer, a setting or a place in a file.
        val others = all.filter { it.holdsSomething() && it.declaresToString() } - redacted.toSet()
        assertEquals(
            setOf(
                "AppDeviceInfo",
                "AuditEntry",
                "CategoryPolicy",
                "ConsentUpdate",
                "Grant",
                "ItemPolicy",
                "Policy",
                "Position",
                "TooSoon",
            ),
            others.mapTo(mutableSetOf()) { it.simpleName },
        )
    }

    private fun Class<*>.holdsSomething() = declaredFields.any { !Modifier.isStatic(it.modifiers) }

    private fun Class<*>.declaresToString() = declaredMethods.any { it.name == "toString" }

    @Test
    fun `sessions, snapshots and sources as text hold nothing`() {
        val source = webView { SECRET }
        agreed(source).use { session ->
            val snapshot = session.userAgent()
            assertEquals(SECRET, snapshot.features.userAgent, "the control")
            for (text in listOf("$session", "$snapshot", "$source", "${session.audit()}", "${snapshot.missing}")) {
                assertTrue(SECRET !in text, text)
            }
            snapshot.close()
        }
    }

    private companion object {
        const val SECRET = "secret"
        const val NUMBER = 12345
    }
}
