import dev.scruple.AdapterState
import dev.scruple.ApplicationInformation
import dev.scruple.BluetoothDevice
import dev.scruple.BluetoothDiagnosis
import dev.scruple.BluetoothInformation
import dev.scruple.ClipboardDiagnosis
import dev.scruple.ClipboardText
import dev.scruple.CodePackage
import dev.scruple.CodePackageAddress
import dev.scruple.Coordinates
import dev.scruple.Cpu
import dev.scruple.DeviceInformation
import dev.scruple.DomainConfiguration
import dev.scruple.FeatureData
import dev.scruple.HostRecords
import dev.scruple.IncrementalVersion
import dev.scruple.MccMnc
import dev.scruple.MiniProgram
import dev.scruple.NetworkConfiguration
import dev.scruple.NfcInformation
import dev.scruple.ProfilePicture
import dev.scruple.Resolution
import dev.scruple.RunningProcess
import dev.scruple.SystemInfo
import dev.scruple.SystemPermission
import dev.scruple.SystemVersion
import dev.scruple.Value
import java.util.Base64

/** Values whose every text, number and byte is known, and how to find them in what is written. */
object Canaries {
    const val TEXT = "canary-of-scruple-in-a-value"
    const val IDENTIFIER = "0A1B2C3D-4E5F-6071-8293-A4B5C6D7E8F9"
    private const val NUMBER = 731_946_285
    private const val DEGREES = 73.194_628_5
    private const val DIGEST = "c0ffee5eedc0ffee5eedc0ffee5eedc0ffee5eedc0ffee5eedc0ffee5eedc0ff"

    private val bytes = "GIF89a$TEXT".toByteArray()

    /** Bytes are written as Base64 or as numbers. */
    private val needles =
        listOf(TEXT, IDENTIFIER, "$NUMBER", "73.194", DIGEST, Base64.getEncoder().encodeToString(bytes), numbers(bytes))

    fun areIn(text: String): Boolean = text.replace(" ", "").let { written -> needles.any { it in written } }

    private fun numbers(bytes: ByteArray) = bytes.joinToString(",")

    private val coordinates = Coordinates(DEGREES, DEGREES)
    private val cpu = Cpu(listOf(TEXT), TEXT, NUMBER, NUMBER.toLong(), listOf(TEXT), listOf(TEXT))
    private val nearby = BluetoothDevice(TEXT, NUMBER, listOf(TEXT))
    private val bluetooth = BluetoothInformation(AdapterState.ON, true, listOf(nearby), NUMBER)
    private val diagnosis =
        BluetoothDiagnosis(AdapterState.ON, SystemPermission.DENIED, listOf(NUMBER), listOf(AdapterState.ON))
    private val clipboard = ClipboardDiagnosis(true, listOf(TEXT), NUMBER, null)
    private val version = SystemVersion(TEXT, TEXT, NUMBER)
    private val resolution = Resolution(NUMBER, NUMBER, DEGREES, DEGREES)
    private val process = RunningProcess(NUMBER, TEXT)

    val device: DeviceInformation =
        DeviceInformation(
            storageCapacity = NUMBER.toLong(),
            mccMnc = MccMnc(TEXT, TEXT),
            model = TEXT,
            systemVersion = version,
            firmwareVersion = TEXT,
            resolution = resolution,
            cpu = cpu,
            brand = TEXT,
            incrementalVersion = IncrementalVersion(TEXT, TEXT),
            manufacturer = TEXT,
            name = TEXT,
            platform = TEXT,
            operator = TEXT,
        )

    val features: FeatureData =
        FeatureData(
            idfa = IDENTIFIER,
            clipboard = TEXT,
            clipboardTroubleshooting = clipboard,
            fuzzyLocation = coordinates,
            preciseLocation = coordinates,
            bluetooth = bluetooth,
            bluetoothTroubleshooting = diagnosis,
            nfc = NfcInformation(present = true, enabled = true, hostCardEmulation = true),
            processes = listOf(process),
            userAgent = TEXT,
        )

    val picture = ProfilePicture(bytes)
    private val code = CodePackage(NUMBER.toLong(), DIGEST, null)

    val application =
        ApplicationInformation
            .builder()
            .profilePicture(
                picture,
            ).creatorId(TEXT)
            .name(TEXT)
            .id(TEXT)
            .packageName("com.$TEXT")

    private val address = CodePackageAddress.builder().client("/$TEXT").server("https://$TEXT.com/")

    val miniProgram =
        MiniProgram
            .builder()
            .id(TEXT)
            .name(TEXT)
            .classificationTag(TEXT)
            .introduction(TEXT)
            .description(TEXT)
            .versionNumber(TEXT)
            .versionDescription(TEXT)
            .codePackage(code)
            .codePackageAddress(address.build())
            .domainName("$TEXT.com")

    private val domains =
        "$TEXT.org".let { name ->
            val names = listOf(name)
            DomainConfiguration
                .builder()
                .request(names)
                .socket(names)
                .upload(names)
                .download(names)
                .webView(names)
        }

    val network = NetworkConfiguration.builder().permissions(mapOf(TEXT to true)).domains(domains.build())

    val records =
        HostRecords
            .builder()
            .application(application.build())
            .miniPrograms(listOf(miniProgram.build()))
            .network(network.build())

    /** One of each type, and a code package with its bytes. */
    val values: List<Value> =
        listOf(
            device,
            MccMnc(TEXT, TEXT),
            version,
            resolution,
            cpu,
            IncrementalVersion(TEXT, TEXT),
            SystemInfo(TEXT, TEXT, DEGREES, DEGREES, DEGREES, TEXT, TEXT, TEXT, TEXT),
            features,
            process,
            ClipboardText(TEXT, sensitive = false),
            clipboard,
            coordinates,
            bluetooth,
            nearby,
            diagnosis,
            NfcInformation(present = true, enabled = true, hostCardEmulation = true),
            records.build(),
            application.build(),
            picture,
            miniProgram.build(),
            code,
            CodePackage(bytes.size.toLong(), DIGEST, bytes),
            address.build(),
            network.build(),
            domains.build(),
        )

    /** Each of them filled in and not yet built. */
    val builders: List<Any> = listOf(records, application, miniProgram, address, network, domains)
}
