import android.content.Context
import dev.scruple.AndroidPolicy
import dev.scruple.AndroidSession
import dev.scruple.Session
import dev.scruple.bluetooth.AndroidBluetooth
import dev.scruple.clipboard.AndroidClipboard
import dev.scruple.location.FuzzyLocation
import dev.scruple.location.precise.PreciseLocation
import dev.scruple.nfc.AndroidNfc
import dev.scruple.processes.AndroidProcesses
import dev.scruple.sharedconsent.SharedConsent
import dev.scruple.webview.AndroidWebView

/** What an app writes with all of the artifacts. It is compiled and shrunk here, and runs where there is a context. */
class AndroidHost(
    private val context: Context,
) {
    val permissions: List<String> =
        FuzzyLocation.permissions + PreciseLocation.permissions + AndroidBluetooth.permissions

    suspend fun open(): Session =
        AndroidSession.open(
            context,
            AndroidPolicy.fromAsset(context, "scruple.json"),
            listOf(
                AndroidBluetooth,
                AndroidClipboard,
                AndroidNfc,
                AndroidProcesses,
                AndroidWebView,
                FuzzyLocation,
                PreciseLocation,
            ),
        )

    suspend fun share(session: Session): SharedConsent = SharedConsent.join(context, session)
}
