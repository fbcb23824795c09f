import Foundation
import Scruple

/// A session, and what belongs to it.
struct Opened {
    let session: any SessionProtocol
    /// What the app supplies of itself.
    let records: HostRecords
    /// How long the policy lets values live, in milliseconds.
    let retentionMs: UInt64
}

/// The app without SwiftUI: what a tap does, and what is on the screen afterwards. It lives as long as the process, so
/// that nothing needs to be saved.
///
/// None of its functions blocks the main thread: sessions are opened and items are read elsewhere.
@MainActor
final class Model {
    /// What to show.
    private(set) var screen = Screen() {
        didSet { changed(screen) }
    }

    /// Called with each new screen, before the function that changed it returns.
    var changed: (Screen) -> Void = { _ in }

    private let open: @MainActor (LocationAccuracy) async throws -> Opened
    private let pause: @MainActor (UInt64) async throws -> Void
    private var opened: Opened?
    private var opening: Task<Void, Never>?
    private var snapshot: (any SnapshotProtocol)?

    /// A collection, and after it the wait for its values' end.
    private var collection: Task<Void, Never>?

    /// - Parameters:
    ///   - pause: Waits for so many milliseconds.
    ///   - open: Opens a session whose policy has this accuracy.
    init(
        pause: @escaping @MainActor (UInt64) async throws -> Void = {
            try await Task.sleep(nanoseconds: $0 * 1_000_000)
        },
        open: @escaping @MainActor (LocationAccuracy) async throws -> Opened
    ) {
        self.pause = pause
        self.open = open
        openSession()
    }

    /// Opts for fuzzy or for precise location. An app has one policy; this one has two, since a tester needs both.
    func choose(_ accuracy: LocationAccuracy) {
        guard accuracy != screen.accuracy else { return }
        opening?.cancel()
        collection?.cancel()
        opened?.session.close()
        opened = nil
        snapshot = nil
        screen = Screen(accuracy: accuracy, purpose: screen.purpose, age: screen.age)
        openSession()
    }

    /// Chooses what the data is for. Values that were collected for the other purpose go.
    func choose(_ purpose: Purpose) {
        guard purpose != screen.purpose else { return }
        screen.purpose = purpose
        leave()
    }

    /// States the person's age.
    func state(_ age: Age) {
        screen.age = age
        update { $0.age = age }
    }

    /// Turns switches on, which agrees to nothing yet, or off, which takes consent back.
    func turn(_ categories: Set<Category>, on: Bool) {
        if on {
            screen.chosen.formUnion(categories)
        } else {
            screen.chosen.subtract(categories)
            takeBack(categories)
        }
    }

    /// Agrees to what is switched on.
    func agree() {
        guard let opened else { return }
        let chosen = screen.chosen
        screen.agreed = chosen
        update { consent in
            for category in chosen { consent.grant(category) }
        }
        let (mine, has) = (opened.records, chosen.contains)
        attempt {
            try opened.session.supply(
                HostRecords(
                    application: has(.application) ? mine.application : nil,
                    miniPrograms: has(.application) ? mine.miniPrograms : [],
                    network: has(.networkConfiguration) ? mine.network : nil
                )
            )
        }
    }

    /// Takes everything back. When this returns, nothing that was read is left.
    func revoke() {
        screen.chosen = []
        takeBack(screen.agreed)
        leave()
    }

    /// Reads what is permitted.
    func collect() {
        guard let opened else { return }
        leave()
        screen.phase = .collecting
        screen.failure = nil
        collection = Task {
            do {
                let collected = try await opened.session.collect(for: screen.purpose)
                guard !Task.isCancelled else { return collected.close() }
                snapshot = collected
            } catch {
                guard !Task.isCancelled else { return }
                screen.failure = words(of: error)
            }
            screen.phase = .idle
            refresh()
            guard (try? await pause(opened.retentionMs)) != nil, !Task.isCancelled else { return }
            leave()
        }
    }

    /// Lets go of what was read: nobody looks at it any more.
    func leave() {
        collection?.cancel()
        snapshot?.close()
        snapshot = nil
        if opened != nil { screen.phase = .idle }
        refresh()
    }

    private func openSession() {
        let accuracy = screen.accuracy
        opening = Task {
            do {
                let opened = try await open(accuracy)
                guard !Task.isCancelled else { return opened.session.close() }
                self.opened = opened
            } catch {
                guard !Task.isCancelled else { return }
                screen.failure = words(of: error)
            }
            screen.phase = .idle
            update { $0.age = screen.age }
        }
    }

    private func takeBack(_ categories: Set<Category>) {
        let taken = screen.agreed.intersection(categories)
        screen.agreed.subtract(taken)
        update { consent in
            for category in taken { consent.revoke(category) }
        }
    }

    /// Changes consent, and shows what follows from it.
    private func update(_ change: (inout ConsentUpdate) -> Void) {
        attempt { try opened?.session.updateConsent(change) }
        refresh()
    }

    /// Shows what the session and its snapshot say now.
    private func refresh() {
        guard let session = opened?.session else { return }
        screen.outcomes = snapshot.flatMap(collected) ?? permitted(by: session)
        screen.audit = session.audit().reversed()
    }

    /// What the session says of each item without reading it.
    private func permitted(by session: any SessionProtocol) -> [Item: Outcome] {
        let decisions = (try? session.explain(for: screen.purpose)) ?? [:]
        return decisions.mapValues { decision in
            switch decision {
            case .permitted: .unread
            case .withheld(let reason): .missing(.withheld(reason))
            }
        }
    }

    /// What a snapshot says of each item; nil once it has ended.
    private func collected(_ snapshot: any SnapshotProtocol) -> [Item: Outcome]? {
        guard let missing = try? snapshot.missing else { return nil }
        let values = Values(snapshot)
        return Dictionary(
            uniqueKeysWithValues: Item.allCases.map { ($0, missing[$0].map(Outcome.missing) ?? .value(values)) }
        )
    }

    private func attempt(_ call: () throws -> Void) {
        do {
            try call()
        } catch {
            screen.failure = words(of: error)
        }
    }

    /// An error of Scruple's says what is wrong and holds no value.
    private func words(of error: any Error) -> String {
        (error as? ScrupleError)?.description ?? "\(type(of: error))"
    }
}
