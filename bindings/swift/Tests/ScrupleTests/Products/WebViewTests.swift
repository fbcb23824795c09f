import Foundation
import Scruple
import StubCalls
import Testing
import WebKit

@testable import ScrupleWebView

extension Products {
    @Suite struct UserAgent {
        init() async { await resetStubs() }

        private func answering(_ value: (any Sendable)?, _ error: (any Error)? = nil) {
            evaluation.value = { _, answer in answer(value, error) }
        }

        private func session(deadlineMs: UInt64 = 10_000) async throws -> Session {
            try appleSession(.everything(deadlineMs: deadlineMs), sources: [.webView])
        }

        @Test func itIsAskedForOnTheMainThread() async throws {
            #expect(try await session().userAgent() == .success("Mozilla/5.0 (iPhone)"))
            #expect(Calls.counts == ["WKWebView.init": 1, "WKWebView.evaluateJavaScript": 1])
            #expect(Calls.offMain.isEmpty)
            try await eventually { webViews.count == 0 }
        }

        @Test func nothingElseIsEvaluated() async throws {
            evaluation.value = { expression, answer in answer(expression, nil) }
            #expect(try await session().userAgent() == .success("navigator.userAgent"))
        }

        @Test func aWebViewThatNeverAnswersIsLetGo() async throws {
            evaluation.value = { _, _ in }
            let session = try await session(deadlineMs: 1_500)
            #expect(try await session.userAgent() == .failure(.unavailable(.timedOut)))
            #expect(webViews.count == 1, "the control: it is held while it is asked")
            evaluation.reset()
            try await eventually { webViews.count == 0 }
            #expect(try await afterwards(session) == .success("Mozilla/5.0 (iPhone)"))
        }

        @Test func aLateAnswerIsThrownAway() async throws {
            evaluation.value = { _, answer in
                DispatchQueue.main.asyncAfter(deadline: .now() + .milliseconds(600)) { answer("late", nil) }
            }
            let session = try await session(deadlineMs: 200)
            #expect(try await session.userAgent() == .failure(.unavailable(.timedOut)))
            evaluation.reset()
            #expect(try await afterwards(session) == .success("Mozilla/5.0 (iPhone)"))
        }

        @Test func theFirstOfTwoAnswersCounts() async throws {
            evaluation.value = { _, answer in
                answer("first", nil)
                answer("second", nil)
                answer(nil, CocoaError(.coderInvalidValue))
            }
            let session = try await session()
            for _ in 0..<3 {
                #expect(try await session.userAgent() == .success("first"))
            }
        }

        @Test func nonsenseHasAReason() async throws {
            answering(nil, CocoaError(.coderInvalidValue))
            #expect(try await session().userAgent() == .failure(.unavailable(.readFailed)))
            answering(42)
            #expect(try await session().userAgent() == .failure(.unavailable(.readFailed)))
            answering("")
            #expect(try await session().userAgent() == .failure(.unavailable(.notStated)))
            answering(String(repeating: "x", count: 10 << 20))
            #expect(try await session().userAgent() == .failure(.unavailable(.tooLong)))
            answering("Agent\r\nCookie: x")
            #expect(try await session().userAgent() == .failure(.unavailable(.malformed)))
        }

        @Test func aBlockedMainThreadIsNoDeadlock() async throws {
            let session = try await session(deadlineMs: 200)
            let answer = try await whileMainIsBlocked { try await session.userAgent() }
            #expect(answer == .failure(.unavailable(.timedOut)))
            #expect(try await afterwards(session) == .success("Mozilla/5.0 (iPhone)"))
        }

        @Test func aTurnOfTheMainThreadThatIsTooLateIsNotTaken() async throws {
            try await isTooLate { try WebViewReader().read(deadlineMs: 50) }
        }

        private func afterwards(_ session: Session) async throws -> Result<String, Reason> {
            try await onceItIsFree { try await session.userAgent() }
        }
    }
}
