package dev.scruple

/**
 * What was read, or what the host supplied of itself. As text it is redacted, so that no value gets into a log.
 *
 * Two values are equal if they are of one type and have equal fields.
 */
public abstract class Value internal constructor() {
    /** Every field: what two values are compared by. */
    @get:JvmSynthetic
    internal abstract val fields: List<Any?>

    /** Whether the other is of the same type and has equal fields. */
    final override fun equals(other: Any?): Boolean =
        other is Value && javaClass == other.javaClass && fields == other.fields

    /** By the fields. */
    final override fun hashCode(): Int = fields.hashCode()

    /** The type's name, and nothing of the value. */
    final override fun toString(): String = "${javaClass.simpleName}(redacted)"
}

/**
 * For those who make values as the library does: sources, and a host's own tests. A later version may have more fields
 * in such a constructor, and what calls it is compiled anew for it.
 */
@RequiresOptIn("Sources and tests make values. A later version may have more fields here.", RequiresOptIn.Level.ERROR)
@Target(AnnotationTarget.CONSTRUCTOR)
@Retention(AnnotationRetention.BINARY)
public annotation class ScrupleValueApi
