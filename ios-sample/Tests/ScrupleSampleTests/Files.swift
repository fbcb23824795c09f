import Foundation
import Testing

@testable import ScrupleSample

/// The sample's own files, and its counterpart's.
enum Files {
    private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../../..").standardized
    static let sample = root.appendingPathComponent("ios-sample/ScrupleSample")
    static let android = root.appendingPathComponent("android-sample/src/main")

    static func text(_ file: URL) throws -> String {
        try String(contentsOf: file, encoding: .utf8)
    }

    /// A property list, in any of its forms.
    static func plist(_ path: String) throws -> [String: Any] {
        let data = try Data(contentsOf: sample.appendingPathComponent(path))
        let list = try PropertyListSerialization.propertyList(from: data, format: nil)
        return try #require(list as? [String: Any])
    }

    /// Every Swift file of the app, by name.
    static func sources(in folder: String = "") throws -> [String: String] {
        let folder = sample.appendingPathComponent(folder)
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
        return try Dictionary(uniqueKeysWithValues: names.map { ($0, try text(folder.appendingPathComponent($0))) })
    }
}

/// A language of the app: its texts by name, and those that depend on a number, by form.
struct Language {
    let code: String
    let texts: [String: String]
    let plurals: [String: [String: String]]

    static let english = try! Language("en")
    static let chinese = try! Language("zh-Hans")

    private init(_ code: String) throws {
        self.code = code
        texts = try #require(try Files.plist("\(code).lproj/Localizable.strings") as? [String: String])
        plurals = try Files.plist("\(code).lproj/Localizable.stringsdict").mapValues { entry in
            let entry = try #require(entry as? [String: Any])
            #expect(entry["NSStringLocalizedFormatKey"] as? String == "%#@number@")
            var forms = try #require(entry["number"] as? [String: String])
            #expect(forms.removeValue(forKey: "NSStringFormatSpecTypeKey") == "NSStringPluralRuleType")
            #expect(forms.removeValue(forKey: "NSStringFormatValueTypeKey") == "lld")
            return forms
        }
    }

    var names: Set<String> { Set(texts.keys).union(plurals.keys) }

    /// The words as the app has them, where a bundle would choose the plural's form.
    var words: Texts {
        Texts(locale: Locale(identifier: code)) { [texts, plurals] name, number in
            let forms = plurals[name]
            return texts[name] ?? (number == 1 ? forms?["one"] : nil) ?? forms?["other"] ?? name
        }
    }
}
