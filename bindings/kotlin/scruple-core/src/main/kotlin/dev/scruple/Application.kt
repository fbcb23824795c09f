package dev.scruple

import dev.scruple.bindings.hostRecordsFromJson
import dev.scruple.bindings.Application as NativeApplication
import dev.scruple.bindings.CodePackage as NativeCodePackage
import dev.scruple.bindings.CodePackageAddress as NativeCodePackageAddress
import dev.scruple.bindings.DomainConfiguration as NativeDomainConfiguration
import dev.scruple.bindings.HostRecords as NativeHostRecords
import dev.scruple.bindings.MiniProgram as NativeMiniProgram
import dev.scruple.bindings.NetworkConfiguration as NativeNetworkConfiguration
import dev.scruple.bindings.ProfilePicture as NativeProfilePicture

/**
 * What the host supplies of itself: the agreement's parts A and B. They are checked by [Session.supply].
 *
 * No text is empty or blank, and none has control characters; only introductions and descriptions have line feeds and
 * tabs.
 */
public data class HostRecords(
    /** The application. */
    public val application: Application? = null,
    /** Its mini-programs, at most 64, each with an id of its own. */
    public val miniPrograms: List<MiniProgram> = emptyList(),
    /** The network configuration. */
    public val network: NetworkConfiguration? = null,
) : Value() {
    /** How records come about. */
    public companion object {
        /**
         * Reads a file of records: JSON with these fields' names in `snake_case`, bytes in Base64.
         *
         * The native library reads it: see [Session.warmUp].
         *
         * @throws ScrupleException.Input with line, column and path of the first thing that is not as it ought to be.
         * No value is in it.
         */
        @JvmStatic
        @Throws(ScrupleException::class)
        public fun fromJson(text: String): HostRecords = native { hostRecordsFromJson(text) }.lifted()
    }
}

/** An application, as far as the host says. */
public data class Application(
    /** The user's profile picture. */
    public val profilePicture: ProfilePicture? = null,
    /** The creator's id, at most 256 bytes, without white space. */
    public val creatorId: String? = null,
    /** The name, at most 256 bytes. */
    public val name: String? = null,
    /** The id on the platform, at most 256 bytes, without white space. */
    public val id: String? = null,
    /**
     * The package name, at most 256 bytes: two or more parts of letters, digits, `_` and `-`, the first of which begins
     * with a letter.
     */
    public val packageName: String? = null,
) : Value()

/** A picture: PNG, JPEG, GIF or WebP, at most 1 MiB. */
public class ProfilePicture(
    /** The file's bytes. */
    public val bytes: ByteArray,
) : Value() {
    /** Whether the other has the same bytes. */
    override fun equals(other: Any?): Boolean = other is ProfilePicture && bytes.contentEquals(other.bytes)

    /** By the bytes. */
    override fun hashCode(): Int = bytes.contentHashCode()
}

/** A mini-program, as far as the host says. */
public data class MiniProgram(
    /**
     * The id, at most 256 bytes, without white space. A host must say it; a snapshot has it if that item was collected.
     */
    public val id: String? = null,
    /** The name, at most 256 bytes. */
    public val name: String? = null,
    /** The classification tag, at most 256 bytes. */
    public val classificationTag: String? = null,
    /** The introduction, at most 4 KiB. */
    public val introduction: String? = null,
    /** The description, at most 4 KiB. */
    public val description: String? = null,
    /** The version's number, at most 256 bytes. */
    public val versionNumber: String? = null,
    /** The version's description, at most 4 KiB. */
    public val versionDescription: String? = null,
    /** The code package. */
    public val codePackage: CodePackage? = null,
    /** Where the code package lies. */
    public val codePackageAddress: CodePackageAddress? = null,
    /** The domain name: two or more labels in ASCII (A-labels), without scheme, port and dot at the end. */
    public val domainName: String? = null,
) : Value()

