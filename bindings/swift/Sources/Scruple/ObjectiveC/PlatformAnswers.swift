#if canImport(ObjectiveC)
    import Foundation

    /// Answers what TCMPP asks its delegate, out of the snapshot that it holds; in Objective-C it is `SCRPlatformAnswers`.
    ///
    /// Its methods have the selectors of `TMFMiniAppSDKDelegate`, may be called from any thread, answer at once and never fail:
    /// where the snapshot has ended or has no value the answer is empty, or what TCMPP would take by itself. A host says that it
    /// is a delegate (in Objective-C by a category, in Swift by an extension or a subclass), and holds it, since TCMPP does not.
    @objc(SCRPlatformAnswers)
    open class PlatformAnswers: NSObject, @unchecked Sendable {
        private let held = Guarded<ObjectiveCSnapshot?>(nil)
        private let clipboardInterval: TimeInterval

        /// One that holds no snapshot yet; the interval, in seconds, is what the policy has for the clipboard.
        @objc public init(clipboardInterval: TimeInterval) {
            self.clipboardInterval = clipboardInterval
        }

        /// Answers from this snapshot from now on, and closes the one before; from none if it is `nil`.
        @objc public func hold(_ snapshot: ObjectiveCSnapshot?) {
            let before = held.withLock { held in
                defer { held = snapshot }
                return held
            }
            if before !== snapshot {
                before?.close()
            }
        }

        /// `brand`, `model`, `system` and `platform`, those of them that there are.
        @objc open func getAppDeviceInfo() -> [AnyHashable: Any] {
            snapshot?.appDeviceInfo() ?? [:]
        }

        /// The device's model; empty if there is none.
        @objc open func getAppIPhoneModel() -> String {
            snapshot?.appDeviceInfo()["model"] ?? ""
        }

        /// The web view's user agent, and without one what TCMPP takes by itself.
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
