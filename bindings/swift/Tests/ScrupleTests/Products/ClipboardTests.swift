import Foundation
import Scruple
import ScrupleClipboard
import StubCalls
import Testing
import UIKit

extension Turnstile {
    /// What is said once it is open.
    fileprivate func answer(_ text: String) -> String {
        wait()
        return text
    }
}

/// What is said after another app has put a secret there.
private func concealedMeanwhile() -> String {
    pasteboard.value.types.append("org.nspasteboard.ConcealedType")
    return "a password"
}

extension Products {
    @Suite struct Clipboard {
        init() async { await resetStubs() }

        private func put(_ string: @autoclosure @escaping @Sendable () -> String?) {
            var content = Pasteboard()
            content.hasStrings = true
            content.numberOfItems = 1
            content.types = ["public.utf8-plain-text"]
            content.string = string
            pasteboard.value = content
        }

        private func content(_ policy: Policy = .everything()) async throws -> Result<String, Reason> {
            try await appleSession(policy, sources: [.clipboard]).feature(.clipboardContent, \.clipboard)
        }

        private func diagnosis() async throws -> Result<ClipboardDiagnosis, Reason> {
            try await appleSession(sources: [.clipboard])
                .feature(.clipboardTroubleshooting, \.clipboardTroubleshooting, for: .troubleshooting)
        }

        @Test func textIsReadOnceAndNotOnTheMainThread() async throws {
            put("a note")
            #expect(try await content() == .success("a note"))
            #expect(
                Calls.counts == [
                    "UIPasteboard.general": 1, "UIPasteboard.hasStrings": 1, "UIPasteboard.types(forItemSet:)": 2,
                    "UIPasteboard.string": 1,
                ]
            )
            #expect(Calls.offMain.contains("UIPasteboard.string"))
        }

        @Test func whatIsPastedByTheSystemsControlGoesThroughTheGateAndNobodyIsAsked() async throws {
            put("not this")
            let pasted = PastedText()
            let session = try appleSession(sources: [.pasted(pasted)])
            func content() async throws -> Result<String, Reason> {
                try await session.feature(.clipboardContent, \.clipboard)
            }
            #expect(try await content() == .failure(.unavailable(.notReady)))
            pasted.paste("a note")
            #expect(try await content() == .success("a note"))
            #expect(try await content() == .failure(.unavailable(.notReady)), "it is given once")
            pasted.paste("4111 1111 1111 1111")
            #expect(try await content() == .failure(.withheld(.sensitive)))
            pasted.paste("a note")
            try session.updateConsent { $0.revoke(.clipboard) }
            #expect(try await content() == .failure(.withheld(.revoked)))
            try session.agree()
            #expect(try await content() == .failure(.unavailable(.notReady)), "it went with the consent")
            #expect(Calls.total == 0)
        }

        @Test func withoutTextNobodyIsAsked() async throws {
            #expect(try await content() == .failure(.unavailable(.notStated)))
            #expect(calls("UIPasteboard.hasStrings") == 1 && calls("UIPasteboard.string") == 0)
        }

        @Test(arguments: [
            "org.nspasteboard.ConcealedType", "com.agilebits.onepassword", "com.agilebits.onepassword.clipboard",
            "net.antelle.keeweb",
        ])
        func whatAPasswordManagerMarkedIsNotLookedAt(marker: String) async throws {
            put("a password")
            #expect(try await content() == .success("a password"), "the control")
            pasteboard.value.types.append(marker)
            #expect(try await content() == .failure(.withheld(.sensitive)))
            put("a password")
            pasteboard.value.otherTypes = [["public.utf8-plain-text", marker]]
            #expect(try await content() == .failure(.withheld(.sensitive)))
            #expect(calls("UIPasteboard.string") == 1, "the control alone was read")
        }

        @Test func whatBecameASecretMeanwhileIsDropped() async throws {
            put(concealedMeanwhile())
            #expect(try await content() == .failure(.withheld(.sensitive)))
            #expect(calls("UIPasteboard.string") == 1)
        }

        @Test func aRefusalIsOne() async throws {
            put(nil)
            #expect(try await content() == .failure(.unavailable(.notPermitted)))
        }

        @Test func whatIsWrongIsSaidWithoutTheText() async throws {
            put("a note")
            let text = ClipboardDiagnosis(hasContent: true, types: ["public.utf8-plain-text"], itemCount: 1)
            #expect(try await diagnosis() == .success(text))
            pasteboard.value.hasStrings = false
            pasteboard.value.types = ["public.png"]
            pasteboard.value.numberOfItems = 2
            let picture = ClipboardDiagnosis(
                hasContent: true,
                types: ["public.png"],
                itemCount: 2,
                obstacle: .notText
            )
            #expect(try await diagnosis() == .success(picture))
            pasteboard.reset()
            #expect(try await diagnosis() == .success(ClipboardDiagnosis(hasContent: false, itemCount: 0)))
            #expect(calls("UIPasteboard.string") == 0, "the person was asked")
        }

        @Test func bothTogetherReadItOnce() async throws {
            put("a note")
            let session = try appleSession(sources: [.clipboard])
            let snapshot = try await session.collect(
                for: .troubleshooting,
                items: [.clipboardContent, .clipboardTroubleshooting]
            )
            #expect(try snapshot.features.clipboard == "a note")
            #expect(try snapshot.features.clipboardTroubleshooting?.hasContent == true)
            #expect(calls("UIPasteboard.string") == 1)
        }

        @Test func nonsenseHasAReason() async throws {
            put("4111 1111 1111 1111")
            #expect(try await content() == .failure(.withheld(.sensitive)))
            put(String(repeating: "x", count: 10 << 20))
            #expect(try await content() == .failure(.unavailable(.tooLong)))
            put("")
            #expect(try await content() == .failure(.unavailable(.notStated)))
            pasteboard.value.numberOfItems = .max
            pasteboard.value.types = Array(repeating: "public.text", count: 1000) + ["content in \u{1F3AD} disguise"]
            let diagnosis = try await diagnosis().get()
            #expect(diagnosis.itemCount == .max && diagnosis.types.count == 16)
            pasteboard.value.numberOfItems = -1
            #expect(try await self.diagnosis().get().hasContent == false)
        }

        @Test func whatThePersonAnswersTooLateIsThrownAway() async throws {
            let gate = Turnstile()
            put(gate.answer("late"))
            let session = try appleSession(.everything(deadlineMs: 100), sources: [.clipboard])
            #expect(try await session.feature(.clipboardContent, \.clipboard) == .failure(.unavailable(.timedOut)))
            #expect(try await session.feature(.clipboardContent, \.clipboard) == .failure(.unavailable(.busy)))
            put("in time")
            gate.open()
            let afterwards = try await onceItIsFree {
                try await session.feature(.clipboardContent, \.clipboard)
            }
            #expect(afterwards == .success("in time"))
        }

        @Test func itDoesNotNeedTheMainThread() async throws {
            put("a note")
            #expect(try await whileMainIsBlocked { try await content() } == .success("a note"))
        }
    }
}
