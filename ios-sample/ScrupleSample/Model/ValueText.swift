import Foundation
import Scruple

extension Texts {
    /// An item's value on a few lines at most; nil if it is gone.
    func text(_ item: Item, _ values: Values) -> String? {
        let (device, features) = (values.device, values.features)
        return switch item {
        case .applicationProfilePicture: values.application.profilePicture.map { size($0.bytes.count) }
        case .applicationCreatorId: values.application.creatorId
        case .applicationName: values.application.name
        case .applicationId: values.application.id
        case .applicationPackageName: values.application.packageName
        case .miniProgramName: values.ofPrograms(\.name)
        case .miniProgramId: values.ofPrograms(\.id)
        case .miniProgramClassificationTag: values.ofPrograms(\.classificationTag)
        case .miniProgramIntroduction: values.ofPrograms(\.introduction)
        case .miniProgramDescription: values.ofPrograms(\.description)
        case .miniProgramVersionNumber: values.ofPrograms(\.versionNumber)
        case .miniProgramVersionDescription: values.ofPrograms(\.versionDescription)
        case .miniProgramCodePackage:
            values.ofPrograms { program in
                program.codePackage.map {
                    self("value_package", argument(size(Int($0.size))), argument($0.sha256))
                }
            }
        case .miniProgramCodePackageAddress:
            values.ofPrograms { program in program.codePackageAddress.map { list($0.client, $0.server) } }
        case .miniProgramDomainName: values.ofPrograms(\.domainName)
        case .networkPermissionConfiguration:
            values.network.permissions.map { counted("value_permissions", $0.count) }
        case .networkDomainConfiguration:
            values.network.domains.map {
                let uses = [$0.request, $0.socket, $0.upload, $0.download, $0.webView]
                return counted("value_domains", uses.map(\.count).reduce(0, +))
            }
        case .deviceStorageCapacity: device.storageCapacity.map { size(Int($0)) }
        case .deviceMccMnc: device.mccMnc.map { "\($0.mcc) \($0.mnc)" }
        case .deviceModel: device.model
        case .deviceSystemVersion: device.systemVersion.flatMap { $0.name ?? $0.version }
        case .deviceFirmwareVersion: device.firmwareVersion
        case .deviceResolution:
            device.resolution.map {
                self("value_resolution", Int($0.width), Int($0.height), argument("\($0.scale)"))
            }
        case .deviceCpu: device.cpu.map(text)
        case .deviceBrand: device.brand
        case .deviceIncrementalVersion:
            device.incrementalVersion.map { version in
                version.visual.map { self("value_with", argument(version.incremental), argument($0)) }
                    ?? version.incremental
            }
        case .deviceManufacturer: device.manufacturer
        case .deviceName: device.name
        case .devicePlatform: device.platform
        case .deviceOperator: device.operator
        case .identifierIdfa: features.idfa
        case .clipboardContent: features.clipboard
        case .clipboardTroubleshooting: features.clipboardTroubleshooting.map(text)
        case .locationFuzzy: features.fuzzyLocation.map(text)
        case .locationPrecise: features.preciseLocation.map(text)
        case .bluetoothInformation: features.bluetooth.map(text)
        case .bluetoothTroubleshooting: features.bluetoothTroubleshooting.map(text)
        case .nfcInformation: features.nfc.map(text)
        case .processListProcesses:
            features.processes.map {
                let names = $0.map(\.name).joined(separator: ", ")
                return self("value_named", argument(counted("value_processes", $0.count)), argument(names))
            }
        case .webViewUserAgent: features.userAgent
        }
    }

    private func text(_ cpu: Cpu) -> String {
        list(
            counted("value_cores", Int(cpu.cores)),
            cpu.names.joined(separator: " + "),
            cpu.hardware,
            cpu.maxFrequencyKhz.map { self("value_frequency", Int($0 / 1000)) },
            cpu.abis.joined(separator: ", ")
        )
    }

    private func text(_ diagnosis: ClipboardDiagnosis) -> String {
        list(
            self(diagnosis.hasContent ? "value_content" : "value_no_content"),
            counted("value_entries", Int(diagnosis.itemCount)),
            diagnosis.types.joined(separator: ", "),
            diagnosis.obstacle.map { self("value_obstacle_\($0.id)") }
        )
    }

    private func text(_ location: Coordinates) -> String {
        self("value_degrees", location.latitude, location.longitude)
    }

    private func text(_ bluetooth: BluetoothInformation) -> String {
        list(
            self("value_adapter_\(bluetooth.state.id)"),
            bluetooth.lowEnergy.map { self($0 ? "value_low_energy" : "value_no_low_energy") },
            bluetooth.nearby.map { self("value_nearby", $0.count + Int(bluetooth.omitted)) }
        )
    }

    private func text(_ diagnosis: BluetoothDiagnosis) -> String {
        let errors = diagnosis.scanErrors.map { "\($0)" }.joined(separator: ", ")
        return list(
            self("value_adapter_\(diagnosis.state.id)"),
            self("value_permission", argument(self("value_permission_\(diagnosis.permission.id)"))),
            errors.isEmpty ? nil : self("value_scan_errors", argument(errors))
        )
    }

    private func text(_ nfc: NfcInformation) -> String {
        list(
            self(nfc.present ? "value_present" : "value_absent"),
            nfc.enabled.map { self($0 ? "value_on" : "value_off") },
            nfc.hostCardEmulation == true ? self("value_cards") : nil
        )
    }

    private func size(_ bytes: Int) -> String {
        ByteCountFormatter.string(fromByteCount: Int64(bytes), countStyle: .file)
    }

    private func list(_ parts: String?...) -> String {
        parts.compactMap { $0 }.filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension Values {
    /// A field of each mini-program that has it, a line for each.
    fileprivate func ofPrograms(_ field: (MiniProgram) -> String?) -> String? {
        let texts = miniPrograms.compactMap(field)
        return texts.isEmpty ? nil : texts.joined(separator: "\n")
    }
}
