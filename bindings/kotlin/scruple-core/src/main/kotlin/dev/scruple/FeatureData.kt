package dev.scruple

import dev.scruple.bindings.FeatureData as NativeFeatureData

/** The feature items of one snapshot. What is null has its reason in [Snapshot.missing]. */
public class FeatureData
    @ScrupleValueApi
    constructor(
        /** Apple's identifier for advertisers. Nothing on Android stands in for it. */
        public val idfa: String? = null,
        /** The clipboard's text, which did not look sensitive, at most 64 KiB. */
        public val clipboard: String? = null,
        /** Whether and why the clipboard can be read. */
        public val clipboardTroubleshooting: ClipboardDiagnosis? = null,
        /** The centre of the cell of at least 3 km² that the device is in. */
        public val fuzzyLocation: Coordinates? = null,
        /** Where the device is. */
        public val preciseLocation: Coordinates? = null,
        /** The Bluetooth adapter and what is near it. */
        public val bluetooth: BluetoothInformation? = null,
        /** Why Bluetooth does not work. */
        public val bluetoothTroubleshooting: BluetoothDiagnosis? = null,
        /** Whether near-field communication is there and on. */
        public val nfc: NfcInformation? = null,
        /** The processes that the system shows to this one, by ascending process id. */
        public val processes: List<RunningProcess>? = null,
        /** The web view's user agent, at most 1 KiB. */
        public val userAgent: String? = null,
    ) : Value() {
        override val fields: List<Any?>
            get() =
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
