package dev.scruple

import dev.scruple.bindings.policyFromJson
import java.util.Objects
import dev.scruple.bindings.CategoryPolicy as NativeCategoryPolicy
import dev.scruple.bindings.ItemPolicy as NativeItemPolicy
import dev.scruple.bindings.LocationAccuracy as NativeLocationAccuracy
import dev.scruple.bindings.Policy as NativePolicy

/**
 * A host's policy switches categories and items on. Everything starts switched off.
 *
 * A host writes it as a JSON file (`scruple.json`) for [fromJson], or builds the same in code:
 *
 * ```kotlin
 * val policy = Policy {
 *     enable(Category.DEVICE)
 *     enable(Category.WEB_VIEW) { minimumIntervalMs = 60_000 }
 * }
 * ```
 *
 * Opening a session checks a policy that was built in code.
 */
public class Policy internal constructor(
    /** The agreement that the host signed: [AGREEMENT]. */
    public val agreement: String,
    /** The accuracy of location that the host chooses. While it is fuzzy, Scruple never reads precise location. */
    public val locationAccuracy: LocationAccuracy,
    /** How long a snapshot's values live, in milliseconds, from 1 to one hour. The default is 60 000. */
    public val retentionMs: Long,
    /** The policy of each category. A category that is not listed is off. */
    public val categories: Map<Category, CategoryPolicy>,
) {
    /** Whether the other one says the same. */
    override fun equals(other: Any?): Boolean =
        other is Policy &&
            agreement == other.agreement &&
            locationAccuracy == other.locationAccuracy &&
            retentionMs == other.retentionMs &&
            categories == other.categories

    /** A hash of the fields that [equals] compares. */
    override fun hashCode(): Int = Objects.hash(agreement, locationAccuracy, retentionMs, categories)

    /** Its settings. None of them is a value. */
    override fun toString(): String =
        "Policy(agreement=$agreement, locationAccuracy=$locationAccuracy, retentionMs=$retentionMs, categories=$categories)"

    /** Builds a [Policy]. */
    public class Builder internal constructor() {
        /** The accuracy of location that the host chooses. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var locationAccuracy: LocationAccuracy = LocationAccuracy.FUZZY

        /** How long a snapshot's values live, in milliseconds, from 1 to one hour. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var retentionMs: Long = 60_000

        private val categories = mutableMapOf<Category, CategoryPolicy>()

        /** Sets the accuracy of location that the host chooses. */
        public fun locationAccuracy(accuracy: LocationAccuracy): Builder = apply { locationAccuracy = accuracy }

        /** Sets how long a snapshot's values live, in milliseconds, from 1 to one hour. */
        public fun retentionMs(milliseconds: Long): Builder = apply { retentionMs = milliseconds }

        /** Switches a category on, as the policy for it says. */
        @JvmOverloads
        public fun enable(
            category: Category,
            policy: CategoryPolicy = CategoryPolicy.builder().build(),
        ): Builder = apply { categories[category] = policy }

        /** Switches a category on and narrows it. */
        @JvmSynthetic
        public fun enable(
            category: Category,
            narrow: CategoryPolicy.Builder.() -> Unit,
        ): Builder = enable(category, CategoryPolicy.builder().apply(narrow).build())

        /** The policy. */
        public fun build(): Policy = Policy(AGREEMENT, locationAccuracy, retentionMs, categories.toMap())
    }

    /** Makes policies. */
    public companion object {
        /** The version of the agreement that this version of Scruple implements. */
        public const val AGREEMENT: String = "tcmpp-dpsa/2024-05-28"

        /**
         * Reads a policy file. It may contain comments.
         *
         * The native library reads it: see [JvmSession.warmUp].
         *
         * @throws ScrupleException.Input with line, column and path of the first mistake.
         */
        @JvmStatic
        @Throws(ScrupleException::class)
        public fun fromJson(text: String): Policy = native { policyFromJson(text) }.lifted()

        /** A builder, for Java. Kotlin has `Policy { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds a policy. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): Policy = builder().apply(build).build()
    }
}

/** The accuracy of location that a host chooses. */
public enum class LocationAccuracy(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** A cell of at least 3 km². */
    FUZZY("fuzzy"),

    /** As precise as the system gives it. */
    PRECISE("precise"),
}

/** A policy for one category. */
public class CategoryPolicy internal constructor(
    /** Whether the category is on. */
    public val enabled: Boolean,
    /** The purposes it is on for. The default is both. */
    public val purposes: Set<Purpose>,
    /**
     * Shortest time between two reads of one item, in milliseconds, up to one day. The default is 0, and 30 000 for
     * feature data.
     */
    public val minimumIntervalMs: Long?,
    /**
     * Longest wait for a source, in milliseconds, from 1 to one minute. The default is 5 000, and 10 000 for location.
     */
    public val deadlineMs: Long?,
    /** The policies of single items. [Item.DEVICE_NAME] is off unless it is listed here. */
    public val items: Map<Item, ItemPolicy>,
) {
    /** Whether the other one says the same. */
    override fun equals(other: Any?): Boolean =
        other is CategoryPolicy &&
            enabled == other.enabled &&
            purposes == other.purposes &&
            minimumIntervalMs == other.minimumIntervalMs &&
            deadlineMs == other.deadlineMs &&
            items == other.items

    /** A hash of the fields that [equals] compares. */
    override fun hashCode(): Int = Objects.hash(enabled, purposes, minimumIntervalMs, deadlineMs, items)

    /** Its settings. None of them is a value. */
    override fun toString(): String =
        "CategoryPolicy(enabled=$enabled, purposes=$purposes, minimumIntervalMs=$minimumIntervalMs, deadlineMs=$deadlineMs, items=$items)"

    /** Builds a policy for a category that is on. */
    public class Builder internal constructor() {
        /** The purposes it is on for. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var purposes: Set<Purpose> = Purpose.values().toSet()

        /** Shortest time between two reads of one item, in milliseconds. Null leaves it to the default. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var minimumIntervalMs: Long? = null

        /** Longest wait for a source, in milliseconds. Null leaves it to the default. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var deadlineMs: Long? = null

        private val items = mutableMapOf<Item, ItemPolicy>()

        /** Sets the purposes it is on for. */
        public fun purposes(vararg purposes: Purpose): Builder = apply { this.purposes = purposes.toSet() }

        /** Sets the shortest time between two reads of one item, in milliseconds. */
        public fun minimumIntervalMs(milliseconds: Long): Builder = apply { minimumIntervalMs = milliseconds }

        /** Sets the longest wait for a source, in milliseconds. */
        public fun deadlineMs(milliseconds: Long): Builder = apply { deadlineMs = milliseconds }

        /** Sets the policy of one item. */
        @JvmOverloads
        public fun item(
            item: Item,
            policy: ItemPolicy = ItemPolicy.builder().build(),
        ): Builder = apply { items[item] = policy }

        /** Sets the policy of one item. */
        @JvmSynthetic
        public fun item(
            item: Item,
            narrow: ItemPolicy.Builder.() -> Unit,
        ): Builder = item(item, ItemPolicy.builder().apply(narrow).build())

        /** The policy. */
        public fun build(): CategoryPolicy =
            CategoryPolicy(true, purposes, minimumIntervalMs, deadlineMs, items.toMap())
    }

    /** Makes policies for categories. */
    public companion object {
        /** A builder of a policy for a category that is on. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}

/** A policy for one item. It narrows its category's and never widens it. */
public class ItemPolicy internal constructor(
    /** Whether the item is on, if its category is. */
    public val enabled: Boolean,
    /** The purposes it is on for, out of its category's. The default is all of those. */
    public val purposes: Set<Purpose>?,
    /** Shortest time between two reads, in milliseconds, up to one day. The default is its category's. */
    public val minimumIntervalMs: Long?,
) {
    /** Whether the other one says the same. */
    override fun equals(other: Any?): Boolean =
        other is ItemPolicy &&
            enabled == other.enabled &&
            purposes == other.purposes &&
            minimumIntervalMs == other.minimumIntervalMs

    /** A hash of the fields that [equals] compares. */
    override fun hashCode(): Int = Objects.hash(enabled, purposes, minimumIntervalMs)

    /** Its settings. None of them is a value. */
    override fun toString(): String =
        "ItemPolicy(enabled=$enabled, purposes=$purposes, minimumIntervalMs=$minimumIntervalMs)"

    /** Builds a policy for an item that is on. */
    public class Builder internal constructor() {
        /** Whether the item is on, if its category is. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var enabled: Boolean = true

        /** The purposes it is on for. Null leaves them to its category. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var purposes: Set<Purpose>? = null

        /** Shortest time between two reads, in milliseconds. Null leaves it to its category. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var minimumIntervalMs: Long? = null

        /** Sets whether the item is on. */
        public fun enabled(enabled: Boolean): Builder = apply { this.enabled = enabled }

        /** Sets the purposes it is on for. */
        public fun purposes(vararg purposes: Purpose): Builder = apply { this.purposes = purposes.toSet() }

        /** Sets the shortest time between two reads, in milliseconds. */
        public fun minimumIntervalMs(milliseconds: Long): Builder = apply { minimumIntervalMs = milliseconds }

        /** The policy. */
        public fun build(): ItemPolicy = ItemPolicy(enabled, purposes, minimumIntervalMs)
    }

    /** Makes policies for items. */
    public companion object {
        /** A builder of a policy for an item that is on. */
        @JvmStatic
        public fun builder(): Builder = Builder()
    }
}

internal fun NativePolicy.lifted(): Policy =
    Policy(
        agreement,
        locationAccuracy.lifted(),
        retentionMs.toLong(),
        categories.entries.associate { (category, policy) -> category.lifted() to policy.lifted() },
    )

internal fun Policy.lowered(): NativePolicy =
    NativePolicy(
        agreement,
        locationAccuracy.lowered(),
        // The core refuses what is out of range, which every negative number is as an unsigned one.
        retentionMs.toULong(),
        categories.entries.associate { (category, policy) -> category.lowered() to policy.lowered() },
    )

private fun NativeCategoryPolicy.lifted() =
    CategoryPolicy(
        enabled,
        purposes.mapTo(mutableSetOf()) { it.lifted() },
        minimumIntervalMs?.toLong(),
        deadlineMs?.toLong(),
        items.entries.associate { (item, policy) -> item.lifted() to policy.lifted() },
    )

private fun CategoryPolicy.lowered() =
    NativeCategoryPolicy(
        enabled,
        purposes.mapTo(mutableSetOf()) { it.lowered() },
        minimumIntervalMs?.toULong(),
        deadlineMs?.toULong(),
        items.entries.associate { (item, policy) -> item.lowered() to policy.lowered() },
    )

private fun NativeItemPolicy.lifted() =
    ItemPolicy(enabled, purposes?.mapTo(mutableSetOf()) { it.lifted() }, minimumIntervalMs?.toLong())

private fun ItemPolicy.lowered() =
    NativeItemPolicy(enabled, purposes?.mapTo(mutableSetOf()) { it.lowered() }, minimumIntervalMs?.toULong())

internal fun NativeLocationAccuracy.lifted(): LocationAccuracy =
    when (this) {
        NativeLocationAccuracy.FUZZY -> LocationAccuracy.FUZZY
        NativeLocationAccuracy.PRECISE -> LocationAccuracy.PRECISE
    }

private val nativeAccuracies = NativeLocationAccuracy.values().associateBy(NativeLocationAccuracy::lifted)

private fun LocationAccuracy.lowered() = nativeAccuracies.getValue(this)
