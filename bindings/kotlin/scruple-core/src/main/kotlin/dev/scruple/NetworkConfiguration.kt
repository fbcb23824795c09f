package dev.scruple

import dev.scruple.bindings.DomainConfiguration as NativeDomainConfiguration
import dev.scruple.bindings.NetworkConfiguration as NativeNetworkConfiguration

/** The network configuration, as far as the host says. */
public class NetworkConfiguration internal constructor(
    /** Permissions by name, at most 256, and whether each is given. A name has letters, digits, `.`, `_` and `-`. */
    public val permissions: Map<String, Boolean>?,
    /** The domains that mini-programs may reach. */
    public val domains: DomainConfiguration?,
) : Value() {
    override val fields: List<Any?> get() = listOf(permissions, domains)

    /** Builds a network configuration. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [NetworkConfiguration.permissions]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var permissions: Map<String, Boolean>? = null

        /** See [NetworkConfiguration.domains]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var domains: DomainConfiguration? = null

        /** Says [NetworkConfiguration.permissions]. */
        public fun permissions(permissions: Map<String, Boolean>?): Builder = apply { this.permissions = permissions }

        /** Says [NetworkConfiguration.domains]. */
        public fun domains(domains: DomainConfiguration?): Builder = apply { this.domains = domains }

        /** What was said. */
        public fun build(): NetworkConfiguration = NetworkConfiguration(permissions, domains)
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `NetworkConfiguration { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): NetworkConfiguration = builder().apply(build).build()
    }
}

/**
 * The domains that mini-programs may reach, at most 256 for each use.
 *
 * An entry is a domain name as for a mini-program. It may have `https` or `wss` before it and a port after it, and has
 * no path.
 */
public class DomainConfiguration internal constructor(
    /** For requests. */
    public val request: List<String>,
    /** For sockets, which may have `tcp` and `udp` too. */
    public val socket: List<String>,
    /** For uploads. */
    public val upload: List<String>,
    /** For downloads. */
    public val download: List<String>,
    /** For web views. */
    public val webView: List<String>,
) : Value() {
    override val fields: List<Any?> get() = listOf(request, socket, upload, download, webView)

    /** Builds a configuration of domains. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [DomainConfiguration.request]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var request: List<String> = emptyList()

        /** See [DomainConfiguration.socket]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var socket: List<String> = emptyList()

        /** See [DomainConfiguration.upload]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var upload: List<String> = emptyList()

        /** See [DomainConfiguration.download]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var download: List<String> = emptyList()

        /** See [DomainConfiguration.webView]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var webView: List<String> = emptyList()

        /** Says [DomainConfiguration.request]. */
        public fun request(request: List<String>): Builder = apply { this.request = request }

        /** Says [DomainConfiguration.socket]. */
        public fun socket(socket: List<String>): Builder = apply { this.socket = socket }

        /** Says [DomainConfiguration.upload]. */
        public fun upload(upload: List<String>): Builder = apply { this.upload = upload }

        /** Says [DomainConfiguration.download]. */
        public fun download(download: List<String>): Builder = apply { this.download = download }

        /** Says [DomainConfiguration.webView]. */
        public fun webView(webView: List<String>): Builder = apply { this.webView = webView }

        /** What was said. */
        public fun build(): DomainConfiguration = DomainConfiguration(request, socket, upload, download, webView)
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `DomainConfiguration { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
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
