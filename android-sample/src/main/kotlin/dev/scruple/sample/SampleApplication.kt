package dev.scruple.sample

import android.app.Application
import dev.scruple.AndroidPolicy
import dev.scruple.AndroidSession
import dev.scruple.HostRecords
import dev.scruple.LocationAccuracy
import dev.scruple.bluetooth.AndroidBluetooth
import dev.scruple.clipboard.AndroidClipboard
import dev.scruple.location.FuzzyLocation
import dev.scruple.location.precise.PreciseLocation
import dev.scruple.nfc.AndroidNfc
import dev.scruple.processes.AndroidProcesses
import dev.scruple.webview.AndroidWebView
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.withContext

/** Holds the one session of the process. It is opened when the first screen asks for it, and that reads nothing. */
class SampleApplication : Application() {
    /** What the screen shows. */
    val model by lazy { Model(MainScope(), ::open) }

    private suspend fun open(accuracy: LocationAccuracy): Opened {
        val file = if (accuracy == LocationAccuracy.FUZZY) "scruple.json" else "scruple-precise.json"
        val policy = AndroidPolicy.fromAsset(this, file)
        val records = records()
        val sources =
            listOf(
                AndroidBluetooth,
                AndroidClipboard,
                AndroidNfc,
                AndroidProcesses,
                AndroidWebView,
                FuzzyLocation,
                PreciseLocation,
            )
        return Opened(AndroidSession.open(this, policy, sources), records, policy.retentionMs)
    }

    private suspend fun records(): HostRecords =
        withContext(Dispatchers.IO) {
            HostRecords.fromJson(assets.open("host-records.json").bufferedReader().use { it.readText() })
        }
}
