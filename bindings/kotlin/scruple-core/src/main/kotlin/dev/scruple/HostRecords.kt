package dev.scruple

import dev.scruple.bindings.hostRecordsFromJson
import dev.scruple.bindings.HostRecords as NativeHostRecords

/**
 * What the host supplies of itself: the agreement's parts A and B. They are checked by [Session.supply].
 *
 * No text is empty or blank, and none has control characters; only introductions and descriptions have line feeds and
 * tabs.
 */
public class HostRecords internal constructor(
    /** The application. */
    public val application: ApplicationInformation?,
    /** Its mini-programs, at most 64, each with an id of its own. */
    public val miniPrograms: List<MiniProgram>,
    /** The network configuration. */
    public val network: NetworkConfiguration?,
) : Value() {
    override val fields: List<Any?> get() = listOf(application, miniPrograms, network)

    /** Builds host records. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [HostRecords.application]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var application: ApplicationInformation? = null

        /** See [HostRecords.miniPrograms]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var miniPrograms: List<MiniProgram> = emptyList()

        /** See [HostRecords.network]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var network: NetworkConfiguration? = null

        /** Says [HostRecords.application]. */
        public fun application(application: ApplicationInformation?): Builder = apply { this.application = application }

        /** Says [HostRecords.miniPrograms]. */
        public fun miniPrograms(miniPrograms: List<MiniProgram>): Builder = apply { this.miniPrograms = miniPrograms }

        /** Says [HostRecords.network]. */
        public fun network(network: NetworkConfiguration?): Builder = apply { this.network = network }

        /** What was said. */
        public fun build(): HostRecords = HostRecords(application, miniPrograms, network)
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `HostRecords { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): HostRecords = builder().apply(build).build()

        /**
         * Reads a file of records: JSON with these fields' names in `snake_case`, bytes in Base64.
         *
         * The native library reads it: see [JvmSession.warmUp].
         *
         * @throws ScrupleException.Input with line, column and path of the first thing that is not as it ought to be.
         * No value is in it.
         */
        @JvmStatic
        @Throws(ScrupleException::class)
        public fun fromJson(text: String): HostRecords = native { hostRecordsFromJson(text) }.lifted()
    }
}

internal fun NativeHostRecords.lifted(): HostRecords =
    HostRecords(application?.lifted(), miniPrograms.map { it.lifted() }, network?.lifted())

internal fun HostRecords.lowered(): NativeHostRecords =
    NativeHostRecords(application?.lowered(), miniPrograms.map { it.lowered() }, network?.lowered())
