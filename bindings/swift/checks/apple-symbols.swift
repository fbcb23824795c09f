// Every declaration of a stand-in that says whom it follows is in the symbol graphs of Apple's frameworks under the same Swift name: the
// directory of the stand-ins, then that of the graphs. It has not run yet, since graphs of Apple's are made on a Mac.

import Foundation

struct Graph: Decodable {
    struct Symbol: Decodable {
        let pathComponents: [String]
    }

    let symbols: [Symbol]
}

/// The names of Swift that follow a line such as "/// Follows `-[UIScreen scale]`.", function names without their labels.
func standIns(in text: String) -> [String] {
    var (names, follows): ([String], Bool) = ([], false)
    let declaration = try! Regex(#"(?:class|struct|enum|protocol|func|var|let|typealias) `?(\w+)`?"#)
    for line in text.split(separator: "\n").map({ $0.trimmingCharacters(in: .whitespaces) }) {
        if line.hasPrefix("/// Follows `") {
            follows = true
        } else if follows, !line.hasPrefix("//") {
            // `class var` and `class func` are the class's own.
            let plain = line.replacing("class var", with: "var").replacing("class func", with: "func")
            if let match = plain.firstMatch(of: declaration), let name = match.output[1].substring {
                names.append(String(name))
            } else if line.hasPrefix("@") {
                continue
            }
            follows = false
        }
    }
    return names
}

let (stubs, graphs) = (URL(fileURLWithPath: CommandLine.arguments[1]), URL(fileURLWithPath: CommandLine.arguments[2]))
var known: Set<String> = []
for file in try FileManager.default.contentsOfDirectory(at: graphs, includingPropertiesForKeys: nil)
where file.lastPathComponent.hasSuffix(".symbols.json") {
    for symbol in try JSONDecoder().decode(Graph.self, from: Data(contentsOf: file)).symbols {
        known.formUnion(symbol.pathComponents.map { String($0.prefix { $0 != "(" }) })
    }
}
var (count, missing): (Int, [String]) = (0, [])
for case let file as URL in FileManager.default.enumerator(at: stubs, includingPropertiesForKeys: nil)!
where file.pathExtension == "swift" {
    for name in standIns(in: try String(contentsOf: file, encoding: .utf8)) {
        count += 1
        if !known.contains(name) { missing.append("\(file.lastPathComponent): \(name)") }
    }
}
print("\(count) stand-ins, of which \(missing.count) have no such name in Apple's graphs")
for name in missing { print(name) }
exit(count > 0 && missing.isEmpty ? 0 : 1)
