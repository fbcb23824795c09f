package dev.scruple.bluetooth

import dev.scruple.robolectric.declared
import org.junit.Assert.assertEquals
import org.junit.Test

/** What the module adds to a host's manifest. */
class ManifestTest {
    @Test
    fun `the manifest declares the scan and what older systems need instead, and narrows nothing`() {
        val feature = "uses-feature name=android.hardware"
        val permission = "uses-permission"
        assertEquals(
            setOf(
                "$permission name=android.permission.BLUETOOTH_SCAN",
                "$permission name=android.permission.BLUETOOTH",
                "$permission name=android.permission.BLUETOOTH_ADMIN",
                "$feature.bluetooth required=false",
                "$feature.bluetooth_le required=false",
            ),
            declared("scruple-bluetooth"),
        )
    }
}
