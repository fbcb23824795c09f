import Scruple
import SwiftUI

/// What the person and the app choose.
struct ConsentPage: View {
    @ObservedObject var store: Store
    let texts: Texts

    /// Those that iOS asks about, too: the clipboard when it is read.
    private static let asking: Set<Category> = [.identifier, .clipboard, .location, .bluetooth]

    var body: some View {
        Form {
            Section {
                Picker("age", selection: $store.age) {
                    ForEach(Age.allCases) { Text(texts("age_\($0.id)")).tag($0) }
                }
                .pickerStyle(.inline)
                .labelsHidden()
            } header: {
                Text("age")
            }
            Section {
                Toggle("categories_all", isOn: $store.chosen.isFull)
                ForEach(Category.allCases) { category in
                    Toggle(isOn: $store.chosen[contains: category]) { name(category) }
                }
            } header: {
                Text("categories")
            } footer: {
                Text("categories_hint")
            }
            Section {
                Picker("purpose", selection: $store.purpose) {
                    ForEach(Purpose.allCases) { Text(texts.name($0)).tag($0) }
                }
                .pickerStyle(.inline)
                .labelsHidden()
            } header: {
                Text("purpose")
            }
            Section {
                Picker("policy", selection: $store.accuracy) {
                    ForEach(LocationAccuracy.allCases) { Text(texts("policy_\($0.id)")).tag($0) }
                }
                .pickerStyle(.inline)
                .labelsHidden()
            } header: {
                Text("policy")
            } footer: {
                Text("policy_hint")
            }
        }
    }

    private func name(_ category: Category) -> some View {
        VStack(alignment: .leading, spacing: 2) {
            Text(texts.name(category))
            if Self.asking.contains(category) {
                Text("asks_permission")
                    .font(.footnote)
                    .foregroundColor(.secondary)
            }
        }
    }
}
