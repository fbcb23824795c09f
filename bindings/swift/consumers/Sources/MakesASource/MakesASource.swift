import Scruple

func source() -> Source? {
    #if OFFENDING
        // fails: 'webView' is inaccessible due to 'package' protection level
        return Source.webView(WebView())
    #else
        return nil
    #endif
}

struct WebView {}
