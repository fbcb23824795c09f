package dev.scruple.clipboard

import android.app.ActivityManager
import android.app.ActivityManager.RunningAppProcessInfo
import android.content.ClipData
import android.content.ClipDescription
import android.content.ClipboardManager
import android.content.Context
import android.os.Handler
import android.os.Looper
import android.os.PersistableBundle
import android.os.Process
import dev.scruple.AndroidSession
import dev.scruple.Session
import dev.scruple.robolectric.WatchedContext
import dev.scruple.robolectric.agreed
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.offMain
import org.robolectric.Shadows.shadowOf
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

/** How important the system takes this process for. */
internal fun importance(importance: Int) {
    val own = RunningAppProcessInfo(application.packageName, Process.myPid(), arrayOf(application.packageName))
    own.importance = importance
    val activities = application.getSystemService(Context.ACTIVITY_SERVICE) as ActivityManager
    shadowOf(activities).setProcesses(listOf(own))
}
