package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.LocationAccuracy
import dev.scruple.Purpose

/**
 * What a tester has the app do at its start, by extras of `adb shell am start`. An app that people use must not copy
 * this: whoever may start its activity could agree in the person's place. Here debuggable builds alone listen.
 */
class Start(
    /** The policy's accuracy; null leaves it, as for the others. */
    val accuracy: LocationAccuracy?,
    val purpose: Purpose?,
    val age: Age?,
    /** What to agree to. */
    val agree: Set<Category>,
    /** Whether to collect then. */
    val collect: Boolean,
) {
    /** How extras are read. */
    companion object {
        private const val AGREE = "agree"
        private const val AGE = "age"
        private const val PURPOSE = "purpose"
        private const val ACCURACY = "accuracy"
        private const val COLLECT = "collect"
        private const val ALL = "all"

        private val accuracies = LocationAccuracy.entries.associateBy { it.id }
        private val purposes = Purpose.entries.associateBy { it.id }
        private val ages = Age.entries.associateBy { it.id }
        private val categories = Category.entries.associateBy { it.id }
        private val names = listOf(AGREE, AGE, PURPOSE, ACCURACY, COLLECT)

        /**
         * What the extras say; null if none is for this app. A name with a dot in it is Android's, or a launcher's.
         *
         * @throws StartMistake if one is not as it ought to be.
         */
        fun of(extras: Map<String, Any?>): Start? {
            val own = extras.filterKeys { '.' !in it }
            if (own.isEmpty()) return null
            own.keys.firstOrNull { it !in names }?.let { throw StartMistake.Name(it, names) }
            val agree = own.text(AGREE)
            if (agree != null && AGE !in own) throw StartMistake.Missing(AGE, ages.keys)
            return Start(
                own.text(ACCURACY)?.let { accuracies.named(it, ACCURACY) },
                own.text(PURPOSE)?.let { purposes.named(it, PURPOSE) },
                own.text(AGE)?.let { ages.named(it, AGE) },
                agree?.let(::agreeing).orEmpty(),
                own.flag(COLLECT),
            )
        }

        private fun agreeing(ids: String): Set<Category> =
            if (ids == ALL) {
                categories.values.toSet()
            } else {
                ids.split(',').mapTo(mutableSetOf()) { categories.named(it.trim(), AGREE, ALL) }
            }

        private fun Map<String, Any?>.text(name: String): String? =
            if (name in this) this[name] as? String ?: throw StartMistake.Type(name, "--es $name …") else null

        private fun Map<String, Any?>.flag(name: String): Boolean =
            if (name in this) this[name] as? Boolean ?: throw StartMistake.Type(name, "--ez $name true") else false

        private fun <T> Map<String, T>.named(
            id: String,
            extra: String,
            vararg others: String,
        ): T = this[id] ?: throw StartMistake.Value(extra, id, keys + others)
    }
}

/** Why the app does nothing of what it was started with. */
sealed class StartMistake : Exception() {
    /** There is no extra of this name. */
    class Name(
        val extra: String,
        val right: Collection<String>,
    ) : StartMistake()

    /** It is no text, or not true or false. */
    class Type(
        val extra: String,
        /** How `am` is told. */
        val right: String,
    ) : StartMistake()

    /** It says something that it cannot say. */
    class Value(
        val extra: String,
        val wrong: String,
        val right: Collection<String>,
    ) : StartMistake()

    /** Another extra needs it. */
    class Missing(
        val extra: String,
        val right: Collection<String>,
    ) : StartMistake()

    /** This build takes none. */
    class NotDebuggable : StartMistake()
}
