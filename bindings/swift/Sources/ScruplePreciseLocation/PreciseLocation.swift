import CoreLocation
import Scruple
import ScrupleLocation

extension Source {
    /// Reads ``Item/locationPrecise``: the system's most accurate answer within the deadline. The core never calls it
    /// while the policy says ``LocationAccuracy/fuzzy``.
    ///
    /// It never prompts the person: the host calls `CLLocationManager.requestWhenInUseAuthorization` before it
    /// collects. If the person chose the approximate location only, the item is ``Withheld/denied``. The system answers
    /// on the main thread. While that thread is blocked, there is no answer.
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
