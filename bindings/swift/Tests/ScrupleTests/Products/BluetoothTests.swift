import CoreBluetooth
import Foundation
import Scruple
import StubCalls
import Testing

@testable import ScrupleBluetooth

extension Products {
    @Suite struct Radio {
        init() async { await resetStubs() }

        private func session(deadlineMs: UInt64 = 3_000) async throws -> Session {
            try appleSession(.everything(deadlineMs: deadlineMs), sources: [.bluetooth])
        }

        private func information(deadlineMs: UInt64 = 3_000) async throws -> Result<BluetoothInformation, Reason> {
            try await session(deadlineMs: deadlineMs).feature(.bluetoothInformation, \.bluetooth)
        }

        private func diagnosis(of session: Session) async throws -> Result<BluetoothDiagnosis, Reason> {
            try await session.feature(.bluetoothTroubleshooting, \.bluetoothTroubleshooting, for: .troubleshooting)
        }

        @Test func whatIsNearIsReadWithoutItsIdentifier() async throws {
            let (lamp, watch) = (NearbyDevice(), NearbyDevice())
            let long = "0000180D-0000-1000-8000-00805F9B34FB"
            bluetoothService.value.onScan = { central in
                central.discover(lamp, name: "Lamp", services: ["180D"], rssi: -70)
                central.discover(watch, rssi: -40)
                central.discover(watch, name: "Watch", services: [long], rssi: -42)
                central.discover(lamp, services: ["180F", "180D"], rssi: -60)
            }
            let (answer, took) = try await timed { try await information() }
            let nearby = [
                BluetoothDevice(name: "Watch", rssi: -42, serviceUuids: [long]),
                BluetoothDevice(name: "Lamp", rssi: -60, serviceUuids: ["180D", "180F"]),
            ]
            #expect(answer == .success(BluetoothInformation(state: .on, lowEnergy: true, nearby: nearby, omitted: 0)))
            #expect(took >= 1_500, "it scans for half of the deadline")
            #expect(calls("CBPeripheral.identifier") == 0 && calls("CBPeripheral.name") == 0)
            #expect(calls("CBCentralManager asks for permission") == 0 && calls("CBCentralManager asks for power") == 0)
            #expect(calls("CBCentralManager.scanForPeripherals") == 1 && calls("CBCentralManager.stopScan") == 1)
            try await eventually { centralManagers.count == 0 }
        }

