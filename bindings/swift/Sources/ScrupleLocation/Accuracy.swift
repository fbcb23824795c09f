/// How accurate a location has to be, and how to get it.
package struct Accuracy: Sendable {
    /// What the system is asked for.
    let desired: Double
    /// Whether the person has to have allowed full accuracy.
    let needsFull: Bool
    /// An answer that is no further off ends the wait for a better one.
    let metres: Double
    /// An answer that is older is none: the device may be somewhere else.
    let ageSeconds: Double

    /// Puts one together from its parts.
    package init(desired: Double, needsFull: Bool, metres: Double, ageSeconds: Double) {
        self.desired = desired
        self.needsFull = needsFull
        self.metres = metres
        self.ageSeconds = ageSeconds
    }
}
