package dev.scruple.sharedconsent

import android.content.ComponentName
import android.content.Intent
import dev.scruple.AndroidSession
import dev.scruple.Item
import dev.scruple.robolectric.application
import dev.scruple.robolectric.besideMain
import dev.scruple.robolectric.declared
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import kotlinx.coroutines.CoroutineScope
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.async
import kotlinx.coroutines.runBlocking
import org.junit.Assert.assertEquals
import org.junit.Assert.assertNull
import org.junit.Assert.assertSame
import org.junit.Assert.assertThrows
import org.junit.Assert.assertTrue
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.Robolectric
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf

/** The service, bound to as Android does it. */
@RunWith(RobolectricTestRunner::class)
class ServiceTest {
    private val session = offMain { AndroidSession.openBlocking(application, everything()) }

    private fun bound() =
        Robolectric
            .buildService(ConsentService::class.java)
            .create()
            .get()
            .onBind(Intent())

    @Test
    fun `the manifest declares the service, for nobody else, and nothing more`() {
        assertEquals(
            setOf("application", "service exported=false name=${ConsentService::class.java.name}"),
            declared("scruple-shared-consent"),
        )
    }

    @Test
    fun `a service that Android makes anew has the same relay`() = assertSame(bound(), bound())

    @Test
    fun `a session joins, shares and leaves`() {
        val name = ComponentName(application, ConsentService::class.java)
        shadowOf(application).setComponentNameAndServiceForBindService(name, bound())
        val consent = besideMain { SharedConsent.joinBlocking(application, session) }
        besideMain { runBlocking { consent.updateConsent(App.GRANT) } }
        assertNull(session.lacks(Item.DEVICE_MODEL))
        besideMain { consent.updateConsentBlocking(App.REVOKE) }
        assertEquals("revoked", session.lack())
        consent.close()
    }

    @Test
    fun `blocking the main thread is refused by the name of the call that does not`() {
        val joining =
            assertThrows(IllegalStateException::class.java) { SharedConsent.joinBlocking(application, session) }
        assertTrue("${joining.message}", "call join" in joining.message.orEmpty())
    }

    @Test
    fun `whoever no longer wants to join has left`() {
        val name = ComponentName(application, ConsentService::class.java)
        shadowOf(application).setComponentNameAndServiceForBindService(name, bound())
        val joining = CoroutineScope(Dispatchers.Default).async { SharedConsent.join(application, session) }
        while (shadowOf(application).boundServiceConnections.isEmpty()) Thread.yield()
        joining.cancel()
        runBlocking { joining.join() }
        besideMain { while (shadowOf(application).unboundServiceConnections.isEmpty()) Thread.yield() }
    }
}
