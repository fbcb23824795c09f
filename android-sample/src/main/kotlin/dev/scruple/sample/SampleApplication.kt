package dev.scruple.sample

import android.app.Application
import dev.scruple.HostRecords
import dev.scruple.LocationAccuracy
import dev.scruple.Policy
import dev.scruple.Session
import dev.scruple.bluetooth.Bluetooth
import dev.scruple.clipboard.Clipboard
import dev.scruple.fromAsset
import dev.scruple.location.FuzzyLocation
import dev.scruple.location.precise.PreciseLocation
import dev.scruple.nfc.Nfc
import dev.scruple.open
import dev.scruple.processes.Processes
import dev.scruple.webview.WebView
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.withContext

/** Holds the one session of the process. It is opened when the first screen asks for it, and that reads nothing. */
class SampleApplication : Application() {
    /** What the screen shows. */
    val model by lazy { Model(MainScope(), ::open) }

    private suspend fun open(accuracy: LocationAccuracy): Opened {
        val file = if (accuracy == LocationAccuracy.FUZZY) "scruple.json" else "scruple-precise.json"
        val policy = Policy.fromAsset(this, file)
        val records = records()
        val sources = listOf(Bluetooth, Clipboard, FuzzyLocation, Nfc, PreciseLocation, Processes, WebView)
        return Opened(Session.open(this, policy, sources), records, policy.retentionMs)
    }

    private suspend fun records(): HostRecords =
        withContext(Dispatchers.IO) {
            HostRecords.fromJson(assets.open("host-records.json").bufferedReader().use { it.readText() })
        }
}
