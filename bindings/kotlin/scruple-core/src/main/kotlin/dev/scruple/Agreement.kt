package dev.scruple

import java.util.Collections
import java.util.EnumSet
import dev.scruple.bindings.Category as NativeCategory
import dev.scruple.bindings.Item as NativeItem
import dev.scruple.bindings.Purpose as NativePurpose

/** Items that a policy switches on and a person agrees to together. */
public enum class Category(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** The application and its mini-programs (part A of the agreement). */
    APPLICATION("application"),

    /** Permission and domain configuration (part B). */
    NETWORK_CONFIGURATION("network_configuration"),

    /** Device information (part C). */
    DEVICE("device"),

    /** Device identifiers (part D). */
    IDENTIFIER("identifier"),

    /** The clipboard (part D). */
    CLIPBOARD("clipboard"),

    /** Location (part D). */
    LOCATION("location"),

    /** Bluetooth (part D). */
    BLUETOOTH("bluetooth"),

    /** Near-field communication (part D). */
    NFC("nfc"),

    /** The device's process list (part D). */
    PROCESS_LIST("process_list"),

    /** The web view's user agent (part D). */
    WEB_VIEW("web_view"),
}

/** Why an item is read. The agreement gives these two purposes and no other. */
public enum class Purpose(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
) {
    /** Providing the platform's feature. */
    FEATURE("feature"),

    /** Finding out why the feature does not work. */
    TROUBLESHOOTING("troubleshooting"),
}

/**
 * One datum that the agreement lists. A datum that the agreement does not list has no name here, so nobody can ask for
 * it.
 */
public enum class Item(
    /** The stable name, the same in JSON, Rust and Swift. */
    public val id: String,
    /** The category that it belongs to. */
    public val category: Category,
) {
    /** The user's profile picture. */
    APPLICATION_PROFILE_PICTURE("application.profile_picture", Category.APPLICATION),

    /** The id of the application's creator. */
    APPLICATION_CREATOR_ID("application.creator_id", Category.APPLICATION),

    /** The application's name. */
    APPLICATION_NAME("application.name", Category.APPLICATION),

    /** The application's id on the platform. */
    APPLICATION_ID("application.id", Category.APPLICATION),

    /** The application's package name. */
    APPLICATION_PACKAGE_NAME("application.package_name", Category.APPLICATION),

    /** A mini-program's name. */
    MINI_PROGRAM_NAME("mini_program.name", Category.APPLICATION),

    /** A mini-program's id. */
    MINI_PROGRAM_ID("mini_program.id", Category.APPLICATION),

    /** A mini-program's classification tag. */
    MINI_PROGRAM_CLASSIFICATION_TAG("mini_program.classification_tag", Category.APPLICATION),

    /** A mini-program's introduction. */
    MINI_PROGRAM_INTRODUCTION("mini_program.introduction", Category.APPLICATION),

    /** A mini-program's description. */
    MINI_PROGRAM_DESCRIPTION("mini_program.description", Category.APPLICATION),

    /** A mini-program's version number. */
    MINI_PROGRAM_VERSION_NUMBER("mini_program.version_number", Category.APPLICATION),

    /** A mini-program's version description. */
    MINI_PROGRAM_VERSION_DESCRIPTION("mini_program.version_description", Category.APPLICATION),

    /** A mini-program's code package. */
    MINI_PROGRAM_CODE_PACKAGE("mini_program.code_package", Category.APPLICATION),

    /** The addresses of a mini-program's code package, on the client and on the server. */
    MINI_PROGRAM_CODE_PACKAGE_ADDRESS("mini_program.code_package_address", Category.APPLICATION),

    /** A mini-program's domain name. */
    MINI_PROGRAM_DOMAIN_NAME("mini_program.domain_name", Category.APPLICATION),

    /** The customer's permission configuration. */
    NETWORK_PERMISSION_CONFIGURATION("network.permission_configuration", Category.NETWORK_CONFIGURATION),

    /** The customer's domain name configuration. */
    NETWORK_DOMAIN_CONFIGURATION("network.domain_configuration", Category.NETWORK_CONFIGURATION),

    /** Total capacity of the storage that holds user data. */
    DEVICE_STORAGE_CAPACITY("device.storage_capacity", Category.DEVICE),

    /** Mobile country code and mobile network code. */
    DEVICE_MCC_MNC("device.mcc_mnc", Category.DEVICE),

    /** The device's model. */
    DEVICE_MODEL("device.model", Category.DEVICE),

    /** The operating system's version. */
    DEVICE_SYSTEM_VERSION("device.system_version", Category.DEVICE),

    /** The firmware's version. */
    DEVICE_FIRMWARE_VERSION("device.firmware_version", Category.DEVICE),

    /** The display's resolution. */
    DEVICE_RESOLUTION("device.resolution", Category.DEVICE),

    /** The processor. */
    DEVICE_CPU("device.cpu", Category.DEVICE),

    /** The brand that the device is sold under. */
    DEVICE_BRAND("device.brand", Category.DEVICE),

    /** The system build, and the version text that the system shows to a person. */
    DEVICE_INCREMENTAL_VERSION("device.incremental_version", Category.DEVICE),

    /** The device's manufacturer. */
    DEVICE_MANUFACTURER("device.manufacturer", Category.DEVICE),

    /** The name that its owner gave the device. */
    DEVICE_NAME("device.name", Category.DEVICE),

    /** The operating system's name. */
    DEVICE_PLATFORM("device.platform", Category.DEVICE),

    /** The mobile operator's name. */
    DEVICE_OPERATOR("device.operator", Category.DEVICE),

    /** Apple's identifier for advertisers. */
    IDENTIFIER_IDFA("identifier.idfa", Category.IDENTIFIER),

    /** The clipboard's text. */
    CLIPBOARD_CONTENT("clipboard.content", Category.CLIPBOARD),

    /** Whether the clipboard can be read, and if not, why. Never its content. */
    CLIPBOARD_TROUBLESHOOTING("clipboard.troubleshooting", Category.CLIPBOARD),

    /** Fuzzy location: a cell of at least 3 km². */
    LOCATION_FUZZY("location.fuzzy", Category.LOCATION),

    /** Precise location. Scruple never reads it while the policy says fuzzy. */
    LOCATION_PRECISE("location.precise", Category.LOCATION),

    /** The Bluetooth adapter and the devices near it. */
    BLUETOOTH_INFORMATION("bluetooth.information", Category.BLUETOOTH),

    /** Why Bluetooth does not work. */
    BLUETOOTH_TROUBLESHOOTING("bluetooth.troubleshooting", Category.BLUETOOTH),

    /** Whether the device has near-field communication, and whether it is on. */
    NFC_INFORMATION("nfc.information", Category.NFC),

    /** The processes that the system shows to this process. */
    PROCESS_LIST_PROCESSES("process_list.processes", Category.PROCESS_LIST),

    /** The web view's user agent. */
    WEB_VIEW_USER_AGENT("web_view.user_agent", Category.WEB_VIEW),
    ;

    /** Sets of items. */
    public companion object {
        /** Every item of the agreement, in its order. */
        @JvmField
        public val ALL: Set<Item> = Collections.unmodifiableSet(EnumSet.allOf(Item::class.java))
    }
}

