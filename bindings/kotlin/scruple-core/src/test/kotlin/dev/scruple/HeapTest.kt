package dev.scruple

import com.sun.jna.Memory
import kotlinx.coroutines.runBlocking
import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import org.junit.jupiter.api.Timeout
import kotlin.concurrent.thread

/** What calls leave for a collector: JNA frees native memory by one thread, after a collection. */
@Timeout(120)
class HeapTest {
    @Test
    fun `a call leaves no native memory to the collector`() =
        runBlocking {
            JvmSession.open(Policy { enable(Category.DEVICE) }).use { session ->
                val calls = {
                    session.collectBlocking(Purpose.FEATURE).use { it.device }
                    session.explain(Purpose.FEATURE)
                    session.updateConsent { grant(Category.DEVICE) }
                }
                calls()
                val before = held()
                repeat(1_000) { calls() }
                assertTrue(held() - before < 10, "${held() - before} pieces of memory are left of 1,000 rounds")
            }
        }

    @Test
    fun `memory that is left is seen`() {
        val before = held()
        val left = List(100) { Memory(8) }
        assertEquals(100, held() - before)
        left.forEach { it.close() }
    }

    @Test
    fun `sixteen threads that call without a pause need little heap`() {
        val java = "${System.getProperty("java.home")}/bin/java"
        val paths = listOf("jna.library.path", "java.class.path").map { System.getProperty(it) }
        val options = listOf("-Xmx48m", "-Djna.library.path=${paths[0]}", "-cp", paths[1])
        val process =
            ProcessBuilder(
                listOf(java) + options + "dev.scruple.HeapTestKt",
            ).redirectErrorStream(true).start()
        assertEquals(
            "done",
            process.inputStream
                .bufferedReader()
                .readText()
                .trim(),
        )
    }

    /** JNA's own list of what it has allocated. */
    private fun held(): Int =
        Memory::class.java
            .getDeclaredField("allocatedMemory")
            .apply { isAccessible = true }
            .get(null)
            .let { (it as Map<*, *>).size }
}

/** Sixteen threads, each of which calls as fast as it can. */
fun main() {
    Thread.setDefaultUncaughtExceptionHandler { _, error ->
        println(error)
        Runtime.getRuntime().halt(1)
    }
    val session = JvmSession.openBlocking(Policy { enable(Category.DEVICE) })
    val threads = List(16) { thread { repeat(20_000) { session.explain(Purpose.FEATURE) } } }
    threads.forEach(Thread::join)
    session.close()
    println("done")
}
