import Foundation

// `swift public-symbols.swift DIRECTORY`: what `swift package dump-symbol-graph` wrote there says what hosts see. All of it
// has a comment, none of it is generated, and no mirror or encoder looks into a type that can hold a value.

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

        struct Kind: Decodable { let identifier: String }

        let identifier: Identifier
        let kind: Kind
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

    struct Relationship: Decodable {
        let kind: String
        let source: String
        let target: String
    }

    let symbols: [Symbol]
    let relationships: [Relationship]
}

/// Its own, and what it adds to the types of the others.
func graphs(of module: String) throws -> [Graph] {
    let directory = URL(fileURLWithPath: CommandLine.arguments[1])
    let own = directory.appendingPathComponent("\(module).symbols.json")
    let added = directory.appendingPathComponent("\(module)@Scruple.symbols.json")
    let files = [own] + (FileManager.default.fileExists(atPath: added.path) ? [added] : [])
    return try files.map { try JSONDecoder().decode(Graph.self, from: Data(contentsOf: $0)) }
}

func symbols(of module: String) throws -> [Graph.Symbol] {
    try graphs(of: module).flatMap(\.symbols)
}

/// Types that hold no value, each with what they hold. An enum without associated values is a name and needs no reason.
let valueless = [
    "AuditEntry": "an item, a time and a purpose",
    "CategoryPolicy": "what the host decided",
    "ConsentForm": "switches",
    "ConsentForm.Row": "a category's switch",
    "ConsentList": "switches on a screen",
    "ConsentUpdate": "what was agreed to",
    "ConsentWords": "words beside switches",
    "Decision": "a layer and a reason",
    "Grant": "a category and a purpose",
    "ItemPolicy": "what the host decided",
    "Missing": "a reason",
    "Policy": "what the host decided",
    "Position": "a line and a column",
    "ScrupleError": "a kind, a field's name and a hint",
    "Withheld": "a layer and a reason",
]

/// The standard library's protocols of what says itself what a mirror shows, of what an encoder writes, of a name alone.
let (mirrored, encodable, named) = ("s:s17CustomReflectableP", "s:SE", "s:SY")

/// The types of modules that a mirror looks into, or an encoder, though they can hold a value; and how many were looked at.
func open(in graphs: [Graph]) -> (Int, [String]) {
    var conformances: [String: Set<String>] = [:]
    for relationship in graphs.flatMap(\.relationships) where relationship.kind == "conformsTo" {
        conformances[relationship.source, default: []].insert(relationship.target)
    }
    let kinds = ["swift.struct", "swift.class", "swift.enum"]
    let types = graphs.flatMap(\.symbols).filter { kinds.contains($0.kind.identifier) && !$0.isGiven }
    let open = types.filter { type in
        let own = conformances[type.identifier.precise] ?? []
        let holdsNone = own.contains(named) || valueless[type.pathComponents.joined(separator: ".")] != nil
        return own.contains(encodable) || !holdsNone && !own.contains(mirrored)
    }
    return (types.count, open.map { $0.pathComponents.joined(separator: ".") })
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
let all = try (["Scruple", "ScrupleTesting"] + capabilities).flatMap(graphs(of:))
let (types, lookedInto) = open(in: all)
findings += lookedInto.map { "\($0) can hold a value, and a mirror or an encoder looks into it" }
// The control: the same without what one of them says to a mirror, and with an encoder for it.
let coordinates = try symbols(of: "Scruple").first { $0.pathComponents == ["Coordinates"] }!.identifier.precise
let unredacted = all.map { graph in
    let kept = graph.relationships.filter { $0.source != coordinates || $0.target != mirrored }
    return Graph(symbols: graph.symbols, relationships: kept)
}
let encoding = Graph.Relationship(kind: "conformsTo", source: coordinates, target: encodable)
let encoded = all + [Graph(symbols: [], relationships: [encoding])]
for control in [unredacted, encoded] where Set(open(in: control).1) != Set(lookedInto + ["Coordinates"]) {
    findings.append("a type that a mirror or an encoder looks into is not found")
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
print(
    "proof: no public Swift type with a value shows it to a mirror or an encoder | \(types) types, \(valueless.count) of them hold none "
        + "| a type without its empty mirror is found, and one that is Encodable"
)
