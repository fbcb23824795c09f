package dev.scruple.webview

import android.content.Context
import android.webkit.WebSettings
import org.robolectric.annotation.Implementation
import org.robolectric.annotation.Implements
import java.util.concurrent.atomic.AtomicInteger

/** The framework's web view as a test has it. */
@Implements(WebSettings::class)
internal class FakeWebSettings {
    companion object {
        val calls = AtomicInteger()

        @Volatile
        var answer: (Context) -> String? = { null }

        @JvmStatic
        @Implementation
        fun getDefaultUserAgent(context: Context): String? {
            calls.incrementAndGet()
            return answer(context)
        }

        fun reset() {
            calls.set(0)
            answer = { null }
        }
    }
}
