import dev.scruple.AdapterState
import dev.scruple.Age
import dev.scruple.BluetoothDevice
import dev.scruple.BluetoothDiagnosis
import dev.scruple.BluetoothInformation
import dev.scruple.BluetoothSource
import dev.scruple.Category
import dev.scruple.DeviceInformation
import dev.scruple.JvmSession
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Source
import dev.scruple.SystemPermission
import dev.scruple.Value
import dev.scruple.WebViewSource
import dev.scruple.testing.TestSession
import dev.scruple.testing.TestValues
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.jar.JarFile

/** No serialiser that goes through an object by reflection writes a value, or says one where it refuses. */
class SerialisersTest {
    /** A host's own class, which has values in it. */
    private class Screen(
        val device: DeviceInformation,
        val everything: List<Value>,
        val byName: Map<String, Value>,
        val snapshot: Snapshot,
    )

    @Test
    fun `nothing that holds values is written`() {
        val plain = Plain(Canaries.TEXT)
        for (serialiser in Serialiser.all) {
            assertTrue(
                Canaries.areIn(serialiser.said(plain)),
                "$serialiser: the control",
            )
        }
        val subjects = Canaries.values + Canaries.builders
        val (session, source) = collecting()
        val twin = TestSession(TestValues(Canaries.device, Canaries.features)).also(::agree)
        twin.supply(Canaries.records.build())
        val count =
            session.use {
                val snapshots = listOf(session, twin).map { it.collectBlocking(Purpose.FEATURE) }
                assertTrue(Canaries.areIn(snapshots[0].toJson()), "the control: the values are there")
                assertTrue(Canaries.areIn(snapshots[1].device.model.orEmpty()), "the control: the values are there")
                val screen =
                    Screen(Canaries.device, Canaries.values, Canaries.values.associateBy { "$it" }, snapshots[0])
                val all = subjects + snapshots + listOf(session, twin, source, screen, Canaries.values)
                for (subject in all) {
                    for (serialiser in Serialiser.all) {
                        val said = serialiser.said(subject)
                        assertFalse(Canaries.areIn(said), "$serialiser writes ${subject.javaClass}: $said")
                    }
                }
                snapshots.forEach(Snapshot::close)
                all.size
            }
        val serialisers = Serialiser.all.size
        println(
            "proof: serialisers that use reflection write no value | $count kinds of objects, " +
                "$serialisers serialisers, 0 canaries | a plain class with the same text: written by $serialisers of $serialisers",
        )
    }

    @Test
    fun `every type of value is among them`() {
        val jar = Value::class.java.protectionDomain.codeSource.location.path
        val classes =
            JarFile(jar)
                .use { file -> file.entries().toList().map { it.name } }
                .filter { it.startsWith("dev/scruple/") && it.endsWith(".class") }
                .map { Class.forName(it.removeSuffix(".class").replace('/', '.'), false, javaClass.classLoader) }
        val types = classes.filter { Value::class.java.isAssignableFrom(it) && it != Value::class.java }
        assertEquals(types.toSet(), Canaries.values.map { it.javaClass }.toSet())
        val builders = classes.filter { type -> type.methods.any { it.name == "build" && it.returnType in types } }
        assertEquals(builders.toSet(), Canaries.builders.map { it.javaClass }.toSet())
    }

    /** A session that has collected canaries, and one of its sources, which holds one itself. */
    private fun collecting(): Pair<Session, Source> {
        val source = Source.webView(Agent(Canaries.TEXT))
        val policy = Policy { Category.entries.forEach { enable(it) { minimumIntervalMs = 0 } } }
        val session = JvmSession.openBlocking(policy, listOf(source, Source.bluetooth(Radio(Canaries.TEXT))))
        agree(session)
        session.supply(Canaries.records.build())
        return session to source
    }

    private fun agree(session: Session) =
        session.updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(*Category.entries.toTypedArray())
        }

    private class Agent(
        private val text: String,
    ) : WebViewSource {
        override fun permission() = SystemPermission.GRANTED

        override fun read(deadlineMs: Long) = text
    }

    private class Radio(
        private val text: String,
    ) : BluetoothSource {
        override fun permission() = SystemPermission.GRANTED

        override fun read(deadlineMs: Long) =
            BluetoothInformation(AdapterState.ON, true, listOf(BluetoothDevice(text, -1, emptyList())))

        override fun diagnose(deadlineMs: Long) =
            BluetoothDiagnosis(AdapterState.ON, SystemPermission.GRANTED, emptyList(), emptyList())

        override fun forget() = Unit
    }
}
