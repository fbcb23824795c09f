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
            #expect(device.resolution == Resolution(width: 1179, height: 2556, scale: 3))
            #expect(device.name == "Ada’s phone")
            #expect(device.platform == "ios")
            #expect(Calls.offMain.isEmpty)
            #expect(calls("UIDevice.name") == 1 && calls("UIDevice.identifierForVendor") == 0)
        }

        @Test func theNameIsNotReadUnlessThePolicyNamesIt() async throws {
            let session = try appleSession(sources: [.device(UIKitReader())])
            #expect(try await session.collect(for: .feature).device.resolution != nil)
            #expect(calls("UIScreen.main") == 2 && calls("UIDevice.current") == 0)
        }

        @Test(arguments: [
            (CGFloat(0), Unavailable.malformed), (-1, .readFailed), (.nan, .readFailed), (.infinity, .readFailed),
            (4_294_967_296, .readFailed), (0.5, .readFailed),
        ])
        func aDisplayThatIsNoneIsNone(width: CGFloat, reason: Unavailable) async throws {
            hardware.value.nativeBounds.size.width = width
            #expect(try await resolution() == .failure(.unavailable(reason)))
        }

        @Test func aScaleThatIsNoneIsMalformed() async throws {
            for scale in [CGFloat.nan, 0, -3, .infinity] {
                hardware.value.nativeScale = scale
                #expect(try await resolution() == .failure(.unavailable(.malformed)))
            }
        }

        @Test func aBlockedMainThreadIsNoDeadlockAndATurnTooLateIsNotTaken() async throws {
            let session = try session(deadlineMs: 200)
            try await whileMainIsBlocked {
                let snapshot = try await session.collect(for: .feature)
                for item: Item in [.deviceResolution, .deviceName] {
                    #expect(try snapshot.missing[item] == .unavailable(.timedOut))
                }
                #expect(try snapshot.device.model == "iPhone16,1", "the kernel answers all the same")
            }
            await aTurnOfTheMainThread()
            #expect(Calls.total == 0)
            try await eventually {
                try await session.collect(for: .feature, items: [.deviceResolution]).device.resolution != nil
            }
            #expect(calls("UIDevice.current") == 0, "nobody waited for the name any more")
        }
    }
}
