// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Kit", platforms: [.iOS(.v16)],
    products: [
        .library(name: "A", type: .dynamic, targets: ["A"]),
        .library(name: "B", targets: ["B", "C"]),
    ],
    dependencies: [.package(path: "../Kit"), .package(url: "https://example.com/b.git", from: "1.0.0")],
    targets: [
        .target(name: "A", dependencies: ["B", .product(name: "B", package: "Kit", condition: .when(platforms: [.iOS]))]),
        .target(name: "B", dependencies: [.target(name: "A")], path: "Own/B", exclude: ["Old"], sources: ["In"]),
        .testTarget(name: "T", dependencies: ["A"]),
    ]
)
