import Foundation
import FoundationXML
import Scruple
import Testing

@testable import ScrupleSample

/// What the app's files say, in both languages and beside the Android sample's.
@Suite struct ResourcesTests {
    private let languages = [Language.english, Language.chinese]

    @Test func chineseHasEveryTextWithTheSameArguments() {
        let (english, chinese) = (Language.english, Language.chinese)
        #expect(english.texts.count > 100)
        #expect(english.texts.keys.sorted() == chinese.texts.keys.sorted())
        #expect(english.plurals.keys.sorted() == chinese.plurals.keys.sorted())
        for (name, text) in chinese.texts {
            #expect(arguments(of: text) == arguments(of: english.texts[name] ?? ""), "\(name)")
            #expect(!text.isEmpty, "\(name)")
        }
        #expect(english.plurals.values.allSatisfy { $0.keys.sorted() == ["one", "other"] })
        #expect(chinese.plurals.values.allSatisfy { Array($0.keys) == ["other"] })
        for forms in languages.flatMap(\.plurals.values).flatMap(\.values) {
            #expect(arguments(of: forms) == ["%lld"])
        }
    }

    /// What is filled in, such as `%1$lld`.
    private func arguments(of text: String) -> [String] {
        text.matches(of: /%(\d\$)?(\.4f|lld|@)/).map { String($0.output.0) }.sorted()
    }

    @Test(arguments: [("values", "en"), ("values-zh-rCN", "zh-Hans")])
    func theWordsAreTheAndroidSamples(folder: String, code: String) throws {
        let language = try #require(languages.first { $0.code == code })
        let android = try AndroidTexts(Files.android.appendingPathComponent("res/\(folder)/strings.xml"))
        #expect(android.texts.count > 100)
        // Some pages are the Android sample's alone, for its testers; and there a row speaks what an item is, too.
        let other: Set = ["value_system", "spoken", "spoken_standing"]
        let shared = language.names.intersection(Set(android.texts.keys).union(android.plurals.keys))
        #expect(shared.count > 100)
        for name in shared.subtracting(other) {
            #expect(language.texts[name] == android.texts[name], "\(name)")
            #expect(language.plurals[name] == android.plurals[name], "\(name)")
        }
        // One puts a number and names together, one says what Android has no rule for, and three are not translated there.
        let own = language.names.subtracting(android.texts.keys).subtracting(android.plurals.keys)
        let untranslated: Set = ["audit_entry", "category_nfc", "item_identifier_idfa"]
        #expect(own.subtracting(untranslated) == ["value_named", "on_device_only"])
    }

    /// Of a name that is misspelt the app would show the name.
    @Test func everyNameInTheSourcesIsAText() throws {
        let sources = try Files.sources().values.joined() + Files.sources(in: "Model").values.joined()
        let names = Set(sources.matches(of: /"([a-z]+(_[a-z]+)*)"/).map { String($0.output.1) })
        #expect(names.count > 40)
        #expect(names.subtracting(["json", "clock", "scruple"]).subtracting(Language.english.names) == [])
    }

    @Test func everyColourThatIsNamedIsThere() throws {
        let named = try Files.sources().values.joined().matches(of: /Color\("(\w+)"\)/).map { String($0.output.1) }
        #expect(Set(named) == ["AccentColor", "OnAccent"])
        for name in named {
            #expect(try colours(name).count == 2, "in the light and in the dark")
        }
    }

    /// By the rule of WCAG for small letters.
    @Test(arguments: [
        ("Permitted", "PermittedSurface"), ("Withheld", "WithheldSurface"), ("Unavailable", "UnavailableSurface"),
        ("OnAccent", "AccentColor"),
    ])
    func lettersStandOut(letters: String, surface: String) throws {
        for (front, back) in zip(try colours(letters), try colours(surface)) {
            let (lighter, darker) = (max(front, back), min(front, back))
            #expect((lighter + 0.05) / (darker + 0.05) >= 4.5, "\(letters) on \(surface)")
        }
    }

