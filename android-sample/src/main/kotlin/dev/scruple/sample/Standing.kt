package dev.scruple.sample

import dev.scruple.Age
import dev.scruple.Category
import dev.scruple.Decision
import dev.scruple.Item
import dev.scruple.Layer
import dev.scruple.Withheld

/** What a session says of each item. A refusal is that of the first layer that refuses, so it tells of those before. */
typealias Decisions = Map<Item, Decision>

/** What is agreed to. */
val Decisions.agreed: Set<Category>
    get() = filterValues { it !is Withheld || it.layer > Layer.CONSENT }.keys.mapTo(mutableSetOf()) { it.category }

/** The age that was stated; null while nothing is agreed to, since then it is not asked for. */
val Decisions.age: Age?
    get() =
        when {
            Withheld.AgeUnknown in values -> Age.UNKNOWN
            Withheld.AgeBelowMinimum in values -> Age.BELOW_MINIMUM
            agreed.isNotEmpty() -> Age.AT_LEAST_MINIMUM
            else -> null
        }

/** Whether consent is what one of these categories lacks. */
fun Decisions.lackConsent(categories: Set<Category>): Boolean =
    any { (item, decision) ->
        item.category in categories && decision is Withheld && decision.layer == Layer.CONSENT
    }