/** A code package: what it is known by, and its bytes if it is small. */
public class CodePackage(
    /** Size in bytes, from 1 to 1 GiB. */
    public val size: Long,
    /** SHA-256 of all bytes, 64 hexadecimal digits. */
    public val sha256: String,
    /** All bytes, at most 2 MiB: as many as [size] says, and with that digest. */
    public val bytes: ByteArray? = null,
) : Value() {
    /** Whether the other has the same size, digest and bytes. */
    override fun equals(other: Any?): Boolean =
        other is CodePackage && size == other.size && sha256 == other.sha256 && bytes.contentEquals(other.bytes)

    /** By the digest. */
    override fun hashCode(): Int = sha256.hashCode()
}

/** Where a code package lies. At least one of the two is there, neither has a user, a password or a fragment. */
public data class CodePackageAddress(
    /** On the client: an absolute path or URI, at most 2 KiB. */
    public val client: String? = null,
    /** On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB. */
    public val server: String? = null,
) : Value()

/** The network configuration, as far as the host says. */
public data class NetworkConfiguration(
    /** Permissions by name, at most 256, and whether each is given. A name has letters, digits, `.`, `_` and `-`. */
    public val permissions: Map<String, Boolean>? = null,
    /** The domains that mini-programs may reach. */
    public val domains: DomainConfiguration? = null,
) : Value()

/**
 * The domains that mini-programs may reach, at most 256 for each use.
 *
 * An entry is a domain name as for a mini-program. It may have `https` or `wss` before it and a port after it, and has
 * no path.
 */
public data class DomainConfiguration(
    /** For requests. */
    public val request: List<String> = emptyList(),
    /** For sockets, which may have `tcp` and `udp` too. */
    public val socket: List<String> = emptyList(),
    /** For uploads. */
    public val upload: List<String> = emptyList(),
    /** For downloads. */
    public val download: List<String> = emptyList(),
    /** For web views. */
    public val webView: List<String> = emptyList(),
) : Value()

internal fun NativeHostRecords.lifted(): HostRecords =
    HostRecords(application?.lifted(), miniPrograms.map { it.lifted() }, network?.lifted())

internal fun HostRecords.lowered(): NativeHostRecords =
    NativeHostRecords(application?.lowered(), miniPrograms.map { it.lowered() }, network?.lowered())

internal fun NativeApplication.lifted(): Application =
    Application(profilePicture?.let { ProfilePicture(it.bytes) }, creatorId, name, id, packageName)

private fun Application.lowered() =
    NativeApplication(profilePicture?.let { NativeProfilePicture(it.bytes) }, creatorId, name, id, packageName)

internal fun NativeMiniProgram.lifted(): MiniProgram =
    MiniProgram(
        id = id,
        name = name,
        classificationTag = classificationTag,
        introduction = introduction,
        description = description,
        versionNumber = versionNumber,
        versionDescription = versionDescription,
        codePackage = codePackage?.run { CodePackage(size.toLong(), sha256, bytes) },
        codePackageAddress = codePackageAddress?.run { CodePackageAddress(client, server) },
        domainName = domainName,
    )

private fun MiniProgram.lowered() =
    NativeMiniProgram(
        id = id,
        name = name,
        classificationTag = classificationTag,
        introduction = introduction,
        description = description,
        versionNumber = versionNumber,
        versionDescription = versionDescription,
        // The core refuses a size that is out of range, which every negative one is as an unsigned one.
        codePackage = codePackage?.run { NativeCodePackage(size.toULong(), sha256, bytes) },
        codePackageAddress = codePackageAddress?.run { NativeCodePackageAddress(client, server) },
        domainName = domainName,
    )

internal fun NativeNetworkConfiguration.lifted(): NetworkConfiguration =
    NetworkConfiguration(
        permissions,
        domains?.run { DomainConfiguration(request, socket, upload, download, webView) },
    )

private fun NetworkConfiguration.lowered() =
    NativeNetworkConfiguration(
        permissions,
        domains?.run { NativeDomainConfiguration(request, socket, upload, download, webView) },
    )
