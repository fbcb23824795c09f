import Foundation
import Scruple
import ScrupleClipboard
import ScrupleConsentUI
import ScrupleLocation
import ScrupleTesting
import ScrupleWebView
import SwiftUI

// The code of docs/guide, block by block, which nobody would compile there.

enum HostApp {
    /// Opened when it is first asked for, and held for as long as the process lives.
    static let session = Task {
        try await Session.open(policy: .bundled("scruple"), sources: [.fuzzyLocation, .webView])
    }
}

func opened() async throws {
    let session = try await HostApp.session.value
    try agree(session)
}

func agree(_ session: Session) throws {
    try session.updateConsent {
        $0.age = .atLeastMinimum
        $0.grant(.device, .location, .webView)
    }
}

func collect(from session: Session, show: (String?) -> Void, log: (String) -> Void) async throws {
    let snapshot = try await session.collect(for: .feature)
    show(try snapshot.device.model)
    // Such as "platform_has_none": an id, never a value.
    if let missing = try snapshot.missing[.deviceMccMnc] { log(missing.id) }
}

final class Answers: @unchecked Sendable {  // `latest` only under the lock
    private let lock = NSLock()
    private var latest: (any SnapshotProtocol)?

    /// When a mini-program starts, and when its values have ended or consent has changed.
    func refresh(from session: any SessionProtocol) async throws {
        replace(with: try await session.collect(for: .feature))
    }

    /// When the app goes to the background.
    func forget() {
        replace(with: nil)
    }

    func deviceInfo() -> [String: String] {
        lock.withLock { latest }?.appDeviceInfo() ?? [:]
    }

    func fuzzyLocation() -> Coordinates? {
        try? lock.withLock { latest }?.features.fuzzyLocation  // nil if the values have ended
    }

    private func replace(with snapshot: (any SnapshotProtocol)?) {
        let ended = lock.withLock {
            defer { latest = snapshot }
            return latest
        }
        ended?.close()
    }
}

final class Delegate {
    private let answers = Answers()

    // In your delegate, which holds the answers.
    // With another type, such as [String: String], Swift would not take it for the method of the protocol.
    func getAppDeviceInfo() -> [AnyHashable: Any] {
        answers.deviceInfo()
    }
}

func paste(_ text: String) async throws -> String? {
    let pasted = PastedText()
    let pasting = try await Session.open(policy: .bundled("scruple"), sources: [.pasted(pasted)])

    /// In the button's action.
    func use(_ text: String) async throws -> String? {
        pasted.paste(text)
        return try await pasting.collect(for: .feature, items: [.clipboardContent]).features.clipboard
    }
    return try await use(text)
}

struct Notice: View {
    let session: Session
    @State var form: ConsentForm

    init(_ session: Session) throws {
        self.session = session
        _form = State(wrappedValue: try ConsentForm(of: session))
    }

    var body: some View {
        Form {
            ConsentList($form)
            Button("Agree") {
                try? session.updateConsent(form.update(of: session))
            }
        }
    }
}

func watch(_ snapshot: Snapshot, log: (String) -> Void) async {
    for await reason in snapshot.end { log(reason.description) }
}

func test() async throws {
    var values = TestValues()
    values.device.model = "iPhone16,1"
    let session = TestSession(values: values)
    try session.updateConsent {
        $0.age = .atLeastMinimum
        $0.grant(.device)
    }
    let answers = Answers()
    try await answers.refresh(from: session)
    assert(answers.deviceInfo()["model"] == "iPhone16,1")
}

/// What a range of ages says of the minimum. Without a range, or with the minimum inside of it, nothing.
func age(lower: Int?, upper: Int?, minimum: Int) -> Age {
    if let lower, lower >= minimum { return .atLeastMinimum }
    if let upper, upper <= minimum { return .belowMinimum }
    return .unknown
}
