package dev.scruple.robolectric

import android.app.AppOpsManager
import android.content.Context
import android.os.Process
import org.robolectric.Shadows.shadowOf

/** The person grants these. */
fun grant(vararg permissions: String) = shadowOf(application).grantPermissions(*permissions)

/** The person refuses these, or takes them back. */
fun deny(vararg permissions: String) = shadowOf(application).denyPermissions(*permissions)

/** Whether Android serves the app in this just now, whose permission it holds: an operation and a mode of [AppOpsManager]. */
fun androidSays(
    operation: String,
    mode: Int,
) {
    val operations = application.getSystemService(Context.APP_OPS_SERVICE) as AppOpsManager
    shadowOf(operations).setMode(operation, Process.myUid(), application.packageName, mode)
}
