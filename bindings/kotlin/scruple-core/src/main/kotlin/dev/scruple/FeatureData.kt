package dev.scruple

import dev.scruple.bindings.FeatureData as NativeFeatureData

/** The feature items of one snapshot. [Snapshot.missing] gives the reason for each one that is null. */
public class FeatureData
    @ScrupleValueApi
    constructor(
        /** Apple's identifier for advertisers. Android has nothing in its place. */
        @JvmField @Transient
        public val idfa: String? = null,
        /** The clipboard's text, at most 64 KiB. Scruple withholds a text that looks sensitive. */
        @JvmField @Transient
        public val clipboard: String? = null,
        /** Whether the clipboard can be read, and if not, why. */
        @JvmField @Transient
        public val clipboardTroubleshooting: ClipboardDiagnosis? = null,
        /** The centre of the cell of at least 3 km² that the device is in. */
        @JvmField @Transient
        public val fuzzyLocation: Coordinates? = null,
        /** Where the device is. */
        @JvmField @Transient
        public val preciseLocation: Coordinates? = null,
        /** The Bluetooth adapter and the devices near it. */
        @JvmField @Transient
        public val bluetooth: BluetoothInformation? = null,
        /** Why Bluetooth does not work. */
        @JvmField @Transient
        public val bluetoothTroubleshooting: BluetoothDiagnosis? = null,
        /** Whether the device has near-field communication, and whether it is on. */
        @JvmField @Transient
        public val nfc: NfcInformation? = null,
        /** The processes that the system shows to this process, by ascending process id. */
        @JvmField @Transient
        public val processes: List<RunningProcess>? = null,
        /** The web view's user agent, at most 1 KiB. */
        @JvmField @Transient
        public val userAgent: String? = null,
    ) : Value() {
        override fun fields(): List<Any?> =
            listOf(
                idfa,
                clipboard,
                clipboardTroubleshooting,
                fuzzyLocation,
                preciseLocation,
                bluetooth,
                bluetoothTroubleshooting,
                nfc,
                processes,
                userAgent,
            )
    }

internal fun NativeFeatureData.lifted(): FeatureData =
    FeatureData(
        idfa = idfa,
        clipboard = clipboard,
        clipboardTroubleshooting = clipboardTroubleshooting?.lifted(),
        fuzzyLocation = fuzzyLocation?.lifted(),
        preciseLocation = preciseLocation?.lifted(),
        bluetooth = bluetooth?.lifted(),
        bluetoothTroubleshooting = bluetoothTroubleshooting?.lifted(),
        nfc = nfc?.lifted(),
        processes = processes?.map { it.lifted() },
        userAgent = userAgent,
    )
