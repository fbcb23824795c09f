package dev.scruple.sharedconsent

import android.content.ComponentName
import android.content.Context
import android.content.ContextWrapper
import android.content.Intent
import android.content.ServiceConnection
import android.os.Binder
import android.os.DeadObjectException
import android.os.IBinder
import android.os.Parcel
import dev.scruple.Age
import dev.scruple.AndroidSession
import dev.scruple.Grant
import dev.scruple.Item
import dev.scruple.Session
import dev.scruple.robolectric.application
import dev.scruple.robolectric.everything
import dev.scruple.robolectric.lacks
import dev.scruple.robolectric.offMain
import org.robolectric.shadows.ShadowBinder
import java.util.Collections
import java.util.IdentityHashMap
import java.util.concurrent.CountDownLatch
import java.util.concurrent.Executors
import java.util.concurrent.Future
import java.util.concurrent.FutureTask
import java.util.concurrent.TimeUnit
import kotlin.concurrent.thread

/** An app's processes, all in this one: lines between them copy every parcel, and know who calls, as Android's do. */
internal class Processes : AutoCloseable {
    /** Who said what to whom, in the order of saying. */
    val said = Said()

    /** The bytes of it all. */
    val bytes: MutableList<ByteArray> = Collections.synchronizedList(mutableListOf())

    /** What happened on a main thread and should not have. */
    val onMain: MutableList<String> = Collections.synchronizedList(mutableListOf())

    /** Whether Android finds the service. */
    var hasService = true

    private val all = mutableListOf<FakeProcess>()
    private val caller = Any()

    /** The main process, and what its service gives to those that bind to it. */
    var main = process(100)
        private set
    var relay: Binder = Relay()

    fun process(
        pid: Int,
        uid: Int = android.os.Process.myUid(),
    ) = FakeProcess(this, pid, uid).also { all += it }

    /** Another main process, to which Android binds everybody again. */
    fun restart() {
        main = process(main.pid + 100)
        relay = Relay()
        all.filter { it != main }.forEach { it.connect() }
    }

    /** Calls as Binder does for a process: the callee asks who it is. */
    fun <T> calling(
        pid: Int,
        uid: Int,
        call: () -> T,
    ): T =
        synchronized(caller) {
            ShadowBinder.setCallingPid(pid)
            ShadowBinder.setCallingUid(uid)
            try {
                call()
            } finally {
                ShadowBinder.reset()
            }
        }

    override fun close() = all.forEach { it.close() }
}

/** One process: a context, a main thread, a thread of Binder's, and lines to what other processes handed to it. */
internal class FakeProcess(
    val app: Processes,
    val pid: Int,
    val uid: Int,
) : ContextWrapper(application),
    AutoCloseable {
    val mainThread = Executors.newSingleThreadExecutor { thread(start = false, name = "main of $pid", block = it::run) }
    val binderThread =
        Executors.newSingleThreadExecutor {
            thread(
                start = false,
                name = "binder of $pid",
                block = it::run,
            )
        }

    /** While this is not open, whoever calls this process waits, as it would for one that was stopped. */
    @Volatile
    var runs = CountDownLatch(0)

    @Volatile
    var isDead = false
        private set

    /** Whether Android lets it reach no service. */
    var isIsolated = false

    val service = ComponentName(application, ConsentService::class.java)

    private val connections = mutableListOf<ServiceConnection>()
    private val lines = IdentityHashMap<IBinder, Line>()
    private val mourners = mutableListOf<IBinder.DeathRecipient>()

    override fun getApplicationContext(): Context = this

    override fun bindService(
        service: Intent,
        connection: ServiceConnection,
        flags: Int,
    ): Boolean {
        noteMain("bind")
        if (isIsolated) throw SecurityException()
        check(service.component == this.service && flags == Context.BIND_AUTO_CREATE)
        synchronized(connections) { connections += connection }
        if (app.hasService) connect()
        return app.hasService
    }

    override fun unbindService(connection: ServiceConnection) {
        noteMain("unbind")
        synchronized(connections) { connections -= connection }
    }

    /** Android says on the main thread that the service is there. */
    fun connect() = onConnections { it.onServiceConnected(service, line(app.relay, app.main)) }

    fun onConnections(tell: (ServiceConnection) -> Unit) {
        val bound = synchronized(connections) { connections.toList() }
        bound.forEach { mainThread.execute { tell(it) } }
    }

    /** What this process gets for another's binder: always the same; its own is what it is. */
    fun line(
        target: IBinder,
        of: FakeProcess,
    ): IBinder =
        when {
            of === this -> target
            else -> synchronized(lines) { lines.getOrPut(target) { Line(this, of, target as Binder) } }
        }

    fun mourn(recipient: IBinder.DeathRecipient) {
        if (isDead) throw DeadObjectException()
        synchronized(mourners) { mourners += recipient }
    }

    fun forget(recipient: IBinder.DeathRecipient) = synchronized(mourners) { mourners.remove(recipient) }

    fun die() {
        isDead = true
        binderThread.shutdownNow()
        val told = synchronized(mourners) { mourners.toList().also { mourners.clear() } }
        told.forEach { thread { it.binderDied() } }
    }

    fun noteMain(what: String) {
        if (Thread.currentThread().name.startsWith("main of")) app.onMain += what
    }

    /** Everything that has reached this process has been handed over. */
    fun settle() {
        for (executor in listOf(mainThread, binderThread)) executor.submit {}.get()
    }

    override fun close() {
        mainThread.shutdownNow()
        binderThread.shutdownNow()
    }
}

