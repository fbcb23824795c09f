import Foundation

// `swift public-symbols.swift DIRECTORY`: what `swift package dump-symbol-graph` wrote there says what hosts see. All of it
// has a comment, and none of it is generated.

struct Graph: Decodable {
    struct Symbol: Decodable {
        struct Identifier: Decodable { let precise: String }
        struct Fragment: Decodable { let preciseIdentifier: String? }
        struct Comment: Decodable {}
        struct Availability: Decodable {
            struct Version: Decodable { let major: Int }
            let domain: String?
            let introduced: Version?
        }

        let identifier: Identifier
        let pathComponents: [String]
        let docComment: Comment?
        let declarationFragments: [Fragment]
        let availability: [Availability]?

        /// Of the standard library, such as `hashValue`, or of SwiftUI, such as what every view can do.
        var isGiven: Bool { ["s:S", "s:7SwiftUI"].contains(where: identifier.precise.hasPrefix) }
        var types: [String] { declarationFragments.compactMap(\.preciseIdentifier) }
        /// Where it is from a later system on than the package.
        var isNewer: Set<String> { Set((availability ?? []).filter { $0.introduced != nil }.compactMap(\.domain)) }
    }

    let symbols: [Symbol]
}

/// Its own, and what it adds to the types of the others.
func symbols(of module: String) throws -> [Graph.Symbol] {
    let directory = URL(fileURLWithPath: CommandLine.arguments[1])
    let own = directory.appendingPathComponent("\(module).symbols.json")
    let added = directory.appendingPathComponent("\(module)@Scruple.symbols.json")
    let files = [own] + (FileManager.default.fileExists(atPath: added.path) ? [added] : [])
    return try files.flatMap { try JSONDecoder().decode(Graph.self, from: Data(contentsOf: $0)).symbols }
}

/// The type that iOS 15 and macOS 12 have not; Linux would compile it anywhere.
let duration = "s:s8DurationV"
var durations = 0
var findings: [String] = []
let capabilities = [
    "ScrupleBluetooth", "ScrupleClipboard", "ScrupleConsentUI", "ScrupleIDFA", "ScrupleLocation", "ScrupleNFC",
    "ScruplePreciseLocation", "ScrupleStorage", "ScrupleWebView",
]
for (module, least) in [("Scruple", 300), ("ScrupleTesting", 20)] + capabilities.map({ ($0, 1) }) {
    let own = try symbols(of: module).filter { !$0.isGiven }
    for symbol in own {
        let name = "\(module).\(symbol.pathComponents.joined(separator: "."))"
        if symbol.docComment == nil {
            findings.append("\(name) has no comment")
        }
        for type in symbol.types where type.contains("ScrupleBindings") || type.contains("scrupleFFI") {
            findings.append("\(name) has a generated type: \(type)")
        }
    }
    for symbol in own where symbol.types.contains(duration) {
        durations += 1
        if symbol.isNewer != ["iOS", "macOS"] {
            findings.append(
                "\(symbol.pathComponents.joined(separator: ".")) is a Duration, which older systems have not"
            )
        }
    }
    // Less than there is would mean that this reads the graph wrongly.
    if own.count < least {
        findings.append("\(module) has \(own.count) public symbols only")
    }
    print("\(module): \(own.count) public symbols")
}
for symbol in try symbols(of: "ScrupleBindings") where !symbol.isGiven {
    findings.append("ScrupleBindings.\(symbol.pathComponents.joined(separator: ".")) is public")
}
if durations == 0 {
    findings.append("nothing is a Duration: this reads the graph wrongly")
}
guard findings.isEmpty else {
    print(findings.joined(separator: "\n"))
    exit(1)
}
