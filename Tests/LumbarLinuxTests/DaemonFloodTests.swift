import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// A sensor that sends without end, beside one that behaves: the second is read, signals are heard and the watchdog is
/// fed all the same, with the same memory.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct DaemonFloodTests {
    enum Flood: String, CaseIterable, Sendable {
        /// At 3 Mbaud and with nothing in it, at that rate frames, or as fast as they are taken.
        case garbage, frames, unboundedGarbage, unboundedFrames

        var bytesPerSecond: Double? {
            switch self {
            case .garbage, .frames: 300_000
            case .unboundedGarbage, .unboundedFrames: nil
            }
        }

        var bytes: [UInt8] {
            switch self {
            case .frames, .unboundedFrames: return WitFrames.group(count: 500)
            case .garbage, .unboundedGarbage:
                var random = SplitMix64(seed: 3)
                return (0..<16_500).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            }
        }
    }

    @Test(arguments: Flood.allCases)
    func aFloodStarvesNobody(flood: Flood) throws {
        try withFolder { folder in
            let loud = try PseudoTerminal.open()
            let calm = try PseudoTerminal.open()
            // The far side of the calm line tells how much of it nobody has read.
            let far = OwnedDescriptor(owning: open(calm.path, O_RDONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC))
            let supervisor = try Supervisor(folder + "/notify")
            let daemon = try DaemonProcess(
                folder: folder, ["--device", loud.path, "--device", calm.path], records: false,
                environment: ["NOTIFY_SOCKET=" + supervisor.path, "WATCHDOG_USEC=2000000"])
            #expect(daemon.waits(for: "attached", in: "transcript", times: 2))
            try loud.send(WitFrames.group(count: 20))
            try calm.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked", in: "transcript", times: 2))
            let (descriptors, kilobytes) = (daemon.openFiles.count, daemon.residentKilobytes)
            _ = supervisor.feeds()

            let began = BootClock.now()
            let processor = daemon.processorSeconds
            var pump = Pump(flood)
            var latencies: [Double] = []
            while BootClock.now() - began < .seconds(2.5) {
                try calm.send(WitFrames.group(count: 1))
                let sent = BootClock.now()
                repeat { pump.run(into: loud, for: .milliseconds(1)) } while unread(far) > 0
                latencies.append((BootClock.now() - sent).seconds)
                let pause = BootClock.now() + .milliseconds(9)
                while BootClock.now() < pause { pump.run(into: loud, for: .milliseconds(2)) }
            }
            let took = (BootClock.now() - began).seconds
            let share = (daemon.processorSeconds - processor) / took
            let asked = BootClock.now()
            kill(daemon.process, SIGHUP)
            #expect(
                daemon.waits(milliseconds: 1) {
                    pump.run(into: loud, for: .milliseconds(1))
                    return daemon.text(of: "stderr").contains("has not changed")
                })
            let heard = (BootClock.now() - asked).seconds
            latencies.sort()
            if getenv("LUMBAR_REPORT") != nil {
                print(
                    "\(flood): \(Int(Double(pump.sent) / took / 1000)) kB/s, processor \(share), other sensor read after "
                        + "\(latencies[latencies.count / 2]) s (median), \(latencies.last ?? 0) s (longest), "
                        + "signal after \(heard) s, kB \(kilobytes) then \(daemon.residentKilobytes)")
            }
            // Who is starved waits for as long as the flood lasts; a busy machine makes the others wait a little.
            #expect(latencies[latencies.count / 2] < 0.5 && latencies.last ?? 99 < 5)
            #expect(heard < 5)
            // Due once a second.
            #expect(supervisor.feeds() >= 1)
            #expect(daemon.residentKilobytes <= kilobytes + 1024)
            // The files of the configuration may still be open.
            #expect(daemon.waits { daemon.openFiles.count == descriptors })
            let transcript = daemon.text(of: "transcript")
            #expect(!transcript.contains("device \(calm.path) degraded") && !transcript.contains("detached"))
            // Of what cannot have been measured yet, at most what a full buffer could explain.
            #expect(daemon.stop() == 0)
            let latest = daemon.text(of: "transcript").split(separator: "\n").compactMap { line in
                line.split(separator: " ").first.flatMap { Double(String($0)) }
            }.max()
            #expect((latest ?? 99) < took + 8, "\(daemon.text(of: "transcript").suffix(1000))")
        }
    }

    /// Nobody knows yet what it is: every decoder there is listens, to a part of it.
    @Test func aFloodOnAnUnknownLineIsNotListenedToWhole() throws {
        try withFolder { folder in
            let loud = try PseudoTerminal.open()
            let daemon = try DaemonProcess(folder: folder, ["--device", loud.path], records: false)
            #expect(daemon.waits(for: "attached", in: "transcript"))
            var pump = Pump(.garbage)
            pump.run(into: loud, for: .seconds(2))
            #expect(pump.sent > 500_000)
            if getenv("LUMBAR_REPORT") != nil {
                print("unknown line: processor \(daemon.processorSeconds) s")
            }
            // And when what is behind it comes to its senses, it is understood.
            #expect(
                daemon.waits {
                    try? loud.send(WitFrames.group(count: 5))
                    return daemon.text(of: "transcript").contains(" locked protocol=witmotion")
                })
            #expect(daemon.stop() == 0)
        }
    }

    /// Bytes that wait on the program's side of a line.
    private func unread(_ far: borrowing OwnedDescriptor) -> Int {
        var count: Int32 = 0
        return ioctl(far.number, UInt(FIONREAD), &count) == 0 ? Int(count) : 0
    }
}

/// Sends without end.
private struct Pump {
    private let bytes: [UInt8]
    private let rate: Double?
    private let began = BootClock.now()
    private var place = 0
    private(set) var sent = 0

    init(_ flood: DaemonFloodTests.Flood) {
        bytes = flood.bytes
        rate = flood.bytesPerSecond
    }

    /// Sends what is due, or as much as is taken, for so long.
    mutating func run(into line: borrowing PseudoTerminal, for span: Elapsed) {
        let end = BootClock.now() + span
        while BootClock.now() < end {
            let due = rate.map { Int((BootClock.now() - began).seconds * $0) - sent } ?? bytes.count
            let count = min(due, bytes.count - place)
            let taken =
                count > 0
                ? bytes[place..<place + count].withUnsafeBytes {
                    write(line.master.number, $0.baseAddress, $0.count)
                } : 0
            if taken <= 0 {
                poll(nil, 0, 1)
                continue
            }
            sent += taken
            place = (place + taken) % bytes.count
        }
    }
}

/// Hears what a service tells the service manager.
private final class Supervisor {
    let path: String
    private let socket: OwnedDescriptor

    init(_ path: String) throws {
        self.path = path
        let number = try system("socket", "make \(path)") {
            Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | O_NONBLOCK | O_CLOEXEC, 0)
        }
        socket = OwnedDescriptor(owning: number)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if bound != 0 { throw SystemError.last("bind", doing: "make \(path)") }
    }

    /// How often the watchdog was fed since the last call.
    func feeds() -> Int {
        var count = 0
        var buffer = [UInt8](repeating: 0, count: 1024)
        while case let got = recv(socket.number, &buffer, buffer.count, 0), got > 0 {
            if String(decoding: buffer[..<got], as: UTF8.self).contains("WATCHDOG=1") { count += 1 }
        }
        return count
    }
}
