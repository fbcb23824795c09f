import CoreLocation
import Scruple
import ScrupleLocation

extension Source {
    /// Reads ``Item/locationPrecise``: the most accurate of what the system answers within the deadline. It is never called
    /// while the policy says ``LocationAccuracy/fuzzy``.
    ///
    /// It asks nobody for anything: the host calls `CLLocationManager.requestWhenInUseAuthorization` before it collects. If the
    /// person chose the approximate location only, the item is ``Withheld/denied``. The system answers on the main thread:
    /// while that is blocked there is no answer.
    public static var preciseLocation: Source {
        .preciseLocation(
            LocationReader(
                Accuracy(desired: kCLLocationAccuracyBest, needsFull: true, metres: 50, ageSeconds: 120)
            )
        )
    }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/preciseLocation``
        @objc public static var preciseLocation: ObjectiveCSource { ObjectiveCSource(.preciseLocation) }
    }
#endif