internal fun NativeItem.lifted(): Item =
    when (this) {
        NativeItem.APPLICATION_PROFILE_PICTURE -> Item.APPLICATION_PROFILE_PICTURE
        NativeItem.APPLICATION_CREATOR_ID -> Item.APPLICATION_CREATOR_ID
        NativeItem.APPLICATION_NAME -> Item.APPLICATION_NAME
        NativeItem.APPLICATION_ID -> Item.APPLICATION_ID
        NativeItem.APPLICATION_PACKAGE_NAME -> Item.APPLICATION_PACKAGE_NAME
        NativeItem.MINI_PROGRAM_NAME -> Item.MINI_PROGRAM_NAME
        NativeItem.MINI_PROGRAM_ID -> Item.MINI_PROGRAM_ID
        NativeItem.MINI_PROGRAM_CLASSIFICATION_TAG -> Item.MINI_PROGRAM_CLASSIFICATION_TAG
        NativeItem.MINI_PROGRAM_INTRODUCTION -> Item.MINI_PROGRAM_INTRODUCTION
        NativeItem.MINI_PROGRAM_DESCRIPTION -> Item.MINI_PROGRAM_DESCRIPTION
        NativeItem.MINI_PROGRAM_VERSION_NUMBER -> Item.MINI_PROGRAM_VERSION_NUMBER
        NativeItem.MINI_PROGRAM_VERSION_DESCRIPTION -> Item.MINI_PROGRAM_VERSION_DESCRIPTION
        NativeItem.MINI_PROGRAM_CODE_PACKAGE -> Item.MINI_PROGRAM_CODE_PACKAGE
        NativeItem.MINI_PROGRAM_CODE_PACKAGE_ADDRESS -> Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS
        NativeItem.MINI_PROGRAM_DOMAIN_NAME -> Item.MINI_PROGRAM_DOMAIN_NAME
        NativeItem.NETWORK_PERMISSION_CONFIGURATION -> Item.NETWORK_PERMISSION_CONFIGURATION
        NativeItem.NETWORK_DOMAIN_CONFIGURATION -> Item.NETWORK_DOMAIN_CONFIGURATION
        NativeItem.DEVICE_STORAGE_CAPACITY -> Item.DEVICE_STORAGE_CAPACITY
        NativeItem.DEVICE_MCC_MNC -> Item.DEVICE_MCC_MNC
        NativeItem.DEVICE_MODEL -> Item.DEVICE_MODEL
        NativeItem.DEVICE_SYSTEM_VERSION -> Item.DEVICE_SYSTEM_VERSION
        NativeItem.DEVICE_FIRMWARE_VERSION -> Item.DEVICE_FIRMWARE_VERSION
        NativeItem.DEVICE_RESOLUTION -> Item.DEVICE_RESOLUTION
        NativeItem.DEVICE_CPU -> Item.DEVICE_CPU
        NativeItem.DEVICE_BRAND -> Item.DEVICE_BRAND
        NativeItem.DEVICE_INCREMENTAL_VERSION -> Item.DEVICE_INCREMENTAL_VERSION
        NativeItem.DEVICE_MANUFACTURER -> Item.DEVICE_MANUFACTURER
        NativeItem.DEVICE_NAME -> Item.DEVICE_NAME
        NativeItem.DEVICE_PLATFORM -> Item.DEVICE_PLATFORM
        NativeItem.DEVICE_OPERATOR -> Item.DEVICE_OPERATOR
        NativeItem.IDENTIFIER_IDFA -> Item.IDENTIFIER_IDFA
        NativeItem.CLIPBOARD_CONTENT -> Item.CLIPBOARD_CONTENT
        NativeItem.CLIPBOARD_TROUBLESHOOTING -> Item.CLIPBOARD_TROUBLESHOOTING
        NativeItem.LOCATION_FUZZY -> Item.LOCATION_FUZZY
        NativeItem.LOCATION_PRECISE -> Item.LOCATION_PRECISE
        NativeItem.BLUETOOTH_INFORMATION -> Item.BLUETOOTH_INFORMATION
        NativeItem.BLUETOOTH_TROUBLESHOOTING -> Item.BLUETOOTH_TROUBLESHOOTING
        NativeItem.NFC_INFORMATION -> Item.NFC_INFORMATION
        NativeItem.PROCESS_LIST_PROCESSES -> Item.PROCESS_LIST_PROCESSES
        NativeItem.WEB_VIEW_USER_AGENT -> Item.WEB_VIEW_USER_AGENT
    }

