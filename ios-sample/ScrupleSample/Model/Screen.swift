import Scruple

/// Scruple's, not the Objective-C runtime's, whose name reaches every file that imports Foundation on Apple's systems.
typealias Category = Scruple.Category

/// All that is shown at one moment.
struct Screen {
    var accuracy = LocationAccuracy.fuzzy
    var purpose = Purpose.feature
    var age = Age.unknown
    /// The switches that are on: what the person is about to agree to, or has.
    var chosen: Set<Category> = []
    var agreed: Set<Category> = []
    var phase = Phase.opening
    /// Each item; empty until the session is open.
    var outcomes: [Item: Outcome] = [:]
    /// The latest reads, the latest first.
    var audit: [AuditEntry] = []
    /// What went wrong, in Scruple's words, which hold no value.
    var failure: String?
}

/// What the app is doing.
enum Phase {
    case opening, idle, collecting
}

/// What became of an item.
enum Outcome {
    /// Every layer that can be asked without reading permits it, and it was not read.
    case unread
    /// It has no value: a layer withholds it, or the platform gave none.
    case missing(Missing)
    /// It has a value, among those of its snapshot.
    case value(Values)
}

/// What a screen needs of a snapshot: copies, which Scruple cannot wipe, so whoever has them must let go of them.
struct Values {
    var device = DeviceInformation()
    var features = FeatureData()
    var application = ApplicationInformation()
    var miniPrograms: [MiniProgram] = []
    var network = NetworkConfiguration()
    /// Those that may be shown here and go nowhere else.
    var onDeviceOnly: Set<Item> = []
}

extension Values {
    /// What is wiped already is left empty.
    init(_ snapshot: any SnapshotProtocol) {
        device = (try? snapshot.device) ?? device
        features = (try? snapshot.features) ?? features
        application = (try? snapshot.application) ?? application
        miniPrograms = (try? snapshot.miniPrograms) ?? miniPrograms
        network = (try? snapshot.network) ?? network
        onDeviceOnly = (try? snapshot.onDeviceOnly) ?? onDeviceOnly
    }
}
