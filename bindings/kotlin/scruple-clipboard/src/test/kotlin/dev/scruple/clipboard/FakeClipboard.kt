package dev.scruple.clipboard

import android.app.Activity
import android.app.Dialog
import android.content.ClipData
import android.content.ClipDescription
import android.content.ClipboardManager
import android.content.Context
import android.os.Handler
import android.os.Looper
import android.os.PersistableBundle
import android.view.View
import dev.scruple.AndroidSession
import dev.scruple.Session
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.offMain
import org.robolectric.Robolectric
import org.robolectric.Shadows.shadowOf
import org.robolectric.shadow.api.Shadow
import org.robolectric.shadows.ShadowViewRootImpl
import java.util.concurrent.atomic.AtomicInteger

/** The system's clipboard as a test has it: it counts how often its content is looked at. */
internal class FakeClipboard(
    private val content: () -> ClipData?,
    private val description: () -> ClipDescription?,
) : ClipboardManager(application, Handler(Looper.getMainLooper())) {
    constructor(clip: ClipData?) : this({ clip }, { clip?.description })

    val contentReads = AtomicInteger()

    override fun getPrimaryClip(): ClipData? {
        contentReads.incrementAndGet()
        return content()
    }

    override fun getPrimaryClipDescription(): ClipDescription? = description()
}

/** A session on a device whose clipboard is this one, with everything agreed to. */
internal fun sessionWith(clipboard: ClipboardManager?): Session {
    val context = WatchedContext().answer(Context.CLIPBOARD_SERVICE) { clipboard }
    return offMain { AndroidSession.openBlocking(context, everything(), listOf(AndroidClipboard)) }.agreed()
}

internal fun text(text: CharSequence): ClipData = ClipData.newPlainText("a label", text)

/** The same, marked by the app that copied it. From API 24 a description can say so. */
internal fun ClipData.sensitive(): ClipData =
    apply {
        description.extras = PersistableBundle().apply { putBoolean("android.content.extra.IS_SENSITIVE", true) }
    }

/** This app has an activity, and on it a dialog, while the call is made: the window manager gives one the focus, or none. */
internal fun <T> withFocus(
    on: Focus,
    call: () -> T,
): T =
    Robolectric.buildActivity(Activity::class.java).setup().use { controller ->
        val activity = controller.get()
        val dialog = Dialog(activity).apply { show() }
        shadowOf(Looper.getMainLooper()).idle()
        activity.window.decorView.setWindowFocus(on == Focus.ACTIVITY)
        checkNotNull(dialog.window).decorView.setWindowFocus(on == Focus.DIALOG)
        call().also { dialog.dismiss() }
    }

/** What of the app has the focus. */
internal enum class Focus { ACTIVITY, DIALOG, ANOTHER_APP }

/** As the window manager says it. */
private fun View.setWindowFocus(hasFocus: Boolean) {
    Shadow.extract<ShadowViewRootImpl>(viewRootImpl).callWindowFocusChanged(hasFocus)
    shadowOf(Looper.getMainLooper()).idle()
}
