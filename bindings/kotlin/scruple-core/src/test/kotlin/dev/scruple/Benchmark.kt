package dev.scruple

import dev.scruple.bindings.Session as Handle

/** What crossings cost: prints a table in microseconds. */
object Benchmark {
    private const val WARM_UP = 20_000
    private const val ROUNDS = 5_000

    @JvmStatic
    fun main(arguments: Array<String>) {
        val items = Item.entries.filterTo(mutableSetOf()) { it.category == Category.DEVICE }
        val session = agreed()
        Session.openBlocking(Policy {}).use { empty ->
            Handle.open(Policy {}.lowered(), emptyList()).use { handle ->
                val held = session.collectBlocking(Purpose.FEATURE, items)
                println("| from Kotlin, µs | median | 90 % |")
                println("| --- | --- | --- |")
                row("one empty generated call (`audit`)") { handle.audit() }
                row("the same through the API") { empty.audit() }
                row("read the device group") { held.device }
                row("collect all device items, close") { session.collectBlocking(Purpose.FEATURE, items).close() }
                row("collect, read the device group, close") {
                    session.collectBlocking(Purpose.FEATURE, items).use { it.device }
                }
                held.close()
            }
        }
        session.close()
    }

    private fun row(
        name: String,
        call: () -> Any,
    ) {
        repeat(if ("collect" in name) WARM_UP / 10 else WARM_UP) { call() }
        val times =
            List(ROUNDS) {
                val start = System.nanoTime()
                call()
                System.nanoTime() - start
            }.sorted()
        val microseconds = { share: Double -> "%.1f".format(times[(times.size * share).toInt()] / 1_000.0) }
        println("| $name | ${microseconds(0.5)} | ${microseconds(0.9)} |")
    }
}
