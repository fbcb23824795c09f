package dev.scruple

/** What a collection costs from Kotlin, against one empty call: `cargo xtask bench --languages`. */
object Benchmark {
    private const val WARM_UP = 20_000
    private const val ROUNDS = 5_000

    @JvmStatic
    fun main(arguments: Array<String>) {
        val items = Item.entries.filterTo(mutableSetOf()) { it.category == Category.DEVICE }
        val session = agreed()
        JvmSession.openBlocking(Policy {}).use { empty ->
            println("| Kotlin, JVM | median in µs |")
            println("| --- | --- |")
            row("one empty call: `audit` of an empty session") { empty.audit() }
            row("`collect` of all device items, and `close`") {
                session.collectBlocking(Purpose.FEATURE, items).close()
            }
            session.collectBlocking(Purpose.FEATURE, items).use { held -> row("`snapshot.device`") { held.device } }
            row("`collect`, `device` and `close`") {
                session.collectBlocking(Purpose.FEATURE, items).use { it.device }
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
        println("| $name | %.1f |".format(times[ROUNDS / 2] / 1_000.0))
    }
}
