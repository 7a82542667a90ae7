import CLinux
import Glibc
import LumbarCore
import LumbarLive
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// The real daemon with a real line on one side and real clients on the other.
@Suite(
    .serialized,
    .enabled(if: BuiltProgram.canRun && !UdevTestbed.isAvailable, "the programs cannot be started here"))
struct DaemonLiveTests {
    private let lines: LiveLines

    init() throws { lines = try LiveLines() }

    /// Starts a daemon on a line of its own, waits until it answers, and stops it.
    private func withDaemon(
        _ arguments: [String] = [], _ body: (DaemonProcess, borrowing PseudoTerminal, String) throws -> Void
    ) throws {
        try withFolder { folder in
            let sensor = try PseudoTerminal.open()
            let path = folder + "/live.sock"
            let daemon = try DaemonProcess(
                folder: folder, ["--device", sensor.path, "--socket", path] + arguments)
            #expect(daemon.waits(for: "attached", in: "transcript"))
            try body(daemon, sensor, path)
            #expect(daemon.stop() == 0)
            #expect(access(path, F_OK) != 0, "the socket is removed in the end")
        }
    }

    @Test func everyVerbIsAnswered() throws {
        try withDaemon { daemon, sensor, path in
            try sensor.sendAll(WitFrames.group(count: 300))
            #expect(daemon.waits(for: "locked", in: "transcript"))
            var client = try LocalConnection.connect(path)
            #expect(try lines.next("hello", from: &client)["protocol"]?.int == LiveReply.version)
            for verb in LiveVerb.allCases where !verb.isAsking {
                try client.send(LiveRequest(id: .text(verb.rawValue), verb: verb).line)
            }
            #expect(try lines.next("pong", from: &client)["id"]?.text == "ping")
            let status = try #require(LiveStatus(try lines.next("status", from: &client)))
            #expect(status.daemon?.text == "Reading \(sensor.path)" && status.daemon?.keepsHistory == true)
            #expect(status.wearers.map(\.id) == [.sole])
            #expect(status.wearers[0].mounts.map(\.device.text) == [sensor.path])
            let devices = try lines.next("devices", from: &client)["devices"]?.elements.compactMap {
                LiveDevice($0)
            }
            let device = try #require(devices?.first)
            #expect(device.id.text == sensor.path && device.state == .attached)
            #expect(device.protocolName == "witmotion" && device.signal?.samples == 300)
            #expect(try lines.next("subscribed", from: &client)["frames"]?.flag == false)
            #expect(try lines.next("unsubscribed", from: &client)["id"]?.text == "unsubscribe")
        }
    }

    @Test func badRequestsAreAnsweredAndHurtNobody() throws {
        try withDaemon { daemon, sensor, path in
            var client = try LocalConnection.connect(path)
            let deep = String(repeating: "[", count: 60_000)
            for line in ["nonsense", "{\"verb\":\"reboot\",\"id\":5}", deep, "\u{0}\u{1}", "{}", "", "   "] {
                try client.send(line)
            }
            try client.send(LiveRequest(id: .number(9), verb: .ping).line)
            for code in ["bad_json", "unknown_verb", "bad_json", "bad_json", "bad_request"] {
                #expect(try lines.next("error", from: &client)["code"]?.text == code)
            }
            #expect(try lines.next("pong", from: &client)["id"]?.int == 9)
            // It may hang up before all of this is written; what it answered can be read all the same.
            try? client.send(String(repeating: "x", count: 70_000))
            #expect(try lines.next("error", from: &client)["code"]?.text == "line_too_long")
            #expect(try client.receive(timeout: .seconds(30)) == .end)
            var another = try LocalConnection.connect(path)
            for _ in 0..<120 { try? another.send("{\"verb\":\"ping\"}") }
            #expect(try lines.next("error", from: &another)["code"]?.text == "too_many_requests")
            try sensor.send(WitFrames.group(count: 20))
            #expect(daemon.waits(for: "locked", in: "transcript"))
        }
    }

    @Test func subscribersAreToldWhatHappensAndFramesIfTheyLike() throws {
        try withDaemon { daemon, sensor, path in
            var plain = try LocalConnection.connect(path)
            var frames = try LocalConnection.connect(path)
            try plain.send(LiveRequest(verb: .subscribe).line)
            try frames.send(LiveRequest(verb: .subscribe, wantsFrames: true).line)
            _ = try lines.next("subscribed", from: &plain)
            _ = try lines.next("subscribed", from: &frames)
            try sensor.sendAll(WitFrames.group(count: 200))
            #expect(try lines.next("device", from: &plain)["event"]?.text == "locked")
            let frame = try lines.next("frame", from: &frames)
            #expect(frame["device"]?.text == sensor.path && frame["wearer"]?.text == "me")
            // The plain one got all that happened, and no frame among it.
            #expect(daemon.waits(for: "degraded", in: "transcript"))
            var seen: [String] = []
            while !seen.contains("degraded") {
                guard case .line(let bytes) = try plain.receive(timeout: .seconds(30)) else { break }
                let value = try JSONReader.read(bytes, limits: .reply)
                #expect(value["type"]?.text != "frame")
                seen.append(value["event"]?.text ?? "")
            }
            #expect(seen.contains("degraded"))
        }
    }

