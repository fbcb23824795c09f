package dev.scruple.bluetooth

import android.bluetooth.BluetoothAdapter
import android.bluetooth.BluetoothManager
import android.content.Context
import android.content.pm.PackageManager.FEATURE_BLUETOOTH_LE
import dev.scruple.AdapterState
import dev.scruple.BluetoothDiagnosis
import dev.scruple.BluetoothInformation
import dev.scruple.BluetoothSource
import dev.scruple.ScrupleSourceApi
import dev.scruple.SystemPermission
import dev.scruple.android.ApplicationContext

/** Asks the system's Bluetooth service. */
@OptIn(ScrupleSourceApi::class)
internal class BluetoothReader : BluetoothSource {
    private val history = History()

    /** For the adapter's state. What is near has a permission of its own, without which the state is there all the same. */
    override fun permission(): SystemPermission = said(Permissions(ApplicationContext.get()).state)

    override fun read(deadlineMs: Long): BluetoothInformation {
        val context = ApplicationContext.get()
        val adapter = context.adapter
        val lowEnergy = context.packageManager.hasSystemFeature(FEATURE_BLUETOOTH_LE)
        val state = history.saw(adapter.standing)
        val mayScan = state == AdapterState.ON && lowEnergy && Permissions(context).scan
        val nearby =
            try {
                if (adapter != null && mayScan) Scan(history).run(adapter, deadlineMs / 2) else null
            } catch (_: SecurityException) {
                // Taken back since it was asked.
                null
            }
        return BluetoothInformation(history.saw(adapter.standing), lowEnergy, nearby)
    }

    override fun diagnose(deadlineMs: Long): BluetoothDiagnosis {
        val context = ApplicationContext.get()
        val state = history.saw(context.adapter.standing)
        return BluetoothDiagnosis(state, said(Permissions(context).held), history.scanErrors, history.states)
    }

    override fun forget() = history.clear()

    private fun said(isGranted: Boolean) = if (isGranted) SystemPermission.GRANTED else SystemPermission.DENIED
}

private val Context.adapter: BluetoothAdapter?
    get() = (getSystemService(Context.BLUETOOTH_SERVICE) as BluetoothManager?)?.adapter

/** Where it stands, for which Android 12 and later need no permission. */
private val BluetoothAdapter?.standing: AdapterState
    get() =
        try {
            when (this?.state) {
                null -> AdapterState.UNSUPPORTED
                BluetoothAdapter.STATE_OFF -> AdapterState.OFF
                BluetoothAdapter.STATE_TURNING_ON, BluetoothAdapter.STATE_TURNING_OFF -> AdapterState.CHANGING
                BluetoothAdapter.STATE_ON -> AdapterState.ON
                else -> AdapterState.UNKNOWN
            }
        } catch (_: SecurityException) {
            AdapterState.UNAUTHORIZED
        }
