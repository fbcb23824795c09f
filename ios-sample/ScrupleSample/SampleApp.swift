import SwiftUI

/// Holds the one session of the process. Opening it reads nothing.
@main
struct SampleApp: App {
    @StateObject private var store = Store()

    var body: some Scene {
        WindowGroup {
            MainView(store: store)
        }
    }
}
