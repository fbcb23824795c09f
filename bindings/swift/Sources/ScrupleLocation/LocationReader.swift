import CoreLocation
import Dispatch
import Scruple

/// Asks the system's location manager, on the main thread: it needs a run loop.
package struct LocationReader: LocationSource {
    private let accuracy: Accuracy

    /// A reader of locations that are so accurate.
    package init(_ accuracy: Accuracy) {
        self.accuracy = accuracy
    }

    package func permission() throws -> SystemPermission {
        // The core asks this without a deadline, and stops waiting by its own.
        try onMain(deadlineMs: 10_000) { CLLocationManager().permission(accuracy) }
    }

    package func read(deadlineMs: UInt64) throws -> Coordinates {
        let begun = DispatchTime.now()
        let answers = Answers(accuracy)
        let request = Request(answers)
        defer {
            answers.close()
            DispatchQueue.main.async { request.end() }
        }
        try onMain(deadlineMs: deadlineMs) { try request.begin(accuracy) }
        // Left for the way back, so that the best so far is an answer, and the next call finds the reader free.
        let margin = min(deadlineMs / 4, 500)
        return try answers.wait(until: begun + .milliseconds(Int(clamping: deadlineMs - margin)))
    }
}

/// Updates under way, from the main thread to the main thread.
@MainActor private final class Request {
    private let listener: Listener
    private var manager: CLLocationManager?

    nonisolated init(_ answers: Answers) {
        listener = Listener(answers)
    }

    func begin(_ accuracy: Accuracy) throws {
        let manager = CLLocationManager()
        // Taken back since the gate asked.
        guard manager.permission(accuracy) == .granted else { throw SourceError.notPermitted }
        manager.delegate = listener
        manager.desiredAccuracy = accuracy.desired
        // One request alone would take the system ten seconds for its best, and give nothing before.
        manager.startUpdatingLocation()
        self.manager = manager
    }

    func end() {
        manager?.stopUpdatingLocation()
        manager?.delegate = nil
        manager = nil
    }
}

/// What the system calls, on whatever thread.
private final class Listener: NSObject, CLLocationManagerDelegate, Sendable {
    private let answers: Answers

    init(_ answers: Answers) {
        self.answers = answers
    }

    func locationManager(_ manager: CLLocationManager, didUpdateLocations locations: [CLLocation]) {
        locations.forEach(answers.put)
    }

    func locationManager(_ manager: CLLocationManager, didFailWithError error: any Error) {
        switch (error as? CLError)?.code {
        // The system goes on trying.
        case .locationUnknown: break
        case .denied: answers.fail(.notPermitted)
        default: answers.fail(.failed)
        }
    }
}

#if os(macOS)
    /// A Mac's person allows it once and for all.
    private let allowing: [CLAuthorizationStatus] = [.authorizedAlways]
#else
    private let allowing: [CLAuthorizationStatus] = [.authorizedAlways, .authorizedWhenInUse]
#endif

extension CLLocationManager {
    /// What the person allowed the app.
    fileprivate func permission(_ accuracy: Accuracy) -> SystemPermission {
        switch authorizationStatus {
        case .notDetermined: .notDetermined
        case .restricted: .restricted
        case let status where allowing.contains(status):
            accuracy.needsFull && accuracyAuthorization != .fullAccuracy ? .denied : .granted
        default: .denied
        }
    }
}
