package dev.scruple

/**
 * A value that Scruple read or that the host supplied. Its `toString` is redacted, so that no value gets into a log.
 *
 * A value has no getters, and its fields are `transient`. Serialisers that look for either (Gson, Jackson, fastjson2,
 * Moshi) write an empty object or refuse. A host that wants a field written names it. Java reads the fields, as in
 * `device.model`.
 *
 * Two values are equal if they are of one type and have equal fields.
 */
public abstract class Value internal constructor() {
    /** Every field: what two values are compared by. A function, since what is named as a getter is what serialisers call. */
    @JvmSynthetic
    internal abstract fun fields(): List<Any?>

    /** Whether the other is of the same type and has equal fields. */
    final override fun equals(other: Any?): Boolean =
        other is Value && javaClass == other.javaClass && fields() == other.fields()

    /** A hash of the fields. */
    final override fun hashCode(): Int = fields().hashCode()

    /** The type's name, and nothing of the value. */
    final override fun toString(): String = "${javaClass.simpleName}(redacted)"
}

/**
 * For code that makes values as the library does: sources, and a host's own tests. A later version may add fields to
 * such a constructor, and its callers then have to be compiled anew.
 */
@RequiresOptIn("Sources and tests make values. A later version may have more fields here.", RequiresOptIn.Level.ERROR)
@Target(AnnotationTarget.CONSTRUCTOR)
@Retention(AnnotationRetention.BINARY)
public annotation class ScrupleValueApi
