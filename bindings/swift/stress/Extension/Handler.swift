import Foundation
import Scruple

/// An extension is a process of its own, with a session of its own.
final class Handler: NSObject, NSExtensionRequestHandling {
    func beginRequest(with context: NSExtensionContext) {
        Task {
            let session = try await Session.open(policy: Policy(categories: [.device: .on]))
            session.close()
        }
        context.completeRequest(returningItems: nil)
    }
}
