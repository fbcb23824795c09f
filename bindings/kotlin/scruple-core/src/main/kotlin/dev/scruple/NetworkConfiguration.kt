package dev.scruple

import dev.scruple.bindings.DomainConfiguration as NativeDomainConfiguration
import dev.scruple.bindings.NetworkConfiguration as NativeNetworkConfiguration

/** The network configuration, as far as the host describes it. */
public class NetworkConfiguration internal constructor(
    /**
     * Permissions by name, at most 256, and whether each is granted. A name consists of letters, digits, `.`, `_` and
     * `-`.
     */
    @JvmField @Transient
    public val permissions: Map<String, Boolean>?,
    /** The domains that mini-programs may reach. */
    @JvmField @Transient
    public val domains: DomainConfiguration?,
) : Value() {
    override fun fields(): List<Any?> = listOf(permissions, domains)

    /** Builds a network configuration. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [NetworkConfiguration.permissions]. */
        @JvmField @JvmSynthetic @Transient
        public var permissions: Map<String, Boolean>? = null

        /** See [NetworkConfiguration.domains]. */
        @JvmField @JvmSynthetic @Transient
        public var domains: DomainConfiguration? = null

        /** Sets [NetworkConfiguration.permissions]. */
        public fun permissions(permissions: Map<String, Boolean>?): Builder = apply { this.permissions = permissions }

        /** Sets [NetworkConfiguration.domains]. */
        public fun domains(domains: DomainConfiguration?): Builder = apply { this.domains = domains }

        /** Builds it. */
        public fun build(): NetworkConfiguration = NetworkConfiguration(permissions, domains)
    }

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `NetworkConfiguration { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): NetworkConfiguration = builder().apply(build).build()
    }
}

/**
 * The domains that mini-programs may reach, at most 256 for each use.
 *
 * An entry is a domain name as for a mini-program. It may have the scheme `https` or `wss` and a port. It has no path.
 */
public class DomainConfiguration internal constructor(
    /** For requests. */
    @JvmField @Transient
    public val request: List<String>,
    /** For sockets, which may also have the scheme `tcp` or `udp`. */
    @JvmField @Transient
    public val socket: List<String>,
    /** For uploads. */
    @JvmField @Transient
    public val upload: List<String>,
    /** For downloads. */
    @JvmField @Transient
    public val download: List<String>,
    /** For web views. */
    @JvmField @Transient
    public val webView: List<String>,
) : Value() {
    override fun fields(): List<Any?> = listOf(request, socket, upload, download, webView)

    /** Builds a configuration of domains. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [DomainConfiguration.request]. */
        @JvmField @JvmSynthetic @Transient
        public var request: List<String> = emptyList()

        /** See [DomainConfiguration.socket]. */
        @JvmField @JvmSynthetic @Transient
        public var socket: List<String> = emptyList()

        /** See [DomainConfiguration.upload]. */
        @JvmField @JvmSynthetic @Transient
        public var upload: List<String> = emptyList()

        /** See [DomainConfiguration.download]. */
        @JvmField @JvmSynthetic @Transient
        public var download: List<String> = emptyList()

        /** See [DomainConfiguration.webView]. */
        @JvmField @JvmSynthetic @Transient
        public var webView: List<String> = emptyList()

        /** Sets [DomainConfiguration.request]. */
        public fun request(request: List<String>): Builder = apply { this.request = request }

        /** Sets [DomainConfiguration.socket]. */
        public fun socket(socket: List<String>): Builder = apply { this.socket = socket }

        /** Sets [DomainConfiguration.upload]. */
        public fun upload(upload: List<String>): Builder = apply { this.upload = upload }

        /** Sets [DomainConfiguration.download]. */
        public fun download(download: List<String>): Builder = apply { this.download = download }

        /** Sets [DomainConfiguration.webView]. */
        public fun webView(webView: List<String>): Builder = apply { this.webView = webView }

        /** Builds it. */
        public fun build(): DomainConfiguration = DomainConfiguration(request, socket, upload, download, webView)
    }

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `DomainConfiguration { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): DomainConfiguration = builder().apply(build).build()
    }
}

internal fun NativeNetworkConfiguration.lifted(): NetworkConfiguration =
    NetworkConfiguration(
        permissions,
        domains?.run { DomainConfiguration(request, socket, upload, download, webView) },
    )

internal fun NetworkConfiguration.lowered() =
    NativeNetworkConfiguration(
        permissions,
        domains?.run { NativeDomainConfiguration(request, socket, upload, download, webView) },
    )
