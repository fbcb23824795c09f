package dev.scruple.testing

import dev.scruple.ApplicationInformation
import dev.scruple.DeviceInformation
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.Item
import dev.scruple.MiniProgram
import dev.scruple.Missing
import dev.scruple.NetworkConfiguration
import dev.scruple.Unavailable

/** The values that a [TestSession] finds when it collects. */
public class TestValues
    @JvmOverloads
    constructor(
        /** The device items. An item that is null is missing. */
        public val device: DeviceInformation = DeviceInformation(),
        /** The feature items. An item that is null is missing. */
        public val features: FeatureData = FeatureData(),
        /** Why items are missing. An item that is not listed is [Unavailable.NOT_STATED]. */
        public val missing: Map<Item, Missing> = emptyMap(),
        /** The answer of [dev.scruple.Snapshot.toJson]. A test session serialises no values. */
        public val json: String = "{}",
    )

internal fun TestValues.has(
    item: Item,
    records: HostRecords,
): Boolean =
    device.only(setOf(item)) != DeviceInformation() ||
        features.only(setOf(item)) != FeatureData() ||
        records.only(setOf(item)).let { it.application != null || it.miniPrograms.isNotEmpty() || it.network != null }

internal fun DeviceInformation.only(items: Set<Item>): DeviceInformation =
    DeviceInformation(
        storageCapacity = storageCapacity.takeIf { Item.DEVICE_STORAGE_CAPACITY in items },
        mccMnc = mccMnc.takeIf { Item.DEVICE_MCC_MNC in items },
        model = model.takeIf { Item.DEVICE_MODEL in items },
        systemVersion = systemVersion.takeIf { Item.DEVICE_SYSTEM_VERSION in items },
        firmwareVersion = firmwareVersion.takeIf { Item.DEVICE_FIRMWARE_VERSION in items },
        resolution = resolution.takeIf { Item.DEVICE_RESOLUTION in items },
        cpu = cpu.takeIf { Item.DEVICE_CPU in items },
        brand = brand.takeIf { Item.DEVICE_BRAND in items },
        incrementalVersion = incrementalVersion.takeIf { Item.DEVICE_INCREMENTAL_VERSION in items },
        manufacturer = manufacturer.takeIf { Item.DEVICE_MANUFACTURER in items },
        name = name.takeIf { Item.DEVICE_NAME in items },
        platform = platform.takeIf { Item.DEVICE_PLATFORM in items },
        operator = operator.takeIf { Item.DEVICE_OPERATOR in items },
    )

internal fun FeatureData.only(items: Set<Item>): FeatureData =
    FeatureData(
        idfa = idfa.takeIf { Item.IDENTIFIER_IDFA in items },
        clipboard = clipboard.takeIf { Item.CLIPBOARD_CONTENT in items },
        clipboardTroubleshooting = clipboardTroubleshooting.takeIf { Item.CLIPBOARD_TROUBLESHOOTING in items },
        fuzzyLocation = fuzzyLocation.takeIf { Item.LOCATION_FUZZY in items },
        preciseLocation = preciseLocation.takeIf { Item.LOCATION_PRECISE in items },
        bluetooth = bluetooth.takeIf { Item.BLUETOOTH_INFORMATION in items },
        bluetoothTroubleshooting = bluetoothTroubleshooting.takeIf { Item.BLUETOOTH_TROUBLESHOOTING in items },
        nfc = nfc.takeIf { Item.NFC_INFORMATION in items },
        processes = processes.takeIf { Item.PROCESS_LIST_PROCESSES in items },
        userAgent = userAgent.takeIf { Item.WEB_VIEW_USER_AGENT in items },
    )

/** The records as a snapshot has them: of what is not asked for nothing, not even an empty record. */
internal fun HostRecords.only(items: Set<Item>): HostRecords {
    val from = this
    return HostRecords {
        application = from.application?.only(items)?.takeIf { it != ApplicationInformation {} }
        miniPrograms =
            from.miniPrograms
                .map { it.only(items) }
                .takeUnless { programs -> programs.all { it == MiniProgram {} } }
                .orEmpty()
        network = from.network?.only(items)?.takeIf { it != NetworkConfiguration {} }
    }
}

private fun ApplicationInformation.only(items: Set<Item>): ApplicationInformation {
    val from = this
    return ApplicationInformation {
        profilePicture = from.profilePicture.takeIf { Item.APPLICATION_PROFILE_PICTURE in items }
        creatorId = from.creatorId.takeIf { Item.APPLICATION_CREATOR_ID in items }
        name = from.name.takeIf { Item.APPLICATION_NAME in items }
        id = from.id.takeIf { Item.APPLICATION_ID in items }
        packageName = from.packageName.takeIf { Item.APPLICATION_PACKAGE_NAME in items }
    }
}

private fun MiniProgram.only(items: Set<Item>): MiniProgram {
    val from = this
    return MiniProgram {
        id = from.id.takeIf { Item.MINI_PROGRAM_ID in items }
        name = from.name.takeIf { Item.MINI_PROGRAM_NAME in items }
        classificationTag = from.classificationTag.takeIf { Item.MINI_PROGRAM_CLASSIFICATION_TAG in items }
        introduction = from.introduction.takeIf { Item.MINI_PROGRAM_INTRODUCTION in items }
        description = from.description.takeIf { Item.MINI_PROGRAM_DESCRIPTION in items }
        versionNumber = from.versionNumber.takeIf { Item.MINI_PROGRAM_VERSION_NUMBER in items }
        versionDescription = from.versionDescription.takeIf { Item.MINI_PROGRAM_VERSION_DESCRIPTION in items }
        codePackage = from.codePackage.takeIf { Item.MINI_PROGRAM_CODE_PACKAGE in items }
        codePackageAddress = from.codePackageAddress.takeIf { Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS in items }
        domainName = from.domainName.takeIf { Item.MINI_PROGRAM_DOMAIN_NAME in items }
    }
}

private fun NetworkConfiguration.only(items: Set<Item>): NetworkConfiguration {
    val from = this
    return NetworkConfiguration {
        permissions = from.permissions.takeIf { Item.NETWORK_PERMISSION_CONFIGURATION in items }
        domains = from.domains.takeIf { Item.NETWORK_DOMAIN_CONFIGURATION in items }
    }
}
