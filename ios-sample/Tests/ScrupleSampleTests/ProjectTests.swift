import Foundation
import Testing

/// The Xcode project, which nobody opened in Xcode here: it is a property list whose references resolve, and what it names
/// is there.
@Suite struct ProjectTests {
    private let folder = Files.sample.deletingLastPathComponent()
    private let root: [String: Any]
    private let objects: [String: [String: Any]]

    init() throws {
        root = try Files.plist("../ScrupleSample.xcodeproj/project.pbxproj")
        objects = try #require(root["objects"] as? [String: [String: Any]])
    }

    @Test func everyReferenceResolvesAndEveryObjectIsReferredTo() throws {
        let project = try #require(root["rootObject"])
        let named = identifiers(in: project) + identifiers(in: Array(objects.values))
        #expect(named.count > 50)
        #expect(Set(named) == Set(objects.keys))
    }

    @Test(arguments: [
        ("buildConfigurationList", "XCConfigurationList"), ("buildConfigurations", "XCBuildConfiguration"),
        ("exceptions", "PBXFileSystemSynchronizedBuildFileExceptionSet"),
        ("fileSystemSynchronizedGroups", "PBXFileSystemSynchronizedRootGroup"), ("files", "PBXBuildFile"),
        ("mainGroup", "PBXGroup"), ("package", "XCLocalSwiftPackageReference"),
        ("packageProductDependencies", "XCSwiftPackageProductDependency"),
        ("packageReferences", "XCLocalSwiftPackageReference"), ("productRef", "XCSwiftPackageProductDependency"),
        ("productRefGroup", "PBXGroup"), ("productReference", "PBXFileReference"), ("target", "PBXNativeTarget"),
        ("targets", "PBXNativeTarget"),
    ])
    func aReferenceIsToTheRightKind(key: String, kind: String) {
        let referred = objects.values.compactMap { $0[key] }.flatMap(identifiers)
        #expect(!referred.isEmpty)
        for identifier in referred {
            #expect(objects[identifier]?["isa"] as? String == kind, "\(key) \(identifier)")
        }
    }

    @Test func theFolderIsTheTargetsSources() throws {
        #expect(root["objectVersion"] as? String == "77")
        let group = try only("PBXFileSystemSynchronizedRootGroup")
        #expect(group["path"] as? String == "ScrupleSample" && group["sourceTree"] as? String == "<group>")
        #expect(FileManager.default.fileExists(atPath: Files.sample.path))
        // It would be copied beside the one that Xcode makes of it.
        let exceptions = try only("PBXFileSystemSynchronizedBuildFileExceptionSet")
        #expect(exceptions["membershipExceptions"] as? [String] == ["Info.plist"])
    }

    @Test func whatTheSettingsNameIsThere() throws {
        let settings = objects.values.compactMap { $0["buildSettings"] as? [String: Any] }
        #expect(settings.count == 4)
        for key in ["INFOPLIST_FILE", "CODE_SIGN_ENTITLEMENTS"] {
            let paths = settings.compactMap { $0[key] as? String }
            #expect(paths.count == 2)
            for path in paths {
                #expect(FileManager.default.fileExists(atPath: folder.appendingPathComponent(path).path), "\(path)")
            }
        }
        for (key, kind) in [
            ("ASSETCATALOG_COMPILER_APPICON_NAME", "appiconset"),
            ("ASSETCATALOG_COMPILER_GLOBAL_ACCENT_COLOR_NAME", "colorset"),
        ] {
            let names = Set(settings.compactMap { $0[key] as? String })
            let name = try #require(names.count == 1 ? names.first : nil)
            let asset = Files.sample.appendingPathComponent("Assets.xcassets/\(name).\(kind)/Contents.json")
            #expect(FileManager.default.fileExists(atPath: asset.path))
        }
        #expect(settings.compactMap { $0["SWIFT_VERSION"] as? String } == ["6.0", "6.0"])
        #expect(settings.compactMap { $0["IPHONEOS_DEPLOYMENT_TARGET"] as? String } == ["15.0", "15.0"])
    }

    /// An iPod touch of iOS 15 has no Core NFC, and starts no app that needs it.
    @Test func coreNFCIsLinkedWeakly() throws {
        let settings = objects.values.compactMap { $0["buildSettings"] as? [String: Any] }
        let flags = settings.filter { $0["PRODUCT_NAME"] != nil }.map { $0["OTHER_LDFLAGS"] as? [String] }
        #expect(
            flags == [["$(inherited)", "-weak_framework", "CoreNFC"], ["$(inherited)", "-weak_framework", "CoreNFC"]]
        )
    }

    @Test func theLanguagesAreTheFolders() throws {
        let regions = try #require(try only("PBXProject")["knownRegions"] as? [String])
        let names = try FileManager.default.contentsOfDirectory(atPath: Files.sample.path)
        let folders = names.filter { $0.hasSuffix(".lproj") }.map { $0.replacingOccurrences(of: ".lproj", with: "") }
        #expect(Set(regions) == Set(folders + ["Base"]))
    }

    /// What the app imports of the package is what it links, and the package is the one of this repository.
    @Test func theProductsAreThoseThatAreImported() throws {
        let path = try #require(try only("XCLocalSwiftPackageReference")["relativePath"] as? String)
        let package = folder.appendingPathComponent(path).standardized
        #expect(FileManager.default.fileExists(atPath: package.appendingPathComponent("Package.swift").path))
        let products = objects.values.filter { $0["isa"] as? String == "XCSwiftPackageProductDependency" }
            .compactMap { $0["productName"] as? String }
        let sources = try Files.sources().values.joined()
        let imported = sources.matches(of: /(?m)^import (Scruple\w*)/).map { String($0.output.1) }
        #expect(Set(products) == Set(imported))
        #expect(products.count == 9)
        for product in products {
            let target = package.appendingPathComponent("bindings/swift/Sources/\(product)")
            #expect(FileManager.default.fileExists(atPath: target.path), "\(product)")
        }
    }

    private func only(_ kind: String) throws -> [String: Any] {
        let found = objects.values.filter { $0["isa"] as? String == kind }
        return try #require(found.count == 1 ? found.first : nil)
    }

    /// Every object's identifier in a value.
    private func identifiers(in value: Any) -> [String] {
        switch value {
        case let text as String: text.wholeMatch(of: /[0-9A-F]{24}/) == nil ? [] : [text]
        case let values as [Any]: values.flatMap(identifiers)
        case let values as [String: Any]: Array(values.keys).flatMap(identifiers) + values.values.flatMap(identifiers)
        default: []
        }
    }
}
