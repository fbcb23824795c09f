package dev.scruple

import java.nio.file.Path
import java.util.concurrent.TimeUnit
import kotlin.io.path.Path
import kotlin.io.path.div

/** The repository's root. */
val repository: Path by lazy { Path(System.getProperty("repository.root")).toRealPath() }

/** Everything switched on, and nothing to wait for between two reads. */
fun everything(
    deadlineMs: Long = 5_000,
    retentionMs: Long = 60_000,
): Policy =
    Policy {
        this.retentionMs = retentionMs
        locationAccuracy = LocationAccuracy.PRECISE
        for (category in Category.entries) {
            enable(category) {
                minimumIntervalMs = 0
                this.deadlineMs = deadlineMs
                if (category == Category.DEVICE) item(Item.DEVICE_NAME)
            }
        }
    }

/** A session in which everything is agreed to. */
fun agreed(
    vararg sources: Source,
    policy: Policy = everything(),
): Session = JvmSession.openBlocking(policy, sources.toList()).also(::agree)

fun agree(session: Session) {
    session.updateConsent {
        age = Age.AT_LEAST_MINIMUM
        grant(*Category.entries.toTypedArray())
    }
}

/** A web view source, whose only item is [Item.WEB_VIEW_USER_AGENT]. */
@OptIn(ScrupleSourceApi::class)
fun webView(
    permission: () -> SystemPermission = { SystemPermission.GRANTED },
    read: (Long) -> String,
): Source =
    Source.webView(
        object : WebViewSource {
            override fun permission() = permission()

            override fun read(deadlineMs: Long) = read(deadlineMs)
        },
    )

fun Session.userAgent(): Snapshot = collectBlocking(Purpose.FEATURE, setOf(Item.WEB_VIEW_USER_AGENT))

/** Why there is no user agent; null if there is one. */
fun Session.noUserAgent(): Missing? = userAgent().use { it.missing[Item.WEB_VIEW_USER_AGENT] }

/** What a Java machine of its own printed, on both streams, and how it ended. */
class Run(
    val output: String,
    val status: Int,
)

/**
 * Runs `main` of a class of these tests in a Java machine of its own.
 *
 * @param under a program with its arguments that runs the Java machine, such as a tracer.
 */
fun run(
    main: String,
    vararg options: String,
    classPath: String = System.getProperty("java.class.path"),
    arguments: List<String> = emptyList(),
    under: List<String> = emptyList(),
    environment: Map<String, String> = emptyMap(),
): Run {
    val java = Path(System.getProperty("java.home")) / "bin" / "java"
    val library = "-Djna.library.path=${System.getProperty("jna.library.path")}"
    val command = under + java.toString() + library + options + listOf("-cp", classPath, main) + arguments
    val process =
        ProcessBuilder(command)
            .redirectErrorStream(true)
            .apply { environment().putAll(environment) }
            .start()
    val output = process.inputStream.bufferedReader()
    val watchdog =
        Thread {
            if (!process.waitFor(60, TimeUnit.SECONDS)) process.destroyForcibly()
        }.apply { isDaemon = true }
    watchdog.start()
    return Run(output.readText(), process.waitFor())
}
