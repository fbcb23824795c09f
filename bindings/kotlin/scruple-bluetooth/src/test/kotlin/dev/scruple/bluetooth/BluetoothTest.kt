package dev.scruple.bluetooth

import android.Manifest.permission.ACCESS_COARSE_LOCATION
import android.Manifest.permission.ACCESS_FINE_LOCATION
import android.Manifest.permission.BLUETOOTH
import android.Manifest.permission.BLUETOOTH_SCAN
import android.bluetooth.BluetoothAdapter
import android.content.pm.PackageManager.FEATURE_BLUETOOTH_LE
import android.location.LocationManager
import android.os.Build.VERSION.SDK_INT
import dev.scruple.AdapterState
import dev.scruple.AndroidSession
import dev.scruple.BluetoothDevice
import dev.scruple.Category
import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.Source
import dev.scruple.SystemPermission
import dev.scruple.Withheld
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.besideMain
import dev.scruple.robolectric.deny
import dev.scruple.robolectric.eventually
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
import org.robolectric.util.ReflectionHelpers
import java.lang.management.ManagementFactory
import kotlin.concurrent.thread
import dev.scruple.BluetoothInformation as Value

/** Bluetooth from the system's adapter, through the whole gate. The tests' thread is the main one. */
@OptIn(ScrupleSourceApi::class)
@RunWith(RobolectricTestRunner::class)
@Config(shadows = [Radio.Adapter::class, Radio.Device::class, Radio.Scanner::class])
class BluetoothTest {
    @Before
    fun everythingIsThere() {
        Radio.reset()
        shadowOf(application.packageManager).setSystemFeature(FEATURE_BLUETOOTH_LE, true)
        locationIsOn(true)
        grant(BLUETOOTH, BLUETOOTH_SCAN, ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
        // The first read loads classes, which takes longer than the deadlines here.
        Radio.onScan = { it.onScanFailed(1) }
        session(deadlineMs = 60_000).use { assertNull(it.lacks(Item.BLUETOOTH_INFORMATION)) }
        Radio.reset()
    }

    @Test
    fun `the adapter, and what is near it without addresses`() {
        Radio.onScan = {
            Radio.hears(it, LAMP, -70, name("Lamp") + services16(0x180F))
            Radio.hears(it, BAND, -40, name("Band 7"))
        }
        session().use { session ->
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                val nearby =
                    listOf(
                        BluetoothDevice("Band 7", -40, emptyList()),
                        BluetoothDevice("Lamp", -70, listOf("0000180f-0000-1000-8000-00805f9b34fb")),
                    )
                assertEquals(Value(AdapterState.ON, true, nearby), it.features.bluetooth)
                assertNoAddress(it)
            }
        }
        assertEquals(0, Radio.scans.size)
        assertEquals(1, Radio.scansBegun)
    }

    @Test
    fun `nobody asks a device or the adapter for an address or a name`() {
        Radio.onScan = {
            Radio.hears(it, LAMP, -70, name("Lamp"))
            // Whoever lacks a name is not asked for one either.
            Radio.hears(it, BAND, -70, ByteArray(0))
        }
        session().use { assertNull(it.lacks(Item.BLUETOOTH_INFORMATION)) }
        assertEquals(emptyList<String>(), Radio.asked)
        Radio.adapter.name
        Radio.result(LAMP, -70, null).device.run { "$name$address" }
        assertEquals("the control", listOf("name", "a device's name", "a device's address"), Radio.asked)
    }

