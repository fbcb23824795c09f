package dev.scruple

import dev.scruple.bindings.AdapterState as NativeAdapterState
import dev.scruple.bindings.BluetoothDevice as NativeBluetoothDevice
import dev.scruple.bindings.BluetoothDiagnosis as NativeBluetoothDiagnosis
import dev.scruple.bindings.BluetoothInformation as NativeBluetooth
import dev.scruple.bindings.BluetoothSource as NativeBluetoothSource

/** Reads Bluetooth. */
@ScrupleSourceApi
public interface BluetoothSource {
    /** Whether the adapter may be asked. Never prompts. */
    @Throws(SourceException::class)
    public fun permission(): SystemPermission

    /** The adapter and, if the system permits a scan, what is near it. */
    @Throws(SourceException::class)
    public fun read(deadlineMs: Long): BluetoothInformation

    /**
     * Why Bluetooth does not work. Asked for without the system's permission, since its absence is one of the answers.
     */
    @Throws(SourceException::class)
    public fun diagnose(deadlineMs: Long): BluetoothDiagnosis

    /** Forgets what it remembers for a diagnosis: something was taken back, or the session is closed. Returns at once. */
    public fun forget()
}

/** Where the adapter stands. */
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

/** The adapter and what is near it. */
public class BluetoothInformation
    @ScrupleValueApi
    constructor(
        /** Where the adapter stands. */
        public val state: AdapterState,
        /** Whether it supports Low Energy, if the system says so. */
        public val lowEnergy: Boolean?,
        /** Devices near it, the strongest first, at most 64; null if there was no scan. */
        public val nearby: List<BluetoothDevice>?,
        /** How many more were seen than are listed. The core counts: what a source says here does not matter. */
        public val omitted: Int = 0,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(state, lowEnergy, nearby, omitted)
    }

/** A device nearby. There is no place for an address, nor for an identifier of it. */
public class BluetoothDevice
    @ScrupleValueApi
    constructor(
        /** The name that it advertises, at most 248 bytes; null if it names nothing or holds an address. */
        public val name: String?,
        /** Signal strength in dBm. */
        public val rssi: Int,
        /** The services that it advertises, by UUID, at most 16. */
        public val serviceUuids: List<String>,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(name, rssi, serviceUuids)
    }

/** Why Bluetooth does not work. */
public class BluetoothDiagnosis
    @ScrupleValueApi
    constructor(
        /** Where the adapter stands. */
        public val state: AdapterState,
        /** What the operating system says of the app's permission. */
        public val permission: SystemPermission,
        /** The platform's codes of the latest failed scans, at most 32. */
        public val scanErrors: List<Int>,
        /** Where the adapter stood before, the latest last, at most 32. */
        public val stateChanges: List<AdapterState>,
    ) : Value() {
        override val fields: List<Any?> get() = listOf(state, permission, scanErrors, stateChanges)
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
