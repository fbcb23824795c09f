package dev.scruple

import kotlinx.coroutines.asCoroutineDispatcher
import kotlinx.coroutines.runBlocking
import kotlinx.coroutines.withContext
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import java.lang.reflect.InvocationHandler
import java.lang.reflect.Method
import java.lang.reflect.Proxy
import java.util.concurrent.ConcurrentLinkedQueue
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.atomic.AtomicInteger
import kotlin.concurrent.thread

/** Whatever a source does, there is a reason, and the session stays usable. */
@OptIn(ScrupleSourceApi::class)
@Timeout(30)
class SourcesTest {
    private fun Session.staysUsable() {
        collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM)).use { assertEquals("linux", it.device.platform) }
    }

    @Test
    fun `each kind of error has its reason`() {
        val reasons =
            mapOf(
                SourceErrorKind.UNSUPPORTED to Unavailable.PLATFORM_HAS_NONE,
                SourceErrorKind.DISABLED to Unavailable.DISABLED,
                SourceErrorKind.NOT_READY to Unavailable.NOT_READY,
                SourceErrorKind.NOT_PERMITTED to Unavailable.NOT_PERMITTED,
                SourceErrorKind.FAILED to Unavailable.READ_FAILED,
            )
        assertEquals(SourceErrorKind.entries.toSet(), reasons.keys)
        for ((kind, reason) in reasons) {
            agreed(webView { throw SourceException(kind) }).use { assertEquals(reason, it.noUserAgent()) }
            val asked = webView({ throw SourceException(kind) }) { "never asked" }
            agreed(asked).use { assertEquals(reason, it.noUserAgent()) }
        }
    }

    @Test
    fun `the system's refusal is asked for first, and not read past`() {
        val refusals =
            mapOf(
                SystemPermission.DENIED to Withheld.Denied,
                SystemPermission.RESTRICTED to Withheld.Restricted,
                SystemPermission.NOT_DETERMINED to Withheld.NotDetermined,
            )
        for ((permission, reason) in refusals) {
            val reads = AtomicInteger()
            agreed(webView({ permission }) { "read ${reads.incrementAndGet()}" }).use {
                assertEquals(reason, it.noUserAgent())
                assertEquals(0, reads.get())
            }
        }
    }

    @Test
    fun `what is not permitted is not asked`() {
        val calls = AtomicInteger()
        val permission = { SystemPermission.GRANTED.also { calls.incrementAndGet() } }
        val source = webView(permission) { "read ${calls.incrementAndGet()}" }
        JvmSession.openBlocking(everything(), listOf(source)).use { session ->
            assertEquals(Withheld.NotGranted, session.noUserAgent())
            assertEquals(0, calls.get())
            agree(session)
            assertNull(session.noUserAgent())
            assertEquals(2, calls.get(), "the control")
        }
    }

    @Test
    fun `whatever is thrown is a failed read`() {
        for (thrown in listOf(
            IllegalStateException("secret"),
            AssertionError("secret"),
            StackOverflowError("secret"),
            InterruptedException("secret"),
            NoClassDefFoundError("secret"),
        )) {
            val sources = listOf(webView { throw thrown }, webView({ throw thrown }) { "never asked" })
            for (source in sources) {
                agreed(source).use { session ->
                    val snapshot = session.userAgent()
                    assertEquals(Unavailable.READ_FAILED, snapshot.missing[Item.WEB_VIEW_USER_AGENT])
                    val said = listOf(snapshot.toJson(), session.audit(), snapshot.missing, snapshot.features)
                    assertFalse("secret" in said.toString())
                    session.staysUsable()
                }
            }
        }
    }

    /** The library of these tests ends its process on a panic, as a phone's does. */
    @Test
    fun `whatever any method of any source throws is a failed read`() {
        val sources =
            listOf(
                source<IdfaSource>(Source::idfa),
                source<ClipboardSource>(Source::clipboard),
                source<LocationSource>(Source::fuzzyLocation),
                source<LocationSource>(Source::preciseLocation),
                source<BluetoothSource>(Source::bluetooth),
                source<NfcSource>(Source::nfc),
                source<WebViewSource>(Source::webView),
            )
        val items =
            setOf(
                Item.IDENTIFIER_IDFA,
                Item.CLIPBOARD_CONTENT,
                Item.CLIPBOARD_TROUBLESHOOTING,
                Item.LOCATION_FUZZY,
                Item.LOCATION_PRECISE,
                Item.BLUETOOTH_INFORMATION,
                Item.BLUETOOTH_TROUBLESHOOTING,
                Item.NFC_INFORMATION,
                Item.WEB_VIEW_USER_AGENT,
            )
        for (permission in listOf(null, SystemPermission.GRANTED)) {
            val called = ConcurrentLinkedQueue<String>()
            val throwing =
                sources.map { source ->
                    source { method ->
                        called += "${method.declaringClass.simpleName}.${method.name}"
                        permission.takeIf { method.name == "permission" } ?: throw AssertionError("secret")
                    }
                }
            agreed(*throwing.toTypedArray()).use { session ->
                session.collectBlocking(Purpose.TROUBLESHOOTING, items).use { snapshot ->
                    assertEquals(items.associateWith { Unavailable.READ_FAILED }, snapshot.missing)
                }
                session.staysUsable()
            }
            val asked = listOf("Idfa", "Clipboard", "Location", "Bluetooth", "Nfc", "WebView")
            val diagnosed = listOf("ClipboardSource.diagnose", "BluetoothSource.diagnose")
            val read = if (permission == null) emptyList() else asked.map { "${it}Source.read" }
            assertEquals((asked.map { "${it}Source.permission" } + diagnosed + read).toSet(), called.toSet())
        }
    }

    private inline fun <reified T> source(crossinline of: (T) -> Source): ((Method) -> Any) -> Source =
        { answer ->
            val handler = InvocationHandler { _, method, _ -> if (method.name == "forget") Unit else answer(method) }
            of(Proxy.newProxyInstance(T::class.java.classLoader, arrayOf(T::class.java), handler) as T)
        }

    @Test
    fun `a source that hangs is late, then busy, and back when it returns`() {
        val go = CountDownLatch(1)
        val returned = CountDownLatch(1)
        val source =
            webView {
                go.await()
                "late".also { returned.countDown() }
            }
        agreed(source, policy = everything(deadlineMs = 200)).use { session ->
            assertEquals(Unavailable.TIMED_OUT, session.noUserAgent())
            assertEquals(Unavailable.BUSY, session.noUserAgent())
            session.staysUsable()
            go.countDown()
            returned.await()
            while (session.noUserAgent() == Unavailable.BUSY) Thread.sleep(10)
            assertNull(session.noUserAgent())
        }
    }

    @Test
    fun `nonsense has a reason`() {
        val texts =
            mapOf(
                "x".repeat(10_000_000) to Unavailable.TOO_LONG,
                "a lone \ud83d surrogate" to Unavailable.READ_FAILED,
                "\udc00" to Unavailable.READ_FAILED,
                "two\nlines" to Unavailable.MALFORMED,
                "" to Unavailable.NOT_STATED,
            )
        for ((text, reason) in texts) {
            agreed(webView { text }).use { session ->
                assertEquals(reason, session.noUserAgent())
                session.staysUsable()
            }
        }
    }

    @Test
    fun `nonsense in numbers has a reason`() {
        val places =
            listOf(Coordinates(Double.NaN, 0.0), Coordinates(0.0, Double.POSITIVE_INFINITY), Coordinates(90.1, 0.0))
        for (place in places) {
            val reader =
                object : LocationSource {
                    override fun permission() = SystemPermission.GRANTED

                    override fun read(deadlineMs: Long) = place
                }
            agreed(Source.fuzzyLocation(reader), Source.preciseLocation(reader)).use { session ->
                session.collectBlocking(Purpose.FEATURE, setOf(Item.LOCATION_FUZZY, Item.LOCATION_PRECISE)).use {
                    assertEquals(Unavailable.MALFORMED, it.missing[Item.LOCATION_FUZZY])
                    assertEquals(Unavailable.MALFORMED, it.missing[Item.LOCATION_PRECISE])
                }
                session.staysUsable()
            }
        }
        val clipboard =
            object : ClipboardSource {
                override fun permission() = SystemPermission.GRANTED

                override fun read(deadlineMs: Long) = ClipboardText("\ud800", false)

                override fun diagnose(deadlineMs: Long) = ClipboardDiagnosis(true, List(100) { "t" }, -1, null)
            }
        val bluetooth =
            object : BluetoothSource {
                override fun permission() = SystemPermission.GRANTED

                override fun read(deadlineMs: Long) =
                    BluetoothInformation(
                        AdapterState.ON,
                        null,
                        List(1_000) { BluetoothDevice("d", it, listOf("x")) },
                        -7,
                    )

                override fun diagnose(deadlineMs: Long) =
                    BluetoothDiagnosis(
                        AdapterState.ON,
                        SystemPermission.DENIED,
                        List(100) { Int.MIN_VALUE },
                        List(99) { AdapterState.OFF },
                    )

                override fun forget() = Unit
            }
        agreed(Source.clipboard(clipboard), Source.bluetooth(bluetooth)).use { session ->
            session.collectBlocking(Purpose.TROUBLESHOOTING).use { snapshot ->
                assertEquals(Unavailable.READ_FAILED, snapshot.missing[Item.CLIPBOARD_CONTENT])
                assertEquals(Unavailable.READ_FAILED, snapshot.missing[Item.CLIPBOARD_TROUBLESHOOTING])
                val features = snapshot.features
                val nearby = features.bluetooth!!.nearby!!
                assertEquals(64, nearby.size)
                assertEquals(1_000 - 64, features.bluetooth!!.omitted)
                assertEquals(999, nearby.first().rssi)
                assertTrue(features.bluetoothTroubleshooting!!.scanErrors.all { it == Int.MIN_VALUE })
            }
            session.staysUsable()
        }
    }

    @Test
    fun `a source may call the session that calls it`() {
        lateinit var session: Session
        val inner = ConcurrentLinkedQueue<Any?>()
        val returned = CountDownLatch(1)
        session =
            agreed(
                webView {
                    inner += session.noUserAgent()
                    session.staysUsable()
                    session.updateConsent { revoke(Category.WEB_VIEW) }
                    inner += session.explain(Purpose.FEATURE)[Item.WEB_VIEW_USER_AGENT]
                    returned.countDown()
                    "re-entered"
                },
            )
        // Nobody waits for what was revoked, so the source may still run.
        assertEquals(Withheld.Revoked, session.noUserAgent())
        returned.await()
        assertEquals(listOf(Unavailable.BUSY, Withheld.Revoked), inner.toList())
        session.staysUsable()
        session.close()

        session =
            agreed(
                webView {
                    session.close()
                    "closed"
                },
            )
        assertTrue(runCatching { session.userAgent() }.exceptionOrNull() is ScrupleException.Closed)
        assertEquals(listOf(Item.WEB_VIEW_USER_AGENT), session.audit().map { it.item })
    }

    @Test
    fun `a source that needs the main thread is late if that waits, and served if it does not`() {
        val main = Executors.newSingleThreadExecutor()
        val source = webView { main.submit<String> { "from the main thread" }.get() }
        agreed(source, policy = everything(deadlineMs = 300)).use { session ->
            assertEquals(Unavailable.TIMED_OUT, main.submit<Missing> { session.noUserAgent() }.get())
            runBlocking {
                withContext(main.asCoroutineDispatcher()) {
                    var snapshot = session.collect(Purpose.FEATURE)
                    // Its earlier call has still to return.
                    while (snapshot.missing[Item.WEB_VIEW_USER_AGENT] == Unavailable.BUSY) {
                        snapshot = session.collect(Purpose.FEATURE)
                    }
                    assertEquals("from the main thread", snapshot.features.userAgent)
                }
            }
        }
        main.shutdown()
    }

    @Test
    fun `eight threads at once are each answered, and no call overlaps another`() {
        val (inside, most, calls) = List(3) { AtomicInteger() }
        val source =
            webView {
                most.accumulateAndGet(inside.incrementAndGet(), ::maxOf)
                Thread.sleep(1)
                inside.decrementAndGet()
                "call ${calls.incrementAndGet()}"
            }
        agreed(source).use { session ->
            val answers = ConcurrentLinkedQueue<Result<Missing?>>()
            List(8) { thread { repeat(25) { answers += runCatching { session.noUserAgent() } } } }.forEach { it.join() }
            assertEquals(200, answers.size)
            assertTrue(answers.all { it.getOrThrow() == null || it.getOrThrow() == Unavailable.BUSY })
            assertTrue(answers.any { it.getOrThrow() == null })
            assertEquals(1, most.get())
            session.staysUsable()
        }
    }

    @Test
    fun `nothing of what sources throw is printed, and one that hangs keeps no process alive`() {
        val run = run("dev.scruple.HostileSources")
        assertEquals(0, run.status, run.output)
        assertTrue("the control: printed-by-hand" in run.output, run.output)
        assertFalse("secret" in run.output, run.output)
    }
}

/** Run in a Java machine of its own, all of whose output is looked at. */
object HostileSources {
    @JvmStatic
    fun main(arguments: Array<String>) {
        println("the control: printed-by-hand")
        for (thrown in listOf(RuntimeException("secret"), LinkageError("secret"), OutOfMemoryError("secret"))) {
            agreed(webView { throw thrown }).use { check(it.noUserAgent() == Unavailable.READ_FAILED) }
            agreed(webView({ throw thrown }) { "" }).use { check(it.noUserAgent() == Unavailable.READ_FAILED) }
        }
        agreed(webView { "secret \ud800" }).use { check(it.noUserAgent() == Unavailable.READ_FAILED) }
        val hangs = webView { "${CountDownLatch(1).await()}" }
        check(agreed(hangs, policy = everything(deadlineMs = 100)).noUserAgent() == Unavailable.TIMED_OUT)
    }
}
