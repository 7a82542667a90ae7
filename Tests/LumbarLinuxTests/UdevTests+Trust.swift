import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

extension UdevTests {
    /// What becomes of sensors that nobody declared, with the real programs.
    @Suite(.serialized, .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
    struct TrustTests {
        private func isIdle(_ daemon: DaemonProcess, _ line: borrowing PseudoTerminal) -> Bool {
            !daemon.holds(line.path)
        }

        private func configure(_ folder: String, _ text: String) throws {
            try replaceFile(folder + "/lumbard.conf", with: Array(text.utf8))
        }

        /// Plugged in, heard, told once, let go; then trusted, while another sensor is read on undisturbed.
        @Test func aStrangerWaitsUntilItIsTrustedAndNobodyElseNotices() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let known = "[sensor usb-Silicon_Labs_CP2102_A10K4F-if00]\n"
                try configure(folder, known)
                let belt = try PseudoTerminal.open()
                var numbered = FakeSerial.numbered("A10K4F", port: "1.1", number: 0)
                numbered.properties.append(("ID_LUMBARD_CANDIDATE", "1"))
                testbed.plug(numbered, line: belt.path)
                let daemon = try DaemonProcess(
                    folder: folder, ["--config", folder + "/lumbard.conf"], usesUdev: true)
                try #require(
                    daemon.waits {
                        try? belt.send(WitFrames.group(count: 5))
                        return daemon.count(of: " locked protocol=witmotion", in: "transcript") == 1
                    }, "\(daemon.text(of: "stderr"))")

                let stranger = try PseudoTerminal.open()
                testbed.plug(.wit(port: "1.2", number: 1), line: stranger.path)
                let identity = "path-platform-fd500000.pcie-usb-0:1.2:1.0"
                try #require(
                    daemon.waits {
                        try? stranger.send(WitFrames.group(count: 5))
                        try? belt.send(WitFrames.group(count: 1))
                        return daemon.count(
                            of: "a sensor speaks witmotion at 115200 baud. It is not known here", in: "stderr"
                        ) == 1
                    })
                #expect(daemon.waits { isIdle(daemon, stranger) })
                #expect(
                    daemon.text(of: "stderr").contains("To use it: sudo lumbarctl device trust \(identity)\n")
                )
                #expect(!daemon.text(of: "transcript").contains(identity))

                try configure(folder, known + "[sensor \(identity)]\nwearer=anna\nrole=thigh\n")
                kill(daemon.process, SIGHUP)
                try #require(
                    daemon.waits {
                        try? stranger.send(WitFrames.group(count: 5))
                        try? belt.send(WitFrames.group(count: 1))
                        return daemon.count(of: " locked protocol=witmotion", in: "transcript") == 2
                    }, "\(daemon.text(of: "stderr"))")
                #expect(daemon.text(of: "stderr").contains("worn by anna, role thigh."))
                // The belt was read all the time.
                #expect(daemon.count(of: "A10K4F-if00 attached", in: "transcript") == 1)
                #expect(!daemon.text(of: "transcript").contains("detached"))

                try configure(folder, known + "[sensor \(identity)]\nuse=no\n")
                kill(daemon.process, SIGHUP)
                try #require(daemon.waits(for: "device \(identity) detached", in: "transcript"))
                #expect(daemon.waits { isIdle(daemon, stranger) })
                #expect(daemon.count(of: "detached", in: "transcript") == 1)
                #expect(daemon.stop() == 0)
                let recorded = daemon.text(of: "recording")
                // In the recording from when it was trusted, and not before.
                #expect(recorded.components("wearer: anna") == 2, "\(recorded.prefix(2000))")
            }
        }

        /// What is known of a sensor, each from the first that says it: its section, its rule, [device].
        @Test func aSectionGoesBeforeARuleAndThatBeforeTheRest() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                try configure(
                    folder,
                    "[device]\nmount=up=+x,forward=+y\nwearer=carl\n"
                        + "[sensor usb-Silicon_Labs_CP2102_AA71-if00]\nmount=up=+z,forward=+x\nwearer=anna\n")
                let near = try PseudoTerminal.open()
                let far = try PseudoTerminal.open()
                let daemon = try DaemonProcess(
                    folder: folder, ["--config", folder + "/lumbard.conf"], usesUdev: true)
                #expect(daemon.waits(for: "Watching", in: "stderr"))
                let rule = [
                    ("ID_LUMBARD", "1"), ("LUMBARD_MOUNT", "up=-y,forward=+z"), ("LUMBARD_BAUD", "9600"),
                ]
                var first = FakeSerial.numbered("AA71", port: "1.1", number: 0)
                var second = FakeSerial.numbered("BB72", port: "1.2", number: 1)
                first.properties += rule
                second.properties += rule
                testbed.plug(first, line: near.path)
                testbed.plug(second, line: far.path)
                try #require(daemon.waits(for: "attached", in: "transcript", times: 2))
                #expect(daemon.stop() == 0)
                let recorded = daemon.text(of: "recording")
                let parts = recorded.split(separator: "\n").filter { line in
                    ["sensor", "mount", "wearer", "device"].contains { line.contains($0) }
                }
                let text = parts.joined(separator: "\n")
                #expect(
                    text.contains("mount: up=+z forward=+x") || text.contains("mount: up=+z,forward=+x"),
                    "\(text)")
                #expect(
                    text.contains("mount: up=-y forward=+z") || text.contains("mount: up=-y,forward=+z"),
                    "\(text)")
                #expect(text.contains("wearer: anna") && text.contains("wearer: carl"), "\(text)")
                #expect(!text.contains("up=+x"), "\(text)")
            }
        }

        /// As it was before: whatever speaks is used.
        @Test func whoTrustsAllIsNotAsked() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                try configure(folder, "[device]\ntrust=all\n")
                let daemon = try DaemonProcess(
                    folder: folder, ["--config", folder + "/lumbard.conf"], usesUdev: true)
                let sensor = try PseudoTerminal.open()
                testbed.plug(.wit(port: "1.1", number: 0), line: sensor.path)
                try #require(
                    daemon.waits {
                        try? sensor.send(WitFrames.group(count: 5))
                        return daemon.count(of: " locked protocol=witmotion", in: "transcript") == 1
                    }, "\(daemon.text(of: "stderr"))")
                #expect(!daemon.text(of: "stderr").contains("not known here"))
                #expect(daemon.stop() == 0)
            }
        }

        /// What a HID sensor needs besides: a rule that opens its node, written for it and for no keyboard.
        @Test func aHIDSensorIsTrustedWithARuleAndAKeyboardIsNot() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            try withFolder { folder in
                let sensor = FakeHID(properties: [])
                var keyboard = FakeHID(port: "1.2", serial: "KEY1", properties: [])
                keyboard.descriptor = [0x05, 0x01, 0x09, 0x06, 0xA1, 0x01, 0xC0]
                let pipes = try (0..<2).map { try PacketPipe("trust\($0)") }
                testbed.plug(described: sensor.device + sensor.hidraw(0, at: pipes[0].path))
                testbed.plug(described: keyboard.device + keyboard.hidraw(1, at: pipes[1].path))
                try configure(folder, "")
                let place = ["--config", folder + "/lumbard.conf", "--rules-directory", folder + "/rules.d"]
                let words = ["device", "trust", "--yes"] + place
                let (refused, reason) = try runs("lumbarctl", words + ["hid-Bench_Sensor_KEY1"], folder)
                #expect(refused == 65 && reason.contains("it is no sensor"), "\(reason)")
                let guess = try runs("lumbarctl", words + ["hid-Bench_Sensor_BS02"], folder)
                #expect(
                    guess.status == 66 && guess.text.contains("did you mean hid-Bench_Sensor_BS01?"),
                    "\(guess)"
                )
                let daemon = try DaemonProcess(
                    folder: folder, ["--config", folder + "/lumbard.conf"], usesUdev: true)
                #expect(daemon.waits(for: "a sensor speaks hid. It is not known here", in: "stderr"))

                // By its node, which is what somebody sees.
                let (status, said) = try runs("lumbarctl", words + [pipes[0].path], folder)
                #expect(status == 0 && said.contains("hid-Bench_Sensor_BS01 is trusted now"), "\(said)")
                let rule = try readSmallFile(folder + "/rules.d/61-lumbard-hid-Bench_Sensor_BS01.rules")
                #expect(
                    String(decoding: rule, as: UTF8.self).hasSuffix(
                        "SUBSYSTEM==\"hidraw|iio\", KERNELS==\"*:1209:4C42.*\", ENV{LUMBARD_ACCESS}=\"1\"\n"))
                kill(daemon.process, SIGHUP)
                try #require(
                    daemon.waits {
                        pipes[0].sendReports(5)
                        return daemon.count(of: " locked protocol=hid", in: "transcript") == 1
                    }, "\(daemon.text(of: "stderr"))")
                let gone = try runs(
                    "lumbarctl", ["device", "distrust", "hid-Bench_Sensor_BS01"] + place, folder)
                #expect(
                    gone.status == 0
                        && (try? readSmallFile(folder + "/rules.d/61-lumbard-hid-Bench_Sensor_BS01.rules"))
                            == nil
                )
                kill(daemon.process, SIGHUP)
                #expect(daemon.waits(for: "detached readings=", in: "transcript"))
                #expect(!daemon.holds(pipes[1].path))
                #expect(daemon.stop() == 0)
            }
        }

        /// Whatever a device calls itself, nothing that could disturb a terminal leaves any program.
        @Test func namesOfDevicesAreHarmlessWhereverTheyAreShown() throws {
            let testbed = try #require(UdevTestbed())
            testbed.leaveTerminalsAlone()
            var random = SplitMix64(seed: 7)
            try withFolder { folder in
                let daemon = try DaemonProcess(folder: folder, [], usesUdev: true)
                #expect(daemon.waits(for: "Watching", in: "stderr"))
                let line = try PseudoTerminal.open()
                var paths: [PacketPipe] = []
                for number in 0..<6 {
                    // A line end is what umockdev, like udev, cannot have in a value.
                    let text = { () -> String in
                        HostileText.make(&random).filter { !$0.isNewline && $0 != "\u{0}" } + "x\(number)"
                    }
                    if number == 0 {
                        var serial = FakeSerial.wit(port: "1.\(number)", number: number)
                        serial.properties.removeAll { ["ID_MODEL", "ID_SERIAL"].contains($0.0) }
                        serial.properties += [
                            ("ID_MODEL", text()), ("ID_SERIAL", text()), ("ID_SERIAL_SHORT", text()),
                        ]
                        testbed.plug(serial, line: line.path)
                    } else {
                        var hid = FakeHID(port: "1.\(number)", serial: text(), properties: [])
                        hid.name = text()
                        let pipe = try PacketPipe("hostile\(number)")
                        paths.append(pipe)
                        testbed.plug(described: hid.device + hid.hidraw(number, at: pipe.path))
                    }
                }
                try #require(
                    daemon.waits {
                        try? line.send(WitFrames.group(count: 5))
                        return daemon.count(of: "It is not known here", in: "stderr") == 6
                    }, "\(daemon.text(of: "stderr"))")
                #expect(daemon.stop() == 0)
                var shown = [daemon.text(of: "stderr"), daemon.text(of: "transcript")]
                for words in [["devices", "-a"], ["devices", "--json"], ["doctor"], ["doctor", "--json"]] {
                    let (_, text) = try runs("lumbarctl", words, folder)
                    #expect(text.contains("x0") && text.contains("x1"), "\(words): \(text)")
                    shown.append(text)
                }
                // Nothing of the kind is plugged in: the list of names in an error is harmless too.
                shown.append(try runs("lumbarctl", ["device", "trust", "\u{1B}[1mx", "--yes"], folder).text)
                // They did get that far, written out.
                #expect(shown[0].contains("\\u{") && shown[2].contains("\\u{"))
                for text in shown {
                    let unsafe = text.unicodeScalars.filter { $0 != "\n" && !Printable.isSafe($0) }
                    #expect(unsafe.isEmpty, "\(text.debugDescription)")
                }
                #expect(paths.count == 5)
            }
        }
    }
}

