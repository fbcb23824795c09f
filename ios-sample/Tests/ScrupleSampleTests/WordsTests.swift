import Foundation
import Scruple
import Testing

@testable import ScrupleSample

@MainActor @Suite struct WordsTests {
    private let english = Language.english.words
    private let chinese = Language.chinese.words

    @Test func everyCaseHasItsWords() {
        for language in [Language.english, Language.chinese] {
            let words = language.words
            var names = Category.allCases.map(words.name) + Purpose.allCases.map(words.name)
            names += Item.allCases.map(words.name)
            names += Unavailable.allCases.map { words.reason(.unavailable($0)) }
            names += withheld.map { words.reason(.withheld($0)) }
            names += Age.allCases.map { words("age_\($0.id)") }
            names += LocationAccuracy.allCases.map { words("policy_\($0.id)") }
            names += AdapterState.allCases.map { words("value_adapter_\($0.id)") }
            names += ClipboardObstacle.allCases.map { words("value_obstacle_\($0.id)") }
            names += SystemPermission.allCases.map { words("value_permission_\($0.id)") }
            #expect(names.count == Item.allCases.count + 60)
            for name in names {
                #expect(name.contains("_") == false && !name.isEmpty, "\(language.code): \(name)")
            }
        }
    }

    /// One of each.
    private let withheld: [Withheld] = [
        .notForThisPurpose, .sensitive, .switchedOff, .purposeOff, .preciseWhileFuzzy, .notGranted, .revoked,
        .ageUnknown, .ageBelowMinimum, .tooSoon(remainingMs: 1), .denied, .restricted, .notDetermined,
    ]

    @Test func aRowSaysItsValue() {
        var values = Values()
        values.device.cpu = Cpu(names: ["A"], hardware: "B", cores: 6, maxFrequencyKhz: 3_460_000)
        values.device.resolution = Resolution(width: 1179, height: 2556, scale: 3)
        values.device.storageCapacity = 127_989_493_760
        values.device.incrementalVersion = IncrementalVersion(incremental: "20A362", visual: "Version 16.0")
        values.device.systemVersion = SystemVersion(version: "16.0", name: "iOS 16.0")
        values.features.fuzzyLocation = Coordinates(latitude: 52.51, longitude: 13.39)
        values.features.processes = [Scruple.RunningProcess(pid: 7, name: "Sample")]
        values.features.nfc = NfcInformation(present: true, enabled: true, hostCardEmulation: false)
        values.features.bluetooth = BluetoothInformation(
            state: .on,
            lowEnergy: true,
            nearby: [BluetoothDevice(rssi: -40)],
            omitted: 2
        )
        values.features.bluetoothTroubleshooting = BluetoothDiagnosis(
            state: .off,
            permission: .denied,
            scanErrors: [2, 3]
        )
        values.features.clipboardTroubleshooting = ClipboardDiagnosis(
            hasContent: true,
            types: ["public.utf8-plain-text"],
            itemCount: 2,
            obstacle: .refused
        )
        let shown: [(Item, String, String)] = [
            (.deviceCpu, "6 cores, A, B, up to 3460 MHz", "6 核, A, B, 最高 3460 MHz"),
            (.deviceResolution, "1179 × 2556, 3.0 px per pt", "1179 × 2556，每 pt 3.0 像素"),
            (.deviceIncrementalVersion, "20A362 (Version 16.0)", "20A362（Version 16.0）"),
            (.deviceSystemVersion, "iOS 16.0", "iOS 16.0"),
            (.locationFuzzy, "52.5100°, 13.3900°", "52.5100°，13.3900°"),
            (.processListProcesses, "1 process: Sample", "1 个进程：Sample"),
            (.nfcInformation, "present, on", "有, 已打开"),
            (.bluetoothInformation, "on, Low Energy, nearby: 3", "已打开, 低功耗, 附近设备：3"),
            (
                .bluetoothTroubleshooting, "off, permission: denied, scan errors: 2, 3",
                "已关闭, 权限：被拒绝, 扫描错误：2, 3"
            ),
            (
                .clipboardTroubleshooting, "has content, 2 entries, public.utf8-plain-text, refused",
                "有内容, 2 个条目, public.utf8-plain-text, 被拒绝"
            ),
        ]
        let outcome = Outcome.value(values)
        for (item, inEnglish, inChinese) in shown {
            #expect(english.row(item, outcome).detail == inEnglish)
            #expect(chinese.row(item, outcome).detail == inChinese)
            #expect(english.row(item, outcome).standing == nil)
        }
        #expect(english.row(.deviceStorageCapacity, outcome).detail == "127.99 GB")
        values.onDeviceOnly = [.deviceStorageCapacity]
        let stays = english.row(.deviceStorageCapacity, .value(values))
        #expect(stays.spoken == "Storage capacity. 127.99 GB (stays on this device)")
        #expect(english.row(.deviceModel, outcome).detail == "", "one that is gone says nothing")
    }

