import Scruple

/// One item in the table, in words.
struct Row: Identifiable {
    /// What the chip before the words says.
    enum Standing: String {
        case permitted, withheld, unavailable
    }

    let item: Item
    let name: String
    /// None beside a value.
    let standing: Standing?
    /// The value, or the reason.
    let detail: String
    /// All of it, as a screen reader says it.
    let spoken: String

    var id: String { item.id }
}

extension Texts {
    /// What became of an item, and nothing of what was there before.
    func row(_ item: Item, _ outcome: Outcome?) -> Row {
        switch outcome {
        case nil: row(item, nil, "")
        case .unread: row(item, .permitted, self("not_read"))
        case .missing(let missing): row(item, standing(missing), reason(missing))
        case .value(let values): row(item, nil, value(item, values))
        }
    }

    /// What a chip says.
    func name(_ standing: Row.Standing) -> String {
        self("standing_\(standing.rawValue)")
    }

    private func value(_ item: Item, _ values: Values) -> String {
        let value = text(item, values) ?? ""
        guard values.onDeviceOnly.contains(item) else { return value }
        return self("value_with", argument(value), argument(self("on_device_only")))
    }

    private func standing(_ missing: Missing) -> Row.Standing {
        switch missing {
        case .withheld: .withheld
        case .unavailable: .unavailable
        }
    }

    private func row(_ item: Item, _ standing: Row.Standing?, _ detail: String) -> Row {
        let (name, words) = (self.name(item), argument(detail))
        let spoken =
            standing.map { self("spoken_standing", argument(name), argument(self.name($0)), words) }
            ?? self("spoken", argument(name), words)
        return Row(item: item, name: name, standing: standing, detail: detail, spoken: spoken)
    }
}
