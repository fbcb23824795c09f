package dev.scruple

import dev.scruple.bindings.Cpu as NativeCpu
import dev.scruple.bindings.DeviceInformation as NativeDeviceInformation
import dev.scruple.bindings.IncrementalVersion as NativeIncrementalVersion
import dev.scruple.bindings.MccMnc as NativeMccMnc
import dev.scruple.bindings.Resolution as NativeResolution
import dev.scruple.bindings.SystemVersion as NativeSystemVersion

/** The device items of one snapshot. [Snapshot.missing] gives the reason for each one that is null. */
public class DeviceInformation
    @ScrupleValueApi
    constructor(
        /** Total capacity in bytes of the storage that holds user data. */
        @JvmField @Transient
        public val storageCapacity: Long? = null,
        /** Country and network of the mobile operator. */
        @JvmField @Transient
        public val mccMnc: MccMnc? = null,
        /** The device's model: DMI product name or device tree model on Linux. */
        @JvmField @Transient
        public val model: String? = null,
        /** The operating system's version. */
        @JvmField @Transient
        public val systemVersion: SystemVersion? = null,
        /** The firmware's version: the BIOS's on Linux. */
        @JvmField @Transient
        public val firmwareVersion: String? = null,
        /**
         * The resolution of the built-in or first connected display on Linux, and of the default display on Android.
         */
        @JvmField @Transient
        public val resolution: Resolution? = null,
        /** The processor. */
        @JvmField @Transient
        public val cpu: Cpu? = null,
        /** The brand that the device is sold under. */
        @JvmField @Transient
        public val brand: String? = null,
        /** The system build. */
        @JvmField @Transient
        public val incrementalVersion: IncrementalVersion? = null,
        /** The device's manufacturer. */
        @JvmField @Transient
        public val manufacturer: String? = null,
        /** The name that its owner gave the device: the host name on Linux. */
        @JvmField @Transient
        public val name: String? = null,
        /** `linux` or `android`. */
        @JvmField @Transient
        public val platform: String? = null,
        /** The mobile operator's name. */
        @JvmField @Transient
        public val operator: String? = null,
    ) : Value() {
        override fun fields(): List<Any?> =
            listOf(
                storageCapacity,
                mccMnc,
                model,
                systemVersion,
                firmwareVersion,
                resolution,
                cpu,
                brand,
                incrementalVersion,
                manufacturer,
                name,
                platform,
                operator,
            )
    }

/** A mobile operator's country and network. */
public class MccMnc
    @ScrupleValueApi
    constructor(
        /** Mobile country code: three digits. */
        @JvmField @Transient
        public val mcc: String,
        /** Mobile network code: two or three digits. `01` is not `001`. */
        @JvmField @Transient
        public val mnc: String,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(mcc, mnc)
    }

/** An operating system's version. It has a number, a name or both. */
public class SystemVersion
    @ScrupleValueApi
    constructor(
        /** The number, such as `12`. A rolling distribution has none. */
        @JvmField @Transient
        public val version: String?,
        /** The name with the version, such as `Debian GNU/Linux 12 (bookworm)` or `Android 14`. */
        @JvmField @Transient
        public val name: String?,
        /** The API level, such as 34, on Android. */
        @JvmField @Transient
        public val apiLevel: Int? = null,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(version, name, apiLevel)
    }

/** A display's resolution. */
public class Resolution
    @ScrupleValueApi
    constructor(
        /** Width in physical pixels. */
        @JvmField @Transient
        public val width: Int,
        /** Height in physical pixels. */
        @JvmField @Transient
        public val height: Int,
        /**
         * Drawn pixels per logical pixel: the display's density on Android, and 1 on Linux, whose kernel scales
         * nothing.
         */
        @JvmField @Transient
        public val scale: Double,
        /**
         * Physical pixels per logical pixel, on Android. It is more than [scale] where the system draws at a lower
         * resolution than the panel's: it is 3.5 on a phone set to FHD+, whose [scale] is 2.625.
         */
        @JvmField @Transient
        public val nativeScale: Double? = null,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(width, height, scale, nativeScale)
    }

/** A processor. Scruple never reads its serial number. */
public class Cpu
    @ScrupleValueApi
    constructor(
        /** The kinds of core, each once, in the kernel's order, such as `Cortex-A53`. */
        @JvmField @Transient
        public val names: List<String>,
        /** The cores' chip, where the framework (Android, API level 31) or the kernel states it. */
        @JvmField @Transient
        public val hardware: String?,
        /** The number of cores, including those that are switched off. */
        @JvmField @Transient
        public val cores: Int,
        /** Highest frequency of any core, in kHz, where the kernel states it. */
        @JvmField @Transient
        public val maxFrequencyKhz: Long?,
        /** Instruction set extensions, by the kernel's names. */
        @JvmField @Transient
        public val features: List<String>,
        /** On Android, the binary interfaces that the device runs, the preferred one first. */
        @JvmField @Transient
        public val abis: List<String> = emptyList(),
    ) : Value() {
        override fun fields(): List<Any?> = listOf(names, hardware, cores, maxFrequencyKhz, features, abis)
    }

/** A system build, and the version text that the system shows to a person. */
public class IncrementalVersion
    @ScrupleValueApi
    constructor(
        /** The build. */
        @JvmField @Transient
        public val incremental: String,
        /** The version text that the system shows to a person. */
        @JvmField @Transient
        public val visual: String?,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(incremental, visual)
    }

internal fun NativeDeviceInformation.lifted(): DeviceInformation =
    DeviceInformation(
        storageCapacity = storageCapacity?.toLong(),
        mccMnc = mccMnc?.lifted(),
        model = model,
        systemVersion = systemVersion?.lifted(),
        firmwareVersion = firmwareVersion,
        resolution = resolution?.lifted(),
        cpu = cpu?.lifted(),
        brand = brand,
        incrementalVersion = incrementalVersion?.lifted(),
        manufacturer = manufacturer,
        name = name,
        platform = platform,
        operator = `operator`,
    )

private fun NativeMccMnc.lifted() = MccMnc(mcc, mnc)

private fun NativeSystemVersion.lifted() = SystemVersion(version, name, apiLevel?.toInt())

private fun NativeResolution.lifted() = Resolution(width.toInt(), height.toInt(), scale, nativeScale)

private fun NativeCpu.lifted() = Cpu(names, hardware, cores.toInt(), maxFrequencyKhz?.toLong(), features, abis)

private fun NativeIncrementalVersion.lifted() = IncrementalVersion(incremental, visual)
