import Foundation
internal import ScrupleBindings

/// The host's records. As a file they are JSON with these fields' names, and bytes in Base64.
///
/// No text may be empty or blank, or contain control characters. Only introductions and descriptions may contain line
/// feeds and tabs.
public struct HostRecords: Hashable, Sendable {
    /// The application.
    public var application: ApplicationInformation?
    /// Its mini-programs, at most 64, each with an id of its own.
    public var miniPrograms: [MiniProgram]
    /// The network configuration.
    public var network: NetworkConfiguration?

    /// Puts one together from its parts.
    public init(
        application: ApplicationInformation? = nil,
        miniPrograms: [MiniProgram] = [],
        network: NetworkConfiguration? = nil
    ) {
        self.application = application
        self.miniPrograms = miniPrograms
        self.network = network
    }
}

extension HostRecords: Redacted {
    /// Reads a file of records: JSON with these fields' names, and bytes in Base64.
    ///
    /// - Throws: ``ScrupleError/input(kind:field:hint:position:)`` with line, column and path of the first mistake. It
    ///   contains no value.
    public init(json: String) throws {
        self.init(try translated { try hostRecordsFromJson(text: json) })
    }

    init(_ native: ScrupleBindings.HostRecords) {
        self.init(
            application: native.application.map(ApplicationInformation.init),
            miniPrograms: native.miniPrograms.map(MiniProgram.init),
            network: native.network.map(NetworkConfiguration.init)
        )
    }

    var native: ScrupleBindings.HostRecords {
        ScrupleBindings.HostRecords(
            application: application?.native,
            miniPrograms: miniPrograms.map(\.native),
            network: network?.native
        )
    }
}

/// An application, as far as the host describes it.
public struct ApplicationInformation: Hashable, Sendable {
    /// The user's profile picture.
    public var profilePicture: ProfilePicture?
    /// The creator's id, at most 256 bytes, without white space.
    public var creatorId: String?
    /// The name, at most 256 bytes.
    public var name: String?
    /// The id on the platform, at most 256 bytes, without white space.
    public var id: String?
    /// The package name or bundle identifier, at most 256 bytes. It has two or more parts of letters, digits, `_` and
    /// `-`, with dots between them, and begins with a letter.
    public var packageName: String?

    /// Puts one together from its parts.
    public init(
        profilePicture: ProfilePicture? = nil,
        creatorId: String? = nil,
        name: String? = nil,
        id: String? = nil,
        packageName: String? = nil
    ) {
        self.profilePicture = profilePicture
        self.creatorId = creatorId
        self.name = name
        self.id = id
        self.packageName = packageName
    }
}

extension ApplicationInformation: Redacted {
    init(_ native: ScrupleBindings.ApplicationInformation) {
        self.init(
            profilePicture: native.profilePicture.map(ProfilePicture.init),
            creatorId: native.creatorId,
            name: native.name,
            id: native.id,
            packageName: native.packageName
        )
    }

    var native: ScrupleBindings.ApplicationInformation {
        ScrupleBindings.ApplicationInformation(
            profilePicture: profilePicture?.native,
            creatorId: creatorId,
            name: name,
            id: id,
            packageName: packageName
        )
    }
}

/// A picture: PNG, JPEG, GIF or WebP, at most 1 MiB.
public struct ProfilePicture: Hashable, Sendable {
    /// The file's bytes.
    public var bytes: Data

    /// Puts one together from its parts.
    public init(bytes: Data) {
        self.bytes = bytes
    }
}

extension ProfilePicture: Redacted {
    init(_ native: ScrupleBindings.ProfilePicture) {
        self.init(
            bytes: native.bytes
        )
    }

    var native: ScrupleBindings.ProfilePicture {
        ScrupleBindings.ProfilePicture(
            bytes: bytes
        )
    }
}

/// A mini-program, as far as the host describes it.
public struct MiniProgram: Hashable, Sendable {
    /// The id, at most 256 bytes, without white space. A host must set it. A snapshot has it if the item was collected.
    public var id: String?
    /// The name, at most 256 bytes.
    public var name: String?
    /// The classification tag, at most 256 bytes.
    public var classificationTag: String?
    /// The introduction, at most 4 KiB.
    public var introduction: String?
    /// The description, at most 4 KiB.
    public var description: String?
    /// The version's number, at most 256 bytes.
    public var versionNumber: String?
    /// The version's description, at most 4 KiB.
    public var versionDescription: String?
    /// The code package.
    public var codePackage: CodePackage?
    /// The code package's addresses.
    public var codePackageAddress: CodePackageAddress?
    /// The domain name: two or more labels in ASCII (A-labels), without a scheme, a port or a dot at the end.
    public var domainName: String?

    /// Puts one together from its parts.
    public init(
        id: String? = nil,
        name: String? = nil,
        classificationTag: String? = nil,
        introduction: String? = nil,
        description: String? = nil,
        versionNumber: String? = nil,
        versionDescription: String? = nil,
        codePackage: CodePackage? = nil,
        codePackageAddress: CodePackageAddress? = nil,
        domainName: String? = nil
    ) {
        self.id = id
        self.name = name
        self.classificationTag = classificationTag
        self.introduction = introduction
        self.description = description
        self.versionNumber = versionNumber
        self.versionDescription = versionDescription
        self.codePackage = codePackage
        self.codePackageAddress = codePackageAddress
        self.domainName = domainName
    }
}

