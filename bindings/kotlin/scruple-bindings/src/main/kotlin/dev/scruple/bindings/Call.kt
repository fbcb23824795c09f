package dev.scruple.bindings

import com.sun.jna.Memory
import com.sun.jna.Structure

/**
 * A call of the library that a thread is in, its status, and the structures that it hands over by value. JNA leaves the memory
 * of each structure to a collector and to a single thread behind it, which falls behind a few threads that call without a
 * pause. A thread uses the same ones for each of its calls.
 */
internal class Call private constructor(
    private val outer: Call?,
) {
    /** Made anew after a call that failed: what it said would be there for the next. */
    private var status: UniffiRustCallStatus? = null
    private var inner: Call? = null
    private val structures = ArrayList<Structure>(2)

    /** The status that the call is to fill in. */
    fun status(): UniffiRustCallStatus = (status ?: UniffiRustCallStatus()).also { status = null }

    /** Keeps the status of a call that succeeded. */
    fun keep(status: UniffiRustCallStatus) {
        this.status = status
    }

    /** Gives the structures' memory back: what they point to belongs to the library by now. */
    fun end() {
        structures.forEach(::free)
        structures.clear()
        current.set(outer)
    }

    companion object {
        private val current = ThreadLocal<Call?>()

        /** Begins a call, which may be within another one of the same thread. */
        fun begin(): Call {
            val outer = current.get() ?: Call(null)
            val call = outer.inner ?: Call(outer).also { outer.inner = it }
            current.set(call)
            return call
        }

        /** Takes a structure over for the call that it is an argument of. One that a callback returns is left to the collector. */
        fun hold(structure: Structure) {
            val call = current.get() ?: return
            if (call.outer != null) call.structures.add(structure)
        }

        /** Gives a structure's memory back; nobody uses it any more. */
        fun free(structure: Structure) {
            (structure.pointer as? Memory)?.close()
        }
    }
}
