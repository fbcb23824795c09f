package dev.scruple.processes

import android.app.ActivityManager
import android.content.Context
import android.os.Process.myUid
import dev.scruple.ProcessesSource
import dev.scruple.RunningProcess
import dev.scruple.ScrupleSourceApi
import dev.scruple.SourceErrorKind
import dev.scruple.SourceException
import dev.scruple.android.ApplicationContext

/** Asks the system's activity manager. */
@OptIn(ScrupleSourceApi::class)
internal object ProcessReader : ProcessesSource {
    override fun read(deadlineMs: Long): List<RunningProcess> {
        val service = ApplicationContext.get().getSystemService(Context.ACTIVITY_SERVICE)
        val manager = service as ActivityManager? ?: throw SourceException(SourceErrorKind.UNSUPPORTED)
        val running =
            try {
                manager.runningAppProcesses
            } catch (_: SecurityException) {
                throw SourceException(SourceErrorKind.NOT_PERMITTED)
            }
        // Null while the system has none to tell. Android 5 lists other apps' too.
        val own = running?.filter { it.uid == myUid() } ?: throw SourceException(SourceErrorKind.NOT_READY)
        return own.map { RunningProcess(it.pid, it.processName) }
    }
}
