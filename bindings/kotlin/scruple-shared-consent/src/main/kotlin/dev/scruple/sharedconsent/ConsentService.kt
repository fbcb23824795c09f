package dev.scruple.sharedconsent

import android.app.Service
import android.content.Intent
import android.os.IBinder
import android.os.RemoteException

/** Where an app's processes reach the [Relay], which the process of this service has. */
internal class ConsentService : Service() {
    override fun onBind(intent: Intent): IBinder = relay

    private companion object {
        /** Android makes and destroys services as it likes; what stands goes with the process only. */
        val relay = Relay()
    }
}

/**
 * Says what stands: it has the consent of all processes, and tells each of every change. Everything but the arrival of
 * messages happens on one thread, which waits for nobody: that gives all changes one order and leaves nothing to lock.
 */
internal class Relay : Port() {
    private val worker = Worker("scruple-relay")

    // Of the worker alone.
    private var consent = Consent.NONE
    private var state = 0

    private val members = LinkedHashMap<IBinder, Member>()
    private val calls = mutableListOf<Call>()

    /** Who joined: the process, and what hears of its death. */
    private class Member(
        val pid: Int,
        val death: IBinder.DeathRecipient,
    )

    /** An update that not all have applied. */
    private class Call(
        val member: IBinder,
        val number: Int,
        val state: Int,
        val waitsFor: MutableMap<IBinder, Member>,
    )

    override fun receive(
        message: Message,
        pid: Int,
    ) = worker.execute {
        when (message) {
            is Message.Join -> join(message.sender, pid)
            is Message.Update -> update(message)
            is Message.Applied -> answered(message.sender, message.state)
            is Message.Leave -> gone(message.sender)
            // For members.
            is Message.State, is Message.Waiting -> Unit
        }
    }

    private fun join(
        member: IBinder,
        pid: Int,
    ) {
        val death = IBinder.DeathRecipient { worker.execute { gone(member) } }
        try {
            member.linkToDeath(death, 0)
        } catch (_: RemoteException) {
            return
        }
        members[member] = Member(pid, death)
        tell(member, Message.State(state, consent))
    }

    private fun update(message: Message.Update) {
        // Whoever left, or died with this under way, is nobody to listen to.
        if (message.sender !in members) return
        consent = consent.after(message.update)
        state += 1
        val call = Call(message.sender, message.call, state, LinkedHashMap(members))
        calls += call
        report(call)
        members.keys.toList().forEach { tell(it, Message.State(state, consent)) }
    }

    /** A member has applied everything up to this state. */
    private fun answered(
        member: IBinder,
        state: Int,
    ) = calls.filter { it.state <= state && it.waitsFor.remove(member) != null }.forEach(::report)

    private fun gone(member: IBinder) {
        val left = members.remove(member) ?: return
        member.unlinkToDeath(left.death, 0)
        calls.removeAll { it.member == member }
        answered(member, state)
    }

    private fun report(call: Call) {
        if (call.waitsFor.isEmpty()) calls -= call
        tell(call.member, Message.Waiting(call.number, call.waitsFor.values.mapTo(mutableSetOf()) { it.pid }))
    }

    /** A member that is alive and took nothing has not answered, and is waited for. */
    private fun tell(
        member: IBinder,
        message: Message,
    ) {
        try {
            member.send(message)
        } catch (_: Exception) {
            if (!member.isBinderAlive) worker.execute { gone(member) }
        }
    }
}