    /// A possible fall: upright, a blow, and lying still; said to the subscriber as it is said in the journal.
    @Test func anAlertIsDelivered() throws {
        try withFolder { folder in
            let settings = try PrivateFile.create(folder + "/lumbard.conf")
            try settings.write("[sitting]\n")
            let feed = try SimulatedSensor(scenario: "stand 5 s, fall forward for 20 s", speed: 4)
            let path = folder + "/live.sock"
            let daemon = try DaemonProcess(folder: folder, ["--device", feed.path, "--socket", path])
            #expect(daemon.waits { access(path, F_OK) == 0 })
            var client = try LocalConnection.connect(path)
            try client.send(LiveRequest(verb: .subscribe).line)
            let alert = try lines.next("alert", from: &client)
            #expect(alert["rule"]?.text == "fall" && alert["wearer"]?.text == "me")
            #expect(daemon.waits(for: alert["message"]?.text ?? "nothing", in: "stderr"))
            #expect(daemon.stop() == 0)
            // The end of the day so far comes before the end of the connection.
            #expect(try lines.next("summary", from: &client)["complete"]?.flag == false)
        }
    }

    @Test func clientsThatHangUpAnywhereLeaveNothingBehind() throws {
        try withDaemon { daemon, sensor, path in
            var patient = try LocalConnection.connect(path)
            _ = try lines.next("hello", from: &patient)
            let before = daemon.openFiles.count
            for round in 0..<30 {
                let caller = try Caller(path)
                if round % 3 > 0 {
                    try caller.put("{\"verb\":\"subscribe\",\"frames\":true}\n{\"verb\":\"sta")
                }
                if round % 3 > 1 { try sensor.send(WitFrames.group(count: 20)) }
                caller.hangUp()
            }
            #expect(daemon.waits { daemon.openFiles.count == before })
            try patient.send(LiveRequest(verb: .ping).line)
            _ = try lines.next("pong", from: &patient)
        }
    }

    /// A hundred connect, of which all that get in ask for frames and every other never reads; a sensor at 100 Hz is
    /// read all the same, and a client that reads is told of it as soon as without them.
    @Test func aCrowdOfClientsDelaysNoSensor() throws {
        try withFolder { folder in
            let feed = try SimulatedSensor(scenario: "stand 5 min", speed: 1)
            let path = folder + "/live.sock"
            let daemon = try DaemonProcess(folder: folder, ["--device", feed.path, "--socket", path])
            #expect(daemon.waits(for: "locked", in: "transcript"))
            var reader = try LocalConnection.connect(path)
            try reader.send(LiveRequest(verb: .subscribe, wantsFrames: true).line)
            let alone = try latencies(&reader)
            let crowd = try (0..<100).map { _ in try Caller(path) }
            for caller in crowd { caller.offer(Array("{\"verb\":\"subscribe\",\"frames\":true}\n".utf8)) }
            let crowded = try latencies(&reader) {
                for (index, caller) in crowd.enumerated() {
                    caller.offer(Array("{\"verb\":\"status\"}\n{\"verb\":\"devices\"}\n".utf8))
                    if index % 2 == 0 { _ = caller.take() }
                }
            }
            // Medians, with room for what else this machine does meanwhile.
            #expect(crowded[crowded.count / 2] < alone[alone.count / 2] + 0.05, "\(alone) \(crowded)")
            #expect(crowd.count { $0.take().contains("too_many_clients") } >= 45)
            #expect(daemon.stop() == 0)
            #expect(daemon.count(of: "degraded", in: "transcript") == 0)
        }
    }

    /// Seconds from the end of a frame until a client is told of it, sorted.
    private func latencies(_ reader: inout LocalConnection, _ disturb: () throws -> Void = {}) throws
        -> [Double]
    {
        var all: [Double] = []
        for _ in 0..<20 {
            try disturb()
            let end = try lines.next("frame", from: &reader)["instant_ns"]?.int ?? 0
            all.append((BootClock.now() - Instant(nanoseconds: Int64(end))).seconds)
        }
        return all.sorted()
    }

    @Test func theSocketIsForTheGroupOfTheDaemon() throws {
        try withDaemon { daemon, _, path in
            var status = stat()
            #expect(
                stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o660 && status.st_gid == getegid())
            _ = daemon.process
        }
    }

    @Test func aSocketThatSystemdHandsOverIsUsedAndLeftInPlace() throws {
        try withFolder { folder in
            let path = folder + "/activated.sock"
            let socket = try ListeningSocket.bind(path)
            let daemon = try DaemonProcess(folder: folder, [], handedOver: socket.descriptor)
            var client = try LocalConnection.connect(path)
            try client.send(LiveRequest(id: .number(3), verb: .ping).line)
            #expect(try lines.next("pong", from: &client)["id"]?.int == 3)
            #expect(daemon.stop() == 0)
            #expect(access(path, F_OK) == 0)
        }
    }

    @Test func aSocketThatCannotBeMadeIsARefusalOfOneLine() throws {
        try withFolder { folder in
            let daemon = try DaemonProcess(folder: folder, ["--socket", folder + "/none/live.sock"])
            #expect(daemon.waitForExit() == 73)
            let said = daemon.text(of: "stderr")
            #expect(said.contains("cannot make the socket \(folder)/none/live.sock: no such file"), "\(said)")
            #expect(said.split(separator: "\n").count == 1)
        }
    }
}