extension String {
    /// How many pieces it falls into at `text`.
    fileprivate func components(_ text: String) -> Int {
        var count = 1
        var rest = Substring(self)
        while let place = rest.utf8.firstPlace(of: text) {
            count += 1
            rest = rest[place...].dropFirst(text.count)
        }
        return count
    }
}

extension Substring.UTF8View {
    fileprivate func firstPlace(of text: String) -> Index? {
        var index = startIndex
        while index < endIndex {
            if self[index...].starts(with: text.utf8) { return index }
            index = self.index(after: index)
        }
        return nil
    }
}

/// Runs a program of ours to its end; its status, and what it said on both outputs.
private func runs(_ name: String, _ words: [String], _ folder: String) throws -> (status: Int32, text: String)
{
    let path = folder + "/said-\(words.joined().utf8.reduce(0) { $0 &* 31 &+ Int($1) }.magnitude)"
    let output = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    defer { close(output) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    posix_spawn_file_actions_adddup2(&actions, output, 2)
    let program = BuiltProgram.path(name)
    var texts: [UnsafeMutablePointer<CChar>?] = ([program] + words).map { strdup($0) } + [nil]
    defer { texts.forEach { free($0) } }
    var child: pid_t = 0
    let failure = posix_spawn(&child, program, &actions, nil, &texts, environ)
    if failure != 0 { throw SystemError("posix_spawn", failure, doing: "start \(program)") }
    var status: Int32 = 0
    while waitpid(child, &status, 0) < 0, errno == EINTR {}
    return ((status >> 8) & 0xFF, String(decoding: try readSmallFile(path), as: UTF8.self))
}
