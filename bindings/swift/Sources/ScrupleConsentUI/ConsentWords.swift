import Foundation
import Scruple

/// The words of a `ConsentList`: the module's own, English and Chinese, or a host's.
public struct ConsentWords: Sendable {
    private let find: @Sendable (_ name: String) -> String

    /// Words by their names, which end in a stable name: `category_device`, `purpose_feature`, `item_device_model` and
    /// so on. Two more names are forms of a sentence, each with two texts to fill in: `value_named` ("%1$@: %2$@") and
    /// `spoken` ("%1$@. %2$@").
    public init(_ find: @escaping @Sendable (_ name: String) -> String) {
        self.find = find
    }

    /// The module's own, in the app's language.
    public static let bundled = ConsentWords { Bundle.words.localizedString(forKey: $0, value: nil, table: nil) }

    /// What the person decides on by a category's switch.
    func title(_ row: ConsentForm.Row) -> String {
        find("category_\(row.id)")
    }

    /// What the person decides on by a purpose's switch.
    func title(_ purpose: Purpose) -> String {
        find("purpose_\(purpose.id)")
    }

    /// What is read for a purpose.
    func items(_ row: ConsentForm.Row, for purpose: Purpose) -> String {
        let items = row.items[purpose] ?? []
        return items.map { find("item_\($0.id.replacingOccurrences(of: ".", with: "_"))") }.joined(separator: ", ")
    }

    /// The purpose, and what is read for it.
    func reads(_ row: ConsentForm.Row, for purpose: Purpose) -> String {
        fill("value_named", title(purpose), items(row, for: purpose))
    }

    /// A switch that names a category, a purpose and what is read, as a screen reader says it.
    func spoken(_ row: ConsentForm.Row, for purpose: Purpose) -> String {
        fill("spoken", title(row), reads(row, for: purpose))
    }

    private func fill(_ form: String, _ first: String, _ second: String) -> String {
        String(format: find(form), NSString(string: first), NSString(string: second))
    }
}

extension Bundle {
    #if SWIFT_PACKAGE
        fileprivate static var words: Bundle { .module }
    #else
        private final class Here {}

        /// CocoaPods puts the module's resources beside it, in a bundle of the module's name.
        fileprivate static var words: Bundle {
            let here = Bundle(for: Here.self)
            return here.url(forResource: "ScrupleConsentUI", withExtension: "bundle").flatMap(Bundle.init(url:)) ?? here
        }
    #endif
}
