import Foundation
import RecordedSessions
import Scruple
import Testing

/// Runs `core/tests/vectors`, as the suites of the other languages do. `README.md` there says what is in them.
@Suite(.timeLimit(.minutes(1))) struct VectorTests {
    @Test func everyVectorGivesWhatItSays() async throws {
        let files = try FileManager.default
            .contentsOfDirectory(at: coreTests.appendingPathComponent("vectors"), includingPropertiesForKeys: nil)
            .filter { $0.pathExtension == "json" }
        var count = 0
        var reasons: Set<String> = []
        for file in files {
            for vector in try JSON(String(contentsOf: file, encoding: .utf8)).spelledOut.array {
                reasons.formUnion(try await run(vector))
                count += 1
            }
        }
        print("\(count) vectors")
        #expect(count >= 60)
        // Linux has none of the items that a missing source would be the reason for.
        let expected = Set(Unavailable.allCases).subtracting([.noSource])
        #expect(reasons.isSuperset(of: expected.map(\.id)))
    }

    /// Runs one vector, and gives the reasons that were found in it.
    private func run(_ vector: JSON) async throws -> Set<String> {
        let name = try #require(vector["name"]?.string)
        let policy = try Policy(json: try #require(vector["policy"]).text)
        let scripts = (vector["sources"]?.object ?? [:]).mapValues(Scripted.init)
        defer {
            for script in scripts.values {
                script.end.open()
            }
        }
        let session: Session
        if let sysroot = vector["sysroot"]?.string {
            session = try .recorded(policy, sysroot: coreTests.appendingPathComponent("sysroots/\(sysroot)"))
        } else {
            session = try await .open(policy: policy, sources: try scripts.map { try $1.source(named: $0) })
        }
        try session.updateConsent(try consent(of: vector))
        if let host = vector["host"] {
            try session.supply(HostRecords(json: host.text))
        }
        let purpose = try #require(vector["purpose"]?.string.flatMap(Purpose.init))
        let items = Set(try #require(vector["items"]).array.map { try #require($0.string.flatMap(Item.init)) })
        if vector["again"] != nil {
            _ = try await session.collect(for: purpose, items: items)
        }

        let explained = try outcomes(in: session.explainJson(for: purpose))
        let decisions = try session.explain(for: purpose)
        for (id, decision) in try #require(vector["decisions"]).object {
            #expect(explained[id] == decision, "\(name): the decision on \(id)")
            let typed = try #require(Item(rawValue: id).flatMap { decisions[$0] })
            #expect(outcome(typed) == decision, "\(name): the typed decision on \(id)")
        }

        let snapshot = try await session.collect(for: purpose, items: items)
        let export = try #require(vector["export"]).object
        let exported = try outcomes(in: snapshot.toJson())
        #expect(exported == export, "\(name)")
        // The same reasons, typed.
        let missing = try snapshot.missing.map { ($0.id, outcome($1)) }
        #expect(Dictionary(uniqueKeysWithValues: missing) == export.filter { $1["value"] == nil }, "\(name)")
        // The same values, typed.
        let values = Values(of: snapshot)
        for item in Item.allCases {
            #expect(values[item] == export[item.id]?["value"], "\(name): the typed \(item.id)")
        }
        return Set(export.values.compactMap { $0["unavailable"]?.string })
    }

    private func consent(of vector: JSON) throws -> ConsentUpdate {
        let consent = try #require(vector["consent"])
        var update = ConsentUpdate()
        update.age = try #require(consent["age"]?.string.flatMap(Age.init))
        for grant in consent["granted"]?.array ?? [] {
            let (category, purpose) = try parts(of: grant)
            update.grant(category, for: purpose)
        }
        for grant in consent["revoked"]?.array ?? [] {
            let (category, purpose) = try parts(of: grant)
            update.revoke(category, for: purpose)
        }
        return update
    }

    private func parts(of grant: JSON) throws -> (Category, Purpose) {
        let category = try #require(grant["category"]?.string.flatMap(Category.init))
        return (category, try #require(grant["purpose"]?.string.flatMap(Purpose.init)))
    }

    /// An answer's items, without how long to wait, which depends on the clock.
    private func outcomes(in json: String) throws -> [String: JSON] {
        try #require(try JSON(json)["items"]).object.mapValues { outcome in
            guard var withheld = outcome["withheld"]?.object else { return outcome }
            withheld["remaining_ms"] = nil
            return .object(["withheld": .object(withheld)])
        }
    }

    private func outcome(_ decision: Decision) -> JSON {
        switch decision {
        case .permitted: .object(["permitted": .bool(true)])
        case .withheld(let reason): outcome(.withheld(reason) as Missing)
        }
    }

    private func outcome(_ missing: Missing) -> JSON {
        switch missing {
        case .unavailable(let reason): .object(["unavailable": .string(reason.id)])
        case .withheld(let reason):
            .object([
                "withheld": .object(["layer": .string(reason.layer.id), "reason": .string(reason.id)])
            ])
        }
    }
}

/// A source that does what a vector says.
private final class Scripted: Sendable {
    /// A source that hangs does so until the vector is done.
    let end = Turnstile()
    private let script: JSON

    init(_ script: JSON) {
        self.script = script
    }

    func source(named name: String) throws -> Source {
        switch name {
        case "idfa": .idfa(self)
        case "clipboard": .clipboard(self)
        case "fuzzy_location": .fuzzyLocation(self)
        case "precise_location": .preciseLocation(self)
        case "bluetooth": .bluetooth(self)
        case "nfc": .nfc(self)
        case "web_view": .webView(self)
        default: throw Unscripted(what: name)
        }
    }

    private func answer(_ key: String) throws -> JSON {
        if script["panics"] != nil {
            throw Unscripted(what: "as the vector says")
        }
        if script["hangs"] != nil {
            end.wait()
            throw SourceError.failed
        }
        if let error = script["fails"]?.string.flatMap(SourceError.init) {
            throw error
        }
        return try known(script[key])
    }
}

private struct Unscripted: Error {
    let what: String
}

private func known<Value>(_ value: Value?) throws -> Value {
    guard let value else { throw Unscripted(what: "a vector lacks something") }
    return value
}

extension Scripted: IdfaSource, ClipboardSource, LocationSource, BluetoothSource, NfcSource, WebViewSource {
    func forget() {}

    func permission() throws -> SystemPermission {
        try known(script["permission"]?.string.flatMap(SystemPermission.init))
    }

    func read(deadlineMs: UInt64) throws -> String {
        try known(answer("reads").string)
    }

    func read(deadlineMs: UInt64) throws -> ClipboardText {
        let read = try answer("reads")
        return ClipboardText(text: read["text"]?.string, sensitive: try known(read["sensitive"]?.bool))
    }

    func diagnose(deadlineMs: UInt64) throws -> ClipboardDiagnosis {
        let read = try answer("diagnoses")
        return ClipboardDiagnosis(
            hasContent: try known(read["has_content"]?.bool),
            types: try known(read["types"]).array.compactMap(\.string),
            itemCount: UInt32(try known(read["item_count"]?.number)),
            obstacle: try read["obstacle"]?.string.map { try known(ClipboardObstacle(rawValue: $0)) }
        )
    }

    func read(deadlineMs: UInt64) throws -> Coordinates {
        let read = try answer("reads")
        return Coordinates(
            latitude: try known(read["latitude"]?.number),
            longitude: try known(read["longitude"]?.number)
        )
    }

    func read(deadlineMs: UInt64) throws -> BluetoothInformation {
        let read = try answer("reads")
        let nearby: [JSON]? = if case .array(let nearby)? = read["nearby"] { nearby } else { nil }
        return BluetoothInformation(
            state: try known(read["state"]?.string.flatMap(AdapterState.init)),
            lowEnergy: read["low_energy"]?.bool,
            nearby: try nearby?.map { device in
                BluetoothDevice(
                    name: device["name"]?.string,
                    rssi: Int32(try known(device["rssi"]?.number)),
                    serviceUuids: try known(device["service_uuids"]).array.compactMap(\.string)
                )
            },
            omitted: UInt32(try known(read["omitted"]?.number))
        )
    }

    func diagnose(deadlineMs: UInt64) throws -> BluetoothDiagnosis {
        let read = try answer("diagnoses")
        return BluetoothDiagnosis(
            state: try known(read["state"]?.string.flatMap(AdapterState.init)),
            permission: try known(read["permission"]?.string.flatMap(SystemPermission.init)),
            scanErrors: try known(read["scan_errors"]).array.compactMap(\.number).map { Int32($0) },
            stateChanges: try known(read["state_changes"]).array.compactMap { $0.string.flatMap(AdapterState.init) }
        )
    }

    func read(deadlineMs: UInt64) throws -> NfcInformation {
        let read = try answer("reads")
        return NfcInformation(
            present: try known(read["present"]?.bool),
            enabled: read["enabled"]?.bool,
            hostCardEmulation: read["host_card_emulation"]?.bool
        )
    }
}