        @Test(arguments: [
            (CBManagerAuthorization.denied, SystemPermission.denied, Withheld.denied),
            (.restricted, .restricted, .restricted), (.notDetermined, .notDetermined, .notDetermined),
        ])
        func whereItIsNotAllowedThereIsNoManager(
            authorization: CBManagerAuthorization,
            permission: SystemPermission,
            reason: Withheld
        ) async throws {
            bluetoothService.value.authorization = authorization
            let session = try await session()
            #expect(
                try await session.feature(.bluetoothInformation, \.bluetooth) == .failure(.withheld(reason))
            )
            #expect(
                try await diagnosis(of: session)
                    == .success(BluetoothDiagnosis(state: .unauthorized, permission: permission))
            )
            #expect(Calls.counts == ["CBManager.authorization": 2])
            // The control: whoever makes one is noted, and asks where nobody was asked.
            _ = CBCentralManager(delegate: nil, queue: nil)
            #expect(calls("CBCentralManager.init") == 1 && calls("CBCentralManager asks for power") == 1)
            #expect(calls("CBCentralManager asks for permission") == (authorization == .notDetermined ? 1 : 0))
        }

        @Test func whatWasTakenBackSinceTheGateIsNotRead() {
            bluetoothService.value.authorization = .denied
            #expect(throws: SourceError.notPermitted) { try BluetoothReader().read(deadlineMs: 1000) }
            #expect(calls("CBCentralManager.init") == 0)
        }

        @Test(
            arguments: [
                (.poweredOff, .off, true), (.unsupported, .unsupported, false),
                (.unauthorized, .unauthorized, nil), (.resetting, .changing, true),
            ] as [(CBManagerState, AdapterState, Bool?)]
        )
        func anAdapterThatIsNotOnIsNotAskedToScan(state: CBManagerState, adapter: AdapterState, lowEnergy: Bool?)
            async throws
        {
            bluetoothService.value.onInit = { $0.report(state) }
            let expected = BluetoothInformation(state: adapter, lowEnergy: lowEnergy, nearby: nil, omitted: 0)
            #expect(try await information() == .success(expected))
            #expect(calls("CBCentralManager.scanForPeripherals") == 0 && calls("CBCentralManager.stopScan") == 0)
        }

        @Test func anAdapterThatNeverSaysWhereItStandsIsNotReady() async throws {
            for silence in [{ @Sendable _ in }, { @Sendable (central: Central) in central.report(.unknown) }] {
                bluetoothService.value.onInit = silence
                let session = try await session(deadlineMs: 800)
                let answer = try await session.feature(.bluetoothInformation, \.bluetooth)
                #expect(answer == .failure(.unavailable(.notReady)))
                #expect(
                    try await diagnosis(of: session)
                        == .success(BluetoothDiagnosis(state: .unknown, permission: .granted))
                )
            }
            try await eventually { centralManagers.count == 0 }
        }

        @Test func whatIsLateIsNotLookedAt() async throws {
            let kept = Guarded<Central?>(nil)
            let late = NearbyDevice()
            bluetoothService.value.onScan = { central in kept.withLock { $0 = central } }
            let session = try await session()
            let empty = BluetoothInformation(state: .on, lowEnergy: true, nearby: [], omitted: 0)
            #expect(try await session.feature(.bluetoothInformation, \.bluetooth) == .success(empty))
            kept.withLock { $0 }?.discover(late, name: "late", rssi: -1)
            kept.withLock { $0 }?.report(.poweredOff)
            #expect(try await session.feature(.bluetoothInformation, \.bluetooth) == .success(empty))
        }

        @Test func itMayBeToldTwiceAndOnAnotherThread() async throws {
            let device = NearbyDevice()
            bluetoothService.value.onInit = { central in
                central.report(.poweredOn, on: .global())
                central.report(.poweredOn, on: .global())
            }
            bluetoothService.value.onScan = { central in
                central.discover(device, name: "one", rssi: -50, on: .global())
                central.discover(device, name: "one", rssi: -50, on: .global())
            }
            let nearby = [BluetoothDevice(name: "one", rssi: -50)]
            let expected = BluetoothInformation(state: .on, lowEnergy: true, nearby: nearby, omitted: 0)
            #expect(try await information() == .success(expected))
        }

        @Test func switchedOffMeanwhileThereIsNothingNearAndTheDiagnosisSaysSo() async throws {
            let device = NearbyDevice()
            bluetoothService.value.onScan = { central in
                central.discover(device, rssi: -50)
                central.report(.poweredOff)
            }
            let session = try await session(deadlineMs: 20_000)
            let (answer, took) = try await timed { try await session.feature(.bluetoothInformation, \.bluetooth) }
            #expect(answer == .success(BluetoothInformation(state: .off, lowEnergy: true, nearby: nil, omitted: 0)))
            #expect(took < 10_000, "it waited for nothing")
            bluetoothService.value.onInit = { $0.report(.poweredOff) }
            let diagnosis = BluetoothDiagnosis(state: .off, permission: .granted, stateChanges: [.on])
            #expect(try await self.diagnosis(of: session) == .success(diagnosis))
            #expect(calls("CBCentralManager.stopScan") == 0, "an adapter that is off does not scan")
        }

        @Test func whatIsRememberedForTheDiagnosisEndsWithConsent() async throws {
            let session = try await session()
            for state: CBManagerState in [.poweredOff, .poweredOn] {
                bluetoothService.value.onInit = { $0.report(state) }
                _ = try await diagnosis(of: session)
            }
            #expect(try await diagnosis(of: session).get().stateChanges == [.off])
            try session.updateConsent { $0.revoke(.bluetooth) }
            try session.updateConsent { $0.grant(.bluetooth) }
            #expect(try await diagnosis(of: session).get().stateChanges == [])
        }

        @Test func theLatestStatesAreRemembered() async throws {
            let session = try await session(deadlineMs: 60_000)
            for turn in 0..<40 {
                bluetoothService.value.onInit = { $0.report(turn % 2 == 0 ? .poweredOff : .poweredOn) }
                _ = try await diagnosis(of: session)
            }
            let changes = try await diagnosis(of: session).get().stateChanges
            #expect(changes.count == 32 && changes.last == .off)
        }

        @Test func aCrowdIsCutAndOddDevicesAreCleaned() async throws {
            bluetoothService.value.onScan = { central in
                central.discover(NearbyDevice(), name: "strongest", services: ["no uuid", "180D"], rssi: 20)
                central.discover(NearbyDevice(), name: "AA:BB:CC:DD:EE:FF", rssi: 19)
                central.discover(NearbyDevice(), name: String(repeating: "x", count: 1 << 20), rssi: 18)
                central.discover(NearbyDevice(), services: Array(repeating: "180D", count: 1000), rssi: 17)
                central.discover(NearbyDevice(), name: "without a strength", rssi: 127)
                for _ in 0..<2000 {
                    central.discover(NearbyDevice(), rssi: -90)
                }
            }
            let bluetooth = try await information().get()
            #expect(bluetooth.nearby?.count == 64 && bluetooth.omitted == 936)
            #expect(
                bluetooth.nearby?.prefix(4) == [
                    BluetoothDevice(name: "strongest", rssi: 20, serviceUuids: ["180D"]),
                    BluetoothDevice(rssi: 19), BluetoothDevice(rssi: 18),
                    BluetoothDevice(rssi: 17, serviceUuids: ["180D"]),
                ]
            )
        }

        @Test func itDoesNotNeedTheMainThread() async throws {
            let answer = try await whileMainIsBlocked { try await information() }
            #expect(answer == .success(BluetoothInformation(state: .on, lowEnergy: true, nearby: [], omitted: 0)))
        }
    }
}
