import Scruple

/// Reads every capability, and has a canary in each text and in each number.
package struct EveryReader: ClipboardSource, LocationSource, BluetoothSource, NfcSource, StorageSource, DeviceSource {
    /// What each text has in it.
    package static let canary = "CANARY"
    /// What each number begins with.
    package static let number = 48_137
    /// The identifier, whose form has no room for the other one.
    package static let identifier = "48137CAF-1111-4222-8333-48137CAFCAFE"

    package func permission() -> SystemPermission { .granted }
    package func read(deadlineMs: UInt64) -> ClipboardText {
        ClipboardText(text: "\(Self.canary) text", sensitive: false)
    }
    package func read(deadlineMs: UInt64) -> Coordinates { Coordinates(latitude: 48.137154, longitude: 11.48137) }
    package func read(deadlineMs: UInt64) -> BluetoothInformation {
        let device = BluetoothDevice(name: Self.canary, rssi: -48, serviceUuids: ["48137CAF"])
        return BluetoothInformation(state: .on, nearby: [device], omitted: UInt32(Self.number))
    }
    package func read(deadlineMs: UInt64) -> NfcInformation {
        NfcInformation(present: true, enabled: true, hostCardEmulation: false)
    }
    package func read(deadlineMs: UInt64) -> UInt64 { 48_137_000_000 }
    package func diagnose(deadlineMs: UInt64) -> ClipboardDiagnosis {
        ClipboardDiagnosis(hasContent: true, types: [Self.canary], itemCount: UInt32(Self.number))
    }
    package func diagnose(deadlineMs: UInt64) -> BluetoothDiagnosis {
        BluetoothDiagnosis(state: .on, permission: .granted, scanErrors: [481], stateChanges: [])
    }
    package func resolution(deadlineMs: UInt64) -> Resolution {
        Resolution(width: 48_137, height: 48_137, scale: 48.137)
    }
    package func name(deadlineMs: UInt64) -> String { Self.canary }
}

/// The user agent and the identifier are texts of one method each.
private struct Texts: WebViewSource, IdfaSource {
    let text: String

    func permission() -> SystemPermission { .granted }
    func read(deadlineMs: UInt64) -> String { text }
}

/// A source for every capability; Linux reads what Apple's devices say by their frameworks only.
package func everySource(onApple: Bool = true) -> [Source] {
    let reader = EveryReader()
    let apples: [Source] = onApple ? [.storage(reader), .device(reader)] : []
    return apples + [
        .webView(Texts(text: "Agent \(EveryReader.canary)")), .idfa(Texts(text: EveryReader.identifier)),
        .clipboard(reader), .fuzzyLocation(reader), .bluetooth(reader), .nfc(reader),
    ]
}

/// Records whose every text is a canary.
package let everyRecord: String = {
    let texts = ["name", "classification_tag", "introduction", "description", "version_number", "version_description"]
    let program = (["id"] + texts).map { "\"\($0)\": \"\(EveryReader.canary)\"" }.joined(separator: ", ")
    let names = ["name", "creator_id", "id"]
    let application = names.map { "\"\($0)\": \"\(EveryReader.canary)\"" }.joined(separator: ", ")
    return """
        {"application": {\(application), "package_name": "com.\(EveryReader.canary)"},
         "mini_programs": [{\(program), "domain_name": "\(EveryReader.canary).example",
                            "code_package_address": {"client": "/\(EveryReader.canary)"}}],
         "network": {"permissions": {"\(EveryReader.canary)": true},
                     "domains": {"request": ["\(EveryReader.canary).example"]}}}
        """
}()
