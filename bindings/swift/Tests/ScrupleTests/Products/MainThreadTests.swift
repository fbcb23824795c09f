import Dispatch
import Scruple
import Testing

extension Products {
    /// What every reader waits by.
    @Suite struct Answers {
        @Test func theFirstCounts() throws {
            let answer = Answer<Int>(deadlineMs: 10_000)
            #expect(answer.isAwaited)
            answer.give(.success(1))
            answer.give(.success(2))
            #expect(!answer.isAwaited)
            #expect(try answer.wait() == 1)
        }

        @Test func anErrorIsAnAnswer() {
            let answer = Answer<Int>(deadlineMs: 10_000)
            answer.give(.failure(SourceError.disabled))
            #expect(throws: SourceError.disabled) { try answer.wait() }
        }

        @Test func whatIsLateIsLetGo() async throws {
            final class Token: Sendable {}
            let answer = Answer<Token>(deadlineMs: 0)
            #expect(!answer.isAwaited)
            var token: Token? = Token()
            let held = Weakly(token)
            answer.give(.success(try #require(token)))
            token = nil
            #expect(held.value == nil)
            await #expect(throws: SourceError.notReady) { try await offThePool { try answer.wait() } }
        }

        @Test func oneOfManyIsTaken() async throws {
            let answer = Answer<Int>(deadlineMs: 10_000)
            DispatchQueue.global().async {
                DispatchQueue.concurrentPerform(iterations: 100) { answer.give(.success($0)) }
            }
            #expect(try await offThePool { try answer.wait() } < 100)
        }

        @Test func theLongestDeadlineIsNoOverflow() throws {
            let answer = Answer<Int>(deadlineMs: .max)
            #expect(answer.isAwaited)
            answer.give(.success(1))
            #expect(try answer.wait() == 1)
        }
    }
}
