package dev.scruple.proof

import dev.scruple.Category
import dev.scruple.HostRecords
import dev.scruple.NativeSession
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.agree
import dev.scruple.agreed
import dev.scruple.bindings.recorded.openRecorded
import dev.scruple.everything
import dev.scruple.lowered
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.assertThrows
import org.junit.jupiter.api.io.TempDir
import java.nio.ByteBuffer
import java.nio.file.Path

/**
 * What is left of values in a Java machine's memory. The heap of this language is the host's, and searched apart: it holds what the host has
 * read, and what its sources and records were made of.
 */
@Timeout(600)
class MemoryTest {
    @TempDir
    lateinit var machine: Path

    @Test
    fun `every value is in native memory while its snapshot lives, and nowhere in it after`() {
        val everything = ended(100, "close", ::isSupplied) { it.snapshots.forEach(Snapshot::close) }
        ended(150, "revocation", { false }) { live ->
            live.sessions.forEach { session -> session.updateConsent { revoke(*Category.entries.toTypedArray()) } }
        }
        ended(200, "close of the session", { false }) { it.sessions.forEach(Session::close) }
        ended(250, "expiry", ::isSupplied, retentionMs = 1_000) { live ->
            // The thread that ends them wipes before it says so to anybody.
            while (live.snapshots.any(::isThere)) Thread.sleep(20)
        }
        println(
            "proof: a JVM's native memory holds values only while their snapshot lives | " +
                "$everything of every kind found before; 0 after close, revocation, expiry, the session's close | " +
                "each laid out as UTF-8, UTF-16, Base64, number: found",
        )
    }

    /** Until the session ends, or consent to it is taken back, as it is the host's to collect again. */
    private fun isSupplied(name: String) = listOf("application.", "mini_program.", "network.").any(name::startsWith)

    /** How many were found before. Whoever takes so long to search that the retention is over begins again with a longer one. */
    private fun ended(
        first: Int,
        how: String,
        stays: (String) -> Boolean,
        retentionMs: Long = 60_000,
        end: (Live) -> Unit,
    ): Int {
        val live = Live(first, retentionMs)
        val before = live.found()
        if (!live.snapshots.all(::isThere)) {
            live.sessions.forEach(Session::close)
            return ended(first, how, stays, 2 * retentionMs, end)
        }
        assertEquals(live.expected(), before intersect live.expected(), how)
        end(live)
        assertEquals(live.expected().filterTo(mutableSetOf(), stays), live.found(), how)
        live.sessions.forEach(Session::close)
        assertEquals(emptySet<String>(), live.found(), "$how, and the session's close")
        return live.expected().size
    }

    private fun isThere(snapshot: Snapshot) = snapshot.missingOrNull != null

    /** Nobody can wipe it: what docs/proof.md says of it is measured here. */
    @Test
    fun `the heap of this language keeps what the host has read`() {
        val live = Live(350, retentionMs = 60_000)
        live.sessions.forEach(Session::close)
        val (closed, collected) = List(2) { live.foundInHeap().also { System.gc() }.size }
        assertTrue(closed > 0, "the search sees the heap")
        assertEquals(emptySet<String>(), live.found(), "the control")
        println(
            "proof: a JVM's own heap is not wiped, and the docs say so | " +
                "of ${live.expected().size} texts and numbers that a host has read $closed are there after close, " +
                "$collected after a collection | native memory at that moment: 0",
        )
    }

    @Test
    fun `the search sees every form`() {
        val content = Content(300)
        content.records()
        val needles = content.needles()
        assertTrue(needles.size > 50)
        val direct =
            needles.mapValues { (_, backwards) ->
                ByteBuffer.allocateDirect(backwards.size).put(backwards.reversedArray())
            }
        assertEquals(needles.keys, found(needles))
        direct.values.forEach { bytes -> repeat(bytes.capacity()) { bytes.put(it, 0) } }
        assertEquals(emptySet<String>(), found(needles))
    }

    private fun found(
        needles: Map<String, ByteArray>,
        inHeap: Boolean = false,
    ): Set<String> {
        val names = needles.keys.toList()
        return OwnMemory.found(needles.values.toList(), inHeap).mapTo(mutableSetOf()) { names[it] }
    }

    /** Two sessions with a snapshot each: of a recorded machine, and of everything that a host brings along. */
    private inner class Live(
        first: Int,
        retentionMs: Long,
    ) {
        private val content = Content(first)
        private val policy = everything(retentionMs = retentionMs)
        val sessions =
            listOf(
                NativeSession(openRecorded(policy.lowered(), content.machine(machine).toString())).also(::agree),
                agreed(*content.sources().toTypedArray(), policy = policy).apply { supply(content.records()) },
            )
        val snapshots = sessions.map { it.collectBlocking(Purpose.TROUBLESHOOTING) }

        init {
            snapshots.forEach {
                it.run {
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
            }
            // What is refused goes through native code, too.
            val refused =
                content
                    .records()
                    .miniPrograms
                    .single()
                    .run { """{"mini_programs": [{"id": "$id", "name": 7}]}""" }
            assertThrows<ScrupleException.Input> { HostRecords.fromJson(refused) }
        }

        fun found() = found(content.needles())

        fun foundInHeap() = found(content.needles(), inHeap = true) intersect expected()

        /** What lies there as it was given. */
        fun expected() = content.needles().keys.filterTo(mutableSetOf()) { name -> FORMS.none(name::endsWith) }
    }

    private companion object {
        /** The forms that nothing has to have while a snapshot lives. */
        val FORMS = listOf(", UTF-16", ", Base64", ", handed over")
    }
}
