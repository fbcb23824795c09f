package dev.scruple

import dev.scruple.bindings.hostRecordsFromJson
import dev.scruple.bindings.HostRecords as NativeHostRecords

/**
 * The host's records: the agreement's parts A and B. [Session.supply] checks them.
 *
 * No text may be empty or blank, or contain control characters. Only introductions and descriptions may contain line
 * feeds and tabs.
 */
public class HostRecords internal constructor(
    /** The application. */
    @JvmField @Transient
    public val application: ApplicationInformation?,
    /** Its mini-programs, at most 64, each with an id of its own. */
    @JvmField @Transient
    public val miniPrograms: List<MiniProgram>,
    /** The network configuration. */
    @JvmField @Transient
    public val network: NetworkConfiguration?,
) : Value() {
    override fun fields(): List<Any?> = listOf(application, miniPrograms, network)

    /** Builds host records. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [HostRecords.application]. */
        @JvmField @JvmSynthetic @Transient
        public var application: ApplicationInformation? = null

        /** See [HostRecords.miniPrograms]. */
        @JvmField @JvmSynthetic @Transient
        public var miniPrograms: List<MiniProgram> = emptyList()

        /** See [HostRecords.network]. */
        @JvmField @JvmSynthetic @Transient
        public var network: NetworkConfiguration? = null

        /** Sets [HostRecords.application]. */
        public fun application(application: ApplicationInformation?): Builder = apply { this.application = application }

        /** Sets [HostRecords.miniPrograms]. */
        public fun miniPrograms(miniPrograms: List<MiniProgram>): Builder = apply { this.miniPrograms = miniPrograms }

        /** Sets [HostRecords.network]. */
        public fun network(network: NetworkConfiguration?): Builder = apply { this.network = network }

        /** Builds it. */
        public fun build(): HostRecords = HostRecords(application, miniPrograms, network)
    }

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `HostRecords { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): HostRecords = builder().apply(build).build()

        /**
         * Reads a file of records: JSON with these fields' names in `snake_case`, and bytes in Base64.
         *
         * The native library reads it: see [JvmSession.warmUp].
         *
         * @throws ScrupleException.Input with line, column and path of the first mistake. It contains no value.
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