/** One process's end of a line to a binder of another's. */
internal class Line(
    private val from: FakeProcess,
    private val to: FakeProcess,
    private val target: Binder,
) : IBinder by Binder() {
    override fun transact(
        code: Int,
        data: Parcel,
        reply: Parcel?,
        flags: Int,
    ): Boolean {
        from.noteMain("transact $code")
        if (from.isDead || to.isDead) throw DeadObjectException()
        val copy = carried(code, data)
        if (flags and IBinder.FLAG_ONEWAY != 0) {
            to.binderThread.execute { from.app.calling(0, from.uid) { target.transact(code, copy, null, flags) } }
            return true
        }
        to.runs.await()
        if (to.isDead) throw DeadObjectException()
        return from.app.calling(from.pid, from.uid) { target.transact(code, copy, reply, flags) }
    }

    /** Copies a parcel, with a line in place of the sender's binder, and notes it down. */
    private fun carried(
        code: Int,
        data: Parcel,
    ): Parcel {
        val whole = Parcel.obtain()
        whole.appendFrom(data, 0, data.dataSize())
        whole.setDataPosition(0)
        from.app.said.note("${from.pid} > ${to.pid} ${whole.message(code).said()}")
        whole.setDataPosition(0)
        val copy = Parcel.obtain()
        repeat(2) { copy.writeString(whole.readString()) }
        if (code < STATE) copy.writeStrongBinder(to.line(whole.readStrongBinder()!!, from))
        val rest = Parcel.obtain()
        rest.appendFrom(whole, whole.dataPosition(), whole.dataAvail())
        from.app.bytes += rest.marshall()
        copy.appendFrom(rest, 0, rest.dataSize())
        return copy
    }

    override fun linkToDeath(
        recipient: IBinder.DeathRecipient,
        flags: Int,
    ) = to.mourn(recipient)

    override fun unlinkToDeath(
        recipient: IBinder.DeathRecipient,
        flags: Int,
    ) = to.forget(recipient)

    override fun isBinderAlive() = !to.isDead

    private companion object {
        val STATE = Message.State(0, Consent.NONE).code
    }
}

/** Lines of text that one can wait for. */
internal class Said {
    private val lines = mutableListOf<String>()
    private val change = Object()

    val all: List<String> get() = synchronized(change) { lines.toList() }

    fun note(line: String) =
        synchronized(change) {
            lines += line
            change.notifyAll()
        }

    /** Returns once it was said. */
    fun until(line: String) = until { line in all }

    /** Returns once something holds that a line brings about. */
    fun until(holds: () -> Boolean) {
        val end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S)
        synchronized(change) {
            while (!holds()) {
                check(System.nanoTime() < end) { all.joinToString("\n", "nobody said it:\n") }
                change.wait(1_000)
            }
        }
    }
}

/** What a transcript says of a message: ids and numbers. */
private fun Message.said(): String =
    when (this) {
        is Message.Join -> "join"
        is Message.Leave -> "leave"
        is Message.Applied -> "applied $state"
        is Message.Update -> "update $call" + said(update.age, update.granted, update.revoked)
        is Message.State -> "state $state" + said(consent.age, consent.granted, consent.revoked)
        is Message.Waiting -> "waiting $call $pids"
    }

private fun said(
    age: Age?,
    granted: Set<Grant>,
    revoked: Set<Grant>,
): String {
    val all = granted.map { "+" to it } + revoked.map { "-" to it }
    return (listOfNotNull(age?.id) + all.map { (sign, it) -> "$sign${it.category.id}/${it.purpose.id}" })
        .joinToString("") { " $it" }
}

/** A session that a test may hold up or have throw. */
internal class Watched(
    private val session: Session = offMain { AndroidSession.openBlocking(application, everything()) },
) : Session by session {
    /** What happens before the session is told. */
    @Volatile
    var before: (dev.scruple.ConsentUpdate) -> Unit = {}

    /** What happens before the session is closed. */
    @Volatile
    var closing: () -> Unit = {}

    /** Every change that the session was told of. */
    val updates: MutableList<dev.scruple.ConsentUpdate> = Collections.synchronizedList(mutableListOf())

    override fun updateConsent(update: dev.scruple.ConsentUpdate) {
        before(update)
        session.updateConsent(update)
        synchronized(updates) { updates += update }
        changes.note("")
    }

    override fun close() {
        closing()
        session.close()
    }

    /** Returns once something holds that a change brings about. */
    fun until(holds: Watched.() -> Boolean) = changes.until { holds() }

    private val changes = Said()
}

/** How long a test that fails waits for what never comes. */
private const val LIMIT_S = 60L

/** Makes a call on a thread of its own. */
internal fun <T> start(call: () -> T): Future<T> {
    val task =
        object : FutureTask<T>(call) {
            override fun get(): T = get(LIMIT_S, TimeUnit.SECONDS)
        }
    return task.also { thread(block = it::run) }
}

/** Why the model is not there: an id; null if it is. */
internal fun Session.lack(): String? = lacks(Item.DEVICE_MODEL)?.id
