import android.content.Context
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

/** What an app writes with all of the artifacts. It is compiled and shrunk here, and runs where there is a context. */
class AndroidHost(
    private val context: Context,
) {
    val permissions: List<String> = FuzzyLocation.permissions + PreciseLocation.permissions + Bluetooth.permissions

    suspend fun open(): Session =
        Session.open(
            context,
            Policy.fromAsset(context, "scruple.json"),
            listOf(WebView, Clipboard, FuzzyLocation, PreciseLocation, Bluetooth, Nfc, Processes),
        )
}
