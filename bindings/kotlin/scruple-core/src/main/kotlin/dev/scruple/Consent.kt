package dev.scruple

import java.util.Objects
import dev.scruple.bindings.Age as NativeAge
import dev.scruple.bindings.ConsentUpdate as NativeConsentUpdate
import dev.scruple.bindings.Grant as NativeGrant

/**
 * The host's statement about the end user's age. The agreement allows the platform only from the minimum age at which a
 * person can consent. That age differs from place to place.
 */
public enum class Age(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The age is not known. Scruple reads nothing. */
    UNKNOWN("unknown"),

    /** The end user is below the minimum age. Scruple reads nothing. */
    BELOW_MINIMUM("below_minimum"),

    /** The end user has at least the minimum age. */
    AT_LEAST_MINIMUM("at_least_minimum"),
}

/** A category for one purpose. A person agrees to it or revokes it. */
public class Grant
    @ScrupleValueApi
    constructor(
        /** The category. */
        public val category: Category,
        /** The purpose. */
        public val purpose: Purpose,
    ) {
        /** Whether the other one is of the same category and purpose. */
        override fun equals(other: Any?): Boolean =
            other is Grant && category == other.category && purpose == other.purpose

        /** A hash of the fields that [equals] compares. */
        override fun hashCode(): Int = Objects.hash(category, purpose)

        /** The category and the purpose. */
        override fun toString(): String = "Grant(category=$category, purpose=$purpose)"
    }

/** A change of consent, applied as a whole. Whatever it does not name stays as it was. */
public class ConsentUpdate internal constructor(
    /** The age statement, if it changes. */
    public val age: Age?,
    /** The grants that the person agrees to. */
    public val granted: Set<Grant>,
    /** The grants that the person revokes. A grant in both sets counts as revoked. */
    public val revoked: Set<Grant>,
) {
    /** Whether the other one says the same. */
    override fun equals(other: Any?): Boolean =
        other is ConsentUpdate &&
            age == other.age &&
            granted == other.granted &&
            revoked == other.revoked

    /** A hash of the fields that [equals] compares. */
    override fun hashCode(): Int = Objects.hash(age, granted, revoked)

    /** Its settings. None of them is a value. */
    override fun toString(): String = "ConsentUpdate(age=$age, granted=$granted, revoked=$revoked)"

    /** Builds a [ConsentUpdate]. */
    public class Builder internal constructor() {
        /** The end user's age. Null leaves the statement as it is. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var age: Age? = null

        private val granted = mutableSetOf<Grant>()
        private val revoked = mutableSetOf<Grant>()

        /** States the end user's age. */
        public fun age(age: Age): Builder = apply { this.age = age }

        /** Agrees to categories for both purposes. */
        public fun grant(vararg categories: Category): Builder = apply { granted += categories.flatMap(::both) }

        /** Agrees to a category for one purpose. */
        public fun grantFor(
            category: Category,
            purpose: Purpose,
        ): Builder = apply { granted += Grant(category, purpose) }

        /** Revokes categories for both purposes. */
        public fun revoke(vararg categories: Category): Builder = apply { revoked += categories.flatMap(::both) }

        /** Revokes a category for one purpose. */
        public fun revokeFor(
            category: Category,
            purpose: Purpose,
        ): Builder = apply { revoked += Grant(category, purpose) }

        /** The change. */
        public fun build(): ConsentUpdate = ConsentUpdate(age, granted.toSet(), revoked.toSet())

        private fun both(category: Category) = Purpose.values().map { Grant(category, it) }
    }

    /** Makes changes of consent. */
    public companion object {
        /** A builder, for Java. Kotlin has `session.updateConsent { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}

/** Whether less may be read after it than before. */
internal val ConsentUpdate.takesBack: Boolean
    get() = revoked.isNotEmpty() || (age != null && age != Age.AT_LEAST_MINIMUM)

internal fun ConsentUpdate.lowered(): NativeConsentUpdate =
    NativeConsentUpdate(
        age?.lowered(),
        granted.mapTo(mutableSetOf()) { it.lowered() },
        revoked.mapTo(mutableSetOf()) { it.lowered() },
    )

private fun Grant.lowered() = NativeGrant(category.lowered(), purpose.lowered())

internal fun NativeAge.lifted(): Age =
    when (this) {
        NativeAge.UNKNOWN -> Age.UNKNOWN
        NativeAge.BELOW_MINIMUM -> Age.BELOW_MINIMUM
        NativeAge.AT_LEAST_MINIMUM -> Age.AT_LEAST_MINIMUM
    }

private val nativeAges = NativeAge.values().associateBy(NativeAge::lifted)

private fun Age.lowered() = nativeAges.getValue(this)