    @Test
    fun `names that hold an address, giant names and broken ones do not get through`() {
        val hostile = listOf(LAMP, "Lamp $LAMP", LAMP.replace(":", ""), "n".repeat(249), "Lam\u0000p")
        Radio.onScan = { callback ->
            hostile.forEachIndexed { at, name -> Radio.hears(callback, address(at), -50, name(name)) }
            Radio.hears(callback, BAND, -90, name("Band 7"))
            Radio.hears(callback, address(90), -91, byteArrayOf(2, 9, 0xC0.toByte()))
            Radio.hears(callback, address(91), 127, null)
        }
        session().use { session ->
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                val nearby = it.features.bluetooth!!.nearby!!
                assertEquals(hostile.size + 3, nearby.size)
                assertEquals(listOf("Band 7"), nearby.mapNotNull(BluetoothDevice::name).filter { "\uFFFD" !in it })
                assertNoAddress(it)
            }
        }
    }

    @Test
    fun `half a character costs one name, not the answer`() {
        Radio.onScan = {
            it.onScanResult(1, Radio.result(LAMP, -50, Radio.record("Lamp \uD83D")))
            it.onScanResult(1, Radio.result(BAND, -60, Radio.record("Lamp \uD83D\uDCA1")))
        }
        assertEquals(listOf(null, "Lamp \uD83D\uDCA1"), nearby()!!.map { it.name })
    }

    @Test
    fun `one device is one entry, with the latest strength and all that it said`() {
        Radio.onScan = {
            repeat(3) { _ ->
                Radio.hears(it, LAMP, -70, services16(0x180F))
                Radio.hears(it, LAMP, -60, name("Lamp") + services16(0x180A))
                Radio.hears(it, LAMP, -50, ByteArray(0))
            }
            it.onBatchScanResults(mutableListOf(Radio.result(BAND, -80, null), null))
            it.onScanResult(1, null)
        }
        val services = listOf("180f", "180a").map { "0000$it-0000-1000-8000-00805f9b34fb" }
        val devices = listOf(BluetoothDevice("Lamp", -50, services), BluetoothDevice(null, -80, emptyList()))
        assertEquals(devices, nearby())
    }

    @Test
    fun `a crowd is cut, and what is left out is counted`() {
        Radio.onScan = { callback -> repeat(1_500) { Radio.hears(callback, address(it), -it, ByteArray(0)) } }
        session().use { session ->
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(
                    64,
                    it.features.bluetooth!!
                        .nearby!!
                        .size,
                )
                assertEquals(1_000 - 64, it.features.bluetooth!!.omitted)
            }
        }
    }

    @Test
    fun `what is heard from another thread counts, what is heard late does not`() {
        Radio.onScan = { callback -> thread { Radio.hears(callback, LAMP, -70, name("Lamp")) }.join() }
        session().use { session ->
            assertEquals(listOf("Lamp"), session.nearby()!!.map { it.name })
            Radio.hears(Radio.latest!!, BAND, -40, name("Band 7"))
            Radio.latest!!.onScanFailed(3)
            assertEquals(emptyMap<Any, Any>(), ReflectionHelpers.getField(Radio.latest, "found"))
            Radio.onScan = {}
            assertNull(session.nearby())
        }
    }

    @Test
    fun `a blocked main thread delivers nothing, which is not to say that nothing is near`() {
        session().use { assertNull(it.nearby()) }
        assertEquals(1, Radio.scansBegun)
        assertEquals(0, Radio.scans.size)
        // The control: here it runs meanwhile.
        assertEquals(emptyList<BluetoothDevice>(), besideMain { nearby() })
    }

    @Test
    fun `the scan takes half of the deadline`() {
        session(deadlineMs = 4_000).use { session ->
            session.nearby()
            val began = now()
            assertNull(session.lacks(Item.BLUETOOTH_INFORMATION)) // as there would be after the deadline
            assertTrue(now() - began >= 1_950)
        }
    }

    @Test
    @Config(minSdk = 31)
    fun `without the permission to scan the adapter is told all the same, and what is near is not`() {
        deny(BLUETOOTH, BLUETOOTH_SCAN)
        Radio.onScan = { Radio.hears(it, LAMP, -70, name("Lamp")) }
        session().use { session ->
            for (isNever in listOf(false, true)) {
                manifestSays(neverForLocation = isNever)
                session.reads(Item.BLUETOOTH_INFORMATION).use {
                    assertEquals(Value(AdapterState.ON, true, null), it.features.bluetooth)
                }
            }
            assertEquals(0, Radio.scansBegun)
            grant(BLUETOOTH_SCAN)
            assertEquals("the control", listOf("Lamp"), session.nearby()!!.map { it.name })
        }
    }

    @Test
    @Config(maxSdk = 30)
    fun `before Android 12 the item is withheld without the permission, and nobody asks the adapter`() {
        deny(BLUETOOTH)
        session().use { session ->
            Radio.statesAsked = 0
            assertEquals(Withheld.Denied, session.lacks(Item.BLUETOOTH_INFORMATION))
            assertEquals(0, Radio.statesAsked)
            assertEquals(0, Radio.scansBegun)
            grant(BLUETOOTH)
            assertNull("the control", session.lacks(Item.BLUETOOTH_INFORMATION))
            assertEquals(1, Radio.scansBegun)
        }
    }

    @Test
    fun `a scan takes a location permission and location, unless the manifest says never for location`() {
        fun scans(): Boolean {
            val before = Radio.scansBegun
            session().use { session ->
                session.reads(Item.BLUETOOTH_INFORMATION).use {
                    assertEquals(AdapterState.ON, it.features.bluetooth!!.state)
                    assertEquals(true, it.features.bluetooth!!.lowEnergy)
                }
            }
            return Radio.scansBegun > before
        }
        for (isNever in listOf(false, true)) {
            manifestSays(neverForLocation = isNever)
            val isPromised = isNever && SDK_INT >= 31
            locationIsOn(true)
            grant(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
            assertTrue(scans())
            deny(ACCESS_FINE_LOCATION)
            assertEquals(SDK_INT < 29 || isPromised, scans())
            deny(ACCESS_COARSE_LOCATION)
            assertEquals(isPromised, scans())
            grant(ACCESS_FINE_LOCATION)
            assertTrue(scans())
            locationIsOn(false)
            assertEquals(isPromised, scans())
        }
    }

    @Test
    fun `what the system hides is null, and not an empty list`() {
        manifestSays(neverForLocation = false)
        deny(ACCESS_FINE_LOCATION, ACCESS_COARSE_LOCATION)
        assertNull(besideMain { nearby() })
        grant(ACCESS_FINE_LOCATION)
        assertEquals("the control", emptyList<BluetoothDevice>(), besideMain { nearby() })
    }

    @Test
    fun `the host asks for the scan from Android 12, and for nothing before`() {
        assertEquals(if (SDK_INT >= 31) listOf(BLUETOOTH_SCAN) else emptyList<String>(), AndroidBluetooth.permissions)
    }

    @Test
    fun `an adapter that is off is not scanned`() {
        val states =
            mapOf(
                BluetoothAdapter.STATE_OFF to AdapterState.OFF,
                BluetoothAdapter.STATE_TURNING_ON to AdapterState.CHANGING,
                BluetoothAdapter.STATE_TURNING_OFF to AdapterState.CHANGING,
                -1 to AdapterState.UNKNOWN,
            )
        session().use { session ->
            for ((state, expected) in states) {
                Radio.state = { state }
                session.reads(Item.BLUETOOTH_INFORMATION).use {
                    assertEquals(Value(expected, true, null), it.features.bluetooth)
                }
            }
            assertEquals(0, Radio.scansBegun)
        }
    }

    @Test
    fun `a device without Bluetooth, or without Low Energy, says so`() {
        shadowOf(application.packageManager).setSystemFeature(FEATURE_BLUETOOTH_LE, false)
        session().use { session ->
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(Value(AdapterState.ON, false, null), it.features.bluetooth)
            }
            shadowOf(application).setSystemService("bluetooth", null)
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(Value(AdapterState.UNSUPPORTED, false, null), it.features.bluetooth)
            }
        }
        assertEquals(0, Radio.scansBegun)
    }

    @Test
    fun `a scan that fails ends early and leaves its code, one that is refused leaves the adapter`() {
        Radio.onScan = {
            Radio.hears(it, LAMP, -70, name("Lamp"))
            it.onScanFailed(6)
        }
        session(deadlineMs = 60_000).use { session ->
            assertNull(session.nearby())
            assertEquals(listOf(6), session.diagnosis().scanErrors)

            Radio.onScan = { throw IllegalStateException("BT Adapter is not turned ON") }
            assertNull(session.nearby())

            Radio.onScan = {
                deny(BLUETOOTH_SCAN)
                throw SecurityException("$LAMP needs a permission")
            }
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(Value(AdapterState.ON, true, null), it.features.bluetooth)
                assertNoAddress(it)
            }
        }
        assertEquals(0, Radio.scans.size)
    }

    @Test
    fun `consent that is taken back during the scan leaves nothing`() {
        session().use { session ->
            Radio.onScan = {
                Radio.hears(it, LAMP, -70, name("Lamp"))
                session.updateConsent { revoke(Category.BLUETOOTH) }
            }
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(Withheld.Revoked, it.missing[Item.BLUETOOTH_INFORMATION])
                assertFalse("Lamp" in it.toJson())
            }
        }
        eventually { Radio.scans.isEmpty() }
        assertEquals(0, Radio.scans.size)
    }

    @Test
    fun `the diagnosis needs no permission, and says that it lacks`() {
        deny(BLUETOOTH, BLUETOOTH_SCAN)
        session().use { session ->
            val diagnosis = session.diagnosis()
            assertEquals(SystemPermission.DENIED, diagnosis.permission)
            assertEquals(AdapterState.ON, diagnosis.state)
            assertEquals(emptyList<Int>(), diagnosis.scanErrors)
            assertEquals(emptyList<AdapterState>(), diagnosis.stateChanges)
            Radio.state = { throw SecurityException("Need BLUETOOTH permission") }
            assertEquals(AdapterState.UNAUTHORIZED, session.diagnosis().state)
            grant(BLUETOOTH, BLUETOOTH_SCAN)
            assertEquals(SystemPermission.GRANTED, session.diagnosis().permission)
        }
        assertEquals(0, Radio.scansBegun)
    }

    @Test
    fun `the diagnosis keeps the latest codes and states, and no more`() {
        session().use { session ->
            repeat(40) { code ->
                Radio.onScan = { it.onScanFailed(code) }
                Radio.state = { if (code % 2 == 0) BluetoothAdapter.STATE_ON else BluetoothAdapter.STATE_OFF }
                session.nearby()
            }
            val diagnosis = session.diagnosis()
            assertEquals((0..38 step 2).toList(), diagnosis.scanErrors)
            assertEquals(32, diagnosis.stateChanges.size)
            assertEquals(AdapterState.OFF, diagnosis.state)
            assertEquals(listOf(AdapterState.OFF, AdapterState.ON), diagnosis.stateChanges.takeLast(2))
            assertFalse("Lamp" in session.reads(Item.BLUETOOTH_TROUBLESHOOTING).use(Snapshot::toJson))
        }
    }

    @Test
    fun `what is remembered for the diagnosis ends with consent, and with the session`() {
        fun Session.fail() {
            Radio.onScan = { it.onScanFailed(1) }
            nearby()
            assertEquals(listOf(1), diagnosis().scanErrors)
        }
        val source = Source.bluetooth(BluetoothReader())
        session(source = source).use { session ->
            session.fail()
            session.updateConsent { revoke(Category.BLUETOOTH) }
            session.updateConsent { grant(Category.BLUETOOTH) }
            assertEquals(emptyList<Int>(), session.diagnosis().scanErrors)
            session.fail()
        }
        session(source = source).use { assertEquals(emptyList<Int>(), it.diagnosis().scanErrors) }
    }

    @Test
    fun `an adapter that is switched off during the scan is seen`() {
        Radio.onScan = { Radio.state = { BluetoothAdapter.STATE_OFF } }
        session().use { session ->
            session.reads(Item.BLUETOOTH_INFORMATION).use {
                assertEquals(AdapterState.OFF, it.features.bluetooth!!.state)
            }
            assertEquals(listOf(AdapterState.ON), session.diagnosis().stateChanges)
        }
    }

    @Test
    fun `the history is bounded by itself`() {
        val history = History()
        repeat(1_000) {
            history.failed(it)
            history.saw(if (it % 2 == 0) AdapterState.ON else AdapterState.OFF)
        }
        assertEquals((968..999).toList(), history.scanErrors)
        assertEquals(32, history.states.size)
    }

    @Test
    fun `the object that hosts name is a source like the tests' own`() {
        Radio.onScan = { Radio.hears(it, LAMP, -70, name("Lamp")) }
        val session = offMain { AndroidSession.openBlocking(application, everything(2_000), listOf(AndroidBluetooth)) }
        session.agreed().use { assertEquals(listOf("Lamp"), it.nearby()!!.map { device -> device.name }) }
    }

    /** Of a source of its own, so that no test sees another's history. */
    private fun session(
        deadlineMs: Long = 2_000,
        source: Source = Source.bluetooth(BluetoothReader()),
    ): Session = offMain { AndroidSession.openBlocking(application, everything(deadlineMs), listOf(source)) }.agreed()

    private fun nearby() = session().use { it.nearby() }

    private fun Session.nearby() = reads(Item.BLUETOOTH_INFORMATION).use { it.features.bluetooth!!.nearby }

    private fun Session.diagnosis() =
        reads(Item.BLUETOOTH_TROUBLESHOOTING).use { it.features.bluetoothTroubleshooting!! }

    private fun assertNoAddress(snapshot: Snapshot) {
        val json = snapshot.toJson().lowercase()
        for (address in listOf(LAMP, BAND)) {
            assertFalse(address.lowercase() in json)
            assertFalse(address.lowercase().replace(":", "") in json)
        }
        assertTrue("the control", "bluetooth.information" in json)
    }

    /** What the host's manifest says of the scan, once it is merged. */
    private fun manifestSays(neverForLocation: Boolean) {
        val app = shadowOf(application.packageManager).getInternalMutablePackageInfo(application.packageName)
        app.requestedPermissions = arrayOf(BLUETOOTH, BLUETOOTH_SCAN)
        app.requestedPermissionsFlags = intArrayOf(0, if (neverForLocation) 0x0001_0000 else 0)
    }

    private fun locationIsOn(isOn: Boolean) {
        shadowOf(locationManager).setLocationEnabled(isOn)
        // What systems before Android 9 are asked instead.
        for (provider in listOf(LocationManager.NETWORK_PROVIDER, LocationManager.GPS_PROVIDER)) {
            shadowOf(locationManager).setProviderEnabled(provider, isOn)
        }
    }

    private val locationManager get() = application.getSystemService(LocationManager::class.java)

    /** The time that goes by: the framework's stands still in tests. */
    private fun now() = ManagementFactory.getRuntimeMXBean().uptime

    private fun address(number: Int) = "02:00:5E:00:%02X:%02X".format(number / 256, number % 256)

    private fun name(name: String) =
        name.toByteArray().let { byteArrayOf((it.size + 1).coerceAtMost(255).toByte(), 0x09) + it }

    private fun services16(uuid: Int) = byteArrayOf(3, 0x03, uuid.toByte(), (uuid shr 8).toByte())

    private companion object {
        /** Addresses that may be nowhere in a result. */
        const val LAMP = "02:00:5E:CA:FE:01"
        const val BAND = "02:00:5E:CA:FE:02"
    }
}
