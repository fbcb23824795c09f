import Scruple
import SwiftUI

/// The items, by category.
struct ItemsPage: View {
    let outcomes: [Item: Outcome]
    private let texts = Texts.app

    var body: some View {
        ScrollView {
            // No list: one keeps rows that are out of sight, and their texts, to use them again.
            VStack(alignment: .leading, spacing: 16) {
                ForEach(Category.allCases) { category in
                    GroupBox {
                        VStack(alignment: .leading, spacing: 10) {
                            ForEach(rows(of: category)) { row in
                                Divider()
                                RowView(row: row)
                            }
                        }
                    } label: {
                        Text(texts.name(category))
                            .font(.headline)
                            .accessibilityAddTraits(.isHeader)
                    }
                }
            }
            .padding()
        }
    }

    private func rows(of category: Category) -> [Row] {
        Item.allCases.filter { $0.category == category }.map { texts.row($0, outcomes[$0]) }
    }
}

/// One stop for a screen reader, which says it as one sentence.
private struct RowView: View {
    let row: Row

    var body: some View {
        VStack(alignment: .leading, spacing: 4) {
            Text(row.name)
                .font(.subheadline)
            Text(row.item.id)
                .font(.system(.caption2, design: .monospaced))
                .foregroundColor(.secondary)
            AdaptiveStack(spacing: 8) {
                if let standing = row.standing {
                    Chip(standing: standing)
                }
                Text(row.detail)
            }
        }
        .frame(maxWidth: .infinity, alignment: .leading)
        .accessibilityElement(children: .ignore)
        .accessibilityLabel(row.spoken)
    }
}

private struct Chip: View {
    let standing: Row.Standing

    var body: some View {
        Text(Texts.app.name(standing))
            .font(.caption.weight(.medium))
            .foregroundColor(Color(colour))
            .padding(.horizontal, 8)
            .padding(.vertical, 2)
            .background(Color(colour + "Surface"), in: Capsule())
    }

    private var colour: String {
        switch standing {
        case .permitted: "Permitted"
        case .withheld: "Withheld"
        case .unavailable: "Unavailable"
        }
    }
}
