@_exported import Foundation
import StubCalls

/// What the device's display and its owner's name for it are.
public struct Hardware: Sendable {
    public var nativeBounds = CGRect(x: 0, y: 0, width: 1179, height: 2556)
    public var nativeScale: CGFloat = 3
    public var name = "iPhone"

    public init() {}
}

/// What it is now.
public let hardware = Script(Hardware())

@MainActor public final class UIScreen {
    private static let only = UIScreen()

    public class var main: UIScreen {
        Calls.note("UIScreen.main")
        return only
    }

    public var nativeBounds: CGRect {
        Calls.note("UIScreen.nativeBounds")
        return hardware.value.nativeBounds
    }

    public var nativeScale: CGFloat {
        Calls.note("UIScreen.nativeScale")
        return hardware.value.nativeScale
    }
}

@MainActor public final class UIDevice {
    private static let only = UIDevice()

    public class var current: UIDevice {
        Calls.note("UIDevice.current")
        return only
    }

    public var name: String {
        Calls.note("UIDevice.name")
        return hardware.value.name
    }

    /// Forbidden: the agreement does not list it.
    public var identifierForVendor: UUID? {
        Calls.note("UIDevice.identifierForVendor")
        return UUID()
    }
}
