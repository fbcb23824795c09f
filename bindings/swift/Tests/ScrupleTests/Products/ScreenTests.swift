import Foundation
import Scruple
import StubCalls
import Testing
import UIKit

@testable import ScrupleUIKit

extension Products {
    @Suite struct Screen {
        init() async { await resetStubs() }

        private func session(deadlineMs: UInt64 = 10_000) throws -> Session {
            var policy = Policy.everything(deadlineMs: deadlineMs)
            policy[.device].items[.deviceName] = ItemPolicy(enabled: true)
            return try appleSession(policy, sources: [.device(UIKitReader())])
        }

        private func resolution() async throws -> Result<Resolution, Reason> {
            let snapshot = try await session().collect(for: .feature, items: [.deviceResolution])
            if let missing = try snapshot.missing[.deviceResolution] { return .failure(Reason(missing)) }
            return .success(try #require(try snapshot.device.resolution))
        }

        @Test func displayAndNameAreReadOnTheMainThread() async throws {
            hardware.value.name = "Ada’s phone"
            let device = try await session().collect(for: .feature).device
            #expect(device.resolution == Resolution(width: 1179, height: 2556, scale: 3, nativeScale: 3))
            #expect(device.name == "Ada’s phone")
            #expect(device.platform == "ios")
            #expect(Calls.offMain.isEmpty)
            #expect(calls("UIDevice.name") == 1 && calls("UIDevice.identifierForVendor") == 0)
        }

        @Test func theNameIsNotReadUnlessThePolicyNamesIt() async throws {
            let session = try appleSession(sources: [.device(UIKitReader())])
            #expect(try await session.collect(for: .feature).device.resolution != nil)
            #expect(calls("UIScreen.main") == 3 && calls("UIDevice.current") == 0)
        }

        @Test(arguments: [
            (CGFloat(0), Unavailable.malformed), (-1, .readFailed), (.nan, .readFailed), (.infinity, .readFailed),
            (4_294_967_296, .readFailed), (0.4, .malformed),
        ])
        func aDisplayThatIsNoneIsNone(width: CGFloat, reason: Unavailable) async throws {
            hardware.value.nativeBounds.size.width = width
            #expect(try await resolution() == .failure(.unavailable(reason)))
        }

        @Test func aScaleThatIsNoneIsMalformed() async throws {
            for scale in [CGFloat.nan, 0, -3, .infinity] {
                hardware.value.nativeScale = scale
                #expect(try await resolution() == .failure(.unavailable(.malformed)))
                (hardware.value.nativeScale, hardware.value.scale) = (3, scale)
                #expect(try await resolution() == .failure(.unavailable(.malformed)))
                hardware.reset()
            }
        }

        /// An iPhone mini draws three pixels to a point, and has 2.88.
        @Test func aMiniProgramsPixelRatioIsWhatIsDrawn() async throws {
            hardware.value.nativeBounds = CGRect(x: 0, y: 0, width: 1080, height: 2338.6)
            (hardware.value.scale, hardware.value.nativeScale) = (3, 2.88)
            let snapshot = try await session().collect(for: .feature)
            let expected = Resolution(width: 1080, height: 2339, scale: 3, nativeScale: 2.88)
            #expect(try snapshot.device.resolution == expected)
            let info = try snapshot.forMiniProgram()
            #expect(info.pixelRatio == 3 && info.screenWidth == 375 && info.screenHeight == 812)
        }

        @Test func aBlockedMainThreadIsNoDeadlock() async throws {
            let session = try session(deadlineMs: 200)
            try await whileMainIsBlocked {
                let snapshot = try await session.collect(for: .feature)
                for item: Item in [.deviceResolution, .deviceName] {
                    #expect(try snapshot.missing[item] == .unavailable(.timedOut))
                }
                #expect(try snapshot.device.model == "iPhone16,1", "the kernel answers all the same")
            }
            try await eventually {
                try await session.collect(for: .feature, items: [.deviceResolution]).device.resolution != nil
            }
            #expect(calls("UIDevice.current") == 0, "nobody waited for the name any more")
        }

        @Test func aTurnOfTheMainThreadThatIsTooLateIsNotTaken() async throws {
            try await isTooLate { try UIKitReader().resolution(deadlineMs: 50) }
            try await isTooLate { try UIKitReader().name(deadlineMs: 50) }
        }
    }
}
