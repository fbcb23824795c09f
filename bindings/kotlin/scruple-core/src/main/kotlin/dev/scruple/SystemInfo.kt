package dev.scruple

import dev.scruple.bindings.SystemInfo as NativeSystemInfo

/**
 * The device items that the mini-program platform has a name for, under those names (`getSystemInfo`, `getDeviceInfo`).
 */
public class SystemInfo
    @ScrupleValueApi
    constructor(
        /** The device's brand. */
        @JvmField @Transient
        public val brand: String? = null,
        /** The device's model. */
        @JvmField @Transient
        public val model: String? = null,
        /** Drawn pixels per logical pixel. */
        @JvmField @Transient
        public val pixelRatio: Double? = null,
        /** Width of the display in logical pixels. */
        @JvmField @Transient
        public val screenWidth: Double? = null,
        /** Height of the display in logical pixels. */
        @JvmField @Transient
        public val screenHeight: Double? = null,
        /** The operating system's name with its version, or the version alone. */
        @JvmField @Transient
        public val system: String? = null,
        /** The operating system's name. */
        @JvmField @Transient
        public val platform: String? = null,
        /** The chip, or the first kind of core. */
        @JvmField @Transient
        public val cpuType: String? = null,
        /** The binary interface that the device prefers. */
        @JvmField @Transient
        public val deviceAbi: String? = null,
    ) : Value() {
        override fun fields(): List<Any?> =
            listOf(
                brand,
                model,
                pixelRatio,
                screenWidth,
                screenHeight,
                system,
                platform,
                cpuType,
                deviceAbi,
            )
    }

internal fun NativeSystemInfo.lifted(): SystemInfo =
    SystemInfo(brand, model, pixelRatio, screenWidth, screenHeight, system, platform, cpuType, deviceAbi)

internal fun SystemInfo.appDeviceInfo(): Map<String, String> =
    AppDeviceInfo(
        buildMap {
            brand?.let { put("brand", it) }
            model?.let { put("model", it) }
            system?.let { put("system", it) }
            platform?.let { put("platform", it) }
        },
    )

/** The platform reads it as any map; as text it is redacted. */
private class AppDeviceInfo(
    @Transient private val answer: Map<String, String>,
) : AbstractMap<String, String>() {
    override val entries get() = answer.entries

    override fun toString() = "AppDeviceInfo(redacted)"
}
