import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// The real program on a real line: started, fed, unplugged, stopped. It paces itself by what it writes, so nothing here
/// waits for a time to pass.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct DaemonTests {
    @Test func whatASensorSendsIsReadAndRecorded() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            try sensor.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked protocol=witmotion", in: "transcript"))
            // Garbage between good frames costs nothing but itself.
            try sensor.send((0..<200).map { UInt8(truncatingIfNeeded: $0 &* 73 &+ 11) })
            try sensor.send(WitFrames.group(count: 20))
            unplug(sensor)
            #expect(daemon.waits(for: "detached readings=", in: "transcript"))
            #expect(daemon.stop() == 0)
            let recording = daemon.text(of: "recording")
            #expect(recording.hasPrefix("lumbar-recording 2\n"))
            #expect(recording.contains(" detach 1\n"))
            #expect(recording.hasSuffix(" end\n"))
        }
    }

    /// As much as a line at 115200 baud carries in a minute, half of it noise, as fast as it is taken.
    @Test func aMinuteOfGarbageCostsNoFrameAndNoMemory() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            try sensor.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked", in: "transcript"))
            let group = WitFrames.group(count: 4)
            var random = SplitMix64(seed: 5)
            var (sent, good, early) = (0, 20, 0)
            while sent < 691_200 {
                let noise = (0..<(20 + random.next() % 180)).map { _ in
                    UInt8(truncatingIfNeeded: random.next())
                }
                try sensor.sendAll(noise + group)
                sent += noise.count + group.count
                good += 4
                if early == 0, sent > 115_200 { early = daemon.residentKilobytes }
            }
            #expect(early > 0 && daemon.residentKilobytes < early + 1024)
            // Silent for two seconds: everything has been read.
            #expect(daemon.waits(for: "degraded", in: "transcript"))
            unplug(sensor)
            #expect(daemon.waits(for: "detached readings=\(good) ", in: "transcript"))
            #expect(daemon.stop() == 0)
            #expect(daemon.count(of: "detached", in: "transcript") == 1)
        }
    }

    @Test func aSensorThatComesAndGoesIsFoundEachTimeWithTheSameDescriptors() throws {
        try withFolder { folder in
            let link = folder + "/sensor"
            let daemon = try DaemonProcess(folder: folder, ["--device", link])
            var descriptors: [Int] = []
            for round in 1...3 {
                let sensor = try PseudoTerminal.open()
                symlink(sensor.path, link)
                #expect(daemon.waits(for: "attached", in: "transcript", times: round))
                try sensor.send(WitFrames.group(count: 10))
                #expect(daemon.waits(for: "locked", in: "transcript", times: round))
                descriptors.append(directoryEntries("/proc/\(daemon.process)/fd").count)
                unlink(link)
                unplug(sensor)
                #expect(daemon.waits(for: "detached", in: "transcript", times: round))
            }
            #expect(Set(descriptors).count == 1, "\(descriptors)")
            #expect(daemon.stop() == 0)
        }
    }

    @Test(arguments: [
        (["--device", "/dev/x,role=knee"], Int32(64), "a role is one of lumbar, thorax, thigh"),
        (["--colour"], 64, "there is no option --colour"), (["/dev/ttyUSB0"], 64, "--device /dev/ttyUSB0"),
        (["--device"], 64, "--device wants a value"),
        (["--device", "/dev/null,baud=1"], 64, "a rate is 300"),
        (["--config", "/nonexistent.conf"], 78, "/nonexistent.conf"),
        (["--state-directory", "/proc/none"], 73, "/proc/none"),
    ])
    func aRefusalIsOneLineAndAStatus(arguments: [String], status: Int32, text: String) throws {
        try withFolder { folder in
            let daemon = try DaemonProcess(folder: folder, arguments)
            #expect(daemon.waitForExit() == status)
            let said = daemon.text(of: "stderr")
            #expect(said.contains(text), "\(said)")
            #expect(said.split(separator: "\n").count == 1)
        }
    }

    @Test func aWrongConfigurationIsNamedByItsLine() throws {
        try withFolder { folder in
            let file = try PrivateFile.create(folder + "/lumbard.conf")
            try file.write("[device]\nadopt = no\nbuad = 9600\nmount = up=+q\n")
            let daemon = try DaemonProcess(
                folder: folder, ["--config", folder + "/lumbard.conf", "--check-config"])
            #expect(daemon.waitForExit() == 78)
            let said = daemon.text(of: "stderr")
            #expect(said.contains("lumbard.conf:3: device: there is no setting"), "\(said)")
            #expect(said.contains("did you mean baud"), "\(said)")
            #expect(
                said.contains("lumbard.conf:4: device.mount: up=+q is not like up=-y,forward=+z"), "\(said)")
        }
    }

    /// The line is let go of while the sensor is silent, opened again after a second, and read on when it speaks.
    @Test func aSensorThatFallsSilentIsClosedAndOpenedAgain() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            try sensor.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked", in: "transcript"))
            #expect(daemon.waits(for: "degraded", in: "transcript"))
            #expect(daemon.waits(for: "stalled", in: "transcript"))
            #expect(daemon.waits { !daemon.holds(sensor.path) })
            #expect(daemon.waits { daemon.holds(sensor.path) })
            // The line was emptied when it was opened, and may have been while this was sent: as a sensor, go on.
            #expect(
                daemon.waits {
                    try? sensor.send(WitFrames.group(count: 5))
                    return daemon.text(of: "transcript").contains(" recovered ")
                })
            #expect(!daemon.text(of: "transcript").contains("detached"))
            #expect(daemon.stop() == 0)
        }
    }

    @Test func whileTheConfigurationStaysAReloadDisturbsNothing() throws {
        try withFolder { folder in
            let file = try PrivateFile.create(folder + "/lumbard.conf")
            try file.write("[alerts]\nlift = no\n")
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(
                folder: folder, ["--device", sensor.path, "--config", folder + "/lumbard.conf"])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            try sensor.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked", in: "transcript"))
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "has not changed", in: "stderr"))
            #expect(!daemon.text(of: "transcript").contains("detached"))
            try file.write("twits = no\n")
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "lumbard.conf:3: alerts: there is no setting", in: "stderr"))
            #expect(!daemon.text(of: "transcript").contains("detached"))
            try file.write("[alerts]\n")
            unlink(folder + "/lumbard.conf")
            let better = try PrivateFile.create(folder + "/lumbard.conf")
            try better.write("[alerts]\ntwist = no\n")
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "confirms upright", in: "stderr"))
            #expect(daemon.waits(for: "attached", in: "transcript", times: 2))
            #expect(daemon.stop() == 0)
        }
    }

    /// Whoever plays the history again has to know what the program knew only in memory.
    @Test func whenItRanIsKept() throws {
        try withFolder { folder in
            let file = try PrivateFile.create(folder + "/lumbard.conf")
            try file.write("[alerts]\nlift = no\n")
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(
                folder: folder, ["--device", sensor.path, "--config", folder + "/lumbard.conf"])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            // The same again is no new beginning.
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "has not changed", in: "stderr"))
            try file.write("twist = no\n")
            kill(daemon.process, SIGHUP)
            #expect(daemon.waits(for: "attached", in: "transcript", times: 2))
            #expect(daemon.stop() == 0)
            for name in ["transcript", "recording", "stderr"] { unlink(folder + "/" + name) }
            let killed = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(killed.waits(for: "attached", in: "transcript"))
            kill(killed.process, SIGKILL)
            #expect(killed.waitForExit() == -SIGKILL)
            let export = try CommandProcess.run(
                folder: folder, ["export", "--db", folder + "/state/lumbard.db"])
            #expect(export.status == 0)
            let runs = export.output.split(separator: "\n").filter { $0.contains("\"type\":\"run\"") }
            #expect(runs.map { $0.contains("\"until_ns\":null") } == [false, false, true])
        }
    }

    /// What a killed daemon has said is stored, and the one that comes after it goes on with it.
    @Test func aKilledDaemonLosesNoDeviceAndNoFile() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let first = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(first.waits(for: "attached", in: "transcript"))
            kill(first.process, SIGKILL)
            #expect(first.waitForExit() == -SIGKILL)
            for file in ["transcript", "recording", "empty.conf", "stderr"] { unlink(folder + "/" + file) }
            let second = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(second.waits(for: "attached", in: "transcript"))
            let said = second.text(of: "stderr")
            #expect(!said.contains("cannot be kept") && !said.contains("damaged"), "\(said)")
            #expect(second.stop() == 0)
        }
    }

    @Test func aLineThatIsNotThereOrNotAllowedIsSaid() throws {
        try withFolder { folder in
            let daemon = try DaemonProcess(folder: folder, ["--device", folder + "/no-such-line"])
            #expect(daemon.waits(for: "Waiting for \(folder)/no-such-line to appear", in: "stderr"))
            #expect(daemon.stop() == 0)
        }
    }

    @Test func wordsThatCannotBeReadAreSaidOnceWithWhatToWriteInstead() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "attached", in: "transcript"))
            let lines = String(repeating: "1,0,0,1\n", count: 5)
            for _ in 0..<2 { try sensor.send(Array(("t_s,ax,ay,az\n" + lines).utf8)) }
            let reason = "cannot be read: column ax has no unit: write ax_g, ax_mg or ax_mps2"
            #expect(daemon.waits(for: sensor.path + ": what it sends " + reason, in: "stderr"))
            try sensor.send(Array(("t_s,ax_g,ay_g,az_g\n" + lines).utf8))
            #expect(daemon.waits(for: "locked protocol=text", in: "transcript"))
            #expect(daemon.stop() == 0)
            #expect(daemon.count(of: "cannot be read", in: "stderr") == 1)
        }
    }

    @Test func aBusyLineIsSaidWithItsHolder() throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let port = try SerialPort.open(sensor.path, baud: 9600)
            let daemon = try DaemonProcess(folder: folder, ["--device", sensor.path])
            #expect(daemon.waits(for: "(process \(getpid())) has it open. Trying again", in: "stderr"))
            _ = port.descriptor
            #expect(daemon.stop() == 0)
        }
    }
}

private func unplug(_ sensor: consuming PseudoTerminal) {}

/// WitMotion frames of a sensor that lies still: acceleration, angular rate, angle.
enum WitFrames {
    static func group(count: Int) -> [UInt8] {
        var all: [UInt8] = []
        for _ in 0..<count {
            for (kind, values) in [
                (UInt8(0x51), [0, 0, 2048, 2500]), (0x52, [3, -2, 1, 2500]), (0x53, [0, 0, 0, 0]),
            ] {
                var frame: [UInt8] = [0x55, kind]
                for value in values { withUnsafeBytes(of: Int16(value).littleEndian) { frame += $0 } }
                frame.append(frame.reduce(0) { $0 &+ $1 })
                all += frame
            }
        }
        return all
    }
}
