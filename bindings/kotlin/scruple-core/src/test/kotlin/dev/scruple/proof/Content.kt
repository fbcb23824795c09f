package dev.scruple.proof

import dev.scruple.AdapterState
import dev.scruple.ApplicationInformation
import dev.scruple.BluetoothDevice
import dev.scruple.BluetoothDiagnosis
import dev.scruple.BluetoothInformation
import dev.scruple.BluetoothSource
import dev.scruple.Canary
import dev.scruple.ClipboardDiagnosis
import dev.scruple.ClipboardSource
import dev.scruple.ClipboardText
import dev.scruple.CodePackage
import dev.scruple.CodePackageAddress
import dev.scruple.Coordinates
import dev.scruple.DomainConfiguration
import dev.scruple.HostRecords
import dev.scruple.IdfaSource
import dev.scruple.LocationSource
import dev.scruple.MiniProgram
import dev.scruple.NetworkConfiguration
import dev.scruple.NfcInformation
import dev.scruple.NfcSource
import dev.scruple.ProfilePicture
import dev.scruple.ScrupleSourceApi
import dev.scruple.Source
import dev.scruple.SystemPermission
import dev.scruple.WebViewSource
import java.nio.file.Path
import java.security.MessageDigest
import java.util.Base64
import kotlin.io.path.createDirectories
import kotlin.io.path.div

/**
 * What sessions are given in a proof: each text another canary, and numbers that are nowhere else. Everything is made as it is asked for.
 *
 * @param first the number of the first canary.
 */
