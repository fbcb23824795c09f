#if canImport(UIKit)
    import UIKit

    #if os(Linux)
        // There it is a module of the tests.
        import Scruple
    #endif

    /// Asks UIKit, which a Mac has not, on the main thread.
    struct UIKitReader: DeviceSource {
        func resolution(deadlineMs: UInt64) throws -> Resolution {
            // `main` is discouraged for laying out views, deprecated from iOS 26, and the only one that needs no window: a
            // scene is found through `UIApplication.shared`, which app extensions do not have. Its native bounds are in
            // pixels, upright.
            let (size, scale, nativeScale) = try onMain(deadlineMs: deadlineMs) {
                (UIScreen.main.nativeBounds.size, UIScreen.main.scale, UIScreen.main.nativeScale)
            }
            // A scaled display has parts of pixels.
            guard let width = UInt32(exactly: size.width.rounded()), let height = UInt32(exactly: size.height.rounded())
            else {
                throw SourceError.failed
            }
            return Resolution(
                width: width,
                height: height,
                scale: Double(scale),
                nativeScale: Double(nativeScale)
            )
        }

        func name(deadlineMs: UInt64) throws -> String {
            try onMain(deadlineMs: deadlineMs) { UIDevice.current.name }
        }
    }
#endif
