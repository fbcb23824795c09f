package dev.scruple.webview

import android.content.pm.PackageManager
import android.webkit.WebSettings
import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.SystemPermission
import dev.scruple.WebViewSource
import dev.scruple.android.ApplicationContext

/**
 * Reads [Item.WEB_VIEW_USER_AGENT], the user agent that the app's web views send. It needs no permission.
 *
 * Reading loads the web view's code, which takes up to a quarter of a second the first time, on a thread of the session's
 * own. It counts as a use of `android.webkit`: an app in which more than one process uses web views calls
 * `android.webkit.WebView.setDataDirectorySuffix` in all but one of them, from API 28, and before the first collection that
 * may read this. Afterwards that call throws.
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidWebView : Source(Source.webView(UserAgent))

@OptIn(ScrupleSourceApi::class)
private object UserAgent : WebViewSource {
    override fun permission() = SystemPermission.GRANTED

    override fun read(deadlineMs: Long): String {
        val context = ApplicationContext.get()
        // Asked first: without a web view the framework's answer is an exception without a type of its own.
        if (!context.packageManager.hasSystemFeature(PackageManager.FEATURE_WEBVIEW)) {
            throw SourceException(SourceErrorKind.UNSUPPORTED)
        }
        return WebSettings.getDefaultUserAgent(context)
    }
}
