package dev.scruple.sharedconsent

import android.os.Binder
import android.os.IBinder
import android.os.Parcel
import android.os.Process
import dev.scruple.Item
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.shadows.ShadowBuild
import org.w3c.dom.Element
import java.nio.charset.Charset
import javax.xml.parsers.DocumentBuilderFactory
import kotlin.io.path.Path
import kotlin.io.path.div

/** What crosses from process to process, and what is refused. */
@RunWith(RobolectricTestRunner::class)
class WireTest : App() {
    private val relay = app.relay
    private val sender = Binder()

    /** What the relay answers: null if it takes the parcel. */
    private fun answer(
        code: Int,
        uid: Int = Process.myUid(),
        fill: Parcel.() -> Unit,
    ): String? {
        val data = Parcel.obtain().apply(fill)
        val reply = Parcel.obtain()
        assertTrue(app.calling(101, uid) { relay.transact(code, data, reply, 0) })
        reply.setDataPosition(0)
        return if (reply.readInt() == 1) null else reply.readString()
    }

    private val update = Message.Update(sender, 1, GRANT)

    @Test
    fun `a well-formed message is taken`() {
        val messages =
            listOf(Message.Join(sender), update, Message.Applied(sender, 1), Message.Leave(sender)) +
                listOf(Message.State(1, Consent.NONE.after(GRANT)), Message.Waiting(1, setOf(101, 102)))
        for (message in messages) assertEquals(null, answer(message.code) { write(message) })
    }

    @Test
    fun `another app's message is refused`() {
        val refusal = answer(update.code, uid = Process.myUid() + 1) { write(update) }
        assertEquals("the sender belongs to another app", refusal)
    }

    @Test
    fun `another version is refused by its name`() {
        val refusal =
            answer(update.code) {
                writeString("dev.scruple.sharedconsent")
                writeString("9.9.9")
                writeInt(1)
            }
        assertEquals("the sender has version 9.9.9 of scruple-shared-consent, not $VERSION", refusal)
    }

    @Test
    fun `the version is the library's`() {
        val pom = Path(System.getProperty("repository.root")) / "bindings" / "kotlin" / "pom.xml"
        val project =
            DocumentBuilderFactory
                .newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .documentElement
        val children = List(project.childNodes.length, project.childNodes::item).filterIsInstance<Element>()
        assertEquals(VERSION, children.single { it.tagName == "version" }.textContent)
    }

    @Test
    fun `a malformed message is refused, and changes nothing`() {
        fun start(parcel: Parcel) {
            parcel.writeString("dev.scruple.sharedconsent")
            parcel.writeString(VERSION)
        }

        fun update(rest: Parcel.() -> Unit): Parcel.() -> Unit =
            {
                start(this)
                writeStrongBinder(sender)
                writeInt(1)
                rest()
                writeInt(-1)
            }
        val malformed: Map<String, Parcel.() -> Unit> =
            mapOf(
                "nothing" to {},
                "another name" to { writeString("android.app.IActivityManager") },
                "no version" to { writeString("dev.scruple.sharedconsent") },
                "no sender" to {
                    start(this)
                    writeStrongBinder(null)
                },
                "an unknown age" to
                    update {
                        writeString("old")
                        writeInt(0)
                        writeInt(0)
                    },
                "an unknown category" to
                    update {
                        writeString(null)
                        writeInt(1)
                        writeString("imei")
                        writeString("feature")
                        writeInt(0)
                    },
                "an unknown purpose" to
                    update {
                        writeString(null)
                        writeInt(1)
                        writeString("device")
                        writeString("advertising")
                        writeInt(0)
                    },
                "fewer than none" to
                    update {
                        writeString(null)
                        writeInt(-1)
                        writeInt(0)
                    },
                "more than there are" to
                    update {
                        writeString(null)
                        writeInt(Int.MAX_VALUE)
                    },
                "something after it" to {
                    write(this@WireTest.update)
                    writeInt(7)
                },
            )
        for ((what, fill) in malformed) {
            val refusal = answer(update.code, fill = fill).orEmpty()
            val expected = if (what == "no version") "version null" else "wrong format"
            assertTrue("$what: $refusal", expected in refusal)
        }
        join(101, one)
        assertEquals("not_granted", one.lack())
    }

    @Test
    fun `a message that was cut off anywhere is refused`() {
        val text: Parcel.() -> Any? = { readString() }
        val number: Parcel.() -> Any? = { readInt() }
        val binder: Parcel.() -> Any? = { readStrongBinder() }
        val header = listOf(text, text, binder, number)
        val body = listOf(text, number, text, text, text, text, number, number)
        val whole = Parcel.obtain().apply { write(update) }
        whole.setDataPosition(0)
        for (read in header + body) {
            val size = whole.dataPosition()
            whole.read()
            val refusal =
                answer(update.code) {
                    appendFrom(whole, 0, size)
                }
            assertTrue("cut off at $size", refusal != null)
        }
        assertEquals("the control", 0, whole.dataAvail())
    }

    @Test
    fun `a message of no known kind is for nobody`() {
        assertFalse(relay.transact(IBinder.FIRST_CALL_TRANSACTION + 6, Parcel.obtain(), Parcel.obtain(), 0))
    }

    @Test
    fun `a relay that answers nothing, or does not know the message, refuses`() {
        val answers = mapOf(true to "did not answer", false to "does not know")
        for ((answer, why) in answers) {
            val deaf =
                object : Binder() {
                    override fun onTransact(
                        code: Int,
                        data: Parcel,
                        reply: Parcel?,
                        flags: Int,
                    ) = answer
                }
            assertTrue(why in deaf.send(Message.Join(sender)).orEmpty())
        }
    }

    @Test
    fun `no value crosses`() {
        val canary = "Canary-7"
        ShadowBuild.setModel(canary)
        val consent = join(101, one)
        join(102, two)
        consent.update(GRANT).get()
        val held = listOf(one, two).map { it.reads(Item.DEVICE_MODEL) }
        assertEquals(listOf(canary, canary), held.map { it.device.model })
        consent.update(REVOKE).get()
        assertFalse(crossed(canary))
        assertTrue("the control", crossed("device"))
        assertTrue("the control", crossed("at_least_minimum"))
    }

    private fun crossed(text: String): Boolean {
        val forms = listOf("UTF-8", "UTF-16LE").map { text.toByteArray(Charset.forName(it)) }
        return synchronized(app.bytes) { app.bytes.any { bytes -> forms.any { bytes.holds(it) } } }
    }

    private fun ByteArray.holds(part: ByteArray): Boolean =
        (0..size - part.size).any { at -> part.indices.all { this[at + it] == part[it] } }
}
