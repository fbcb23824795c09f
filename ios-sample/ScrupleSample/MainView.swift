import SwiftUI
import UIKit

/// The only screen: the result above, three pages, and below them the buttons that agree and take back.
struct MainView: View {
    @ObservedObject var store: Store
    @Environment(\.scenePhase) private var phase
    @State private var page = Page.consent
    private let texts = Texts.app

    private enum Page {
        case consent, items, audit
    }

    var body: some View {
        VStack(alignment: .leading, spacing: 0) {
            VStack(alignment: .leading, spacing: 2) {
                Text("app_name")
                    .font(.title2.weight(.semibold))
                    .accessibilityAddTraits(.isHeader)
                Text(texts.status(store.screen))
                    .font(.subheadline)
                    .foregroundColor(.secondary)
            }
            .padding()
            Divider()
            TabView(selection: $page) {
                ConsentPage(store: store)
                    .safeAreaInset(edge: .bottom) { buttons }
                    .tabItem { Label("tab_consent", systemImage: "checkmark.shield") }
                    .tag(Page.consent)
                ItemsPage(outcomes: store.screen.outcomes)
                    .safeAreaInset(edge: .bottom) { buttons }
                    .tabItem { Label("tab_items", systemImage: "list.bullet") }
                    .tag(Page.items)
                AuditPage(audit: store.screen.audit)
                    .safeAreaInset(edge: .bottom) { buttons }
                    .tabItem { Label("tab_audit", systemImage: "clock") }
                    .tag(Page.audit)
            }
        }
        .overlay { cover }
        .onChange(of: phase) { phase in
            if phase == .background { store.model.leave() }
        }
        // The result changes out of a screen reader's sight.
        .onChange(of: texts.status(store.screen)) { status in
            UIAccessibility.post(notification: .announcement, argument: status)
        }
    }

    private var buttons: some View {
        Buttons(
            canAgree: !store.screen.outcomes.isEmpty && store.screen.phase == .idle && !store.isAsking,
            canRevoke: !store.screen.agreed.isEmpty,
            agree: {
                page = .items
                store.agree()
            },
            revoke: store.model.revoke
        )
    }

    /// Keeps the picture of this screen off the app switcher, since it may show what was read.
    @ViewBuilder private var cover: some View {
        if phase != .active {
            Color("AccentColor")
                .ignoresSafeArea()
                .accessibilityHidden(true)
        }
    }
}

private struct Buttons: View {
    let canAgree: Bool
    let canRevoke: Bool
    let agree: @MainActor () -> Void
    let revoke: @MainActor () -> Void

    var body: some View {
        AdaptiveStack(spacing: 12) {
            Button(role: .destructive, action: revoke) { label("revoke") }
                .buttonStyle(.bordered)
                .disabled(!canRevoke)
            Button(action: agree) { label("agree").foregroundColor(canAgree ? Color("OnAccent") : .secondary) }
                .buttonStyle(.borderedProminent)
                .disabled(!canAgree)
        }
        .padding(12)
        .background(.bar)
    }

    private func label(_ key: LocalizedStringKey) -> some View {
        Text(key)
            .font(.body.weight(.medium))
            .frame(maxWidth: .infinity)
    }
}
