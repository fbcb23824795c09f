package dev.scruple

import java.nio.ByteBuffer
import dev.scruple.bindings.ApplicationInformation as NativeApplication
import dev.scruple.bindings.ProfilePicture as NativeProfilePicture

/** An application, as far as the host describes it. */
public class ApplicationInformation internal constructor(
    /** The user's profile picture. */
    @JvmField @Transient
    public val profilePicture: ProfilePicture?,
    /** The creator's id, at most 256 bytes, without white space. */
    @JvmField @Transient
    public val creatorId: String?,
    /** The name, at most 256 bytes. */
    @JvmField @Transient
    public val name: String?,
    /** The id on the platform, at most 256 bytes, without white space. */
    @JvmField @Transient
    public val id: String?,
    /**
     * The package name, at most 256 bytes. It has two or more parts of letters, digits, `_` and `-`, with dots between
     * them, and begins with a letter.
     */
    @JvmField @Transient
    public val packageName: String?,
) : Value() {
    override fun fields(): List<Any?> = listOf(profilePicture, creatorId, name, id, packageName)

    /** Builds an application. A field that is not set is absent. */
    public class Builder internal constructor() {
        /** See [ApplicationInformation.profilePicture]. */
        @JvmField @JvmSynthetic @Transient
        public var profilePicture: ProfilePicture? = null

        /** See [ApplicationInformation.creatorId]. */
        @JvmField @JvmSynthetic @Transient
        public var creatorId: String? = null

        /** See [ApplicationInformation.name]. */
        @JvmField @JvmSynthetic @Transient
        public var name: String? = null

        /** See [ApplicationInformation.id]. */
        @JvmField @JvmSynthetic @Transient
        public var id: String? = null

        /** See [ApplicationInformation.packageName]. */
        @JvmField @JvmSynthetic @Transient
        public var packageName: String? = null

        /** Sets [ApplicationInformation.profilePicture]. */
        public fun profilePicture(profilePicture: ProfilePicture?): Builder =
            apply { this.profilePicture = profilePicture }

        /** Sets [ApplicationInformation.creatorId]. */
        public fun creatorId(creatorId: String?): Builder = apply { this.creatorId = creatorId }

        /** Sets [ApplicationInformation.name]. */
        public fun name(name: String?): Builder = apply { this.name = name }

        /** Sets [ApplicationInformation.id]. */
        public fun id(id: String?): Builder = apply { this.id = id }

        /** Sets [ApplicationInformation.packageName]. */
        public fun packageName(packageName: String?): Builder = apply { this.packageName = packageName }

        /** Builds it. */
        public fun build(): ApplicationInformation =
            ApplicationInformation(
                profilePicture,
                creatorId,
                name,
                id,
                packageName,
            )
    }

    /** Makes one. */
    public companion object {
        /** A builder, for Java. Kotlin has `ApplicationInformation { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds one in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): ApplicationInformation = builder().apply(build).build()
    }
}

/** A picture: PNG, JPEG, GIF or WebP, at most 1 MiB. */
public class ProfilePicture(
    /** The file's bytes. */
    @JvmField @Transient
    public val bytes: ByteArray,
) : Value() {
    override fun fields(): List<Any?> = listOf(ByteBuffer.wrap(bytes))
}

internal fun NativeApplication.lifted(): ApplicationInformation =
    ApplicationInformation(profilePicture?.let { ProfilePicture(it.bytes) }, creatorId, name, id, packageName)

internal fun ApplicationInformation.lowered() =
    NativeApplication(profilePicture?.let { NativeProfilePicture(it.bytes) }, creatorId, name, id, packageName)