    /// How bright a colour of the catalogue is, in the light and in the dark.
    private func colours(_ name: String) throws -> [Double] {
        struct Catalogue: Decodable {
            struct Entry: Decodable {
                struct Colour: Decodable { let components: [String: String] }
                let color: Colour
            }
            let colors: [Entry]
        }
        let file = Files.sample.appendingPathComponent("Assets.xcassets/\(name).colorset/Contents.json")
        return try JSONDecoder().decode(Catalogue.self, from: Data(contentsOf: file)).colors.map { entry in
            try [("red", 0.2126), ("green", 0.7152), ("blue", 0.0722)].map { component, weight in
                let hexadecimal = try #require(entry.color.components[component]).dropFirst(2)
                let part = Double(try #require(Int(hexadecimal, radix: 16))) / 255
                return weight * (part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4))
            }.reduce(0, +)
        }
    }

    /// So that it can be tested where there is no SwiftUI.
    @Test func theModelNeedsFoundationAndScrupleOnly() throws {
        let sources = try Files.sources(in: "Model")
        #expect(sources.count == 5)
        for (name, source) in sources {
            let imports = source.matches(of: /(?m)^.*import (\w+)/).map { String($0.output.1) }
            #expect(Set(imports).isSubset(of: ["Foundation", "Scruple"]), "\(name)")
        }
    }

    /// But for the clipboard, which only iOS asks about.
    @Test func thePoliciesAreTheAndroidSamples() throws {
        for name in ["scruple.json", "scruple-precise.json", "host-records.json"] {
            let own = try Files.text(Files.sample.appendingPathComponent(name))
            let android = try Files.text(Files.android.appendingPathComponent("assets/\(name)"))
            let shared = own.replacing(/\ +\/\/ From iOS 16.*\n/, with: "")
                .replacingOccurrences(of: ", \"deadline_ms\": 30000", with: "")
            #expect(shared == android.replacingOccurrences(of: "Android", with: "iOS"))
            guard name.hasPrefix("scruple") else { continue }
            #expect(try Policy(json: own).categories.count == Category.allCases.count)
            #expect(try Policy(json: own)[.clipboard].deadlineMs == 30_000)
        }
    }

    /// What iOS shows a person, in both languages; the English of Info.plist is what other languages see.
    @Test func theUsageDescriptionsAreTranslated() throws {
        let info = try Files.plist("Info.plist").compactMapValues { $0 as? String }
        let english = try #require(try Files.plist("en.lproj/InfoPlist.strings") as? [String: String])
        let chinese = try #require(try Files.plist("zh-Hans.lproj/InfoPlist.strings") as? [String: String])
        #expect(info.count == 4)
        for (key, text) in info {
            #expect(english[key] == text)
            #expect(chinese[key]?.contains("此示例") == true)
        }
        #expect(english["CFBundleDisplayName"] == Language.english.texts["app_name"])
        #expect(chinese["CFBundleDisplayName"] == Language.chinese.texts["app_name"])
    }
}

/// A `strings.xml`, in the words that iOS would use.
private struct AndroidTexts {
    var texts: [String: String] = [:]
    var plurals: [String: [String: String]] = [:]

    init(_ file: URL) throws {
        let root = try #require(try XMLDocument(contentsOf: file).rootElement())
        for element in root.elements(forName: "string") {
            texts[try name(element)] = inApple(element.stringValue ?? "")
        }
        for element in root.elements(forName: "plurals") {
            let forms = element.elements(forName: "item").map { item in
                // Another text puts the names behind the number.
                let number = (item.stringValue ?? "").replacing(/[:：] ?%2\$s/, with: "")
                let quantity = item.attribute(forName: "quantity")?.stringValue ?? ""
                return (quantity, inApple(number).replacingOccurrences(of: "1$", with: ""))
            }
            plurals[try name(element)] = Dictionary(uniqueKeysWithValues: forms)
        }
    }

    private func name(_ element: XMLElement) throws -> String {
        try #require(element.attribute(forName: "name")?.stringValue)
    }

    private func inApple(_ text: String) -> String {
        text.replacing(/%(\d)\$([ds])/) { "%\($0.output.1)$\($0.output.2 == "d" ? "lld" : "@")" }
            .replacingOccurrences(of: "Android", with: "iOS")
            .replacingOccurrences(of: " dp", with: " pt")
    }
}
