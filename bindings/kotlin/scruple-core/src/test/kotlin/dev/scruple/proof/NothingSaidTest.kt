package dev.scruple.proof

import dev.scruple.HostRecords
import dev.scruple.JvmSession
import dev.scruple.MiniProgram
import dev.scruple.NativeSession
import dev.scruple.Policy
import dev.scruple.Purpose
import dev.scruple.ScrupleException
import dev.scruple.Session
import dev.scruple.Snapshot
import dev.scruple.agree
import dev.scruple.agreed
import dev.scruple.bindings.recorded.openRecorded
import dev.scruple.everything
import dev.scruple.lowered
import dev.scruple.run
import dev.scruple.webView
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import org.junit.jupiter.api.io.TempDir
import java.nio.file.Path
import java.util.logging.ConsoleHandler
import java.util.logging.Level
import java.util.logging.Logger
import kotlin.io.path.Path
import kotlin.io.path.createDirectories
import kotlin.io.path.div
import kotlin.io.path.isRegularFile
import kotlin.io.path.listDirectoryEntries
import kotlin.io.path.name
import kotlin.io.path.readBytes
import kotlin.io.path.walk

/** No value is said by the side: in a log, an error, a text, a file, the environment or the names of the process and its threads. */
@Timeout(600)
class NothingSaidTest {
    @TempDir
    lateinit var directory: Path

    @Test
    fun `nothing beside the values has one`() {
        val machine = Content(500).machine((directory / "machine").createDirectories())
        val folders = listOf("tmp", "home").map { (directory / it).createDirectories() }
        val options = arrayOf("-Djava.io.tmpdir=${folders[0]}", "-Duser.home=${folders[1]}", "-Djna.debug_load=true")
        val ran =
            run(
                "dev.scruple.proof.Saying",
                *options,
                arguments = listOf("$machine"),
                environment =
                    mapOf(
                        "RUST_LOG" to "trace",
                    ),
            )
        assertEquals(0, ran.status, ran.output)
        val (said, control) = ran.output.split(Saying.CONTROL)
        assertFalse(isValueIn(said), said)
        assertTrue(isValueIn(control), "the control: $control")
        val files = folders.flatMap { it.walk() }.filter { it.isRegularFile() }
        for (file in files) assertFalse(isValueIn("$file" + String(file.readBytes(), Charsets.ISO_8859_1)), "$file")
        val lines = said.lines().size
        println(
            "proof: a JVM host's logs, errors, texts, files, environment and names have no value | " +
                "$lines lines with every log at its finest, 0 values | the JSON printed by the host itself: found",
        )
    }

    private fun isValueIn(text: String) = Saying.VALUES.any { it in text }
}

/** Prints all that can be had beside the values themselves, then the values: in a Java machine of its own. */
internal object Saying {
    const val CONTROL = "--- and the values themselves:"

    /** What all canaries have in common, the identifier and the beginning of the place's numbers. */
    val VALUES = listOf("native-scruple-canary", "0A1B2C3D-4E5F", "48.7319", "11.7319")

    @JvmStatic
    fun main(arguments: Array<String>) {
        Logger.getLogger("").apply {
            level = Level.ALL
            addHandler(ConsoleHandler().apply { level = Level.ALL })
        }
        val content = Content(500)
        val sessions =
            listOf(
                NativeSession(openRecorded(everything().lowered(), arguments.single())).also(::agree),
                agreed(*content.sources().toTypedArray()),
            )
        val records = content.records()
        sessions.last().supply(records)
        val snapshots = sessions.map { it.collectBlocking(Purpose.TROUBLESHOOTING) }
        val json = snapshots.map(Snapshot::toJson)
        texts(sessions, snapshots).forEach(::println)
        println(records)
        errors(content).forEach { println(it.stackTraceToString()) }
        println(thrownBySource(content))
        process().forEach(::println)
        sessions.forEach(Session::close)
        ended(snapshots).forEach { println(it.stackTraceToString()) }
        println(CONTROL)
        json.forEach(::println)
    }

    private fun texts(
        sessions: List<Session>,
        snapshots: List<Snapshot>,
    ): List<Any?> =
        sessions + sessions.flatMap { it.audit() } + sessions.map { it.explainJson(Purpose.FEATURE) } + snapshots +
            snapshots.flatMap {
                it.run {
                    listOf(
                        device,
                        features,
                        application,
                        miniPrograms,
                        network,
                        missing,
                        revoked,
                    )
                }
            } +
            snapshots.flatMap { listOf(it.forMiniProgram(), it.appDeviceInfo(), it.state) }

    /** Every way to hand in a value where none is expected. */
    private fun errors(content: Content): List<Throwable> {
        val value = checkNotNull(content.records().application?.name)
        val json =
            listOf(
                value,
                """{"$value": 1}""",
                """{"agreement": "$value"}""",
                """{"agreement": "${Policy.AGREEMENT}", "categories": {"$value": {}}}""",
                """{"application": {"$value": 1}}""",
                """{"application": {"id": 1, "name": "$value"}}""",
                """{"application": {"id": "$value $value"}}""",
                """{"application": {"name": "${value.repeat(20)}"}}""",
                """{"application": {"profile_picture": "$value"}}""",
                """{"mini_programs": [{"id": "$value", "domain_name": "$value"}]}""",
            )
        val records =
            listOf(
                HostRecords { miniPrograms = List(2) { MiniProgram { id = value } } },
                HostRecords { miniPrograms = listOf(MiniProgram { id = "$value $value" }) },
                HostRecords { miniPrograms = listOf(MiniProgram { id = value.also { domainName = it } }) },
            )
        val tries =
            json.flatMap { listOf({ Policy.fromJson(it) }, { HostRecords.fromJson(it) }) } +
                records.map { { agreed().use { session -> session.supply(it) } } } +
                listOf({ JvmSession.openBlocking(everything(), content.sources() + content.sources()) })
        val thrown = tries.map { runCatching { it() }.exceptionOrNull() }
        // A policy is no file of records, nor the other way round.
        check(
            thrown.filterNotNull().all { it is ScrupleException.Input } && thrown.count { it == null } < 3,
        ) { "$thrown" }
        return thrown.filterNotNull()
    }

    private fun thrownBySource(content: Content): String {
        val value = checkNotNull(content.records().application?.name)
        return agreed(webView { throw IllegalStateException(value) }).use { session ->
            session.collectBlocking(Purpose.FEATURE).use { "${it.missing} ${session.audit()}" }
        }
    }

    private fun ended(snapshots: List<Snapshot>): List<Throwable> =
        snapshots.map { checkNotNull(runCatching { it.device }.exceptionOrNull()) }

    /** What the system and other processes know this one by. */
    private fun process(): List<String> {
        val own = Path("/proc/self")
        val threads = (own / "task").listDirectoryEntries().map { it / "comm" }
        val files = listOf("cmdline", "environ", "comm", "status", "maps").map { own / it } + threads
        val names =
            Thread.getAllStackTraces().keys.map { it.name } + (own / "fd").listDirectoryEntries().map { it.name }
        return files.map { String(it.readBytes()) } + names + "${System.getProperties()}" + "${System.getenv()}"
    }
}
