package dev.scruple.location.precise

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.app.AppOpsManager.MODE_IGNORED
import android.app.AppOpsManager.OPSTR_FINE_LOCATION
import android.location.LocationManager.FUSED_PROVIDER
import android.location.LocationManager.GPS_PROVIDER
import android.location.LocationManager.NETWORK_PROVIDER
import android.os.Build.VERSION.SDK_INT
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Coordinates
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Unavailable
import dev.scruple.Withheld
import dev.scruple.location.FuzzyLocation
import dev.scruple.robolectric.LocationService
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.androidSays
import dev.scruple.robolectric.application
import dev.scruple.robolectric.deny
import dev.scruple.robolectric.eventually
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.grant
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.location
import dev.scruple.robolectric.locationService
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
import org.robolectric.annotation.Config

/** Precise location from the system's service, through the whole gate, beside fuzzy location. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [LocationService::class])
class PreciseLocationTest {
    private val all = listOf(GPS_PROVIDER, NETWORK_PROVIDER, FUSED_PROVIDER)
    private val asked = if (SDK_INT >= 31) all else all - FUSED_PROVIDER

    @Before
    fun everythingIsThere() {
        grant(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION)
        locationService.setLocationEnabled(true)
        all.forEach { locationService.setProviderEnabled(it, true) }
        locationService.onRequest = { it.answer(location(52.520008, 13.404954, accuracy = 12f)) }
        // The first read loads classes, which takes longer than the deadlines here.
        session(deadlineMs = 60_000).use { assertNull(it.lacks(Item.LOCATION_PRECISE)) }
        locationService.requests.clear()
    }

    @Test
    fun `it is the place as the system gives it, and nothing beside it`() {
        session().use { session ->
            session.reads(Item.LOCATION_PRECISE).use {
                assertEquals(Coordinates(52.520008, 13.404954), it.features.preciseLocation)
                assertTrue("52.520008" in it.toJson())
                assertTrue("13.404954" in it.toJson())
                assertFalse("34.5678" in it.toJson())
            }
        }
        assertNoTrace()
    }

    @Test
    fun `while the policy says fuzzy it is never called`() {
        session(accuracy = LocationAccuracy.FUZZY).use { session ->
            session.reads(Item.LOCATION_PRECISE, Item.LOCATION_FUZZY).use {
                assertEquals(Withheld.PreciseWhileFuzzy, it.missing[Item.LOCATION_PRECISE])
                assertEquals(Coordinates(52.53, 13.397260273972602), it.features.fuzzyLocation)
                assertFalse("52.520008" in it.toJson())
            }
            assertEquals(asked - GPS_PROVIDER, locationService.requests.map { it.provider })
        }
        session().use { assertNull(it.lacks(Item.LOCATION_PRECISE)) }
        assertTrue("the control", locationService.requests.any { it.provider == GPS_PROVIDER })
    }

    @Test
    fun `the approximate permission alone is not enough for it`() {
        deny(ACCESS_FINE_LOCATION)
        session().use { session ->
            assertEquals(Withheld.Denied, session.lacks(Item.LOCATION_PRECISE))
            assertTrue(locationService.requests.isEmpty())
            assertNull("the control", session.lacks(Item.LOCATION_FUZZY))
        }
        assertEquals(listOf(ACCESS_COARSE_LOCATION, ACCESS_FINE_LOCATION), PreciseLocation.permissions)
    }

    @Test
    fun `the most accurate answer is taken, and one that is accurate enough ends the wait`() {
        locationService.onRequest = {
            when (it.provider) {
                GPS_PROVIDER -> it.answer(location(52.520008, 13.404954, accuracy = 8f))
                else -> it.answer(location(52.6, 13.5, accuracy = 900f))
            }
        }
        session(deadlineMs = 60_000).use { session ->
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(52.520008, it.latitude(), 0.0) }
            // Satellites say nothing indoors.
            locationService.onRequest = {
                when (it.provider) {
                    GPS_PROVIDER -> it.answer(null)
                    NETWORK_PROVIDER -> it.answer(location(52.6, 13.5, accuracy = 900f))
                    else -> it.answer(location(52.7, 13.5))
                }
            }
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(52.6, it.latitude(), 0.0) }
        }
        assertNoTrace()
    }

    @Test
    fun `an answer that is not accurate enough is given when the time is over`() {
        locationService.onRequest = {
            if (it.provider == NETWORK_PROVIDER) it.answer(location(52.6, 13.5, accuracy = 900f))
        }
        session(deadlineMs = 2_000).use { session ->
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(52.6, it.latitude(), 0.0) }
        }
        assertNoTrace()
    }

    @Test
    @Suppress("DEPRECATION")
    fun `what the system knows is taken if nobody has an answer, and not before`() {
        locationService.setLastKnownLocation(GPS_PROVIDER, location(52.6, 13.5, accuracy = 1f))
        session().use { session ->
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(52.520008, it.latitude(), 0.0) }
            locationService.onRequest = { it.answer(null) }
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(52.6, it.latitude(), 0.0) }
        }
    }

    @Test
    @Config(minSdk = 29)
    fun `an app in the background is not waited for`() {
        androidSays(OPSTR_FINE_LOCATION, MODE_IGNORED)
        session().use { session ->
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_PRECISE))
            assertTrue(locationService.requests.isEmpty())
            assertNull("the control", session.lacks(Item.LOCATION_FUZZY))
        }
    }

    @Test
    fun `what is enabled is asked, and if nothing is, it is disabled`() {
        locationService.setProviderEnabled(GPS_PROVIDER, false)
        session().use { session ->
            assertNull(session.lacks(Item.LOCATION_PRECISE))
            assertEquals(asked - GPS_PROVIDER, locationService.requests.map { it.provider })
            all.forEach { locationService.setProviderEnabled(it, false) }
            assertEquals(Unavailable.DISABLED, session.lacks(Item.LOCATION_PRECISE))
            all.forEach(locationService::removeProvider)
            assertEquals(Unavailable.PLATFORM_HAS_NONE, session.lacks(Item.LOCATION_PRECISE))
        }
    }

    @Test
    fun `a permission that is taken back during the read is a refusal`() {
        locationService.onRequest = {
            deny(ACCESS_FINE_LOCATION)
            throw SecurityException("gps")
        }
        session().use { session ->
            assertEquals(Unavailable.NOT_PERMITTED, session.lacks(Item.LOCATION_PRECISE))
            assertEquals(Withheld.Denied, session.lacks(Item.LOCATION_PRECISE))
        }
        assertNoTrace()
    }

    @Test
    fun `consent that is taken back during the read leaves nothing`() {
        session().use { session ->
            locationService.onRequest = {
                session.updateConsent { revoke(Category.LOCATION) }
                it.answer(location(52.520008, 13.404954, accuracy = 12f))
            }
            session.reads(Item.LOCATION_PRECISE).use {
                assertEquals(Withheld.Revoked, it.missing[Item.LOCATION_PRECISE])
                assertFalse("52.52" in it.toJson())
            }
        }
    }

    @Test
    fun `what is no place is malformed`() {
        session().use { session ->
            for (longitude in listOf(Double.NaN, Double.NEGATIVE_INFINITY, 180.5)) {
                locationService.onRequest = { it.answer(location(13.0, longitude, accuracy = 1f)) }
                assertEquals(Unavailable.MALFORMED, session.lacks(Item.LOCATION_PRECISE))
            }
            // An accuracy that is none is the worst.
            locationService.onRequest = {
                val accuracy = if (it.provider == GPS_PROVIDER) Float.NaN else 900f
                it.answer(location(13.0 + accuracy.coerceAtMost(1f), 13.0, accuracy))
            }
            session.reads(Item.LOCATION_PRECISE).use { assertEquals(14.0, it.latitude(), 0.0) }
        }
    }

    private fun session(
        deadlineMs: Long = 10_000,
        accuracy: LocationAccuracy = LocationAccuracy.PRECISE,
    ): Session {
        val sources = listOf(FuzzyLocation, PreciseLocation)
        return offMain { AndroidSession.openBlocking(application, everything(deadlineMs, accuracy), sources) }.agreed()
    }

    private fun Snapshot.latitude() = features.preciseLocation!!.latitude

    private fun assertNoTrace() {
        assertTrue(locationService.requests.isNotEmpty())
        eventually { locationService.requests.all { it.isOver } }
        assertTrue(locationService.requests.all { it.isOver })
    }
}
