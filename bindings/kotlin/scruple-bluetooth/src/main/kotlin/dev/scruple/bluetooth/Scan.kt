package dev.scruple.bluetooth

import android.bluetooth.BluetoothAdapter
import android.bluetooth.le.BluetoothLeScanner
import android.bluetooth.le.ScanCallback
import android.bluetooth.le.ScanResult
import android.bluetooth.le.ScanSettings
import android.os.Handler
import android.os.Looper
import dev.scruple.BluetoothDevice
import java.util.concurrent.CountDownLatch
import java.util.concurrent.TimeUnit
import android.bluetooth.BluetoothDevice as SystemDevice

/** One scan for what advertises itself by Low Energy. */
internal class Scan(
    private val history: History,
) : ScanCallback() {
    /** The system's objects tell devices apart, by addresses that nobody asks them for, while the scan goes on. */
    private val found = HashMap<SystemDevice, BluetoothDevice>()
    private val failure = CountDownLatch(1)
    private var isOver = false

    /** What was near within that time; null if the scan could not tell. */
    fun run(
        adapter: BluetoothAdapter,
        milliseconds: Long,
    ): List<BluetoothDevice>? {
        // There is none while the adapter is off.
        val scanner = adapter.bluetoothLeScanner ?: return null
        val main = Handler(Looper.getMainLooper())
        val mainRan = CountDownLatch(1)
        main.post(mainRan::countDown)
        val settings = ScanSettings.Builder().setScanMode(ScanSettings.SCAN_MODE_LOW_LATENCY).build()
        try {
            scanner.startScan(null, settings, this)
            val failed = failure.await(milliseconds, TimeUnit.MILLISECONDS)
            val devices = end()
            // What was found has waited in vain for a main thread that was blocked.
            val told = devices.isNotEmpty() || mainRan.count == 0L
            return devices.takeIf { !failed && told }
        } catch (_: IllegalStateException) {
            // Switched off since.
            return null
        } finally {
            end()
            main.removeCallbacksAndMessages(null)
            stop(scanner)
        }
    }

    private fun stop(scanner: BluetoothLeScanner) {
        try {
            scanner.stopScan(this)
        } catch (_: IllegalStateException) {
            // Switched off: there is nothing to stop.
        }
    }

    /** Forgets which device was which. Whatever comes later is not even looked at. */
    @Synchronized
    private fun end(): List<BluetoothDevice> {
        isOver = true
        return found.values.toList().also { found.clear() }
    }

    @Synchronized
    override fun onScanResult(
        callbackType: Int,
        result: ScanResult?,
    ) {
        val device = result?.device ?: return
        if (isOver || (found.size == MOST_DEVICES && device !in found)) return
        val record = result.scanRecord
        val before = found[device]
        // Names and services come in turns, in packets of few bytes.
        val services = record?.serviceUuids.orEmpty().mapNotNull { it?.toString() }
        found[device] =
            BluetoothDevice(
                record?.deviceName?.takeIf(::isText) ?: before?.name,
                result.rssi,
                (before?.serviceUuids.orEmpty() + services).distinct().take(MOST_SERVICES),
            )
    }

    override fun onBatchScanResults(results: List<ScanResult?>?) {
        results?.forEach { onScanResult(ScanSettings.CALLBACK_TYPE_ALL_MATCHES, it) }
    }

    override fun onScanFailed(errorCode: Int) {
        history.failed(errorCode)
        failure.countDown()
    }

    /** Halves of characters, which only UTF-16 has, would spoil the whole answer. */
    private fun isText(name: String) = Charsets.UTF_8.newEncoder().canEncode(name)

    private companion object {
        /** More than the core passes on, which counts the rest; a bound for what is remembered meanwhile. */
        const val MOST_DEVICES = 1_000
        const val MOST_SERVICES = 100
    }
}
