package dev.scruple

import java.nio.ByteBuffer
import dev.scruple.bindings.ApplicationInformation as NativeApplication
import dev.scruple.bindings.ProfilePicture as NativeProfilePicture

/** An application, as far as the host says. */
public class ApplicationInformation internal constructor(
    /** The user's profile picture. */
    public val profilePicture: ProfilePicture?,
    /** The creator's id, at most 256 bytes, without white space. */
    public val creatorId: String?,
    /** The name, at most 256 bytes. */
    public val name: String?,
    /** The id on the platform, at most 256 bytes, without white space. */
    public val id: String?,
    /**
     * The package name, at most 256 bytes: two or more parts of letters, digits, `_` and `-`, the first of which begins
     * with a letter.
     */
    public val packageName: String?,
) : Value() {
    override val fields: List<Any?> get() = listOf(profilePicture, creatorId, name, id, packageName)

    /** Builds an application. What is not set is not said. */
    public class Builder internal constructor() {
        /** See [ApplicationInformation.profilePicture]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var profilePicture: ProfilePicture? = null

        /** See [ApplicationInformation.creatorId]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var creatorId: String? = null

        /** See [ApplicationInformation.name]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var name: String? = null

        /** See [ApplicationInformation.id]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var id: String? = null

        /** See [ApplicationInformation.packageName]. */
        @get:JvmSynthetic
        @set:JvmSynthetic
        public var packageName: String? = null

        /** Says [ApplicationInformation.profilePicture]. */
        public fun profilePicture(profilePicture: ProfilePicture?): Builder =
            apply { this.profilePicture = profilePicture }

        /** Says [ApplicationInformation.creatorId]. */
        public fun creatorId(creatorId: String?): Builder = apply { this.creatorId = creatorId }

        /** Says [ApplicationInformation.name]. */
        public fun name(name: String?): Builder = apply { this.name = name }

        /** Says [ApplicationInformation.id]. */
        public fun id(id: String?): Builder = apply { this.id = id }

        /** Says [ApplicationInformation.packageName]. */
        public fun packageName(packageName: String?): Builder = apply { this.packageName = packageName }

        /** What was said. */
        public fun build(): ApplicationInformation =
            ApplicationInformation(
                profilePicture,
                creatorId,
                name,
                id,
                packageName,
            )
    }

    /** How it comes about. */
    public companion object {
        /** A builder, for Java. Kotlin has `ApplicationInformation { … }`. */
        @JvmStatic
        public fun builder(): Builder = Builder()

        /** Builds it in place. */
        @JvmSynthetic
        public operator fun invoke(build: Builder.() -> Unit): ApplicationInformation = builder().apply(build).build()
    }
}

/** A picture: PNG, JPEG, GIF or WebP, at most 1 MiB. */
public class ProfilePicture(
    /** The file's bytes. */
    public val bytes: ByteArray,
) : Value() {
    override val fields: List<Any?> get() = listOf(ByteBuffer.wrap(bytes))
}

internal fun NativeApplication.lifted(): ApplicationInformation =
    ApplicationInformation(profilePicture?.let { ProfilePicture(it.bytes) }, creatorId, name, id, packageName)

internal fun ApplicationInformation.lowered() =
    NativeApplication(profilePicture?.let { NativeProfilePicture(it.bytes) }, creatorId, name, id, packageName)
