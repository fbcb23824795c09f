package dev.scruple.sharedconsent

import android.content.ComponentName
import android.content.Context
import android.content.Intent
import android.content.ServiceConnection
import android.os.IBinder
import dev.scruple.ConsentUpdate
import dev.scruple.Session
import java.util.concurrent.atomic.AtomicInteger

/** What hears how something ended: null if well. */
internal typealias Ended = (SharedConsentException?) -> Unit

/**
 * One session that follows the relay. Everything that speaks to the relay, or hears from it, happens on one thread of
 * its own: never on the main thread, nor on Binder's.
 */
internal class Member(
    private val context: Context,
    session: Session,
) : ServiceConnection {
    /** Of which processes an update waits. */
    @Volatile
    var waitingFor: Set<Int> = emptySet()
        private set

    private val worker = Worker("scruple-consent")
    private val follower = Follower(session)
    private val numbers = AtomicInteger()

    // Of the worker alone.
    private val calls = LinkedHashMap<Int, Call>()
    private var seat: Seat? = null
    private var joining: Ended? = null
    private var isBound = false
    private var over: SharedConsentException? = null

    private class Call(
        val ended: Ended,
        var pids: Set<Int> = emptySet(),
    )

    /** Whether what waits for an answer here waits for itself. */
    val isWorker: Boolean get() = worker.isCurrent

    /** Goes to the relay. What is told hears that the session follows, or why it never will. */
    fun join(ended: Ended) =
        worker.execute {
            joining = ended
            bind()
        }

    /** Takes back in the own session at once, then tells the relay. */
    fun update(
        update: ConsentUpdate,
        ended: Ended,
    ) {
        val number = numbers.incrementAndGet()
        // A session that threw is not believed to have wiped: it will not acknowledge the relay's answer either.
        val isOpen = runCatching { follower.takeBack(number, update) }.getOrDefault(true)
        worker.execute {
            val seat = seat
            when {
                over != null -> ended(over)
                !isOpen -> ended(finish(SharedConsentException.Left()))
                seat == null -> {
                    follower.settled(number)
                    ended(SharedConsentException.Unconfirmed(emptySet()))
                }
                else -> {
                    calls[number] = Call(ended)
                    seat.tell(Message.Update(seat, number, update))
                }
            }
        }
    }

    /** Takes everything back at once, then leaves. */
    fun leave() {
        try {
            follower.end()
        } finally {
            worker.execute { finish(SharedConsentException.Left()) }
        }
    }

    private fun bind() {
        over?.let { return tellJoined(it) }
        isBound = true
        val service = Intent(context, ConsentService::class.java)
        val isThere =
            try {
                context.bindService(service, this, Context.BIND_AUTO_CREATE)
            } catch (_: SecurityException) {
                // An isolated process may reach no service.
                false
            }
        if (!isThere) finish(SharedConsentException.Unavailable())
    }

    private fun unbind() {
        // One that Android has forgotten meanwhile throws.
        if (isBound) runCatching { context.unbindService(this) }
        isBound = false
    }

    // The main thread's.
    override fun onServiceConnected(
        name: ComponentName,
        relay: IBinder,
    ) = worker.execute { sit(relay) }

    override fun onServiceDisconnected(name: ComponentName) = worker.execute { seat?.let(::lose) }

    /** Android gives up a service that it was told to keep: when its package changes, among others. */
    override fun onBindingDied(name: ComponentName) =
        worker.execute {
            seat?.let(::lose)
            unbind()
            bind()
        }

    private fun sit(relay: IBinder) {
        if (over != null) return
        seat?.let(::lose)
        val own = Seat(relay)
        seat = own
        own.tell(Message.Join(own))
    }

    /** No relay, no consent: until there is one again, and then what that one says. */
    private fun lose(lost: Seat) {
        if (lost !== seat) return
        seat = null
        if (bring { follower.follow(Consent.NONE) }) lost.leave()
        endCalls { SharedConsentException.Unconfirmed(it.pids) }
    }

    /** The end, for the reason that is given: the first one is kept. */
    private fun finish(why: SharedConsentException): SharedConsentException {
        over?.let { return it }
        over = why
        // Whoever leaves is believed to have wiped.
        if (runCatching { follower.end() }.isSuccess) seat?.leave()
        seat = null
        unbind()
        endCalls { why }
        tellJoined(why)
        return why
    }

    private fun tellJoined(why: SharedConsentException?) {
        joining?.invoke(why)
        joining = null
    }

    private fun endCalls(why: (Call) -> SharedConsentException) {
        val ended = calls.values.toList()
        calls.keys.forEach(follower::settled)
        calls.clear()
        count()
        ended.forEach { it.ended(why(it)) }
    }

    private fun count() {
        waitingFor = calls.values.flatMapTo(mutableSetOf()) { it.pids }
    }

    /** True if the session did it. A session that ended has wiped; one that did neither is believed nothing. */
    private fun bring(change: () -> Boolean): Boolean {
        val follows = runCatching(change).getOrElse { return false }
        if (!follows) finish(SharedConsentException.Left())
        return follows
    }

    private fun heard(
        own: Seat,
        message: Message,
    ) {
        // What a relay said that is no more.
        if (own !== seat) return
        when (message) {
            is Message.State ->
                if (bring { follower.follow(message.consent) }) {
                    own.tell(Message.Applied(own, message.state))
                    tellJoined(null)
                }
            is Message.Waiting -> {
                follower.settled(message.call)
                val call = calls[message.call] ?: return
                call.pids = message.pids
                if (call.pids.isEmpty()) calls -= message.call
                count()
                if (call.pids.isEmpty()) call.ended(null)
            }
            // For the relay.
            is Message.Join, is Message.Update, is Message.Applied, is Message.Leave -> Unit
        }
    }

    /** Where one relay reaches the session. A new relay gets a new one, so that an old one's last words are not heard. */
    private inner class Seat(
        private val relay: IBinder,
    ) : Port(),
        IBinder.DeathRecipient {
        override fun receive(
            message: Message,
            pid: Int,
        ) = worker.execute { heard(this, message) }

        override fun binderDied() = worker.execute { lose(this) }

        fun tell(message: Message) {
            val refusal =
                try {
                    if (message is Message.Join) relay.linkToDeath(this, 0)
                    relay.send(message)
                } catch (_: Exception) {
                    return lose(this)
                }
            if (refusal != null) finish(SharedConsentException.Refused(refusal))
        }

        /** A relay that is no more needs not be told. */
        fun leave() {
            runCatching { relay.send(Message.Leave(this)) }
            runCatching { relay.unlinkToDeath(this, 0) }
        }
    }
}
