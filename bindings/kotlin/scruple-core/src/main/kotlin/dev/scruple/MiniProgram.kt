package dev.scruple

import java.nio.ByteBuffer
import dev.scruple.bindings.CodePackage as NativeCodePackage
import dev.scruple.bindings.CodePackageAddress as NativeCodePackageAddress
import dev.scruple.bindings.MiniProgram as NativeMiniProgram

/** A mini-program, as far as the host describes it. */
public class MiniProgram internal constructor(
    /**
     * The id, at most 256 bytes, without white space. A host must set it. A snapshot has it if the item was collected.
     */
    @JvmField @Transient
    public val id: String?,
    /** The name, at most 256 bytes. */
    @JvmField @Transient
    public val name: String?,
    /** The classification tag, at most 256 bytes. */
    @JvmField @Transient
    public val classificationTag: String?,
    /** The introduction, at most 4 KiB. */
    @JvmField @Transient
    public val introduction: String?,
    /** The description, at most 4 KiB. */
    @JvmField @Transient
    public val description: String?,
    /** The version's number, at most 256 bytes. */
    @JvmField @Transient
    public val versionNumber: String?,
    /** The version's description, at most 4 KiB. */
    @JvmField @Transient
    public val versionDescription: String?,
    /** The code package. */
    @JvmField @Transient
    public val codePackage: CodePackage?,
    /** The code package's addresses. */
    @JvmField @Transient
    public val codePackageAddress: CodePackageAddress?,
    /** The domain name: two or more labels in ASCII (A-labels), without a scheme, a port or a dot at the end. */
    @JvmField @Transient
    public val domainName: String?,
) : Value() {
    override fun fields(): List<Any?> =
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

    /** Builds a mini-program. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [MiniProgram.id]. */
        @JvmField @JvmSynthetic @Transient
        public var id: String? = null

        /** See [MiniProgram.name]. */
        @JvmField @JvmSynthetic @Transient
        public var name: String? = null

        /** See [MiniProgram.classificationTag]. */
        @JvmField @JvmSynthetic @Transient
        public var classificationTag: String? = null

        /** See [MiniProgram.introduction]. */
        @JvmField @JvmSynthetic @Transient
        public var introduction: String? = null

        /** See [MiniProgram.description]. */
        @JvmField @JvmSynthetic @Transient
        public var description: String? = null

        /** See [MiniProgram.versionNumber]. */
        @JvmField @JvmSynthetic @Transient
        public var versionNumber: String? = null

        /** See [MiniProgram.versionDescription]. */
        @JvmField @JvmSynthetic @Transient
        public var versionDescription: String? = null

        /** See [MiniProgram.codePackage]. */
        @JvmField @JvmSynthetic @Transient
        public var codePackage: CodePackage? = null

        /** See [MiniProgram.codePackageAddress]. */
        @JvmField @JvmSynthetic @Transient
        public var codePackageAddress: CodePackageAddress? = null

        /** See [MiniProgram.domainName]. */
        @JvmField @JvmSynthetic @Transient
        public var domainName: String? = null

        /** Sets [MiniProgram.id]. */
        public fun id(id: String?): Builder = apply { this.id = id }

        /** Sets [MiniProgram.name]. */
        public fun name(name: String?): Builder = apply { this.name = name }

        /** Sets [MiniProgram.classificationTag]. */
        public fun classificationTag(classificationTag: String?): Builder =
            apply { this.classificationTag = classificationTag }

        /** Sets [MiniProgram.introduction]. */
        public fun introduction(introduction: String?): Builder = apply { this.introduction = introduction }

        /** Sets [MiniProgram.description]. */
        public fun description(description: String?): Builder = apply { this.description = description }

        /** Sets [MiniProgram.versionNumber]. */
        public fun versionNumber(versionNumber: String?): Builder = apply { this.versionNumber = versionNumber }

        /** Sets [MiniProgram.versionDescription]. */
        public fun versionDescription(versionDescription: String?): Builder =
            apply { this.versionDescription = versionDescription }

        /** Sets [MiniProgram.codePackage]. */
        public fun codePackage(codePackage: CodePackage?): Builder = apply { this.codePackage = codePackage }

        /** Sets [MiniProgram.codePackageAddress]. */
        public fun codePackageAddress(codePackageAddress: CodePackageAddress?): Builder =
            apply { this.codePackageAddress = codePackageAddress }

        /** Sets [MiniProgram.domainName]. */
        public fun domainName(domainName: String?): Builder = apply { this.domainName = domainName }

        /** Builds it. */
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

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `MiniProgram { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): MiniProgram = builder().apply(build).build()
    }
}

/** A code package: its size and digest, and its bytes if it is small. */
public class CodePackage(
    /** Size in bytes, from 1 to 1 GiB. */
    @JvmField @Transient
    public val size: Long,
    /** SHA-256 of all bytes, 64 hexadecimal digits. */
    @JvmField @Transient
    public val sha256: String,
    /** All bytes, at most 2 MiB. Their number has to be [size], and their digest [sha256]. */
    @JvmField @Transient
    public val bytes: ByteArray? = null,
) : Value() {
    override fun fields(): List<Any?> = listOf(size, sha256, bytes?.let(ByteBuffer::wrap))
}

/**
 * A code package's addresses. At least one of the two has to be there. Neither may have a user, a password or a
 * fragment.
 */
public class CodePackageAddress internal constructor(
    /** On the client: an absolute path or URI, at most 2 KiB. */
    @JvmField @Transient
    public val client: String?,
    /** On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB. */
    @JvmField @Transient
    public val server: String?,
) : Value() {
    override fun fields(): List<Any?> = listOf(client, server)

    /** Builds an address. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [CodePackageAddress.client]. */
        @JvmField @JvmSynthetic @Transient
        public var client: String? = null

        /** See [CodePackageAddress.server]. */
        @JvmField @JvmSynthetic @Transient
        public var server: String? = null

        /** Sets [CodePackageAddress.client]. */
        public fun client(client: String?): Builder = apply { this.client = client }

        /** Sets [CodePackageAddress.server]. */
        public fun server(server: String?): Builder = apply { this.server = server }

        /** Builds it. */
        public fun build(): CodePackageAddress = CodePackageAddress(client, server)
    }

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `CodePackageAddress { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
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
