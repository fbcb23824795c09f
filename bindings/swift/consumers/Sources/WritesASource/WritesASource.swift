import Scruple

struct WebView {
    func read(deadlineMs: UInt64) -> String { "" }
}

#if OFFENDING
    // fails: cannot find type 'WebViewSource' in scope
    extension WebView: WebViewSource {}
#endif
