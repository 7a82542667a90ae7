import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// What udev shows of HID sensors: one device however many nodes it has.
    @Suite(.serialized) struct HIDTests {
        private func drain(_ watcher: DeviceWatcher) { while watcher.receive() != nil {} }

        @Test func aHIDSensorIsDescribedByItsParent() throws {
            let testbed = try #require(UdevTestbed())
            let sensor = FakeHID()
            testbed.plug(described: sensor.device + sensor.hidraw(0, at: "/dev/hidraw0"))
            let device = try #require(try DeviceWatcher.list().first)
            #expect(device.kind == .hidraw && device.node == "/dev/hidraw0" && device.isOurs)
            #expect(device.vendor == "1209" && device.product == "4c42")
            #expect(device.reportDescriptor == FakeHID.accelerometer)
            #expect(device.identity == DeviceID("hid-Bench_Sensor_BS01"))
            #expect(device.identityByPort == DeviceID("path-usb-1.1/input0"))
            #expect(SensorDeclarations().choice(for: device, called: device.identity) == .ours)
            var others = FakeHID(port: "1.2", serial: "", properties: ["ID_LUMBARD_CANDIDATE=1"])
            others.descriptor = FakeHID.lid
            testbed.plug(described: others.device + others.hidraw(1, at: "/dev/hidraw1"))
            let other = try #require(try DeviceWatcher.list().first { $0.node == "/dev/hidraw1" })
            #expect(other.identity == DeviceID("path-usb-1.2/input0"))
            // Never guessed at.
            var declared = SensorDeclarations()
            declared.trustsAll = true
            #expect(declared.choice(for: other, called: other.identity) == .pending)
            declared.paths = ["/dev/hidraw1"]
            #expect(declared.choice(for: other, called: other.identity) == .givenByHand)
        }

        /// As Linux 6.12 shows it: hidraw at first, then the drivers of the kernel, one after another.
        @Test func whatTheKernelReadsIsOneSensor() throws {
            let testbed = try #require(UdevTestbed())
            let watcher = try DeviceWatcher()
            let sensor = FakeHID()
            testbed.plug(described: sensor.device + sensor.hidraw(0, at: "/dev/hidraw0"))
            drain(watcher)
            #expect(watcher.present.map(\.kind) == [.hidraw])
            let gyroscope = sensor.iio(
                1, "gyro_3d", channel: "anglvel", scale: "0.001", at: "/dev/iio:device1")
            testbed.plug(described: gyroscope)
            testbed.plug(
                described: sensor.iio(0, "accel_3d", channel: "accel", scale: "0.01", at: "/dev/iio:device0"))
            drain(watcher)
            let device = try #require(watcher.present.first)
            #expect(watcher.present.count == 1 && device.kind == .iio)
            #expect(device.parts.map(\.name) == ["accel_3d", "gyro_3d"])
            #expect(device.node == "/dev/iio:device0")
            #expect(device.identity == DeviceID("hid-Bench_Sensor_BS01"))
            let text = try #require(device.parts.first).attributes
            #expect(text.hasPrefix("[accel_3d]\nin_accel_scale=0.01\nscan_elements/in_accel_x_en=1\n"))
            #expect(device.parts.map(\.isSwitchedOn) == [true, true])
            // The drivers go: hidraw is what is left.
            for number in [0, 1] { testbed.announce("remove", path: sensor.iioPath(number)) }
            drain(watcher)
            #expect(watcher.present.map(\.kind) == [.hidraw])
            testbed.announce("remove", path: sensor.hidrawPath(0))
            drain(watcher)
            #expect(watcher.present.isEmpty)
        }

        @Test func manyReplugsAreTheSameSensor() throws {
            let testbed = try #require(UdevTestbed())
            let watcher = try DeviceWatcher()
            for round in 0..<100 {
                let sensor = FakeHID(port: "1.\(1 + round % 3)")
                testbed.plug(described: sensor.device + sensor.hidraw(round, at: "/dev/hidraw\(round)"))
                drain(watcher)
                #expect(watcher.present.map { watcher.identity(of: $0).text } == ["hid-Bench_Sensor_BS01"])
                testbed.announce("remove", path: sensor.hidrawPath(round))
                testbed.remove(path: sensor.hidrawPath(round))
                testbed.remove(path: sensor.path)
                drain(watcher)
                #expect(watcher.present.isEmpty)
            }
        }
    }

    /// The real program and sensors whose nodes are pipes.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct HIDDaemonTests {
        private func unplug(_ sensor: FakeHID, _ path: String, _ testbed: UdevTestbed) {
            testbed.announce("remove", path: path)
            testbed.remove(path: path)
        }

        @Test func reportsAreReadThroughReplugs() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching. Waiting for a sensor.", in: "stderr"))
                var descriptors: Set<Int> = []
                for round in 1...5 {
                    let sensor = FakeHID(port: "1.\(round)")
                    let pipe = try PacketPipe("hidraw\(round)")
                    testbed.plug(described: sensor.device + sensor.hidraw(round, at: pipe.path))
                    try #require(
                        daemon.waits { daemon.holds(pipe.path) }, "\(round): \(daemon.text(of: "stderr"))")
                    try #require(
                        daemon.waits {
                            pipe.sendReports(5)
                            return daemon.count(of: " locked protocol=hid", in: "transcript") == round
                        })
                    descriptors.insert(daemon.openFiles.filter { !$0.hasPrefix("socket:") }.count)
                    unplug(sensor, sensor.hidrawPath(round), testbed)
                    try #require(daemon.waits(for: "detached readings=", in: "transcript", times: round))
                }
                #expect(descriptors.count == 1, "\(descriptors)")
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "device hid-Bench_Sensor_BS01 attached", in: "transcript") == 5)
                // Once for each node it came on.
                #expect(daemon.count(of: "descriptor: 0520097", in: "recording") == 5)
            }
        }

        /// An accelerometer and a gyroscope of the kernel's drivers, beside the hidraw node that Linux 6.12 leaves.
        @Test func devicesOfTheKernelAreOneSource() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let sensor = FakeHID()
                let reports = try PacketPipe("hidraw0")
                let accelerometer = try PacketPipe("iio0")
                let gyroscope = try PacketPipe("iio1")
                // Measured before anybody listened: dropped, and not even counted as zeros.
                accelerometer.sendScans(10, [0, 0, 0])
                testbed.plug(
                    described: sensor.device + sensor.hidraw(0, at: reports.path)
                        + sensor.iio(
                            0, "accel_3d", channel: "accel", scale: "0.00980665", at: accelerometer.path)
                        + sensor.iio(1, "gyro_3d", channel: "anglvel", scale: "0.001", at: gyroscope.path))
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                try #require(
                    daemon.waits { daemon.holds(accelerometer.path) && daemon.holds(gyroscope.path) },
                    "\(daemon.text(of: "stderr"))")
                #expect(!daemon.holds(reports.path))
                try #require(
                    daemon.waits {
                        accelerometer.sendScans(1, [0, 0, 1000])
                        gyroscope.sendScans(1, [1, 2, 3])
                        return daemon.count(of: " locked protocol=iio", in: "transcript") == 1
                    })
                for number in [0, 1] { unplug(sensor, sensor.iioPath(number), testbed) }
                try #require(daemon.waits(for: "detached readings=", in: "transcript"))
                // What is left is read all the same.
                try #require(daemon.waits { daemon.holds(reports.path) })
                #expect(daemon.stop() == 0)
                #expect(daemon.count(of: "attribute: [gyro_3d]", in: "recording") == 1)
                #expect(daemon.count(of: " insane=0 ", in: "transcript") == 1)
            }
        }

        @Test func whatIsNoWearableIsLeftAlone() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let pipes = try (0..<3).map { try PacketPipe("node\($0)") }
                let lid = FakeHID(port: "1.1", serial: "LID1", descriptor: FakeHID.lid)
                let stranger = FakeHID(port: "1.2", serial: "TAB1", properties: [])
                let off = FakeHID(port: "1.3", serial: "OFF1")
                testbed.plug(described: lid.device + lid.hidraw(0, at: pipes[0].path))
                testbed.plug(described: stranger.device + stranger.hidraw(1, at: pipes[1].path))
                testbed.plug(
                    described: off.device
                        + off.iio(
                            2, "accel_3d", channel: "accel", scale: "0.01", at: pipes[2].path, isOn: false))
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "left alone: it measures one angle only", in: "stderr"))
                #expect(daemon.waits(for: "left alone: none of its channels is switched on", in: "stderr"))
                // Nobody said that this one is worn: told, and not opened.
                let known = "Bench Sensor on \(pipes[1].path): a sensor speaks hid. It is not known here"
                #expect(daemon.waits(for: known, in: "stderr"))
                #expect(
                    daemon.text(of: "stderr").contains("sudo lumbarctl device trust hid-Bench_Sensor_TAB1\n"))
                #expect(pipes.map { daemon.holds($0.path) } == [false, false, false])
                #expect(daemon.stop() == 0)
                #expect(!daemon.text(of: "transcript").contains("attached"))
            }
        }
    }
}
