package dev.scruple

import dev.scruple.bindings.SystemInfo as NativeSystemInfo

/** The values under the mini-program platform's names (`getSystemInfo`, `getDeviceInfo`), for those that have one. */
public class SystemInfo
    @ScrupleValueApi
    constructor(
        /** The device's brand. */
        public val brand: String? = null,
        /** The device's model. */
        public val model: String? = null,
        /** Physical pixels to one logical pixel. */
        public val pixelRatio: Double? = null,
        /** Width of the display in logical pixels. */
        public val screenWidth: Double? = null,
        /** Height of the display in logical pixels. */
        public val screenHeight: Double? = null,
        /** The operating system's name with its version, or the version alone. */
        public val system: String? = null,
        /** The operating system's name. */
        public val platform: String? = null,
        /** The chip, or the first kind of core. */
        public val cpuType: String? = null,
        /** The binary interface that the device prefers. */
        public val deviceAbi: String? = null,
    ) : Value() {
        override val fields: List<Any?>
            get() =
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
    buildMap {
        brand?.let { put("brand", it) }
        model?.let { put("model", it) }
        system?.let { put("system", it) }
        platform?.let { put("platform", it) }
    }
