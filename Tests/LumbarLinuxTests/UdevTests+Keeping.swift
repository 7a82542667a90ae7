import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// That sensors are found, told apart and kept, whatever happens to plugs and ports.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct KeepingTests {
        private let testbed: UdevTestbed

        /// Another program that has a line to itself.
        private final class SerialLock {
            private let port: SerialPort
            init(_ path: String) throws { port = try SerialPort.open(path, baud: 9600) }
        }

        init() throws {
            testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
        }

        private func detached(_ daemon: DaemonProcess, _ count: Int) -> Bool {
            daemon.waits(for: "detached readings=", in: "transcript", times: count)
        }

        /// Each in the other's port and on the other's node, after both were out.
        @Test func sensorsWithNumbersKeepTheirIdentitiesWhenTheirPortsAreSwapped() throws {
            try withFolder { folder in
                let before = [
                    BenchSensor(.numbered("A10K4F", port: "1.1", number: 0)),
                    BenchSensor(.numbered("B77B77", port: "1.2", number: 1)),
                ]
                let after = [
                    BenchSensor(.numbered("A10K4F", port: "1.2", number: 1)),
                    BenchSensor(.numbered("B77B77", port: "1.1", number: 0)),
                ]
                let names = ["A10K4F", "B77B77"].map { "usb-Silicon_Labs_CP2102_\($0)-if00" }
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                for sensor in before { try sensor.plug(into: testbed) }
                try #require(daemon.locks(before, as: names), "\(daemon.text(of: "stderr"))")
                for sensor in before { sensor.unplug(from: testbed) }
                try #require(detached(daemon, 2))
                for sensor in after { try sensor.plug(into: testbed) }
                try #require(daemon.locks(after, as: names, times: 2))
                // Who is who shows in what is read: one of them alone goes on speaking, the other falls silent.
                try #require(
                    daemon.waits {
                        after[0].speak()
                        return daemon.text(of: "transcript").contains("device \(names[1]) degraded")
                    })
                #expect(!daemon.text(of: "transcript").contains("device \(names[0]) degraded"))
                #expect(daemon.stop() == 0)
                #expect(daemon.attachments() == [names[0]: 2, names[1]: 2])
            }
        }

        /// Four converters that say nothing of themselves, or the same: the port is all there is to go by.
        @Test func convertersWithoutNumbersAreToldApartByTheirPorts() throws {
            try withFolder { folder in
                let sensors = [
                    BenchSensor(.wit(port: "1.1", number: 0)), BenchSensor(.wit(port: "1.2", number: 1)),
                    BenchSensor(.numbered("0001", port: "1.3", number: 2)),
                    BenchSensor(.numbered("0001", port: "1.4", number: 3)),
                ]
                let names = (1...4).map { "path-platform-fd500000.pcie-usb-0:1.\($0):1.0" }
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                for sensor in sensors { try sensor.plug(into: testbed) }
                try #require(daemon.locks(sensors, as: names), "\(daemon.text(of: "stderr"))")
                // One of a pair goes and comes back while the other stays: both are who they were.
                for (round, index) in [0, 3, 1, 2].enumerated() {
                    sensors[index].unplug(from: testbed, hangsUpFirst: round % 2 == 0)
                    try #require(detached(daemon, round + 1))
                    try sensors[index].plug(into: testbed)
                    try #require(daemon.locks(sensors, as: [names[index]], times: 2))
                }
                #expect(daemon.stop() == 0)
                #expect(daemon.attachments() == [names[0]: 2, names[1]: 2, names[2]: 2, names[3]: 2])
                #expect(!daemon.text(of: "stderr").contains("one serial number"))
            }
        }

        /// Two with one number, which shows when the second comes. Nobody's identity changes, nor after a restart.
        @Test func aTwinNeverTakesOverAnIdentity() throws {
            try withFolder { folder in
                let first = BenchSensor(.numbered("CLONE7", port: "1.1", number: 0))
                let second = BenchSensor(.numbered("CLONE7", port: "1.2", number: 1))
                let (number, port) = (
                    "usb-Silicon_Labs_CP2102_CLONE7-if00", "path-platform-fd500000.pcie-usb-0:1.2:1.0"
                )
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                try first.plug(into: testbed)
                try #require(daemon.locks([first], as: [number]), "\(daemon.text(of: "stderr"))")
                try second.plug(into: testbed)
                try #require(daemon.locks([first, second], as: [port]))
                #expect(daemon.waits(for: "Two sensors have one serial number (\(number))", in: "stderr"))
                first.unplug(from: testbed)
                try #require(detached(daemon, 1))
                second.unplug(from: testbed)
                try #require(detached(daemon, 2))
                // Alone now, and still itself.
                try second.plug(into: testbed)
                try #require(daemon.locks([second], as: [port], times: 2))
                try first.plug(into: testbed)
                try #require(daemon.locks([first, second], as: [number], times: 2))
                #expect(daemon.attachments() == [number: 2, port: 2])
                #expect(daemon.count(of: "one serial number", in: "stderr") == 1)
                for sensor in [first, second] { sensor.unplug(from: testbed) }
                try #require(detached(daemon, 4))
                #expect(daemon.stop() == 0)
                for file in ["transcript", "recording", "empty.conf", "stderr"] {
                    unlink(folder + "/" + file)
                }

                let later = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                try second.plug(into: testbed)
                try #require(later.locks([second], as: [port]), "\(later.text(of: "stderr"))")
                try first.plug(into: testbed)
                try #require(later.locks([first, second], as: [number]))
                #expect(later.stop() == 0)
                #expect(later.count(of: "one serial number", in: "stderr") == 0)
            }
        }

        /// As an rfcomm line: its place in sysfs changes with every connection, which opening it makes.
        @Test func aBluetoothLineThatMovesIsNotLetGo() throws {
            let watcher = try DeviceWatcher()
            let line = { (path: String, old: String) in
                "P: \(path)\nE: DEVNAME=/dev/rfcomm0\nE: SUBSYSTEM=tty\nE: ID_LUMBARD=1\nE: ID_VENDOR_ID=0a12\n"
                    + "E: ID_SERIAL=CSR_Dongle_77\nE: ID_SERIAL_SHORT=7777\n"
                    + (old.isEmpty ? "" : "E: DEVPATH_OLD=\(old)\n") + "A: address=98:D3:31:F5:1C:60\\n\n\n"
            }
            let (free, connected) = (
                "/devices/virtual/tty/rfcomm0", "/devices/usb1/1-1/bluetooth/hci0/hci0:256/tty/rfcomm0"
            )
            testbed.plug(described: line(free, ""))
            var changes: [DeviceWatcher.Change] = []
            while let more = watcher.receive() { changes += more }
            let found = try #require(watcher.present.first)
            #expect(changes == [.added(found)])
            #expect(found.node == "/dev/rfcomm0" && found.isOurs && found.isBluetooth)
            #expect(found.identity == DeviceID("bt-98:D3:31:F5:1C:60"))
            #expect(found.vendor.isEmpty && found.serialNumber.isEmpty)
            // Its radio's numbers are none of its own.
            testbed.remove(path: free)
            testbed.plug(
                described: "P: /devices/usb1/1-1/bluetooth/hci0/hci0:256\nE: SUBSYSTEM=bluetooth\n\n")
            testbed.plug(described: line(connected, free))
            testbed.announce("move", path: connected)
            changes = []
            while let more = watcher.receive() { changes += more }
            #expect(changes.isEmpty)
            #expect(watcher.present == [found])
            testbed.announce("remove", path: connected)
            while let more = watcher.receive() { changes += more }
            #expect(changes == [.removed(found)])
        }

        /// Another sensor is in the port, on the node, before udev has a word about it: not taken for the one before.
        @Test func aSensorOnAnothersNodeIsNotTakenForIt() throws {
            try withFolder { folder in
                let node = "/dev/shm/lumbard-test-\(getpid())-node"
                defer { unlink(node) }
                func lay(_ line: borrowing PseudoTerminal) {
                    unlink(node)
                    symlink(line.path, node)
                }
                func name(_ serial: String) -> String { "usb-Silicon_Labs_CP2102_\(serial)-if00" }
                var first = FakeSerial.numbered("A10K4F", port: "1.1", number: 0)
                var second = FakeSerial.numbered("B77B77", port: "1.1", number: 0)
                first.properties.append(("ID_LUMBARD", "1"))
                second.properties.append(("ID_LUMBARD", "1"))
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                var line: BenchSensor.Line? = try BenchSensor.Line()
                if let line { lay(line.terminal) }
                testbed.plug(first, line: node)
                #expect(
                    daemon.waits {
                        try? line?.terminal.send(WitFrames.group(count: 5))
                        return daemon.text(of: "transcript").contains("\(name("A10K4F")) locked")
                    })
                let other = try PseudoTerminal.open()
                testbed.announceNumbers(of: second)
                lay(other)
                line = nil
                #expect(daemon.waits(for: "\(name("A10K4F")) detached", in: "transcript"))
                // It is looked for every second: twice, and it is not there.
                let began = BootClock.now()
                #expect(
                    daemon.waits {
                        try? other.send(WitFrames.group(count: 1))
                        return BootClock.now() - began > .seconds(2.5)
                    })
                #expect(daemon.attachments() == [name("A10K4F"): 1])
                testbed.announce("remove", port: "1.1", number: 0)
                testbed.remove(port: "1.1", number: 0)
                testbed.plug(second, line: node)
                #expect(
                    daemon.waits {
                        try? other.send(WitFrames.group(count: 5))
                        return daemon.text(of: "transcript").contains("\(name("B77B77")) locked")
                    }, "\(daemon.text(of: "stderr"))")
                #expect(daemon.stop() == 0)
                #expect(daemon.attachments() == [name("A10K4F"): 1, name("B77B77"): 1])
            }
        }

        /// A guess that proved right is no guess any longer: its node goes and comes without a word of udev's, and it is
        /// not let go.
        @Test func aSensorThatWasUnderstoodIsLookedForUntilItIsUnplugged() throws {
            try withFolder { folder in
                let node = "/dev/shm/lumbard-test-\(getpid())-again"
                let name = "usb-Silicon_Labs_CP2102_A10K4F-if00"
                defer { unlink(node) }
                var converter = FakeSerial.numbered("A10K4F", port: "1.1", number: 0)
                converter.properties.append(("ID_LUMBARD_CANDIDATE", "1"))
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                for round in 1...2 {
                    let line = try PseudoTerminal.open()
                    symlink(line.path, node)
                    if round == 1 { testbed.plug(converter, line: node) }
                    try #require(
                        daemon.waits {
                            try? line.send(WitFrames.group(count: 5))
                            return daemon.count(of: "device \(name) locked", in: "transcript") == round
                        }, "\(daemon.text(of: "stderr"))")
                    unlink(node)
                }
                #expect(daemon.waits(for: "detached", in: "transcript", times: 2))
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "let go", in: "stderr") == 0)
            }
        }

        /// As ModemManager does with what is plugged in: opens it, asks, and lets go after a while.
        @Test func aPortThatIsBeingProbedIsListenedToAfterwards() throws {
            try withFolder { folder in
                let sensor = BenchSensor(.numbered("A10K4F", port: "1.1", number: 0))
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                let terminal = try BenchSensor.Line()
                var prober: SerialLock? = try SerialLock(terminal.terminal.path)
                try sensor.plug(into: testbed, on: terminal)
                #expect(daemon.waits(for: "left alone: ", in: "stderr"))
                withExtendedLifetime(prober) { prober = nil }
                try #require(
                    daemon.locks([sensor], as: ["usb-Silicon_Labs_CP2102_A10K4F-if00"]),
                    "\(daemon.text(of: "stderr"))")
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "left alone", in: "stderr") == 1)
            }
        }

        /// One that is pulled out and pushed in elsewhere before its end was reported is no twin of itself.
        @Test func aSensorThatIsSeenInItsNewPortFirstIsStillItself() throws {
            try withFolder { folder in
                let old = BenchSensor(.numbered("A10K4F", port: "1.1", number: 0))
                let new = BenchSensor(.numbered("A10K4F", port: "1.2", number: 1))
                let name = "usb-Silicon_Labs_CP2102_A10K4F-if00"
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true, trustsAll: true)
                try old.plug(into: testbed)
                try #require(daemon.locks([old], as: [name]))
                testbed.remove(port: "1.1", number: 0)
                try new.plug(into: testbed)
                try #require(daemon.locks([new], as: [name], times: 2), "\(daemon.text(of: "stderr"))")
                #expect(!daemon.holds(old.path) && daemon.holds(new.path))
                #expect(daemon.stop() == 0)
                #expect(daemon.attachments() == [name: 2])
                #expect(!daemon.text(of: "stderr").contains("one serial number"))
            }
        }
    }
}
