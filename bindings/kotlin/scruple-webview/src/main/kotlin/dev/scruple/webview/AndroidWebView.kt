package dev.scruple.webview

import dev.scruple.Item
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.Unavailable

/**
 * Reads [Item.WEB_VIEW_USER_AGENT], the user agent that the app's web views send. It needs no permission.
 *
 * It calls `android.webkit.WebSettings.getDefaultUserAgent`, on a thread of the session. The first call in a process
 * loads the web view's code on that thread. Most versions of the web view then start Chromium on the main thread, which
 * takes up to a quarter of a second, while the session's thread waits. If the main thread is blocked, the item is
 * [Unavailable.TIMED_OUT]. A host that already has the text from its web views hands it over instead: [of].
 *
 * From API 28 Android lets only one process of an app use a data directory of web views. In a second process,
 * Chromium's start throws on the main thread. Nobody can catch the exception, and it ends the process. So in every
 * process but the app's main one the item is [Unavailable.DISABLED], unless the host opts in: [inEveryProcess].
 */
@OptIn(ScrupleSourceApi::class)
public object AndroidWebView : Source(Source.webView(DefaultUserAgent(isForEveryProcess = false))) {
    /**
     * Reads the same in every process, for a host that gives each process a data directory of its own. From API 28 the
     * host has to call `android.webkit.WebView.setDataDirectorySuffix` in all processes but one, before the first
     * collection that may read the item. After that collection the call throws.
     */
    @JvmStatic
    public fun inEveryProcess(): Source = Source.webView(DefaultUserAgent(isForEveryProcess = true))

    /**
     * Gives the text that the host has, such as the `userAgentString` of a web view's settings. It never starts a web
     * view.
     *
     * @param text gives the text. The session calls it on one of its threads, at each permitted read, and not before.
     * If it throws, the item is [Unavailable.READ_FAILED].
     */
    @JvmStatic
    public fun of(text: () -> String): Source = Source.webView(GivenUserAgent(text))
}
