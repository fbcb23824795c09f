package dev.scruple.location.precise

import dev.scruple.robolectric.declared
import org.junit.Assert.assertEquals
import org.junit.Test

/** What the module adds to a host's manifest. */
class ManifestTest {
    @Test
    fun `the manifest declares both permissions, and no more`() {
        val permissions = listOf("ACCESS_COARSE_LOCATION", "ACCESS_FINE_LOCATION")
        assertEquals(
            permissions.map { "uses-permission name=android.permission.$it" }.toSet() +
                "uses-feature name=android.hardware.location required=false",
            declared("scruple-location-precise"),
        )
    }
}
