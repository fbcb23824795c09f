#if canImport(SwiftUI)
    import Scruple
    import SwiftUI

    /// A section of switches for each category of a form. It shows the items that are read, and for which purpose. Put
    /// it into a `Form` or a `List` of yours, beside your button and beside what it does not ask, such as the age:
    ///
    /// ```swift
    /// Form {
    ///     ConsentList($form)
    /// }
    /// ```
    ///
    /// It changes the form and nothing else: it changes no consent, stores nothing, and causes no prompt of iOS.
    public struct ConsentList: View {
        @Binding private var form: ConsentForm
        private let words: ConsentWords

        /// A list of a form, in the module's words or in yours.
        public init(_ form: Binding<ConsentForm>, words: ConsentWords = .bundled) {
            _form = form
            self.words = words
        }

        /// A section for each row.
        public var body: some View {
            ForEach(form.rows) { row in
                Section {
                    if let only = row.purposes.first, row.purposes.count == 1 {
                        Toggle(isOn: $form[row.category]) {
                            label(words.title(row), words.reads(row, for: only))
                        }
                        .accessibilityLabel(words.spoken(row, for: only))
                    } else {
                        Toggle(isOn: $form[row.category]) { Text(words.title(row)) }
                        ForEach(row.purposes) { purpose in
                            Toggle(isOn: $form[row.category, purpose]) {
                                label(words.title(purpose), words.items(row, for: purpose))
                            }
                            .accessibilityLabel(words.spoken(row, for: purpose))
                        }
                    }
                }
            }
        }

        private func label(_ title: String, _ detail: String) -> some View {
            VStack(alignment: .leading, spacing: 2) {
                Text(title)
                Text(detail)
                    .font(.footnote)
                    .foregroundColor(.secondary)
            }
        }
    }
#endif