extension MiniProgram: Redacted {
    init(_ native: ScrupleBindings.MiniProgram) {
        self.init(
            id: native.id,
            name: native.name,
            classificationTag: native.classificationTag,
            introduction: native.introduction,
            description: native.description,
            versionNumber: native.versionNumber,
            versionDescription: native.versionDescription,
            codePackage: native.codePackage.map(CodePackage.init),
            codePackageAddress: native.codePackageAddress.map(CodePackageAddress.init),
            domainName: native.domainName
        )
    }

    var native: ScrupleBindings.MiniProgram {
        ScrupleBindings.MiniProgram(
            id: id,
            name: name,
            classificationTag: classificationTag,
            introduction: introduction,
            description: description,
            versionNumber: versionNumber,
            versionDescription: versionDescription,
            codePackage: codePackage?.native,
            codePackageAddress: codePackageAddress?.native,
            domainName: domainName
        )
    }
}

/// A code package: its size and digest, and its bytes if it is small.
public struct CodePackage: Hashable, Sendable {
    /// Size in bytes, from 1 to 1 GiB.
    public var size: UInt64
    /// SHA-256 of all bytes, 64 hexadecimal digits.
    public var sha256: String
    /// All bytes, at most 2 MiB. Their number has to be `size`, and their digest `sha256`.
    public var bytes: Data?

    /// Puts one together from its parts.
    public init(size: UInt64, sha256: String, bytes: Data? = nil) {
        self.size = size
        self.sha256 = sha256
        self.bytes = bytes
    }
}

extension CodePackage: Redacted {
    init(_ native: ScrupleBindings.CodePackage) {
        self.init(
            size: native.size,
            sha256: native.sha256,
            bytes: native.bytes
        )
    }

    var native: ScrupleBindings.CodePackage {
        ScrupleBindings.CodePackage(
            size: size,
            sha256: sha256,
            bytes: bytes
        )
    }
}

/// A code package's addresses. At least one of the two has to be there. Neither may have a user, a password or a
/// fragment.
public struct CodePackageAddress: Hashable, Sendable {
    /// On the client: an absolute path or URI, at most 2 KiB.
    public var client: String?
    /// On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB.
    public var server: String?

    /// Puts one together from its parts.
    public init(client: String? = nil, server: String? = nil) {
        self.client = client
        self.server = server
    }
}

extension CodePackageAddress: Redacted {
    init(_ native: ScrupleBindings.CodePackageAddress) {
        self.init(
            client: native.client,
            server: native.server
        )
    }

    var native: ScrupleBindings.CodePackageAddress {
        ScrupleBindings.CodePackageAddress(
            client: client,
            server: server
        )
    }
}

/// The network configuration, as far as the host describes it.
public struct NetworkConfiguration: Hashable, Sendable {
    /// Permissions by name, at most 256, and whether each is granted. A name consists of letters, digits, `.`, `_` and
    /// `-`.
    public var permissions: [String: Bool]?
    /// The domains that mini-programs may reach.
    public var domains: DomainConfiguration?

    /// Puts one together from its parts.
    public init(permissions: [String: Bool]? = nil, domains: DomainConfiguration? = nil) {
        self.permissions = permissions
        self.domains = domains
    }
}

extension NetworkConfiguration: Redacted {
    init(_ native: ScrupleBindings.NetworkConfiguration) {
        self.init(
            permissions: native.permissions,
            domains: native.domains.map(DomainConfiguration.init)
        )
    }

    var native: ScrupleBindings.NetworkConfiguration {
        ScrupleBindings.NetworkConfiguration(
            permissions: permissions,
            domains: domains?.native
        )
    }
}

/// The domains that mini-programs may reach, at most 256 for each use.
///
/// An entry is a domain name as for a mini-program. It may have the scheme `https` or `wss` and a port. It has no path.
public struct DomainConfiguration: Hashable, Sendable {
    /// For requests.
    public var request: [String]
    /// For sockets, which may also have the scheme `tcp` or `udp`.
    public var socket: [String]
    /// For uploads.
    public var upload: [String]
    /// For downloads.
    public var download: [String]
    /// For web views.
    public var webView: [String]

    /// Puts one together from its parts.
    public init(
        request: [String] = [],
        socket: [String] = [],
        upload: [String] = [],
        download: [String] = [],
        webView: [String] = []
    ) {
        self.request = request
        self.socket = socket
        self.upload = upload
        self.download = download
        self.webView = webView
    }
}

extension DomainConfiguration: Redacted {
    init(_ native: ScrupleBindings.DomainConfiguration) {
        self.init(
            request: native.request,
            socket: native.socket,
            upload: native.upload,
            download: native.download,
            webView: native.webView
        )
    }

    var native: ScrupleBindings.DomainConfiguration {
        ScrupleBindings.DomainConfiguration(
            request: request,
            socket: socket,
            upload: upload,
            download: download,
            webView: webView
        )
    }
}
