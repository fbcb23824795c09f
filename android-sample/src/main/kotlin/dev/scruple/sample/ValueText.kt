package dev.scruple.sample

import android.content.Context
import android.text.format.Formatter
import dev.scruple.AdapterState
import dev.scruple.BluetoothDiagnosis
import dev.scruple.BluetoothInformation
import dev.scruple.ClipboardDiagnosis
import dev.scruple.ClipboardObstacle
import dev.scruple.Coordinates
import dev.scruple.Cpu
import dev.scruple.Item
import dev.scruple.MiniProgram
import dev.scruple.NfcInformation
import dev.scruple.SystemPermission

/** Values as people read them, in the context's language. */
class ValueText(
    private val context: Context,
) {
    private val resources = context.resources

    /** An item's value on a few lines at most; null if it is gone. */
    fun of(
        item: Item,
        values: Values,
    ): String? {
        val (device, features) = values.device to values.features
        return when (item) {
            Item.APPLICATION_PROFILE_PICTURE -> values.application?.profilePicture?.let { size(it.bytes.size.toLong()) }
            Item.APPLICATION_CREATOR_ID -> values.application?.creatorId
            Item.APPLICATION_NAME -> values.application?.name
            Item.APPLICATION_ID -> values.application?.id
            Item.APPLICATION_PACKAGE_NAME -> values.application?.packageName
            Item.MINI_PROGRAM_NAME -> values.ofPrograms { it.name }
            Item.MINI_PROGRAM_ID -> values.ofPrograms { it.id }
            Item.MINI_PROGRAM_CLASSIFICATION_TAG -> values.ofPrograms { it.classificationTag }
            Item.MINI_PROGRAM_INTRODUCTION -> values.ofPrograms { it.introduction }
            Item.MINI_PROGRAM_DESCRIPTION -> values.ofPrograms { it.description }
            Item.MINI_PROGRAM_VERSION_NUMBER -> values.ofPrograms { it.versionNumber }
            Item.MINI_PROGRAM_VERSION_DESCRIPTION -> values.ofPrograms { it.versionDescription }
            Item.MINI_PROGRAM_CODE_PACKAGE ->
                values.ofPrograms { program ->
                    program.codePackage?.run { text(R.string.value_package, size(size), sha256) }
                }
            Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS ->
                values.ofPrograms { program -> program.codePackageAddress?.run { list(client, server) } }
            Item.MINI_PROGRAM_DOMAIN_NAME -> values.ofPrograms { it.domainName }
            Item.NETWORK_PERMISSION_CONFIGURATION ->
                values.network?.permissions?.let { count(R.plurals.value_permissions, it.size) }
            Item.NETWORK_DOMAIN_CONFIGURATION ->
                values.network?.domains?.run {
                    count(R.plurals.value_domains, listOf(request, socket, upload, download, webView).sumOf { it.size })
                }
            Item.DEVICE_STORAGE_CAPACITY -> device?.storageCapacity?.let(::size)
            Item.DEVICE_MCC_MNC -> device?.mccMnc?.run { "$mcc $mnc" }
            Item.DEVICE_MODEL -> device?.model
            Item.DEVICE_SYSTEM_VERSION ->
                device?.systemVersion?.run {
                    apiLevel?.let { text(R.string.value_system, name ?: version.orEmpty(), it) } ?: name ?: version
                }
            Item.DEVICE_FIRMWARE_VERSION -> device?.firmwareVersion
            Item.DEVICE_RESOLUTION ->
                device?.resolution?.run { text(R.string.value_resolution, width, height, scale.toString()) }
            Item.DEVICE_CPU -> device?.cpu?.let(::cpu)
            Item.DEVICE_BRAND -> device?.brand
            Item.DEVICE_INCREMENTAL_VERSION ->
                device?.incrementalVersion?.run {
                    visual?.let { text(R.string.value_with, incremental, it) } ?: incremental
                }
            Item.DEVICE_MANUFACTURER -> device?.manufacturer
            Item.DEVICE_NAME -> device?.name
            Item.DEVICE_PLATFORM -> device?.platform
            Item.DEVICE_OPERATOR -> device?.operator
            Item.IDENTIFIER_IDFA -> features?.idfa
            Item.CLIPBOARD_CONTENT -> features?.clipboard
            Item.CLIPBOARD_TROUBLESHOOTING -> features?.clipboardTroubleshooting?.let(::clipboard)
            Item.LOCATION_FUZZY -> features?.fuzzyLocation?.let(::place)
            Item.LOCATION_PRECISE -> features?.preciseLocation?.let(::place)
            Item.BLUETOOTH_INFORMATION -> features?.bluetooth?.let(::bluetooth)
            Item.BLUETOOTH_TROUBLESHOOTING -> features?.bluetoothTroubleshooting?.let(::bluetooth)
            Item.NFC_INFORMATION -> features?.nfc?.let(::nfc)
            Item.PROCESS_LIST_PROCESSES ->
                features?.processes?.let { processes ->
                    count(R.plurals.value_processes, processes.size, processes.joinToString { it.name })
                }
            Item.WEB_VIEW_USER_AGENT -> features?.userAgent
        }
    }

    private fun cpu(cpu: Cpu) =
        list(
            count(R.plurals.value_cores, cpu.cores),
            cpu.names.joinToString(" + "),
            cpu.hardware,
            cpu.maxFrequencyKhz?.let { text(R.string.value_frequency, it / 1000) },
            cpu.abis.joinToString(),
        )

    private fun clipboard(diagnosis: ClipboardDiagnosis) =
        list(
            text(if (diagnosis.hasContent) R.string.value_content else R.string.value_no_content),
            count(R.plurals.value_entries, diagnosis.itemCount),
            diagnosis.types.joinToString(),
            diagnosis.obstacle?.let { text(it.label) },
        )

    private fun place(location: Coordinates) = text(R.string.value_degrees, location.latitude, location.longitude)

    private fun bluetooth(bluetooth: BluetoothInformation) =
        list(
            text(bluetooth.state.label),
            bluetooth.lowEnergy?.let { text(if (it) R.string.value_low_energy else R.string.value_no_low_energy) },
            bluetooth.nearby?.let { text(R.string.value_nearby, it.size + bluetooth.omitted) },
        )

    private fun bluetooth(diagnosis: BluetoothDiagnosis) =
        list(
            text(diagnosis.state.label),
            text(R.string.value_permission, text(diagnosis.permission.label)),
            diagnosis.scanErrors.ifEmpty { null }?.let { text(R.string.value_scan_errors, it.joinToString()) },
        )

    private fun nfc(nfc: NfcInformation) =
        list(
            text(if (nfc.present) R.string.value_present else R.string.value_absent),
            nfc.enabled?.let { text(if (it) R.string.value_on else R.string.value_off) },
            text(R.string.value_cards).takeIf { nfc.hostCardEmulation == true },
        )

    private fun size(bytes: Long) = Formatter.formatFileSize(context, bytes)

    private fun text(
        id: Int,
        vararg arguments: Any,
    ) = resources.getString(id, *arguments)

    private fun count(
        id: Int,
        number: Int,
        vararg arguments: Any,
    ) = resources.getQuantityString(id, number, number, *arguments)

    private fun list(vararg parts: String?) = parts.filterNot { it.isNullOrEmpty() }.joinToString()

    private fun Values.ofPrograms(field: (MiniProgram) -> String?) =
        miniPrograms.mapNotNull(field).ifEmpty { null }?.joinToString("\n")
}

private val AdapterState.label
    get() =
        when (this) {
            AdapterState.UNKNOWN -> R.string.value_adapter_unknown
            AdapterState.UNSUPPORTED -> R.string.value_adapter_unsupported
            AdapterState.UNAUTHORIZED -> R.string.value_adapter_unauthorized
            AdapterState.OFF -> R.string.value_adapter_off
            AdapterState.CHANGING -> R.string.value_adapter_changing
            AdapterState.ON -> R.string.value_adapter_on
        }

private val ClipboardObstacle.label
    get() =
        when (this) {
            ClipboardObstacle.NOT_FOCUSED -> R.string.value_obstacle_not_focused
            ClipboardObstacle.REFUSED -> R.string.value_obstacle_refused
            ClipboardObstacle.NOT_TEXT -> R.string.value_obstacle_not_text
        }

private val SystemPermission.label
    get() =
        when (this) {
            SystemPermission.GRANTED -> R.string.value_permission_granted
            SystemPermission.DENIED -> R.string.value_permission_denied
            SystemPermission.RESTRICTED -> R.string.value_permission_restricted
            SystemPermission.NOT_DETERMINED -> R.string.value_permission_not_determined
        }
