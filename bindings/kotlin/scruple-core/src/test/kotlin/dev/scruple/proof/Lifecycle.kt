package dev.scruple.proof

import com.sun.jna.NativeLibrary
import dev.scruple.Category
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.JvmSession
import dev.scruple.MiniProgram
import dev.scruple.NativeSession
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.SnapshotState
import dev.scruple.agree
import dev.scruple.agreed
import dev.scruple.bindings.recorded.openRecorded
import dev.scruple.everything
import dev.scruple.lowered
import dev.scruple.webView
import kotlinx.coroutines.flow.first
import kotlinx.coroutines.runBlocking
import java.io.File
import java.net.DatagramSocket
import java.util.concurrent.Callable
import java.util.concurrent.Executors

/**
 * The whole life of sessions, in a Java machine of its own that is locked in before it loads the native library.
 *
 * Its arguments are a recorded machine and, for a control, what it does against the rules once it has lived, on a thread that is older than
 * the filter.
 */
internal object Lifecycle {
    @JvmStatic
    fun main(arguments: Array<String>) {
        val (machine, violation) = arguments
        val older = Executors.newSingleThreadExecutor { Thread(it).apply { isDaemon = true } }
        older.submit(Callable { }).get()
        SystemCallFilter.enter()
        live(machine)
        println("lived")
        older.submit(Callable { VIOLATIONS.getValue(violation)() }).get()
    }

    private fun live(machine: String) {
        val content = Content(400)
        val policy = everything(deadlineMs = 2_000)
        val sessions =
            listOf(
                NativeSession(openRecorded(policy.lowered(), machine)).also(::agree),
                agreed(*content.sources().toTypedArray(), policy = policy),
            )
        sessions.last().supply(content.records())
        for (session in sessions) {
            for (purpose in Purpose.values()) session.collectBlocking(purpose).use(::read)
            runBlocking { session.collect(Purpose.FEATURE).use(::read) }
            session.explain(Purpose.FEATURE)
            session.explainJson(Purpose.FEATURE)
            session.audit()
            revoked(session)
            session.close()
            fails<ScrupleException.Closed> { session.collectBlocking(Purpose.FEATURE) }
        }
        expired()
        failing()
    }

    private fun read(snapshot: Snapshot) {
        snapshot.run {
            listOf(
                device,
                features,
                application,
                miniPrograms,
                network,
                missing,
                toJson(),
                forMiniProgram(),
            )
        }
        snapshot.appDeviceInfo()
        check(snapshot.state == SnapshotState.LIVE)
    }

    private fun revoked(session: Session) {
        val snapshot = session.collectBlocking(Purpose.FEATURE)
        session.updateConsent { revoke(*Category.values()) }
        fails<ScrupleException.Revoked> { snapshot.device }
        snapshot.close()
        fails<ScrupleException.Closed> { snapshot.device }
    }

    private fun expired() =
        agreed(policy = everything(retentionMs = 1_000)).use { session ->
            val snapshot = session.collectBlocking(Purpose.FEATURE, setOf(Item.DEVICE_PLATFORM))
            runBlocking { snapshot.states.first { it == SnapshotState.EXPIRED } }
            fails<ScrupleException.Expired> { snapshot.device }
        }

    /** What is refused, and a source that throws and one that is late. */
    private fun failing() {
        fails<ScrupleException.Input> { Policy.fromJson("""{"agreement": 7}""") }
        fails<ScrupleException.Input> { HostRecords.fromJson("""{"application": {"name": 7}}""") }
        fails<ScrupleException.Input> { JvmSession.openBlocking(Policy { retentionMs = 0 }) }
        agreed(webView { error("no") }).use { check(it.userAgent() == null) }
        val late = webView { "late".also { Thread.sleep(300) } }
        agreed(late, policy = everything(deadlineMs = 50)).use { check(it.userAgent() == null) }
        JvmSession.openBlocking(everything()).use { session ->
            val withoutId = HostRecords { miniPrograms = listOf(MiniProgram {}) }
            fails<ScrupleException.Input> { session.supply(withoutId) }
        }
    }

    private fun Session.userAgent() =
        collectBlocking(Purpose.FEATURE, setOf(Item.WEB_VIEW_USER_AGENT)).use { it.features.userAgent }

    private inline fun <reified E : ScrupleException> fails(call: () -> Any?) {
        val thrown = runCatching { call() }.exceptionOrNull()
        check(thrown is E) { "${E::class.java.simpleName} was expected, not $thrown" }
    }

    private val VIOLATIONS =
        mapOf<String, () -> Unit>(
            "none" to {},
            "file" to { File.createTempFile("scruple", null).writeText("written") },
            "socket" to { DatagramSocket().close() },
            "program" to { exec("/bin/true") },
        )

    /** As Java does it in the end; before, it makes pipes. */
    private fun exec(program: String) {
        NativeLibrary.getProcess().getFunction("execl").invokeInt(arrayOf(program, program, null))
    }
}
