import Scruple
import SwiftUI

/// What was read, when and what for.
struct AuditPage: View {
    let audit: [AuditEntry]
    let texts: Texts

    /// The latest; the session remembers more.
    private static let lines = 100

    var body: some View {
        Form {
            Section {
                if audit.isEmpty {
                    Text("audit_empty")
                }
                ForEach(Array(audit.prefix(Self.lines).enumerated()), id: \.offset) { entry in
                    Text(texts.line(entry.element))
                        .font(.subheadline.monospacedDigit())
                }
            } header: {
                Text("audit")
            } footer: {
                Text("audit_hint")
            }
        }
    }
}
