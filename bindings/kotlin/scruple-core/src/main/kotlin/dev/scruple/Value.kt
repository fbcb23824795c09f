package dev.scruple

/** What was read, or what the host supplied of itself. As text it is redacted, so that no value gets into a log. */
public abstract class Value internal constructor() {
    /** The type's name, and nothing of the value. */
    final override fun toString(): String = "${javaClass.simpleName}(redacted)"
}
