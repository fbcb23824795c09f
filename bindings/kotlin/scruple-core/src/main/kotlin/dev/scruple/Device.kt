package dev.scruple

import dev.scruple.bindings.Cpu as NativeCpu
import dev.scruple.bindings.DeviceInformation as NativeDeviceInformation
import dev.scruple.bindings.IncrementalVersion as NativeIncrementalVersion
import dev.scruple.bindings.MccMnc as NativeMccMnc
import dev.scruple.bindings.Resolution as NativeResolution
import dev.scruple.bindings.SystemVersion as NativeSystemVersion

/** The device items of one snapshot. What is null has its reason in [Snapshot.missing]. */
public class DeviceInformation
    @ScrupleValueApi
    constructor(
        /** Total capacity in bytes of the storage that holds user data. */
        public val storageCapacity: Long? = null,
        /** Country and network of the mobile operator. */
        public val mccMnc: MccMnc? = null,
        /** The device's model: DMI product name or device tree model on Linux. */
        public val model: String? = null,
        /** The operating system's version. */
        public val systemVersion: SystemVersion? = null,
        /** The firmware's version: the BIOS's on Linux. */
        public val firmwareVersion: String? = null,
        /** The built-in or first connected display. */
        public val resolution: Resolution? = null,
        /** The processor. */
        public val cpu: Cpu? = null,
        /** The brand that the device is sold under. */
        public val brand: String? = null,
        /** The system build. */
        public val incrementalVersion: IncrementalVersion? = null,
        /** Who makes the device. */
        public val manufacturer: String? = null,
        /** The name that its owner gave the device: the host name on Linux. */
        public val name: String? = null,
        /** `linux` or `android`. */
        public val platform: String? = null,
        /** The mobile operator's name. */
        public val operator: String? = null,
    ) : Value() {
        override val fields: List<Any?>
            get() =
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
        public val mcc: String,
        /** Mobile network code: two or three digits, and `01` is not `001`. */
        public val mnc: String,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(mcc, mnc)
    }

/** An operating system's version. At least one of the two is there. */
public class SystemVersion
    @ScrupleValueApi
    constructor(
        /** The number, such as `12`. A rolling distribution has none. */
        public val version: String?,
        /** The name with the version, such as `Debian GNU/Linux 12 (bookworm)` or `Android 14`. */
        public val name: String?,
        /** The API level, such as 34, on Android. */
        public val apiLevel: Int? = null,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(version, name, apiLevel)
    }

/** A display's resolution. */
public class Resolution
    @ScrupleValueApi
    constructor(
        /** Width in physical pixels. */
        public val width: Int,
        /** Height in physical pixels. */
        public val height: Int,
        /** Pixels that are drawn to one logical pixel: the display's density; 1 on Linux, whose kernel scales nothing. */
        public val scale: Double,
        /**
         * Physical pixels to one logical pixel, on Android: more than [scale] where apps are drawn on fewer pixels than the panel has, such as 3.5
         * on a phone set to FHD+ with a scale of 2.625.
         */
        public val nativeScale: Double? = null,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(width, height, scale, nativeScale)
    }

/** A processor. Serial numbers are never read into it. */
public class Cpu
    @ScrupleValueApi
    constructor(
        /** The kinds of core, each once, in the kernel's order, such as `Cortex-A53`. */
        public val names: List<String>,
        /** The chip that they are on, where the framework (Android, API level 31) or the kernel says so. */
        public val hardware: String?,
        /** Cores that are there, those that are switched off included. */
        public val cores: Int,
        /** Highest frequency of any core, in kHz, where the kernel says so. */
        public val maxFrequencyKhz: Long?,
        /** Instruction set extensions, by the kernel's names. */
        public val features: List<String>,
        /** Binary interfaces that apps can have, the preferred one first, on Android. */
        public val abis: List<String> = emptyList(),
    ) : Value() {
        override val fields: List<Any?> get() = listOf(names, hardware, cores, maxFrequencyKhz, features, abis)
    }

/** A system build, and what a person is shown of it. */
public class IncrementalVersion
    @ScrupleValueApi
    constructor(
        /** The build. */
        public val incremental: String,
        /** What a person is shown. */
        public val visual: String?,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(incremental, visual)
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
