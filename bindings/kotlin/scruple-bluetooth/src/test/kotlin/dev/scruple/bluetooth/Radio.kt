package dev.scruple.bluetooth

import android.bluetooth.BluetoothAdapter
import android.bluetooth.BluetoothDevice
import android.bluetooth.BluetoothManager
import android.bluetooth.le.BluetoothLeScanner
import android.bluetooth.le.ScanCallback
import android.bluetooth.le.ScanFilter
import android.bluetooth.le.ScanRecord
import android.bluetooth.le.ScanResult
import android.bluetooth.le.ScanSettings
import dev.scruple.robolectric.application
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import org.robolectric.annotation.RealObject
import org.robolectric.shadows.ShadowBluetoothAdapter
import org.robolectric.shadows.ShadowBluetoothDevice
import org.robolectric.shadows.ShadowBluetoothLeScanner
import org.robolectric.util.ReflectionHelpers
import java.util.concurrent.CopyOnWriteArrayList

/** The Bluetooth hardware, as a test wants it. */
object Radio {
    /** Where the adapter stands. */
    @Volatile
    var state: () -> Int = { BluetoothAdapter.STATE_ON }

    @Volatile
    var statesAsked = 0

    @Volatile
    var scansBegun = 0

    /** What a scan meets with, on the thread that begins it. */
    @Volatile
    var onScan: (ScanCallback) -> Unit = {}

    /** The callback of the scan that began last. */
    @Volatile
    var latest: ScanCallback? = null

    /** The scans that nobody has ended. */
    val scans = CopyOnWriteArrayList<ScanCallback>()

    /** What of this phone's or a device's identity was asked for. */
    val asked = CopyOnWriteArrayList<String>()

    val adapter: BluetoothAdapter get() = application.getSystemService(BluetoothManager::class.java).adapter

    fun reset() {
        state = { BluetoothAdapter.STATE_ON }
        statesAsked = 0
        scansBegun = 0
        onScan = {}
        latest = null
        scans.clear()
        asked.clear()
    }

    /** Delivers what a device advertises: the bytes that go through the air, or nothing. */
    fun hears(
        callback: ScanCallback,
        address: String,
        rssi: Int,
        advertisement: ByteArray?,
    ) = callback.onScanResult(
        ScanSettings.CALLBACK_TYPE_ALL_MATCHES,
        result(address, rssi, advertisement?.let(::parsed)),
    )

    @Suppress("DEPRECATION")
    fun result(
        address: String,
        rssi: Int,
        record: ScanRecord?,
    ) = ScanResult(BluetoothAdapter.getDefaultAdapter().getRemoteDevice(address), record, rssi, 0L)

    /** A record with a name that no bytes could give. */
    fun record(name: String): ScanRecord =
        parsed(ByteArray(0)).also { ReflectionHelpers.setField(it, "mDeviceName", name) }

    /** By the framework's own parser, which no host can call. */
    private fun parsed(advertisement: ByteArray): ScanRecord =
        ReflectionHelpers.callStaticMethod(
            ScanRecord::class.java,
            "parseFromBytes",
            ReflectionHelpers.ClassParameter.from(ByteArray::class.java, advertisement),
        )

    @Implements(BluetoothAdapter::class)
    class Adapter : ShadowBluetoothAdapter() {
        @Implementation
        override fun getState(): Int {
            statesAsked++
            return state()
        }

        @Implementation
        override fun getName(): String? {
            asked += "name"
            return super.getName()
        }

        @Implementation
        override fun getAddress(): String? {
            asked += "address"
            return super.getAddress()
        }
    }

    @Implements(BluetoothDevice::class)
    class Device : ShadowBluetoothDevice() {
        @Implementation
        fun getAddress(): String {
            asked += "a device's address"
            return ReflectionHelpers.getField(realDevice, "mAddress")
        }

        @Implementation
        override fun getName(): String? {
            asked += "a device's name"
            return super.getName()
        }

        @RealObject
        private lateinit var realDevice: BluetoothDevice
    }

    @Implements(BluetoothLeScanner::class)
    class Scanner : ShadowBluetoothLeScanner() {
        @Implementation
        override fun startScan(
            filters: List<ScanFilter>?,
            settings: ScanSettings,
            callback: ScanCallback,
        ) {
            scansBegun++
            latest = callback
            scans += callback
            onScan(callback)
        }

        @Implementation
        override fun stopScan(callback: ScanCallback) {
            scans -= callback
        }
    }
}
