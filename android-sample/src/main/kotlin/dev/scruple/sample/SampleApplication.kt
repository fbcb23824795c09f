package dev.scruple.sample

import android.app.Application
import android.os.Build.VERSION.SDK_INT
import android.os.Build.VERSION_CODES
import android.webkit.WebView
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
import dev.scruple.sharedconsent.SharedConsent
import dev.scruple.webview.AndroidWebView
import kotlinx.coroutines.Dispatchers
import kotlinx.coroutines.MainScope
import kotlinx.coroutines.cancel
import kotlinx.coroutines.withContext

/** Holds the one session of the process. It is opened when the first screen asks for it, and that reads nothing. */
class SampleApplication : Application() {
    private val scope = MainScope()

    /** What the screen shows. It lives as long as the process. */
    val model by lazy { Model(scope, ::open) }

    override fun onCreate() {
        super.onCreate()
        // Android lets only one process use a directory for web views.
        if (SDK_INT >= VERSION_CODES.P && getProcessName() != packageName) {
            WebView.setDataDirectorySuffix(getProcessName())
        }
    }

    /** A phone ends a process without a word. An emulated one says so, and its threads are wanted for the next. */
    override fun onTerminate() {
        super.onTerminate()
        scope.cancel()
    }

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
        val session = WatchedSession(AndroidSession.open(this, policy, sources))
        return try {
            Opened(session, ConsentOfAll(SharedConsent.join(this, session)), records, policy.retentionMs)
        } catch (notJoined: Throwable) {
            session.close()
            throw notJoined
        }
    }

    private suspend fun records(): HostRecords =
        withContext(Dispatchers.IO) {
            HostRecords.fromJson(assets.open("host-records.json").bufferedReader().use { it.readText() })
        }
}
