import Foundation
import Scruple

/// A snapshot's typed values in the form that `docs/json.md` gives them: what a vector's export is held against.
struct Values {
    private let application: ApplicationInformation?
    private let miniPrograms: [MiniProgram]
    private let network: NetworkConfiguration?
    private let device: DeviceInformation?
    private let features: FeatureData?

    init(of snapshot: Snapshot) {
        application = try? snapshot.application
        miniPrograms = (try? snapshot.miniPrograms) ?? []
        network = try? snapshot.network
        device = try? snapshot.device
        features = try? snapshot.features
    }

    subscript(item: Item) -> JSON? {
        switch item {
        case .applicationProfilePicture: application?.profilePicture.map(picture)
        case .applicationCreatorId: application?.creatorId.map(JSON.string)
        case .applicationName: application?.name.map(JSON.string)
        case .applicationId: application?.id.map(JSON.string)
        case .applicationPackageName: application?.packageName.map(JSON.string)
        case .miniProgramName: each { $0.name.map(JSON.string) }
        case .miniProgramId: miniPrograms.contains { $0.id != nil } ? texts(miniPrograms.compactMap(\.id)) : nil
        case .miniProgramClassificationTag: each { $0.classificationTag.map(JSON.string) }
        case .miniProgramIntroduction: each { $0.introduction.map(JSON.string) }
        case .miniProgramDescription: each { $0.description.map(JSON.string) }
        case .miniProgramVersionNumber: each { $0.versionNumber.map(JSON.string) }
        case .miniProgramVersionDescription: each { $0.versionDescription.map(JSON.string) }
        case .miniProgramCodePackage: each { $0.codePackage.map(package) }
        case .miniProgramCodePackageAddress: each { $0.codePackageAddress.map(address) }
        case .miniProgramDomainName: each { $0.domainName.map(JSON.string) }
        case .networkPermissionConfiguration: network?.permissions.map { .object($0.mapValues(JSON.bool)) }
        case .networkDomainConfiguration: network?.domains.map(domains)
        case .deviceStorageCapacity: number(device?.storageCapacity)
        case .deviceMccMnc: device?.mccMnc.map { .object(["mcc": .string($0.mcc), "mnc": .string($0.mnc)]) }
        case .deviceModel: device?.model.map(JSON.string)
        case .deviceSystemVersion:
            device?.systemVersion.map {
                .object([
                    "version": orNull($0.version),
                    "name": orNull($0.name),
                    "api_level": $0.apiLevel.map { .number(Double($0)) } ?? .null,
                ])
            }
        case .deviceFirmwareVersion: device?.firmwareVersion.map(JSON.string)
        case .deviceResolution: device?.resolution.map(resolution)
        case .deviceCpu: device?.cpu.map(cpu)
        case .deviceBrand: device?.brand.map(JSON.string)
        case .deviceIncrementalVersion:
            device?.incrementalVersion.map {
                .object(["incremental": .string($0.incremental), "visual": orNull($0.visual)])
            }
        case .deviceManufacturer: device?.manufacturer.map(JSON.string)
        case .deviceName: device?.name.map(JSON.string)
        case .devicePlatform: device?.platform.map(JSON.string)
        case .deviceOperator: device?.operator.map(JSON.string)
        case .identifierIdfa: features?.idfa.map(JSON.string)
        case .clipboardContent: features?.clipboard.map(JSON.string)
        case .clipboardTroubleshooting: features?.clipboardTroubleshooting.map(diagnosis)
        case .locationFuzzy: features?.fuzzyLocation.map(place)
        case .locationPrecise: features?.preciseLocation.map(place)
        case .bluetoothInformation: features?.bluetooth.map(bluetooth)
        case .bluetoothTroubleshooting: features?.bluetoothTroubleshooting.map(diagnosis)
        case .nfcInformation:
            features?.nfc.map {
                .object([
                    "present": .bool($0.present),
                    "enabled": $0.enabled.map(JSON.bool) ?? .null,
                    "host_card_emulation": $0.hostCardEmulation.map(JSON.bool) ?? .null,
                ])
            }
        case .processListProcesses:
            features?.processes.map { processes in
                .array(processes.map { .object(["pid": .number(Double($0.pid)), "name": .string($0.name)]) })
            }
        case .webViewUserAgent: features?.userAgent.map(JSON.string)
        }
    }

