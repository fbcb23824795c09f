package dev.scruple.webview

import android.content.pm.PackageManager
import android.os.Looper
import android.util.AndroidRuntimeException
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Missing
import dev.scruple.Session
import dev.scruple.Source
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.After
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.shadows.ShadowApplication
import java.util.concurrent.CountDownLatch

/** The web view's user agent. */
@RunWith(RobolectricTestRunner::class)
class UserAgentTest {
    private fun session(
        deadlineMs: Long = 5_000,
        source: Source = AndroidWebView,
    ): Session = offMain { AndroidSession.openBlocking(application, everything(deadlineMs), listOf(source)) }.agreed()

    private fun lack(source: Source = AndroidWebView): Missing? =
        session(source = source).use { it.lacks(Item.WEB_VIEW_USER_AGENT) }

    private fun userAgent(source: Source): String? =
        session(source = source).use { session ->
            session.reads(Item.WEB_VIEW_USER_AGENT).use { it.features.userAgent }
        }

    @Before
    fun `this device has a web view`() {
        webView(true)
        FakeWebSettings.reset()
    }

    @After
    fun `this process is the main one again`() = ShadowApplication.setProcessName(application.packageName)

    private fun webView(there: Boolean) =
        shadowOf(application.packageManager).setSystemFeature(PackageManager.FEATURE_WEBVIEW, there)

    @Test
    fun `it is read off the main thread, with the application's context`() {
        var thread: Thread? = null
        FakeWebSettings.answer = { context ->
            thread = Thread.currentThread()
            "Mozilla/5.0 for ${context.packageName}"
        }
        session().use { session ->
            session.reads(Item.WEB_VIEW_USER_AGENT).use {
                assertEquals("Mozilla/5.0 for ${application.packageName}", it.features.userAgent)
            }
        }
        assertFalse(thread == Looper.getMainLooper().thread)
    }

    @Test
    fun `a device without web views has none`() {
        webView(false)
        assertEquals(Unavailable.PLATFORM_HAS_NONE, lack())
        assertEquals(0, FakeWebSettings.calls.get())
    }

    @Test
    @Config(minSdk = 28)
    fun `in a process that is not the main one it takes the host's word`() {
        FakeWebSettings.answer = { "Mozilla/5.0" }
        ShadowApplication.setProcessName("${application.packageName}:mini")
        assertEquals(Unavailable.DISABLED, lack())
        assertEquals("nothing is started", 0, FakeWebSettings.calls.get())
        assertEquals("Mozilla/5.0", userAgent(AndroidWebView.inEveryProcess()))

        // An app may name its main process otherwise.
        ShadowApplication.setProcessName("the.main.one")
        assertEquals(Unavailable.DISABLED, lack())
        application.applicationInfo.processName = "the.main.one"
        assertEquals("the control", "Mozilla/5.0", userAgent(AndroidWebView))
    }

    @Test
    @Config(maxSdk = 27)
    fun `before API 28 every process may start a web view`() {
        FakeWebSettings.answer = { "Mozilla/5.0" }
        application.applicationInfo.processName = "another"
        assertEquals("Mozilla/5.0", userAgent(AndroidWebView))
    }

    @Test
    fun `a text of the host's is given without a web view, once the gate permits it`() {
        webView(false)
        var asked = 0
        val source =
            AndroidWebView.of {
                asked++
                "Mozilla/5.0 of the host"
            }
        offMain { AndroidSession.openBlocking(application, everything(), listOf(source)) }.use { session ->
            assertEquals(Withheld.NotGranted, session.lacks(Item.WEB_VIEW_USER_AGENT))
            assertEquals(0, asked)
            session.agreed().reads(Item.WEB_VIEW_USER_AGENT).use {
                assertEquals("Mozilla/5.0 of the host", it.features.userAgent)
            }
            assertEquals(1, asked)
        }
        assertEquals(Unavailable.READ_FAILED, lack(AndroidWebView.of { error("a secret") }))
        assertEquals(0, FakeWebSettings.calls.get())
    }

    @Test
    fun `whatever the framework throws is a reason, and its words stay there`() {
        val thrown =
            listOf(
                AndroidRuntimeException("a secret"),
                RuntimeException("Using WebView from more than one process at once: a secret"),
                SecurityException("a secret"),
                UnsatisfiedLinkError("a secret"),
            )
        for (one in thrown) {
            FakeWebSettings.answer = { throw one }
            session().use { session ->
                session.reads(Item.WEB_VIEW_USER_AGENT).use {
                    assertEquals(Unavailable.READ_FAILED, it.missing[Item.WEB_VIEW_USER_AGENT])
                    assertFalse("a secret" in it.toJson())
                }
            }
        }
        assertEquals("the control", thrown.size, FakeWebSettings.calls.get())
    }

    @Test
    fun `nonsense has a reason`() {
        val answers =
            mapOf(
                null to Unavailable.READ_FAILED,
                "" to Unavailable.NOT_STATED,
                "x".repeat(100_000) to Unavailable.TOO_LONG,
                "a NUL \u0000 inside" to Unavailable.MALFORMED,
                "half \ud83d" to Unavailable.READ_FAILED,
            )
        for ((answer, reason) in answers) {
            FakeWebSettings.answer = { answer }
            assertEquals(reason, lack())
        }
    }

    @Test
    fun `a slow web view is not waited for`() {
        val go = CountDownLatch(1)
        FakeWebSettings.answer = {
            go.await()
            "late"
        }
        session(deadlineMs = 200).use { session ->
            assertEquals(Unavailable.TIMED_OUT, session.lacks(Item.WEB_VIEW_USER_AGENT))
            assertEquals(Unavailable.BUSY, session.lacks(Item.WEB_VIEW_USER_AGENT))
            go.countDown()
        }
    }

    @Test
    fun `without consent nothing of it is loaded`() {
        FakeWebSettings.answer = { "Mozilla/5.0" }
        val context = WatchedContext()
        offMain { AndroidSession.openBlocking(context, everything(), listOf(AndroidWebView)) }.use { session ->
            assertEquals(Withheld.NotGranted, session.lacks(Item.WEB_VIEW_USER_AGENT))
            assertEquals(0, FakeWebSettings.calls.get())
            assertEquals(emptyList<String>(), context.asked)
            session.agreed().reads(Item.WEB_VIEW_USER_AGENT).use { snapshot ->
                assertEquals("the control", 1, FakeWebSettings.calls.get())
                assertTrue("Mozilla/5.0" in snapshot.toJson())
                session.updateConsent { revoke(Category.WEB_VIEW) }
                assertFalse("Mozilla/5.0" in snapshot.toJson())
            }
        }
    }
}