private val nativeItems = NativeItem.values().associateBy(NativeItem::lifted)

internal fun Item.lowered(): NativeItem = nativeItems.getValue(this)

internal fun NativeCategory.lifted(): Category =
    when (this) {
        NativeCategory.APPLICATION -> Category.APPLICATION
        NativeCategory.NETWORK_CONFIGURATION -> Category.NETWORK_CONFIGURATION
        NativeCategory.DEVICE -> Category.DEVICE
        NativeCategory.IDENTIFIER -> Category.IDENTIFIER
        NativeCategory.CLIPBOARD -> Category.CLIPBOARD
        NativeCategory.LOCATION -> Category.LOCATION
        NativeCategory.BLUETOOTH -> Category.BLUETOOTH
        NativeCategory.NFC -> Category.NFC
        NativeCategory.PROCESS_LIST -> Category.PROCESS_LIST
        NativeCategory.WEB_VIEW -> Category.WEB_VIEW
    }

private val nativeCategories = NativeCategory.values().associateBy(NativeCategory::lifted)

internal fun Category.lowered(): NativeCategory = nativeCategories.getValue(this)

internal fun NativePurpose.lifted(): Purpose =
    when (this) {
        NativePurpose.FEATURE -> Purpose.FEATURE
        NativePurpose.TROUBLESHOOTING -> Purpose.TROUBLESHOOTING
    }

private val nativePurposes = NativePurpose.values().associateBy(NativePurpose::lifted)

internal fun Purpose.lowered(): NativePurpose = nativePurposes.getValue(this)