    /// An entry for each mini-program that has it; nothing if none has.
    private func each(_ value: (MiniProgram) -> JSON?) -> JSON? {
        let entries = miniPrograms.compactMap { program in
            value(program).map { JSON.object(["id": orNull(program.id), "value": $0]) }
        }
        return entries.isEmpty ? nil : .array(entries)
    }

    private func texts(_ texts: [String]) -> JSON {
        .array(texts.map(JSON.string))
    }

    private func orNull(_ text: String?) -> JSON {
        text.map(JSON.string) ?? .null
    }

    private func number(_ number: UInt64?) -> JSON? {
        number.map { .number(Double($0)) }
    }

    private func picture(_ picture: ProfilePicture) -> JSON {
        let types: [UInt8: String] = [0x89: "png", 0xff: "jpeg", 0x47: "gif", 0x52: "webp"]
        return .object([
            "media_type": .string("image/\(picture.bytes.first.flatMap { types[$0] } ?? "?")"),
            "size": .number(Double(picture.bytes.count)),
            "base64": .string(picture.bytes.base64EncodedString()),
        ])
    }

    private func package(_ package: CodePackage) -> JSON {
        .object([
            "size": .number(Double(package.size)),
            "sha256": .string(package.sha256),
            "base64": orNull(package.bytes?.base64EncodedString()),
        ])
    }

    private func address(_ address: CodePackageAddress) -> JSON {
        .object(["client": orNull(address.client), "server": orNull(address.server)])
    }

    private func domains(_ domains: DomainConfiguration) -> JSON {
        .object([
            "request": texts(domains.request),
            "socket": texts(domains.socket),
            "upload": texts(domains.upload),
            "download": texts(domains.download),
            "web_view": texts(domains.webView),
        ])
    }

    private func resolution(_ resolution: Resolution) -> JSON {
        .object([
            "width": .number(Double(resolution.width)),
            "height": .number(Double(resolution.height)),
            "scale": .number(resolution.scale),
        ])
    }

    private func cpu(_ cpu: Cpu) -> JSON {
        .object([
            "names": texts(cpu.names),
            "hardware": orNull(cpu.hardware),
            "cores": .number(Double(cpu.cores)),
            "max_frequency_khz": number(cpu.maxFrequencyKhz) ?? .null,
            "features": texts(cpu.features),
            "abis": texts(cpu.abis),
        ])
    }

    private func place(_ location: Coordinates) -> JSON {
        .object(["latitude": .number(location.latitude), "longitude": .number(location.longitude)])
    }

    private func diagnosis(_ diagnosis: ClipboardDiagnosis) -> JSON {
        .object([
            "has_content": .bool(diagnosis.hasContent),
            "types": texts(diagnosis.types),
            "item_count": .number(Double(diagnosis.itemCount)),
            "obstacle": orNull(diagnosis.obstacle?.id),
        ])
    }

    private func bluetooth(_ bluetooth: BluetoothInformation) -> JSON {
        let nearby = bluetooth.nearby?.map { device in
            JSON.object([
                "name": orNull(device.name),
                "rssi": .number(Double(device.rssi)),
                "service_uuids": texts(device.serviceUuids),
            ])
        }
        return .object([
            "state": .string(bluetooth.state.id),
            "low_energy": bluetooth.lowEnergy.map(JSON.bool) ?? .null,
            "nearby": nearby.map(JSON.array) ?? .null,
            "omitted": .number(Double(bluetooth.omitted)),
        ])
    }

    private func diagnosis(_ diagnosis: BluetoothDiagnosis) -> JSON {
        .object([
            "state": .string(diagnosis.state.id),
            "permission": .string(diagnosis.permission.id),
            "scan_errors": .array(diagnosis.scanErrors.map { .number(Double($0)) }),
            "state_changes": texts(diagnosis.stateChanges.map(\.id)),
        ])
    }
}
