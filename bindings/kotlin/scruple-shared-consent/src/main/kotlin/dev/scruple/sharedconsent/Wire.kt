package dev.scruple.sharedconsent

import android.os.Binder
import android.os.IBinder
import android.os.Parcel
import android.os.Process
import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.ConsentUpdate
import dev.scruple.Grant
import dev.scruple.Purpose

/** The library's version: both ends of a line have the same. */
internal const val VERSION = "0.1.0"

/** What two processes say to each other: numbers, binders, and the ids of categories, purposes and ages. */
internal sealed class Message {
    /** To the relay: the sender wants to hear what stands. */
    class Join(
        val sender: IBinder,
    ) : Message()

    /** To the relay: a change of what stands, with a number of the sender's. */
    class Update(
        val sender: IBinder,
        val call: Int,
        val update: ConsentUpdate,
    ) : Message()

    /** To the relay: the sender's session has this state, and has wiped what that leaves out. */
    class Applied(
        val sender: IBinder,
        val state: Int,
    ) : Message()

    /** To the relay: the sender's session agrees to nothing any more, and wants to hear nothing. */
    class Leave(
        val sender: IBinder,
    ) : Message()

    /** To a member: what stands from now on. */
    class State(
        val state: Int,
        val consent: Consent,
    ) : Message()

    /** To a member: its update is in every later state, and these processes have not applied it. */
    class Waiting(
        val call: Int,
        val pids: Set<Int>,
    ) : Message()
}

/** Sends it, and waits for no more than that it was taken. Null if it was, or else why it was not. */
internal fun IBinder.send(message: Message): String? {
    val data = Parcel.obtain()
    val reply = Parcel.obtain()
    try {
        data.write(message)
        // A member may be slow to take it, and the relay waits for none.
        val oneWay = message is Message.State || message is Message.Waiting
        if (!transact(message.code, data, reply.takeUnless { oneWay }, if (oneWay) IBinder.FLAG_ONEWAY else 0)) {
            return "the other process does not know this message"
        }
        if (oneWay || reply.readInt() == TAKEN) return null
        return reply.readString() ?: "the other process did not answer"
    } finally {
        reply.recycle()
        data.recycle()
    }
}

/** Where messages arrive, from processes of the same app and with the same version of the library only. */
internal abstract class Port : Binder() {
    /** Takes a message over, without waiting for anything: this is a thread of Binder's, or the sender's own. */
    protected abstract fun receive(
        message: Message,
        pid: Int,
    )

    final override fun onTransact(
        code: Int,
        data: Parcel,
        reply: Parcel?,
        flags: Int,
    ): Boolean {
        if (code !in FIRST..LAST) return super.onTransact(code, data, reply, flags)
        val refusal =
            if (getCallingUid() != Process.myUid()) {
                "the sender belongs to another app"
            } else {
                try {
                    receive(data.message(code), getCallingPid())
                    null
                } catch (refused: Refused) {
                    refused.message
                } catch (_: RuntimeException) {
                    // What a parcel throws that holds something else.
                    MALFORMED
                }
            }
        reply?.writeInt(if (refusal == null) TAKEN else REFUSED)
        reply?.writeString(refusal)
        return true
    }
}

private class Refused(
    message: String,
) : Exception(message)

private const val NAME = "dev.scruple.sharedconsent"
private const val MALFORMED = "the message has a wrong format"

/** Closes a message: past its end a parcel reads as zeros. */
private const val END = -1
private const val TAKEN = 1
private const val REFUSED = 0
private const val FIRST = IBinder.FIRST_CALL_TRANSACTION
private const val LAST = FIRST + 5

internal val Message.code: Int
    get() =
        when (this) {
            is Message.Join -> FIRST
            is Message.Update -> FIRST + 1
            is Message.Applied -> FIRST + 2
            is Message.Leave -> FIRST + 3
            is Message.State -> FIRST + 4
            is Message.Waiting -> LAST
        }

internal fun Parcel.write(message: Message) {
    writeString(NAME)
    writeString(VERSION)
    when (message) {
        is Message.Join -> writeStrongBinder(message.sender)
        is Message.Leave -> writeStrongBinder(message.sender)
        is Message.Applied -> {
            writeStrongBinder(message.sender)
            writeInt(message.state)
        }
        is Message.Update -> {
            writeStrongBinder(message.sender)
            writeInt(message.call)
            write(message.update.age, message.update.granted, message.update.revoked)
        }
        is Message.State -> {
            writeInt(message.state)
            write(message.consent.age, message.consent.granted, message.consent.revoked)
        }
        is Message.Waiting -> {
            writeInt(message.call)
            writeInt(message.pids.size)
            message.pids.forEach(::writeInt)
        }
    }
    writeInt(END)
}

internal fun Parcel.message(code: Int): Message {
    if (readString() != NAME) throw Refused(MALFORMED)
    val theirs = readString()
    if (theirs != VERSION) throw Refused("the sender has version $theirs of scruple-shared-consent, not $VERSION")
    val message =
        when (code) {
            FIRST -> Message.Join(binder())
            FIRST + 1 -> Message.Update(binder(), readInt(), update())
            FIRST + 2 -> Message.Applied(binder(), readInt())
            FIRST + 3 -> Message.Leave(binder())
            FIRST + 4 -> Message.State(readInt(), Consent.NONE.after(update()))
            else -> Message.Waiting(readInt(), List(count(PIDS)) { readInt() }.toSet())
        }
    if (readInt() != END || dataAvail() > 0) throw Refused(MALFORMED)
    return message
}

/** More processes than an app has. */
private const val PIDS = 1_000

private fun Parcel.binder(): IBinder = readStrongBinder() ?: throw Refused(MALFORMED)

private fun Parcel.count(limit: Int): Int = readInt().also { if (it !in 0..limit) throw Refused(MALFORMED) }

private fun Parcel.write(
    age: Age?,
    vararg grants: Set<Grant>,
) {
    writeString(age?.id)
    for (set in grants) {
        writeInt(set.size)
        for (grant in set) {
            writeString(grant.category.id)
            writeString(grant.purpose.id)
        }
    }
}

private fun Parcel.update(): ConsentUpdate {
    val update = ConsentUpdate.builder()
    readString()?.let { id -> update.age(Age.values().known { it.id == id }) }
    grants { category, purpose -> update.grantFor(category, purpose) }
    grants { category, purpose -> update.revokeFor(category, purpose) }
    return update.build()
}

private fun Parcel.grants(each: (Category, Purpose) -> Unit) {
    repeat(count(Category.values().size * Purpose.values().size)) {
        val (category, purpose) = listOf(readString(), readString())
        each(Category.values().known { it.id == category }, Purpose.values().known { it.id == purpose })
    }
}

private fun <T> Array<T>.known(matches: (T) -> Boolean): T = find(matches) ?: throw Refused(MALFORMED)
