@_exported import Foundation
import StubCalls

/// Follows `UIScreen`.
@MainActor open class UIScreen: NSObject {
    private static let only = UIScreen()

    /// Follows `+[UIScreen mainScreen]`.
    public class var main: UIScreen {
        Calls.note("UIScreen.main")
        return only
    }

    /// Follows `-[UIScreen nativeBounds]`.
    public var nativeBounds: CGRect {
        Calls.note("UIScreen.nativeBounds")
        return hardware.value.nativeBounds
    }

    /// Follows `-[UIScreen nativeScale]`.
    public var nativeScale: CGFloat {
        Calls.note("UIScreen.nativeScale")
        return hardware.value.nativeScale
    }

    /// Follows `-[UIScreen scale]`.
    public var scale: CGFloat {
        Calls.note("UIScreen.scale")
        return hardware.value.scale
    }
}

/// Follows `UIDevice`.
@MainActor open class UIDevice: NSObject {
    private static let only = UIDevice()

    /// Follows `+[UIDevice currentDevice]`.
    public class var current: UIDevice {
        Calls.note("UIDevice.current")
        return only
    }

    /// Follows `-[UIDevice name]`.
    public var name: String {
        Calls.note("UIDevice.name")
        return hardware.value.name
    }

    /// Forbidden: the agreement does not list it.
    ///
    /// Follows `-[UIDevice identifierForVendor]`.
    public var identifierForVendor: UUID? {
        Calls.note("UIDevice.identifierForVendor")
        return UUID()
    }
}