@OptIn(ScrupleSourceApi::class)
internal class Content(
    private val first: Int,
) {
    /** By what they are in. */
    private val names = LinkedHashMap<String, Canary>()

    private fun canary(name: String) = names.getOrPut(name) { Canary(first + names.size) }

    private fun text(name: String) = canary(name).spelledOut()

    /** What the host supplies: every field of every record. */
    fun records(): HostRecords =
        HostRecords {
            application =
                ApplicationInformation {
                    profilePicture = ProfilePicture(picture())
                    creatorId = text("application.creator_id")
                    name = text("application.name")
                    id = text("application.id")
                    packageName = "com.${text("application.package_name")}"
                }
            miniPrograms = listOf(miniProgram())
            network =
                NetworkConfiguration {
                    permissions = mapOf(text("network.permission_configuration") to true)
                    domains =
                        DomainConfiguration {
                            request = listOf("${text("network.domain_configuration, request")}.org")
                            socket = listOf("wss://${text("network.domain_configuration, socket")}.org")
                            upload = listOf("${text("network.domain_configuration, upload")}.org")
                            download = listOf("${text("network.domain_configuration, download")}.org")
                            webView = listOf("${text("network.domain_configuration, web view")}.org")
                        }
                }
        }

    private fun miniProgram(): MiniProgram =
        MiniProgram {
            id = text("mini_program.id")
            name = text("mini_program.name")
            classificationTag = text("mini_program.classification_tag")
            introduction = text("mini_program.introduction")
            description = text("mini_program.description")
            versionNumber = text("mini_program.version_number")
            versionDescription = text("mini_program.version_description")
            val bytes = code()
            val sha256 = MessageDigest.getInstance("SHA-256").digest(bytes).joinToString("") { "%02x".format(it) }
            codePackage = CodePackage(bytes.size.toLong(), sha256, bytes)
            codePackageAddress =
                CodePackageAddress {
                    client = "/${text("mini_program.code_package_address, client")}"
                    server = "https://${text("mini_program.code_package_address, server")}.com/"
                }
            domainName = "${text("mini_program.domain_name")}.com"
        }

    /** A GIF by its first bytes, as many as make whole groups of Base64. */
    private fun picture() = "GIF89a${text("application.profile_picture")}".toByteArray()

    private fun code() = "a code package: ${text("mini_program.code_package")}".toByteArray()

    /** Every source, each of which answers. */
    fun sources(): List<Source> =
        listOf(
            Source.idfa(identifier),
            Source.clipboard(clipboard),
            Source.preciseLocation(place),
            Source.fuzzyLocation(place),
            Source.bluetooth(bluetooth),
            Source.nfc(nfc),
            Source.webView(webView),
        )

    private val identifier =
        object : IdfaSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) = IDENTIFIER_BACKWARDS.reversed()
        }

    private val clipboard =
        object : ClipboardSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) = ClipboardText(text("clipboard.content"), sensitive = false)

            override fun diagnose(deadlineMs: Long) =
                ClipboardDiagnosis(true, listOf(text("clipboard.troubleshooting")), 1, null)
        }

    private val place =
        object : LocationSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) =
                Coordinates(Double.fromBits(LATITUDE xor mask), Double.fromBits(LONGITUDE xor mask))
        }

    private val bluetooth =
        object : BluetoothSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long): BluetoothInformation {
                val device = BluetoothDevice(text("bluetooth.information"), -42, emptyList())
                return BluetoothInformation(AdapterState.ON, lowEnergy = true, nearby = listOf(device))
            }

            override fun diagnose(deadlineMs: Long) =
                BluetoothDiagnosis(AdapterState.ON, SystemPermission.GRANTED, listOf(7), listOf(AdapterState.OFF))

            override fun forget() = Unit
        }

    private val nfc =
        object : NfcSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) =
                NfcInformation(present = true, enabled = true, hostCardEmulation = null)
        }

    private val webView =
        object : WebViewSource {
            override fun permission() = SystemPermission.GRANTED

            override fun read(deadlineMs: Long) = text("web_view.user_agent")
        }

    /** A recorded machine, and a process on it, which native code reads and this language does not see. */
    fun machine(root: Path): Path {
        val write = { path: String, name: String, before: String, after: String ->
            val file = root / path
            file.parent.createDirectories()
            canary(name).write(file, before, after)
        }
        write("sys/class/dmi/id/product_name", "device.model", "", "\n")
        write("sys/class/dmi/id/product_family", "device.brand", "", "\n")
        write("sys/class/dmi/id/sys_vendor", "device.manufacturer", "", "\n")
        write("sys/class/dmi/id/bios_version", "device.firmware_version", "", "\n")
        write("etc/hostname", "device.name", "", "\n")
        write("etc/os-release", "device.system_version", "VERSION_ID=1\nPRETTY_NAME=\"", "\"\n")
        write("proc/sys/kernel/osrelease", "device.incremental_version", "", "\n")
        write("proc/cpuinfo", "device.cpu", "processor : 0\nmodel name : ", "\n")
        write("proc/1/comm", "process_list.processes", "", "\n")
        return root
    }

    /**
     * What to search for, backwards, by what it is in: each text in UTF-8, in UTF-16 and, of bytes, in Base64; the identifier; the
     * place's numbers as processors have them and as they are handed over.
     */
    fun needles(): Map<String, ByteArray> =
        buildMap {
            for ((name, canary) in names) {
                val utf8 = canary.bytesBackwards()
                put(name, utf8)
                put("$name, UTF-16", utf8.flatMap { listOf(0, it) }.toByteArray())
            }
            put("application.profile_picture, Base64", base64Backwards(picture()))
            put("mini_program.code_package, Base64", base64Backwards(code()))
            put("identifier.idfa", IDENTIFIER_BACKWARDS.toByteArray())
            for ((name, number) in mapOf("latitude" to LATITUDE, "longitude" to LONGITUDE)) {
                val bytes = ByteArray(Long.SIZE_BYTES) { ((number shr (8 * it)) xor mask).toByte() }
                put("location.precise, $name", bytes.reversedArray())
                put("location.precise, $name, handed over", bytes)
            }
        }

    private companion object {
        /** Turned round, since a class's constants lie in native memory; for that the numbers are masked. */
        const val IDENTIFIER_BACKWARDS = "9F8E7D6C5B4A-3928-1706-F5E4-D3C2B1A0"

        @Volatile
        private var mask = -6510615555426900571L
        const val LATITUDE = -1878572696978856484L
        const val LONGITUDE = -1908730865391983551L

        /** Without the last group, which depends on what comes after. */
        fun base64Backwards(bytes: ByteArray): ByteArray =
            Base64
                .getEncoder()
                .encodeToString(bytes)
                .dropLast(4)
                .reversed()
                .toByteArray()
    }
}
