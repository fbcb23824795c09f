import Scruple

let session = try await Session.open(policy: Policy(categories: [.device: .on]))
try session.updateConsent {
    $0.age = .atLeastMinimum
    $0.grant(.device)
}

let snapshot = try await session.collect(for: .feature)
print("\(try snapshot.missing.count) items without a value")
try session.updateConsent { $0.revoke(.device) }  // wiped before this returns
