import android.content.Context
import dev.scruple.Policy
import dev.scruple.Session
import dev.scruple.clipboard.Clipboard
import dev.scruple.fromAsset
import dev.scruple.open
import dev.scruple.webview.WebView

/** What only compiles here: the sources, and a session with an app's context. */
class AndroidHost(
    private val context: Context,
) {
    suspend fun open(): Session =
        Session.open(context, Policy.fromAsset(context, "scruple.json"), listOf(WebView, Clipboard))
}
