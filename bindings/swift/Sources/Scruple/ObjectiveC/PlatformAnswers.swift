#if canImport(ObjectiveC)
    import Foundation

    /// Answers TCMPP's questions to its delegate, from the snapshot that it holds. Objective-C knows it as
    /// `SCRPlatformAnswers`.
    ///
    /// Its methods have the selectors of `TMFMiniAppSDKDelegate`. TCMPP may call them from any thread. They answer at
    /// once and never fail: where the snapshot has ended or has no value, the answer is empty or TCMPP's own default. A
    /// host declares that it is a delegate (in Objective-C by a category, in Swift by an extension or a subclass). The
    /// host also holds it, since TCMPP does not.
    @objc(SCRPlatformAnswers)
    open class PlatformAnswers: NSObject, @unchecked Sendable {
        private let held = Guarded<ObjectiveCSnapshot?>(nil)
        private let clipboardInterval: TimeInterval

        /// It holds no snapshot yet. The interval is the policy's for the clipboard, in seconds.
        @objc public init(clipboardInterval: TimeInterval) {
            self.clipboardInterval = clipboardInterval
        }

        /// Answers from this snapshot from now on, or from none if it is `nil`. It closes the snapshot before.
        @objc public func hold(_ snapshot: ObjectiveCSnapshot?) {
            let before = held.withLock { held in
                defer { held = snapshot }
                return held
            }
            if before !== snapshot {
                before?.close()
            }
        }

        /// Of `brand`, `model`, `system` and `platform`, those that the snapshot has.
        @objc open func getAppDeviceInfo() -> [AnyHashable: Any] {
            snapshot?.appDeviceInfo() ?? [:]
        }

        /// The device's model, or an empty text if there is none.
        @objc open func getAppIPhoneModel() -> String {
            snapshot?.appDeviceInfo()["model"] ?? ""
        }

        /// The web view's user agent, or TCMPP's own default if there is none.
        @objc(customUserAgent:)
        open func customUserAgent(_ defaultUserAgent: String) -> String {
            snapshot?.userAgent() ?? defaultUserAgent
        }

        /// The shortest time between two reads of the clipboard, in seconds.
        @objc open func getClipboardInterval() -> NSNumber {
            NSNumber(value: clipboardInterval)
        }

        private var snapshot: ObjectiveCSnapshot? { held.withLock { $0 } }
    }
#endif
