import Foundation
import Scruple

/// The app's words, in the person's language. Their names are those of the Android sample.
struct Texts: Sendable {
    /// Whose plurals and times are written.
    let locale: Locale
    /// The text of a name. The number is what a plural is chosen by; a bundle's text chooses when it is filled in.
    let find: @Sendable (_ name: String, _ number: Int?) -> String

    /// The words of the running app.
    static let app = Texts(locale: .current) { name, _ in
        Bundle.main.localizedString(forKey: name, value: nil, table: nil)
    }

    func callAsFunction(_ name: String) -> String {
        find(name, nil)
    }

    func callAsFunction(_ name: String, _ arguments: any CVarArg...) -> String {
        String(format: find(name, nil), arguments: arguments)
    }

    /// A text with a number, on which its form depends.
    func counted(_ name: String, _ number: Int) -> String {
        String(format: find(name, number), locale: locale, arguments: [number])
    }
}

/// A text among a text's arguments.
func argument(_ text: String) -> NSString {
    NSString(string: text)
}

extension Texts {
    /// A category's name.
    func name(_ category: Category) -> String {
        self("category_\(category.id)")
    }

    /// A purpose's name.
    func name(_ purpose: Purpose) -> String {
        self("purpose_\(purpose.id)")
    }

    /// An item's name.
    func name(_ item: Item) -> String {
        self("item_\(item.id.replacingOccurrences(of: ".", with: "_"))")
    }

    /// Why an item has no value.
    func reason(_ missing: Missing) -> String {
        switch missing {
        case .unavailable(let reason): self("unavailable_\(reason.id)")
        case .withheld(let reason):
            self("withheld_by", argument(self("layer_\(reason.layer.id)")), argument(self.reason(reason)))
        }
    }

    private func reason(_ withheld: Withheld) -> String {
        switch withheld {
        // Up to the next second: asked again then, the answer is yes.
        case .tooSoon(let remainingMs): self("withheld_too_soon", Int((remainingMs + 999) / 1000))
        case .ageUnknown, .ageBelowMinimum: self("withheld_age_\(withheld.id)")
        default: self("withheld_\(withheld.id)")
        }
    }

    /// What came of the last tap, in one line.
    func status(_ screen: Screen) -> String {
        if let failure = screen.failure { return self("status_failed", argument(failure)) }
        switch screen.phase {
        case .opening: return self("status_opening")
        case .collecting: return self("status_collecting")
        case .idle: break
        }
        var (values, unread, withheld, unavailable) = (0, 0, 0, 0)
        for outcome in screen.outcomes.values {
            switch outcome {
            case .value: values += 1
            case .unread: unread += 1
            case .missing(.withheld): withheld += 1
            case .missing(.unavailable): unavailable += 1
            }
        }
        return values + unavailable == 0
            ? self("status_unread", unread, withheld) : self("status_read", values, withheld, unavailable)
    }

    /// A read: when, what, and what for.
    func line(_ entry: AuditEntry) -> String {
        let time = DateFormatter()
        time.locale = locale
        time.dateStyle = .none
        time.timeStyle = .medium
        return self(
            "audit_entry",
            argument(time.string(from: entry.at)),
            argument(name(entry.item)),
            argument(name(entry.purpose))
        )
    }
}
