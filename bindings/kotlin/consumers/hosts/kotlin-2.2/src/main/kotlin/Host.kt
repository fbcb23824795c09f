import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.JvmSession
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.ScrupleJvmApi
import dev.scruple.ScrupleSourceApi
import dev.scruple.Snapshot
import dev.scruple.Source
import dev.scruple.SystemPermission
import dev.scruple.WebViewSource
import kotlinx.coroutines.runBlocking

/** Opens, agrees, collects and revokes, and says each time what there was to read. */
@OptIn(ScrupleJvmApi::class, ScrupleSourceApi::class)
fun main() =
    runBlocking {
        val policy = Policy { enable(Category.DEVICE).enable(Category.WEB_VIEW) }
        val session = JvmSession.open(policy, listOf(Source.webView(OwnWebView)))
        session.collect(Purpose.FEATURE).use { println("opened: ${seen(it)}") }
        session.updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(Category.DEVICE, Category.WEB_VIEW)
        }
        val snapshot = session.collect(Purpose.FEATURE)
        println("agreed: ${seen(snapshot)}")
        session.updateConsent { revoke(Category.DEVICE, Category.WEB_VIEW) }
        println("revoked: ${seen(snapshot)}")
        session.close()
    }

private fun seen(snapshot: Snapshot) =
    try {
        "${snapshot.device.platform}, ${snapshot.features.userAgent}"
    } catch (ended: ScrupleException.Revoked) {
        "nothing"
    }

/** A source in the host's own code, which the library calls back. */
@OptIn(ScrupleSourceApi::class)
private object OwnWebView : WebViewSource {
    override fun permission() = SystemPermission.GRANTED

    override fun read(deadlineMs: Long) = "Host/1.0"
}
