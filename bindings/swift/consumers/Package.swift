// swift-tools-version: 6.0

import PackageDescription

// What hosts write. Each target but `QuickStart`, `Guide` and `Measure` has one line that must not compile, which is there only if
// the environment says so: `SCRUPLE_OFFENDING=ReadsASource swift build --target ReadsASource`.

let offending = Context.environment["SCRUPLE_OFFENDING"]
let offenders = [
    "ReadsASource", "MakesASource", "WritesASource", "UsesAGeneratedType", "OpensASnapshot", "ReadsALocation",
]
let scruple = Target.Dependency.product(name: "Scruple", package: "scruple")
let clipboard = Target.Dependency.product(name: "ScrupleClipboard", package: "scruple")
let consentUI = Target.Dependency.product(name: "ScrupleConsentUI", package: "scruple")
let location = Target.Dependency.product(name: "ScrupleLocation", package: "scruple")
let webView = Target.Dependency.product(name: "ScrupleWebView", package: "scruple")
let testing = Target.Dependency.product(name: "ScrupleTesting", package: "scruple")

let package = Package(
    name: "consumers",
    platforms: [.iOS(.v15), .macOS(.v12)],
    dependencies: [.package(name: "scruple", path: "../../..")],
    targets: [
        .executableTarget(name: "QuickStart", dependencies: [scruple]),
        .target(name: "Guide", dependencies: [scruple, clipboard, consentUI, location, webView, testing]),
        .executableTarget(name: "Measure", dependencies: [scruple]),
    ]
        + offenders.map { name in
            .target(
                name: name,
                dependencies: [scruple, location],
                swiftSettings: name == offending ? [.define("OFFENDING")] : []
            )
        },
    swiftLanguageModes: [.v6]
)
