package dev.scruple.location

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.app.AppOpsManager.MODE_ALLOWED
import android.app.AppOpsManager.MODE_IGNORED
import android.app.AppOpsManager.OPSTR_COARSE_LOCATION
import android.location.LocationManager.FUSED_PROVIDER
import android.location.LocationManager.GPS_PROVIDER
import android.location.LocationManager.NETWORK_PROVIDER
import android.os.Build.VERSION.SDK_INT
import android.os.Looper
import dev.scruple.AndroidSession
import dev.scruple.Category
import dev.scruple.Coordinates
import dev.scruple.Item
import dev.scruple.LocationAccuracy
import dev.scruple.Policy
import dev.scruple.Session
import dev.scruple.Unavailable
import dev.scruple.Withheld
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
import org.robolectric.Shadows.shadowOf
import org.robolectric.annotation.Config
import java.lang.management.ManagementFactory
import java.util.concurrent.ConcurrentLinkedQueue
import kotlin.concurrent.thread
import android.location.Location as SystemLocation

/** Fuzzy location from the system's service, through the whole gate. The tests' thread is the main one, and it waits. */
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [LocationService::class])
class FuzzyLocationTest {
    private val expected =
        if (SDK_INT >= 31) listOf(NETWORK_PROVIDER, FUSED_PROVIDER) else listOf(NETWORK_PROVIDER)

    @Before
    fun everythingIsThere() {
        grant(ACCESS_COARSE_LOCATION)
        locationService.setLocationEnabled(true)
        for (provider in listOf(GPS_PROVIDER, NETWORK_PROVIDER, FUSED_PROVIDER)) {
            locationService.setProviderEnabled(provider, true)
        }
        locationService.onRequest = { it.answer(berlin()) }
        // The first read loads classes, which takes longer than the deadlines here.
        session(deadlineMs = 60_000).use { assertNull(it.lacks(Item.LOCATION_FUZZY)) }
        locationService.requests.clear()
    }

    @Test
    fun `it is the centre of the cell, and the place is nowhere in it`() {
        session().use { session ->
            session.reads(Item.LOCATION_FUZZY).use {
                assertEquals(CELL, it.features.fuzzyLocation)
                assertFalse("52.520008" in it.toJson())
                assertFalse("13.404954" in it.toJson())
                assertFalse("34.5678" in it.toJson())
                assertTrue("the control", "52.53" in it.toJson())
            }
        }
        assertEquals(listOf(ACCESS_COARSE_LOCATION), FuzzyLocation.permissions)
    }

    @Test
    fun `the network is asked, and from Android 12 the fused provider, never the satellites`() {
        locationService.onRequest = {}
        session(deadlineMs = 2_000).use { assertEquals(Unavailable.NOT_READY, it.lacks(Item.LOCATION_FUZZY)) }
        assertEquals(expected, locationService.requests.map { it.provider })
    }

    @Test
    fun `without the permission nobody asks the service`() {
        deny(ACCESS_COARSE_LOCATION)
        session().use { session ->
            assertEquals(Withheld.Denied, session.lacks(Item.LOCATION_FUZZY))
            assertTrue(locationService.requests.isEmpty())
            grant(ACCESS_COARSE_LOCATION)
            assertNull("the control", session.lacks(Item.LOCATION_FUZZY))
            assertFalse(locationService.requests.isEmpty())
        }
    }

    @Test
    fun `without consent nobody asks the service`() {
        session().use { session ->
            session.updateConsent { revoke(Category.LOCATION) }
            assertEquals(Withheld.Revoked, session.lacks(Item.LOCATION_FUZZY))
            assertTrue(locationService.requests.isEmpty())
        }
    }

    @Test
    fun `a permission that is taken back during the read is a refusal`() {
        locationService.onRequest = {
            deny(ACCESS_COARSE_LOCATION)
            throw SecurityException("uid 10123 has no permission at 52.520008")
        }
        session().use { session ->
            assertEquals(Unavailable.NOT_PERMITTED, session.lacks(Item.LOCATION_FUZZY))
            assertEquals(Withheld.Denied, session.lacks(Item.LOCATION_FUZZY))
        }
        assertNoTrace()
    }

    @Test
    fun `consent that is taken back during the read leaves nothing`() {
        session().use { session ->
            locationService.onRequest = {
                session.updateConsent { revoke(Category.LOCATION) }
                it.answer(berlin())
            }
            session.reads(Item.LOCATION_FUZZY).use {
                assertEquals(Withheld.Revoked, it.missing[Item.LOCATION_FUZZY])
                assertFalse("52.53" in it.toJson())
            }
        }
        assertNoTrace()
    }

