package dev.scruple

import dev.scruple.bindings.AdapterState as NativeAdapterState
import dev.scruple.bindings.BluetoothDevice as NativeBluetoothDevice
import dev.scruple.bindings.BluetoothDiagnosis as NativeBluetoothDiagnosis
import dev.scruple.bindings.BluetoothInformation as NativeBluetooth
import dev.scruple.bindings.BluetoothSource as NativeBluetoothSource

/** Reads Bluetooth. */
@ScrupleSourceApi
public interface BluetoothSource {
    /** Whether the app may ask the adapter. It never prompts the person. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** The adapter and, if the system permits a scan, the devices near it. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): BluetoothInformation

    /**
     * Why Bluetooth does not work. The core asks for it without the system's permission too, since the lack of that is
     * one of the answers.
     */
    @Throws(SourceException::class)
    public fun diagnose(deadlineMs: Long): BluetoothDiagnosis

    /**
     * Forgets what it remembers for a diagnosis. The session calls it when consent is revoked and when the session is
     * closed. It returns at once.
     */
    public fun forget()
}

/** The adapter's state. */
public enum class AdapterState(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The system does not say. */
    UNKNOWN("unknown"),

    /** The device has none. */
    UNSUPPORTED("unsupported"),

    /** The app may not use it. */
    UNAUTHORIZED("unauthorized"),

    /** It is off. */
    OFF("off"),

    /** It is starting, stopping or resetting. */
    CHANGING("changing"),

    /** It is on. */
    ON("on"),
}

/** The adapter and the devices near it. */
public class BluetoothInformation
    @ScrupleValueApi
    constructor(
        /** The adapter's state. */
        @JvmField @Transient
        public val state: AdapterState,
        /** Whether it supports Low Energy, if the system says so. */
        @JvmField @Transient
        public val lowEnergy: Boolean?,
        /** The devices near it, the strongest signal first, at most 64. It is null if there was no scan. */
        @JvmField @Transient
        public val nearby: List<BluetoothDevice>?,
        /** How many devices were seen beyond those listed. The core counts them, and ignores a source's number. */
        @JvmField @Transient
        public val omitted: Int = 0,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(state, lowEnergy, nearby, omitted)
    }

/** A device nearby. The type has no field for an address or another identifier. */
public class BluetoothDevice
    @ScrupleValueApi
    constructor(
        /**
         * The name that it advertises, at most 248 bytes. It is null if the device advertises no name, or one that
         * contains an address.
         */
        @JvmField @Transient
        public val name: String?,
        /** Signal strength in dBm. */
        @JvmField @Transient
        public val rssi: Int,
        /** The services that it advertises, by UUID, at most 16. */
        @JvmField @Transient
        public val serviceUuids: List<String>,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(name, rssi, serviceUuids)
    }

/** Why Bluetooth does not work. */
public class BluetoothDiagnosis
    @ScrupleValueApi
    constructor(
        /** The adapter's state. */
        @JvmField @Transient
        public val state: AdapterState,
        /** The app's permission, as the operating system states it. */
        @JvmField @Transient
        public val permission: SystemPermission,
        /** The platform's error codes of the latest failed scans, at most 32. */
        @JvmField @Transient
        public val scanErrors: List<Int>,
        /** The adapter's earlier states, the latest last, at most 32. */
        @JvmField @Transient
        public val stateChanges: List<AdapterState>,
    ) : Value() {
        override fun fields(): List<Any?> = listOf(state, permission, scanErrors, stateChanges)
    }

@OptIn(ScrupleSourceApi::class)
internal class BluetoothReader(
    private val reader: BluetoothSource,
) : NativeBluetoothSource {
    override fun permission() = asking { reader.permission().lowered() }

    override fun read(deadlineMs: ULong) = asking { reader.read(deadlineMs.toLong()).lowered() }

    override fun diagnose(deadlineMs: ULong) = asking { reader.diagnose(deadlineMs.toLong()).lowered() }
}

internal fun NativeBluetooth.lifted(): BluetoothInformation =
    BluetoothInformation(state.lifted(), lowEnergy, nearby?.map { it.lifted() }, omitted.toInt())

private fun BluetoothInformation.lowered() =
    NativeBluetooth(
        state.lowered(),
        lowEnergy,
        nearby?.map {
            it.lowered()
        },
        0u,
    )

private fun NativeBluetoothDevice.lifted() = BluetoothDevice(name, rssi, serviceUuids)

private fun BluetoothDevice.lowered() = NativeBluetoothDevice(name, rssi, serviceUuids)

internal fun NativeBluetoothDiagnosis.lifted(): BluetoothDiagnosis =
    BluetoothDiagnosis(state.lifted(), permission.lifted(), scanErrors, stateChanges.map { it.lifted() })

private fun BluetoothDiagnosis.lowered() =
    NativeBluetoothDiagnosis(state.lowered(), permission.lowered(), scanErrors, stateChanges.map { it.lowered() })

internal fun NativeAdapterState.lifted(): AdapterState =
    when (this) {
        NativeAdapterState.UNKNOWN -> AdapterState.UNKNOWN
        NativeAdapterState.UNSUPPORTED -> AdapterState.UNSUPPORTED
        NativeAdapterState.UNAUTHORIZED -> AdapterState.UNAUTHORIZED
        NativeAdapterState.OFF -> AdapterState.OFF
        NativeAdapterState.CHANGING -> AdapterState.CHANGING
        NativeAdapterState.ON -> AdapterState.ON
    }

private val nativeStates = NativeAdapterState.values().associateBy(NativeAdapterState::lifted)

private fun AdapterState.lowered() = nativeStates.getValue(this)
