import Foundation
import Scruple
import Testing

@Suite struct PolicyTests {
    @Test func theDefaultsAreTheCores() throws {
        let empty = #"{"agreement": "\#(Policy.agreement)", "categories": {"device": {"enabled": true}}}"#
        #expect(try Policy(json: empty) == Policy(categories: [.device: .on]))
        #expect(Policy()[.device] == CategoryPolicy() && !Policy()[.device].enabled)
    }

    @Test func everyFieldIsReadFromJson() throws {
        let policy = try Policy(
            json: """
                {
                    "agreement": "\(Policy.agreement)", // comments are allowed
                    "location_accuracy": "precise",
                    "retention_ms": 1000,
                    "categories": {
                        "device": {
                            "enabled": true,
                            "purposes": ["feature"],
                            "minimum_interval_ms": 2000,
                            "deadline_ms": 3000,
                            "items": {
                                "device.name": {"enabled": true, "purposes": ["feature"], "minimum_interval_ms": 4000}
                            }
                        }
                    }
                }
                """
        )
        let name = ItemPolicy(enabled: true, purposes: [.feature], minimumIntervalMs: 4000)
        let device = CategoryPolicy(
            enabled: true,
            purposes: [.feature],
            minimumIntervalMs: 2000,
            deadlineMs: 3000,
            items: [.deviceName: name]
        )
        #expect(policy == Policy(locationAccuracy: .precise, retentionMs: 1000, categories: [.device: device]))
    }

    @Test func aMistakeIsPlaced() throws {
        do {
            _ = try Policy(
                json: "{\n \"agreement\": \"\(Policy.agreement)\",\n \"categories\": {\"devise\": {}}\n}"
            )
            Issue.record("a category of that name was taken")
        } catch ScrupleError.input(let kind, _, let hint, let position) {
            #expect(kind == .unknownName)
            #expect(position?.line == 3)
            #expect(!hint.isEmpty)
        }
    }

    /// Not as an object that lacks a member: what to mend is the name.
    @Test func aMistypedRequiredNameIsReportedForItsName() throws {
        do {
            _ = try Policy(json: "{\n \"agreemnt\": \"\(Policy.agreement)\"\n}")
            Issue.record("a policy without its agreement was taken")
        } catch ScrupleError.input(let kind, _, let hint, let position) {
            #expect(kind == .unknownName)
            #expect(position?.line == 2)
            #expect(hint.contains("agreement"))
        }
    }

    @Test func aFileIsRead() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let file = directory.appendingPathComponent("scruple.json")
        try Data(#"{"agreement": "\#(Policy.agreement)", "retention_ms": 1000}"#.utf8).write(to: file)
        #expect(try Policy(contentsOf: file) == Policy(retentionMs: 1000))
        #expect(try Policy.bundled("scruple", in: try #require(Bundle(path: directory.path))).retentionMs == 1000)

        try Data([0xff, 0xfe, 0xff]).write(to: file)
        #expect(inputError { try Policy(contentsOf: file) } == "unreadable scruple.json")
        #expect(inputError { try Policy.bundled("nothing") } == "unreadable nothing.json")
    }

    @Test func outOfRangeIsRefusedWhenOpened() async throws {
        do {
            _ = try await Session.open(policy: Policy(retentionMs: 0))
            Issue.record("no retention was taken")
        } catch let error as ScrupleError {
            #expect("\(error)".hasPrefix("retention_ms: out of range; "))
            #expect(error.localizedDescription == error.description)
        }
    }

    /// An item under another category than its own is refused, so every item's category is the core's.
    @Test(arguments: Item.allCases) func anItemsCategoryIsTheCores(item: Item) async throws {
        var policy = Policy()
        policy[item.category].items[item] = ItemPolicy(enabled: true)
        _ = try await Session.open(policy: policy)
    }

    /// The names of enums that no vector has in every case.
    @Test func stableNames() throws {
        #expect(Set(Item.allCases.map(\.category)) == Set(Category.allCases))
        #expect(Item.deviceMccMnc.id == "device.mcc_mnc")
        #expect(InputKind.allCases.map(\.id).contains("unknown_agreement"))
        #expect(SourceError.allCases.map(\.id) == ["unsupported", "disabled", "not_ready", "not_permitted", "failed"])
        #expect(LocationAccuracy.allCases.map(\.id) == ["fuzzy", "precise"])
        #expect(Layer.allCases.map(\.id) == ["agreement", "policy", "consent", "age", "interval", "system"])
    }

    @Test func errorsSpeakTheCoresWords() {
        #expect("\(ScrupleError.closed)" == "closed")
        #expect("\(ScrupleError.expired)".hasPrefix("expired"))
        #expect("\(ScrupleError.revoked)".hasPrefix("revoked"))
        #expect("\(ScrupleError.noThread)".hasPrefix("no thread"))
        #expect("\(ScrupleError.internal)".contains("fault"))
        for kind in InputKind.allCases {
            let error = ScrupleError.input(kind: kind, field: "f", hint: "h", position: Position(line: 1, column: 2))
            #expect("\(error)".hasPrefix("1:2: f: ") && "\(error)".hasSuffix("; h"))
        }
    }

    @Test func errorsAreNumberedForObjectiveC() {
        let input = ScrupleError.input(kind: .tooLong, field: "f", hint: "h", position: Position(line: 1, column: 2))
        let errors = [input, .noThread, .closed, .expired, .revoked, .internal]
        #expect(errors.map(\.errorCode) == Array(1...6) && ScrupleError.errorDomain == "dev.scruple")
        for error in errors {
            #expect(error.errorUserInfo[NSLocalizedDescriptionKey] as? String == error.description)
        }
        let info = input.errorUserInfo
        #expect(["kind", "field", "hint"].map { info[$0] as? String } == ["too_long", "f", "h"])
        #expect(["line", "column"].map { info[$0] as? Int } == [1, 2])
        let elsewhere = ScrupleError.input(kind: .missing, field: "f", hint: "h", position: nil)
        #expect(Set(elsewhere.errorUserInfo.keys) == [NSLocalizedDescriptionKey, "kind", "field", "hint"])
    }
}
