import Foundation
import Scruple
import ScrupleTesting
import Testing

@testable import ScrupleSample

/// The sample's model over sessions in memory, which wait for nobody.
@MainActor
final class SampleUnderTest {
    private(set) var model: Model!
    private(set) var sessions: [LateSession] = []
    private(set) var accuracies: [LocationAccuracy] = []
    /// The waits that were asked for, in milliseconds.
    private(set) var waits: [UInt64] = []
    private var end: AsyncStream<Void>.Continuation?

    init() {
        model = Model { [unowned self] milliseconds in
            waits.append(milliseconds)
            // Until a test says so, or the wait is cancelled.
            let (ended, end) = AsyncStream.makeStream(of: Void.self)
            self.end = end
            for await _ in ended { return }
        } open: { [unowned self] accuracy in
            accuracies.append(accuracy)
            var values = TestValues()
            values.device.model = "iPhone15,2"
            values.features.userAgent = "Mozilla/5.0"
            sessions.append(LateSession(values: values))
            let records = HostRecords(
                application: ApplicationInformation(name: "Example Shop"),
                network: NetworkConfiguration(permissions: ["scope.bluetooth": true])
            )
            return Opened(session: sessions.last!, records: records, retentionMs: 60_000)
        }
    }

    static func opened() async -> SampleUnderTest {
        let app = SampleUnderTest()
        await app.settled()
        return app
    }

    static func agreed(to categories: Set<ScrupleSample.Category>) async -> SampleUnderTest {
        let app = await opened()
        await app.agree(to: categories)
        return app
    }

    var screen: Screen { model.screen }

    /// The items that have a value.
    var values: [Item: Values] {
        screen.outcomes.compactMapValues { if case .value(let values) = $0 { values } else { nil } }
    }

    func reason(_ item: Item) -> Missing? {
        if case .missing(let missing) = screen.outcomes[item] { missing } else { nil }
    }

    func agree(to categories: Set<ScrupleSample.Category>) async {
        model.state(.atLeastMinimum)
        model.turn(categories, on: true)
        model.agree()
        await collected()
    }

    func collected() async {
        model.collect()
        await settled()
    }

    func settled() async {
        await until { $0.screen.phase == .idle && !$0.screen.outcomes.isEmpty }
    }

    func until(_ isSo: (SampleUnderTest) -> Bool) async {
        await eventually { isSo(self) }
    }

    /// Ends the wait for the values' end.
    func endWait() {
        end?.yield()
    }
}

/// Waits until it is so, for what happens in a later turn.
@MainActor func eventually(_ isSo: () -> Bool, at location: SourceLocation = #_sourceLocation) async {
    for _ in 0..<5_000 {
        if isSo() { return }
        try? await Task.sleep(nanoseconds: 1_000_000)
    }
    Issue.record("it never came to be so", sourceLocation: location)
}