    @Test func hostRecordsAreShown() throws {
        let json = try Files.text(Files.sample.appendingPathComponent("host-records.json"))
        let records = try HostRecords(json: json)
        var values = Values()
        values.application = records.application ?? ApplicationInformation()
        values.miniPrograms =
            records.miniPrograms + [
                MiniProgram(
                    id: "mp-2",
                    codePackage: CodePackage(size: 2_000_000, sha256: "00ff"),
                    codePackageAddress: CodePackageAddress(client: "/a", server: "https://example.com/a")
                )
            ]
        values.network = records.network ?? NetworkConfiguration()
        let outcome = Outcome.value(values)
        #expect(english.row(.applicationName, outcome).detail == "Example Shop")
        #expect(english.row(.miniProgramId, outcome).detail == "mp-orders\nmp-2")
        #expect(english.row(.miniProgramCodePackage, outcome).detail.hasSuffix(", SHA-256 00ff"))
        #expect(english.row(.miniProgramCodePackageAddress, outcome).detail == "/a, https://example.com/a")
        #expect(english.row(.networkPermissionConfiguration, outcome).detail == "2 permissions")
        #expect(english.row(.networkDomainConfiguration, outcome).detail == "2 domains")
    }

    @Test func aRowSaysWhyThereIsNoValue() {
        let denied = english.row(.locationFuzzy, .missing(.withheld(.denied)))
        #expect((denied.standing, denied.detail) == (.withheld, "iOS: permission denied"))
        #expect(denied.spoken == "Fuzzy location. Withheld, iOS: permission denied")
        let soon = chinese.row(.locationFuzzy, .missing(.withheld(.tooSoon(remainingMs: 29_001))))
        #expect(soon.spoken == "模糊位置。已拦截，间隔：刚刚读取过，请等待 30 秒")
        let none = english.row(.deviceMccMnc, .missing(.unavailable(.platformHasNone)))
        #expect((none.standing, none.detail) == (.unavailable, "iOS has none"))
        let unread = english.row(.deviceModel, .unread)
        #expect(unread.spoken == "Model. Permitted, not read")
        let nothing = english.row(.deviceModel, nil)
        #expect((nothing.standing, nothing.detail) == (nil, ""))
    }

    @Test func theStatusCounts() async {
        var screen = Screen()
        #expect(english.status(screen) == "Opening…")
        screen.phase = .collecting
        #expect(english.status(screen) == "Collecting…")
        screen.phase = .idle
        screen.outcomes = [.deviceModel: .unread, .deviceBrand: .missing(.withheld(.notGranted))]
        #expect(english.status(screen) == "No values · Permitted: 1 · Withheld: 1")
        screen.outcomes[.deviceModel] = .value(Values())
        screen.outcomes[.deviceOperator] = .missing(.unavailable(.platformHasNone))
        #expect(english.status(screen) == "Values: 1 · Withheld: 1 · Unavailable: 1")
        screen.failure = "no thread"
        #expect(chinese.status(screen) == "失败：no thread")
    }

    @Test func theAuditSaysWhatAndWhatFor() {
        let line = english.line(AuditEntry(atMs: 0, item: .deviceModel, purpose: .troubleshooting))
        #expect(line.hasSuffix(" · Model · Troubleshooting"))
        #expect(line.contains(":00:00"), "midnight of 1970 in whatever time zone of full hours")
    }

    @Test func afterARevocationNoRowHasAValue() async {
        let app = await SampleUnderTest.agreed(to: Set(Category.allCases))
        let shown = { Item.allCases.map { english.row($0, app.screen.outcomes[$0]).spoken } }
        #expect(shown().contains("Model. iPhone15,2"))
        app.model.revoke()
        #expect(shown().allSatisfy { $0.contains("Withheld, Consent: taken back") })
        #expect(english.status(app.screen) == "No values · Permitted: 0 · Withheld: 40")
    }
}
