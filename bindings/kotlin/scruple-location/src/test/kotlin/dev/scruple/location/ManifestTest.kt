package dev.scruple.location

import dev.scruple.robolectric.declared
import org.junit.Assert.assertEquals
import org.junit.Test

/** What the module adds to a host's manifest. */
class ManifestTest {
    @Test
    fun `the manifest declares the coarse permission alone`() {
        assertEquals(
            setOf(
                "uses-permission name=android.permission.ACCESS_COARSE_LOCATION",
                "uses-feature name=android.hardware.location required=false",
            ),
            declared("scruple-location"),
        )
    }
}
