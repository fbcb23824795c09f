import Foundation
import Scruple
import ScrupleBluetooth
import ScrupleClipboard
import ScrupleIDFA
import ScrupleLocation
import ScrupleNFC
import ScruplePreciseLocation
import ScrupleStorage
import ScrupleWebView
import SwiftUI

/// The model, as SwiftUI watches and changes it.
@MainActor
final class Store: ObservableObject {
    @Published private(set) var screen = Screen()

    /// Whether iOS is asking the person for a permission.
    @Published private(set) var isAsking = false

    let model: Model
    private let ask: @MainActor (Set<Category>) async -> Void

    /// - Parameters:
    ///   - ask: Lets iOS ask the person for what these categories need.
    ///   - open: Opens a session whose policy has this accuracy.
    init(
        ask: @escaping @MainActor (Set<Category>) async -> Void = Permissions().ask,
        open: @escaping @MainActor (LocationAccuracy) async throws -> Opened = Store.open
    ) {
        self.ask = ask
        model = Model(open: open)
        model.changed = { [weak self] in self?.screen = $0 }
    }

    var age: Age {
        get { screen.age }
        set { model.state(newValue) }
    }

    var purpose: Purpose {
        get { screen.purpose }
        set { model.choose(newValue) }
    }

    var accuracy: LocationAccuracy {
        get { screen.accuracy }
        set { model.choose(newValue) }
    }

    var chosen: Set<Category> {
        get { screen.chosen }
        set {
            let before = screen.chosen
            model.turn(newValue.subtracting(before), on: true)
            model.turn(before.subtracting(newValue), on: false)
        }
    }

    /// Consent first, then what iOS asks, then the collection, whatever the person answered: what iOS does not permit is
    /// not read, and the table says so.
    func agree() {
        model.agree()
        isAsking = true
        Task {
            await ask(screen.agreed)
            isAsking = false
            model.collect()
        }
    }

    static func open(_ accuracy: LocationAccuracy) async throws -> Opened {
        let policy = try Policy.bundled(accuracy == .fuzzy ? "scruple" : "scruple-precise")
        let sources: [Source] = [
            .bluetooth, .clipboard, .fuzzyLocation, .idfa, .nfc, .preciseLocation, .storage, .webView,
        ]
        let session = try await Session.open(policy: policy, sources: sources)
        return Opened(session: session, records: try records(), retentionMs: policy.retentionMs)
    }

    private static func records() throws -> HostRecords {
        let file = Bundle.main.url(forResource: "host-records", withExtension: "json")
        return try HostRecords(json: file.map { try String(contentsOf: $0, encoding: .utf8) } ?? "{}")
    }
}

extension Set<Category> {
    /// Whether a category is in it.
    subscript(contains category: Category) -> Bool {
        get { contains(category) }
        set { if newValue { insert(category) } else { remove(category) } }
    }

    /// Whether every category is in it; not to be so any more takes out all of them.
    var isFull: Bool {
        get { count == Category.allCases.count }
        set { self = newValue ? Set(Category.allCases) : [] }
    }
}
