import CoreLocation
import Scruple

extension Source {
    /// Reads ``Item/locationFuzzy``. It asks the system for reduced accuracy, whatever the person allowed. According to
    /// Apple, such a location is usually 1 to 20 km off, and renewed a few times an hour. The core makes a cell of at
    /// least 3 km² of the answer.
    ///
    /// It never prompts the person: the host calls `CLLocationManager.requestWhenInUseAuthorization` before it
    /// collects. The system answers on the main thread. While that thread is blocked, there is no answer.
    public static var fuzzyLocation: Source {
        .fuzzyLocation(
            LocationReader(
                Accuracy(
                    desired: kCLLocationAccuracyReduced,
                    needsFull: false,
                    metres: .infinity,
                    ageSeconds: .infinity
                )
            )
        )
    }
}

#if canImport(ObjectiveC)
    extension ObjectiveCSource {
        /// ``Source/fuzzyLocation``
        @objc public static var fuzzyLocation: ObjectiveCSource { ObjectiveCSource(.fuzzyLocation) }
    }
#endif
