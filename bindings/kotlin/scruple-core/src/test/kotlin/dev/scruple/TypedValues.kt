package dev.scruple

import com.fasterxml.jackson.databind.JsonNode
import com.fasterxml.jackson.databind.ObjectMapper
import java.util.Base64

/** A snapshot's typed values in the form that `docs/json.md` gives them: what a vector's export is held against. */
internal class TypedValues(
    snapshot: Snapshot,
) {
    private val application = snapshot.application
    private val miniPrograms = snapshot.miniPrograms
    private val network = snapshot.network
    private val device = snapshot.device
    private val features = snapshot.features

    operator fun get(item: Item): JsonNode? = form(item)?.let { json.readTree(json.writeValueAsString(it)) }

    private fun form(item: Item): Any? =
        when (item) {
            Item.APPLICATION_PROFILE_PICTURE -> application.profilePicture?.let(::picture)
            Item.APPLICATION_CREATOR_ID -> application.creatorId
            Item.APPLICATION_NAME -> application.name
            Item.APPLICATION_ID -> application.id
            Item.APPLICATION_PACKAGE_NAME -> application.packageName
            Item.MINI_PROGRAM_NAME -> each { it.name }
            Item.MINI_PROGRAM_ID -> miniPrograms.mapNotNull { it.id }.ifEmpty { null }
            Item.MINI_PROGRAM_CLASSIFICATION_TAG -> each { it.classificationTag }
            Item.MINI_PROGRAM_INTRODUCTION -> each { it.introduction }
            Item.MINI_PROGRAM_DESCRIPTION -> each { it.description }
            Item.MINI_PROGRAM_VERSION_NUMBER -> each { it.versionNumber }
            Item.MINI_PROGRAM_VERSION_DESCRIPTION -> each { it.versionDescription }
            Item.MINI_PROGRAM_CODE_PACKAGE -> each { it.codePackage?.let(::codePackage) }
            Item.MINI_PROGRAM_CODE_PACKAGE_ADDRESS ->
                each { it.codePackageAddress?.run { mapOf("client" to client, "server" to server) } }
            Item.MINI_PROGRAM_DOMAIN_NAME -> each { it.domainName }
            Item.NETWORK_PERMISSION_CONFIGURATION -> network.permissions
            Item.NETWORK_DOMAIN_CONFIGURATION -> network.domains?.let(::domains)
            Item.DEVICE_STORAGE_CAPACITY -> device.storageCapacity
            Item.DEVICE_MCC_MNC -> device.mccMnc?.run { mapOf("mcc" to mcc, "mnc" to mnc) }
            Item.DEVICE_MODEL -> device.model
            Item.DEVICE_SYSTEM_VERSION ->
                device.systemVersion?.run { mapOf("version" to version, "name" to name, "api_level" to apiLevel) }
            Item.DEVICE_FIRMWARE_VERSION -> device.firmwareVersion
            Item.DEVICE_RESOLUTION -> device.resolution?.let(::resolution)
            Item.DEVICE_CPU -> device.cpu?.let(::cpu)
            Item.DEVICE_BRAND -> device.brand
            Item.DEVICE_INCREMENTAL_VERSION ->
                device.incrementalVersion?.run { mapOf("incremental" to incremental, "visual" to visual) }
            Item.DEVICE_MANUFACTURER -> device.manufacturer
            Item.DEVICE_NAME -> device.name
            Item.DEVICE_PLATFORM -> device.platform
            Item.DEVICE_OPERATOR -> device.operator
            Item.IDENTIFIER_IDFA -> features.idfa
            Item.CLIPBOARD_CONTENT -> features.clipboard
            Item.CLIPBOARD_TROUBLESHOOTING -> features.clipboardTroubleshooting?.let(::diagnosis)
            Item.LOCATION_FUZZY -> features.fuzzyLocation?.let(::place)
            Item.LOCATION_PRECISE -> features.preciseLocation?.let(::place)
            Item.BLUETOOTH_INFORMATION -> features.bluetooth?.let(::bluetooth)
            Item.BLUETOOTH_TROUBLESHOOTING -> features.bluetoothTroubleshooting?.let(::diagnosis)
            Item.NFC_INFORMATION ->
                features.nfc?.run {
                    mapOf("present" to present, "enabled" to enabled, "host_card_emulation" to hostCardEmulation)
                }
            Item.PROCESS_LIST_PROCESSES -> features.processes?.map { mapOf("pid" to it.pid, "name" to it.name) }
            Item.WEB_VIEW_USER_AGENT -> features.userAgent
        }

    /** An entry for each mini-program that has it; nothing if none has. */
    private fun each(value: (MiniProgram) -> Any?): List<Any>? =
        miniPrograms
            .mapNotNull { program -> value(program)?.let { mapOf("id" to program.id, "value" to it) } }
            .ifEmpty { null }

    private fun picture(picture: ProfilePicture) =
        mapOf(
            "media_type" to "image/${mediaTypes[picture.bytes.first()]}",
            "size" to picture.bytes.size,
            "base64" to base64(picture.bytes),
        )

    private fun codePackage(code: CodePackage) =
        mapOf("size" to code.size, "sha256" to code.sha256, "base64" to code.bytes?.let(::base64))

    private fun domains(domains: DomainConfiguration) =
        mapOf(
            "request" to domains.request,
            "socket" to domains.socket,
            "upload" to domains.upload,
            "download" to domains.download,
            "web_view" to domains.webView,
        )

    private fun resolution(resolution: Resolution) =
        resolution.run {
            val native = nativeScale?.let { mapOf("native_scale" to it) }.orEmpty()
            mapOf("width" to width, "height" to height, "scale" to scale) + native
        }

    private fun cpu(cpu: Cpu) =
        mapOf(
            "names" to cpu.names,
            "hardware" to cpu.hardware,
            "cores" to cpu.cores,
            "max_frequency_khz" to cpu.maxFrequencyKhz,
            "features" to cpu.features,
            "abis" to cpu.abis,
        )

    private fun place(location: Coordinates) = mapOf("latitude" to location.latitude, "longitude" to location.longitude)

    private fun diagnosis(diagnosis: ClipboardDiagnosis) =
        mapOf(
            "has_content" to diagnosis.hasContent,
            "types" to diagnosis.types,
            "item_count" to diagnosis.itemCount,
            "obstacle" to diagnosis.obstacle?.id,
        )

    private fun bluetooth(bluetooth: BluetoothInformation) =
        mapOf(
            "state" to bluetooth.state.id,
            "low_energy" to bluetooth.lowEnergy,
            "nearby" to
                bluetooth.nearby?.map {
                    mapOf("name" to it.name, "rssi" to it.rssi, "service_uuids" to it.serviceUuids)
                },
            "omitted" to bluetooth.omitted,
        )

    private fun diagnosis(diagnosis: BluetoothDiagnosis) =
        mapOf(
            "state" to diagnosis.state.id,
            "permission" to diagnosis.permission.id,
            "scan_errors" to diagnosis.scanErrors,
            "state_changes" to diagnosis.stateChanges.map { it.id },
        )

    private fun base64(bytes: ByteArray): String = Base64.getEncoder().encodeToString(bytes)

    private companion object {
        val json = ObjectMapper()

        /** By the first byte of a picture's file. */
        val mediaTypes =
            mapOf(0x89.toByte() to "png", 0xff.toByte() to "jpeg", 0x47.toByte() to "gif", 0x52.toByte() to "webp")
    }
}
