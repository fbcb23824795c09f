package dev.scruple.nfc

import android.Manifest.permission.NFC
import android.content.pm.PackageManager.FEATURE_NFC
import android.content.pm.PackageManager.FEATURE_NFC_HOST_CARD_EMULATION
import android.nfc.NfcAdapter
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.Session
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.deny
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.grant
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import dev.scruple.robolectric.reads
import org.junit.Assert.assertEquals
import org.junit.Assert.assertFalse
import org.junit.Assert.assertNull
import org.junit.Assert.assertTrue
import org.junit.Before
import org.junit.Test
import org.junit.runner.RunWith
import org.robolectric.RobolectricTestRunner
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.shadows.ShadowNfcAdapter
import dev.scruple.NfcInformation as Value

/** NFC from the system's adapter, through the whole gate. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [NfcTest.Adapter::class])
class NfcTest {
    /** An adapter that a test can switch, and that counts how often it is asked. */
    @Implements(NfcAdapter::class)
    class Adapter : ShadowNfcAdapter() {
        @Implementation
        override fun isEnabled(): Boolean {
            asked++
            return answer()
        }

        companion object {
            var asked = 0
            var answer: () -> Boolean = { true }
        }
    }

    @Before
    fun everythingIsThere() {
        Adapter.asked = 0
        Adapter.answer = { true }
        ShadowNfcAdapter.setNfcHardwareExists(true)
        shadowOf(application.packageManager).setSystemFeature(FEATURE_NFC, true)
        cardEmulation(true)
        grant(NFC)
    }

    @Test
    fun `it is there, on, and can be a card`() {
        adapterIsThere()
        assertEquals(Value(present = true, enabled = true, hostCardEmulation = true), read())
        assertEquals(1, Adapter.asked)
        Adapter.answer = { false }
        cardEmulation(false)
        assertEquals(Value(present = true, enabled = false, hostCardEmulation = false), read())
    }

    @Test
    fun `a device without it says so`() {
        ShadowNfcAdapter.setNfcHardwareExists(false)
        cardEmulation(false)
        assertEquals(Value(present = false, enabled = null, hostCardEmulation = false), read())
        assertEquals(0, Adapter.asked)
    }

    @Test
    fun `without the permission, or consent, nobody asks the adapter`() {
        adapterIsThere()
        session().use { session ->
            deny(NFC)
            assertEquals(Withheld.Denied, session.lacks(Item.NFC_INFORMATION))
            grant(NFC)
            session.updateConsent { revoke(Category.NFC) }
            assertEquals(Withheld.Revoked, session.lacks(Item.NFC_INFORMATION))
            assertEquals(0, Adapter.asked)
            session.agreed()
            assertNull("the control", session.lacks(Item.NFC_INFORMATION))
            assertEquals(1, Adapter.asked)
        }
    }

    @Test
    fun `a refusal at the read itself is one, and other exceptions are failures without a text`() {
        adapterIsThere()
        session().use { session ->
            Adapter.answer = { throw SecurityException("tag 04A2B3C4D5E6F7") }
            assertEquals(Unavailable.NOT_PERMITTED, session.lacks(Item.NFC_INFORMATION))
            Adapter.answer = { throw UnsupportedOperationException("tag 04A2B3C4D5E6F7") }
            session.reads(Item.NFC_INFORMATION).use {
                assertEquals(Unavailable.READ_FAILED, it.missing[Item.NFC_INFORMATION])
                assertFalse("04A2B3" in it.toJson())
            }
        }
    }

    @Test
    fun `consent that is taken back during the read leaves nothing`() {
        session().use { session ->
            Adapter.answer = {
                session.updateConsent { revoke(Category.NFC) }
                true
            }
            session.reads(Item.NFC_INFORMATION).use {
                assertEquals(Withheld.Revoked, it.missing[Item.NFC_INFORMATION])
                assertFalse("present" in it.toJson())
            }
        }
        // Another session's: nobody waits for what was revoked, so the source may still be at its end.
        Adapter.answer = { true }
        session().use { session ->
            session.reads(Item.NFC_INFORMATION).use { assertTrue("the control", "present" in it.toJson()) }
        }
    }

    /** The framework makes one for the app, and asks it then whether it is on. */
    private fun adapterIsThere() {
        NfcAdapter.getDefaultAdapter(application)
        Adapter.asked = 0
    }

    private fun session(): Session =
        offMain {
            AndroidSession.openBlocking(application, everything(), listOf(AndroidNfc))
        }.agreed()

    private fun read() = session().use { session -> session.reads(Item.NFC_INFORMATION).use { it.features.nfc } }

    private fun cardEmulation(has: Boolean) =
        shadowOf(application.packageManager).setSystemFeature(FEATURE_NFC_HOST_CARD_EMULATION, has)
}
