import CoreLocation
import Dispatch
import Foundation
import Scruple

/// What the system answers, from any thread: the most accurate is kept, as a place alone.
final class Answers: Sendable {
    private struct State {
        var best: (place: Coordinates, metresOff: Double)?
        var failure: SourceError?
        var isOver = false
    }

    private let accuracy: Accuracy
    private let state = Guarded(State())
    private let complete = DispatchSemaphore(value: 0)

    init(_ accuracy: Accuracy) {
        self.accuracy = accuracy
    }

    /// One answer. A negative accuracy says that it is no place.
    func put(_ answer: CLLocation) {
        let metresOff = answer.horizontalAccuracy
        guard metresOff >= 0, abs(answer.timestamp.timeIntervalSinceNow) <= accuracy.ageSeconds else { return }
        let coordinate = answer.coordinate
        let place = Coordinates(latitude: coordinate.latitude, longitude: coordinate.longitude)
        let isEnough = state.withLock { state in
            if state.isOver || state.best.map({ $0.metresOff <= metresOff }) == true { return false }
            state.best = (place, metresOff)
            return metresOff <= accuracy.metres
        }
        if isEnough {
            complete.signal()
        }
    }

    /// There will be no other.
    func fail(_ error: SourceError) {
        state.withLock { $0.failure = error }
        complete.signal()
    }

    /// The best, once it is accurate enough, or it failed, or the time is over.
    func wait(until end: DispatchTime) throws -> Coordinates {
        _ = complete.wait(timeout: end)
        return try state.withLock { state in
            guard let best = state.best else { throw state.failure ?? .notReady }
            return best.place
        }
    }

    /// Whatever comes later is let go.
    func close() {
        state.withLock { state in
            state.isOver = true
            state.best = nil
        }
    }
}
