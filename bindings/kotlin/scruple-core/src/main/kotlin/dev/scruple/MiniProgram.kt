package dev.scruple

import java.nio.ByteBuffer
import dev.scruple.bindings.CodePackage as NativeCodePackage
import dev.scruple.bindings.CodePackageAddress as NativeCodePackageAddress
import dev.scruple.bindings.MiniProgram as NativeMiniProgram

/** A mini-program, as far as the host says. */
public class MiniProgram internal constructor(
    /**
     * The id, at most 256 bytes, without white space. A host must say it; a snapshot has it if that item was collected.
     */
    public val id: String?,
    /** The name, at most 256 bytes. */
    public val name: String?,
    /** The classification tag, at most 256 bytes. */
    public val classificationTag: String?,
    /** The introduction, at most 4 KiB. */
    public val introduction: String?,
    /** The description, at most 4 KiB. */
    public val description: String?,
    /** The version's number, at most 256 bytes. */
    public val versionNumber: String?,
    /** The version's description, at most 4 KiB. */
    public val versionDescription: String?,
    /** The code package. */
    public val codePackage: CodePackage?,
    /** Where the code package lies. */
    public val codePackageAddress: CodePackageAddress?,
    /** The domain name: two or more labels in ASCII (A-labels), without scheme, port and dot at the end. */
    public val domainName: String?,
) : Value() {
    override val fields: List<Any?>
        get() =
            listOf(
                id,
                name,
                classificationTag,
                introduction,
                description,
                versionNumber,
                versionDescription,
                codePackage,
                codePackageAddress,
                domainName,
            )

    /** Builds a mini-program. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [MiniProgram.id]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var id: String? = null

        /** See [MiniProgram.name]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var name: String? = null

        /** See [MiniProgram.classificationTag]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var classificationTag: String? = null

        /** See [MiniProgram.introduction]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var introduction: String? = null

        /** See [MiniProgram.description]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var description: String? = null

        /** See [MiniProgram.versionNumber]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var versionNumber: String? = null

        /** See [MiniProgram.versionDescription]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var versionDescription: String? = null

        /** See [MiniProgram.codePackage]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var codePackage: CodePackage? = null

        /** See [MiniProgram.codePackageAddress]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var codePackageAddress: CodePackageAddress? = null

        /** See [MiniProgram.domainName]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var domainName: String? = null

        /** Says [MiniProgram.id]. */
        public fun id(id: String?): Builder = apply { this.id = id }

        /** Says [MiniProgram.name]. */
        public fun name(name: String?): Builder = apply { this.name = name }

        /** Says [MiniProgram.classificationTag]. */
        public fun classificationTag(classificationTag: String?): Builder =
            apply { this.classificationTag = classificationTag }

        /** Says [MiniProgram.introduction]. */
        public fun introduction(introduction: String?): Builder = apply { this.introduction = introduction }

        /** Says [MiniProgram.description]. */
        public fun description(description: String?): Builder = apply { this.description = description }

        /** Says [MiniProgram.versionNumber]. */
        public fun versionNumber(versionNumber: String?): Builder = apply { this.versionNumber = versionNumber }

        /** Says [MiniProgram.versionDescription]. */
        public fun versionDescription(versionDescription: String?): Builder =
            apply { this.versionDescription = versionDescription }

        /** Says [MiniProgram.codePackage]. */
        public fun codePackage(codePackage: CodePackage?): Builder = apply { this.codePackage = codePackage }

        /** Says [MiniProgram.codePackageAddress]. */
        public fun codePackageAddress(codePackageAddress: CodePackageAddress?): Builder =
            apply { this.codePackageAddress = codePackageAddress }

        /** Says [MiniProgram.domainName]. */
        public fun domainName(domainName: String?): Builder = apply { this.domainName = domainName }

        /** What was said. */
        public fun build(): MiniProgram =
            MiniProgram(
                id,
                name,
                classificationTag,
                introduction,
                description,
                versionNumber,
                versionDescription,
                codePackage,
                codePackageAddress,
                domainName,
            )
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `MiniProgram { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): MiniProgram = builder().apply(build).build()
    }
}

/** A code package: what it is known by, and its bytes if it is small. */
public class CodePackage(
    /** Size in bytes, from 1 to 1 GiB. */
    public val size: Long,
    /** SHA-256 of all bytes, 64 hexadecimal digits. */
    public val sha256: String,
    /** All bytes, at most 2 MiB: as many as [size] says, and with that digest. */
    public val bytes: ByteArray? = null,
) : Value() {
    override val fields: List<Any?> get() = listOf(size, sha256, bytes?.let(ByteBuffer::wrap))
}

/** Where a code package lies. At least one of the two is there, neither has a user, a password or a fragment. */
public class CodePackageAddress internal constructor(
    /** On the client: an absolute path or URI, at most 2 KiB. */
    public val client: String?,
    /** On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB. */
    public val server: String?,
) : Value() {
    override val fields: List<Any?> get() = listOf(client, server)

    /** Builds an address. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [CodePackageAddress.client]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var client: String? = null

        /** See [CodePackageAddress.server]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var server: String? = null

        /** Says [CodePackageAddress.client]. */
        public fun client(client: String?): Builder = apply { this.client = client }

        /** Says [CodePackageAddress.server]. */
        public fun server(server: String?): Builder = apply { this.server = server }

        /** What was said. */
        public fun build(): CodePackageAddress = CodePackageAddress(client, server)
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `CodePackageAddress { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): CodePackageAddress = builder().apply(build).build()
    }
}

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

internal fun MiniProgram.lowered() =
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
