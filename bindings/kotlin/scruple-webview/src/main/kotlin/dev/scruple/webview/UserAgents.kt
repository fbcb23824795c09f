package dev.scruple.webview

import android.app.Application
import android.content.Context
import android.content.pm.PackageManager
import android.os.Build
import android.webkit.WebSettings
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.SystemPermission
import dev.scruple.WebViewSource
import dev.scruple.android.ApplicationContext

/** What Android says. */
@OptIn(ScrupleSourceApi::class)
internal class DefaultUserAgent(
    private val isForEveryProcess: Boolean,
) : WebViewSource {
    override fun permission() = SystemPermission.GRANTED

    override fun read(deadlineMs: Long): String {
        val context = ApplicationContext.get()
        // Asked first: without a web view the framework's answer is an exception without a type of its own.
        if (!context.packageManager.hasSystemFeature(PackageManager.FEATURE_WEBVIEW)) {
            throw SourceException(SourceErrorKind.UNSUPPORTED)
        }
        if (!isForEveryProcess && !isMainProcess(context)) throw SourceException(SourceErrorKind.DISABLED)
        return WebSettings.getDefaultUserAgent(context)
    }

    /** Whether this is the app's main process. Below API 28 nothing depends on it: web views share their directory. */
    private fun isMainProcess(context: Context): Boolean =
        Build.VERSION.SDK_INT < Build.VERSION_CODES.P ||
            Application.getProcessName() == context.applicationInfo.processName
}

/** What the host says. */
@OptIn(ScrupleSourceApi::class)
internal class GivenUserAgent(
    private val text: () -> String,
) : WebViewSource {
    override fun permission() = SystemPermission.GRANTED

    override fun read(deadlineMs: Long): String = text()
}