    @Test
    fun `location that is off is disabled, and a device without it has none`() {
        session().use { session ->
            locationService.setProviderEnabled(FUSED_PROVIDER, false)
            locationService.setProviderEnabled(NETWORK_PROVIDER, false)
            assertEquals(Unavailable.DISABLED, session.lacks(Item.LOCATION_FUZZY))

            locationService.removeProvider(NETWORK_PROVIDER)
            locationService.removeProvider(FUSED_PROVIDER)
            assertEquals(Unavailable.PLATFORM_HAS_NONE, session.lacks(Item.LOCATION_FUZZY))
            assertTrue(locationService.requests.isEmpty())

            locationService.setProviderEnabled(NETWORK_PROVIDER, true)
            assertNull("the control", session.lacks(Item.LOCATION_FUZZY))
        }
    }

    @Test
    fun `before Android 12 the fused provider is not asked`() {
        locationService.removeProvider(NETWORK_PROVIDER)
        val reason = if (SDK_INT >= 31) null else Unavailable.PLATFORM_HAS_NONE
        session().use { assertEquals(reason, it.lacks(Item.LOCATION_FUZZY)) }
    }

    /** The source says so itself, a little before the deadline: so it is free for the next call. */
    @Test
    fun `nothing in time is not ready, takes no longer than the deadline, and leaves nothing behind`() {
        session(deadlineMs = 2_000).use { session ->
            locationService.onRequest = {}
            val began = now()
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            assertTrue(now() - began >= 1_400)
            assertNoTrace()
            locationService.onRequest = { it.answer(berlin()) }
            assertNull(session.lacks(Item.LOCATION_FUZZY))
        }
    }

    @Test
    fun `no provider's answer ends the wait`() {
        locationService.onRequest = { it.answer(null) }
        val began = now()
        session(deadlineMs = 60_000).use { assertEquals(Unavailable.NOT_READY, it.lacks(Item.LOCATION_FUZZY)) }
        assertTrue(now() - began < 30_000)
        assertNoTrace()
    }

    @Test
    fun `an answer that comes late is wiped`() {
        locationService.onRequest = {}
        session(deadlineMs = 2_000).use { session ->
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            val late = berlin()
            locationService.requests.first().answerLate(late)
            assertEquals(0.0, late.latitude, 0.0)
            assertEquals(0.0, late.longitude, 0.0)
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
        }
    }

    @Test
    fun `of two answers of one provider the first counts, and both are wiped`() {
        val (first, second) = List(2) { berlin() }
        second.latitude = -33.0
        locationService.onRequest = { if (it.provider == NETWORK_PROVIDER) listOf(first, second).forEach(it::answer) }
        session().use { session ->
            session.reads(Item.LOCATION_FUZZY).use { assertEquals(CELL, it.features.fuzzyLocation) }
        }
        eventually { second.latitude == 0.0 }
        assertEquals(0.0, second.latitude, 0.0)
        assertEquals(0.0, first.latitude, 0.0)
    }

    @Test
    fun `an answer may come from any thread`() {
        locationService.onRequest = { request -> thread { request.answer(berlin()) } }
        session().use { session ->
            repeat(20) { assertNull(session.lacks(Item.LOCATION_FUZZY)) }
        }
    }

    @Test
    fun `the main thread is not needed`() {
        assertEquals(Looper.getMainLooper(), Looper.myLooper())
        session().use { assertNull(it.lacks(Item.LOCATION_FUZZY)) }
        assertTrue(locationService.requests.none { it.looper == Looper.getMainLooper() })
        assertEquals(SDK_INT < 30, locationService.requests.all { it.looper != null })
        assertNoTrace()
    }

    @Test
    fun `what is no place is malformed`() {
        val impossible = listOf(Double.NaN, Double.POSITIVE_INFINITY, -90.5, 1e300)
        session().use { session ->
            for (latitude in impossible) {
                locationService.onRequest = { it.answer(location(latitude, 13.0, Float.NaN)) }
                assertEquals(Unavailable.MALFORMED, session.lacks(Item.LOCATION_FUZZY))
            }
        }
    }

    @Test
    fun `a provider that goes away is one without an answer`() {
        locationService.onRequest = {
            locationService.setProviderEnabled(it.provider, false)
            throw IllegalArgumentException("provider doesn't exist: ${it.provider}")
        }
        session().use { assertEquals(Unavailable.NOT_READY, it.lacks(Item.LOCATION_FUZZY)) }
    }

