import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Session
import dev.scruple.Source
import dev.scruple.WebViewSource
import dev.scruple.ScrupleSourceApi
import dev.scruple.SystemPermission

/** What the app wrote in Kotlin. */
class Consents(
    private val session: Session,
) {
    fun agree() =
        session.updateConsent {
            age = Age.AT_LEAST_MINIMUM
            grant(Category.DEVICE, Category.WEB_VIEW)
        }

    fun takeBack() = session.updateConsent { revoke(Category.DEVICE, Category.WEB_VIEW) }
}

/** A source of its own, which the library calls back. */
@OptIn(ScrupleSourceApi::class)
fun ownWebView(): Source =
    Source.webView(
        object : WebViewSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) = "Host/1.0"
        },
    )
