import Foundation
import Scruple
import XCTest

/// With XCTest, whose tests run one after the other: nobody else prints meanwhile.
final class OutputTests: XCTestCase {
    func testWhatASourceThrowsIsPrintedNowhere() async throws {
        struct Gossip: Error {
            let about = "GOSSIP about a person"
        }
        let session = try await agreedSession(sources: [.webView { throw Gossip() }])
        let printed = try await printing {
            print("control")
            _ = try await session.collect(for: .feature).toJson()
            _ = session.audit()
            session.close()
        }
        XCTAssertEqual(printed, "control\n")
    }

    /// What goes to standard output and standard error meanwhile.
    private func printing(_ body: () async throws -> Void) async throws -> String {
        let file = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        defer { try? FileManager.default.removeItem(at: file) }
        let capture = open(file.path, O_CREAT | O_WRONLY | O_APPEND, 0o600)
        XCTAssertGreaterThanOrEqual(capture, 0)
        defer { close(capture) }
        let before = [STDOUT_FILENO, STDERR_FILENO].map { ($0, dup($0)) }
        fflush(nil)
        for (descriptor, _) in before { dup2(capture, descriptor) }
        let result = await Result(catching: body)
        fflush(nil)
        for (descriptor, own) in before {
            dup2(own, descriptor)
            close(own)
        }
        try result.get()
        return try String(contentsOf: file, encoding: .utf8)
    }
}

extension Result where Success == Void, Failure == any Error {
    fileprivate init(catching body: () async throws -> Void) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
