package dev.scruple.nfc

import dev.scruple.robolectric.declared
import org.junit.Assert.assertEquals
import org.junit.Test

/** What the module adds to a host's manifest. */
class ManifestTest {
    @Test
    fun `the manifest declares the permission and leaves out no device`() {
        assertEquals(
            setOf(
                "uses-permission name=android.permission.NFC",
                "uses-feature name=android.hardware.nfc required=false",
            ),
            declared("scruple-nfc"),
        )
    }
}
