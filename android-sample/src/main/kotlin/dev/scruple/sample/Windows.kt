package dev.scruple.sample

import android.app.Activity
import android.graphics.Insets
import android.os.Build
import android.view.View
import android.view.WindowInsets
import android.view.WindowManager

/**
 * Keeps the picture of this screen off the recent apps, since it may show what was read. Where Android can tell the two
 * apart, the person may still take a screenshot on purpose: testers do. Other apps rather want `FLAG_SECURE` everywhere.
 */
fun Activity.keepOutOfRecents() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.TIRAMISU) {
        setRecentsScreenshotEnabled(false)
    } else {
        window.addFlags(WindowManager.LayoutParams.FLAG_SECURE)
    }
}

/** Keeps the content clear of system bars and cutouts, under which Android 15 makes every app draw. */
fun View.keepClearOfSystemBars() {
    // Before Android 11 the system keeps the content clear by itself.
    if (Build.VERSION.SDK_INT < Build.VERSION_CODES.R) return
    setOnApplyWindowInsetsListener { view, insets ->
        val bars: Insets = insets.getInsets(WindowInsets.Type.systemBars() or WindowInsets.Type.displayCutout())
        view.setPadding(bars.left, bars.top, bars.right, bars.bottom)
        insets
    }
}

/** Values are none of the system's content capture's business. */
fun View.keepFromTheSystem() {
    if (Build.VERSION.SDK_INT >= Build.VERSION_CODES.R) {
        importantForContentCapture = View.IMPORTANT_FOR_CONTENT_CAPTURE_NO_EXCLUDE_DESCENDANTS
    }
}
