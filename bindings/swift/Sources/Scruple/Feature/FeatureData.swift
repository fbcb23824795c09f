internal import ScrupleBindings

/// The feature items of one snapshot. The snapshot's missing items give the reason for each one that is absent.
public struct FeatureData: Hashable, Sendable {
    /// Apple's identifier for advertisers, in the form 8-4-4-4-12, upper case.
    public var idfa: String?
    /// The clipboard's text. Scruple withholds a text that looks sensitive.
    public var clipboard: String?
    /// Whether the clipboard can be read, and if not, why.
    public var clipboardTroubleshooting: ClipboardDiagnosis?
    /// The centre of the cell of at least 3 km² that the device is in.
    public var fuzzyLocation: Coordinates?
    /// Where the device is.
    public var preciseLocation: Coordinates?
    /// The Bluetooth adapter and the devices near it.
    public var bluetooth: BluetoothInformation?
    /// Why Bluetooth does not work.
    public var bluetoothTroubleshooting: BluetoothDiagnosis?
    /// Whether the device has near-field communication, and whether it is on.
    public var nfc: NfcInformation?
    /// The processes that the system shows to this process, by ascending process id.
    public var processes: [RunningProcess]?
    /// The web view's user agent.
    public var userAgent: String?

    /// Puts one together from its parts.
    public init(
        idfa: String? = nil,
        clipboard: String? = nil,
        clipboardTroubleshooting: ClipboardDiagnosis? = nil,
        fuzzyLocation: Coordinates? = nil,
        preciseLocation: Coordinates? = nil,
        bluetooth: BluetoothInformation? = nil,
        bluetoothTroubleshooting: BluetoothDiagnosis? = nil,
        nfc: NfcInformation? = nil,
        processes: [RunningProcess]? = nil,
        userAgent: String? = nil
    ) {
        self.idfa = idfa
        self.clipboard = clipboard
        self.clipboardTroubleshooting = clipboardTroubleshooting
        self.fuzzyLocation = fuzzyLocation
        self.preciseLocation = preciseLocation
        self.bluetooth = bluetooth
        self.bluetoothTroubleshooting = bluetoothTroubleshooting
        self.nfc = nfc
        self.processes = processes
        self.userAgent = userAgent
    }
}

extension FeatureData: Redacted {
    init(_ native: ScrupleBindings.FeatureData) {
        self.init(
            idfa: native.idfa,
            clipboard: native.clipboard,
            clipboardTroubleshooting: native.clipboardTroubleshooting.map(ClipboardDiagnosis.init),
            fuzzyLocation: native.fuzzyLocation.map(Coordinates.init),
            preciseLocation: native.preciseLocation.map(Coordinates.init),
            bluetooth: native.bluetooth.map(BluetoothInformation.init),
            bluetoothTroubleshooting: native.bluetoothTroubleshooting.map(BluetoothDiagnosis.init),
            nfc: native.nfc.map(NfcInformation.init),
            processes: native.processes?.map(RunningProcess.init),
            userAgent: native.userAgent
        )
    }
}