    @Test
    fun `whatever else the service throws is a failure without a text`() {
        locationService.onRequest = { throw IllegalStateException("at 52.520008") }
        session().use { session ->
            session.reads(Item.LOCATION_FUZZY).use {
                assertEquals(Unavailable.READ_FAILED, it.missing[Item.LOCATION_FUZZY])
                assertFalse("52.52" in it.toJson())
            }
        }
        assertNoTrace()
    }

    @Test
    fun `what the system knew two minutes ago will do, what it knew before will not`() {
        locationService.onRequest = { it.answer(null) }
        session().use { session ->
            lastKnown(location(52.520008, 13.404954, ageMs = 121_000))
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            lastKnown(location(52.520008, 13.404954, ageMs = -1_000))
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            lastKnown(location(52.520008, 13.404954, ageMs = 119_000))
            session.reads(Item.LOCATION_FUZZY).use { assertEquals(CELL, it.features.fuzzyLocation) }
        }
        assertFalse(locationService.known.isEmpty())
        assertTrue("each is wiped", locationService.known.all { it.latitude == 0.0 && it.longitude == 0.0 })
    }

    @Test
    fun `a place that the system knows is taken, and nobody is asked for a newer one`() {
        locationService.onRequest = {}
        session(deadlineMs = 2_000).use { session ->
            lastKnown(location(52.520008, 13.404954, ageMs = 119_000))
            session.reads(Item.LOCATION_FUZZY).use { assertEquals(CELL, it.features.fuzzyLocation) }
            assertTrue(locationService.requests.isEmpty())
            lastKnown(location(52.520008, 13.404954, ageMs = 121_000))
            assertEquals("the control", Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            assertFalse(locationService.requests.isEmpty())
        }
    }

    @Test
    @Config(minSdk = 29)
    fun `an app in the background is not waited for`() {
        androidSays(OPSTR_COARSE_LOCATION, MODE_IGNORED)
        session().use { session ->
            assertEquals(Unavailable.NOT_READY, session.lacks(Item.LOCATION_FUZZY))
            assertTrue(locationService.requests.isEmpty())
            androidSays(OPSTR_COARSE_LOCATION, MODE_ALLOWED)
            assertNull("the control", session.lacks(Item.LOCATION_FUZZY))
            assertFalse(locationService.requests.isEmpty())
        }
    }

    @Test
    @Config(maxSdk = 28)
    fun `before Android 10 an app in the background is answered`() {
        androidSays(OPSTR_COARSE_LOCATION, MODE_IGNORED)
        session().use { assertNull(it.lacks(Item.LOCATION_FUZZY)) }
    }

    @Test
    fun `a device without a location service has none`() {
        org.robolectric.Shadows
            .shadowOf(application)
            .setSystemService("location", null)
        session().use { assertEquals(Unavailable.PLATFORM_HAS_NONE, it.lacks(Item.LOCATION_FUZZY)) }
    }

    @Test
    fun `two sessions may read at once`() {
        locationService.onRequest = { request ->
            thread {
                Thread.sleep(50)
                request.answer(berlin())
            }
        }
        session().use { one ->
            session().use { other ->
                val reasons = ConcurrentLinkedQueue<Boolean>()
                listOf(one, other)
                    .map { thread { reasons += it.lacks(Item.LOCATION_FUZZY) == null } }
                    .forEach { it.join() }
                assertEquals(listOf(true, true), reasons.toList())
            }
        }
        assertNoTrace()
    }

    private fun session(deadlineMs: Long = 10_000): Session =
        offMain { AndroidSession.openBlocking(application, policy(deadlineMs), listOf(FuzzyLocation)) }.agreed()

    private fun policy(deadlineMs: Long): Policy = everything(deadlineMs, LocationAccuracy.FUZZY)

    private fun berlin() = location(52.520008, 13.404954)

    @Suppress("DEPRECATION")
    private fun lastKnown(location: SystemLocation) = locationService.setLastKnownLocation(NETWORK_PROVIDER, location)

    /** The time that goes by: the framework's stands still in tests. */
    private fun now() = ManagementFactory.getRuntimeMXBean().uptime

    private fun assertNoTrace() {
        assertTrue(locationService.requests.isNotEmpty())
        eventually { threads().isEmpty() && locationService.requests.all { it.isOver } }
        assertTrue(locationService.requests.all { it.isOver })
        assertEquals(emptyList<String>(), threads())
    }

    private fun threads() =
        Thread
            .getAllStackTraces()
            .keys
            .map { it.name }
            .filter { it == "scruple-location" }

    private companion object {
        /** Berlin's, by the grid that the core's documentation describes. */
        val CELL = Coordinates(52.53, 13.397260273972602)
    }
}
