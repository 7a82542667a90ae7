import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// A converter on a desk with an emulated udev, with a WitMotion sensor behind it.
final class BenchSensor {
    let converter: FakeSerial
    /// Its line while it is plugged in.
    private(set) var line: Line?

    /// The sensor's end.
    final class Line {
        let terminal: PseudoTerminal
        init() throws { terminal = try PseudoTerminal.open() }
    }

    init(_ converter: FakeSerial) {
        var candidate = converter
        if !candidate.properties.contains(where: { $0.0.hasPrefix("ID_LUMBARD") }) {
            candidate.properties.append(("ID_LUMBARD_CANDIDATE", "1"))
        }
        self.converter = candidate
    }

    var path: String { line?.terminal.path ?? "" }

    func plug(into testbed: UdevTestbed, on given: Line? = nil) throws {
        let made = try given ?? Line()
        line = made
        testbed.plug(converter, line: made.terminal.path)
    }

    /// Its end: the line's hang-up and udev's report come in either order.
    func unplug(from testbed: UdevTestbed, hangsUpFirst: Bool = true) {
        if hangsUpFirst { line = nil }
        testbed.announce("remove", port: converter.port, number: converter.number)
        testbed.remove(port: converter.port, number: converter.number)
        line = nil
    }

    /// Sends some frames; a line that nobody reads is full at some time, which is no matter.
    func speak(_ count: Int = 5) { try? line?.terminal.send(WitFrames.group(count: count)) }
}

/// Reads what a program adds to a file.
struct FileTail {
    let path: String
    private var offset: off_t = 0
    private var rest: [UInt8] = []

    init(_ path: String) { self.path = path }

    /// The lines that were completed since the last call.
    mutating func newLines() -> [String] {
        let number = open(path, O_RDONLY | O_CLOEXEC)
        guard number >= 0 else { return [] }
        defer { close(number) }
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while case let count = pread(number, &buffer, buffer.count, offset), count > 0 {
            rest += buffer[..<count]
            offset += off_t(count)
        }
        guard let end = rest.lastIndex(of: UInt8(ascii: "\n")) else { return [] }
        defer { rest.removeFirst(end + 1) }
        return rest[..<end].split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    }
}

extension DaemonProcess {
    /// Descriptors without sockets: umockdev leaves one behind for each line that is opened.
    var fileDescriptors: Int { openFiles.count { !$0.hasPrefix("socket:") } }

    /// Whether it waits for something to happen, having done what happened before.
    var isAsleep: Bool {
        let text = String(decoding: (try? readSmallFile("/proc/\(process)/stat")) ?? [], as: UTF8.self)
        return text.split(separator: ")").last?.hasPrefix(" S") ?? false
    }

    /// Processor time it has used, seconds.
    var processorSeconds: Double {
        let text = String(decoding: (try? readSmallFile("/proc/\(process)/stat")) ?? [], as: UTF8.self)
        // After the name in brackets: user and system time are the 12th and 13th.
        let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
        guard fields.count > 12, let user = Double(fields[11]), let system = Double(fields[12]) else {
            return 0
        }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// Whether every sensor speaks until the transcript holds a line `device ID locked` for each of `identities`.
    func locks(_ sensors: [BenchSensor], as identities: [String], times: Int = 1) -> Bool {
        waits {
            for sensor in sensors { sensor.speak() }
            return identities.allSatisfy { count(of: "device \($0) locked", in: "transcript") >= times }
        }
    }

    /// How often a sensor was known under each identity.
    func attachments() -> [String: Int] {
        var counts: [String: Int] = [:]
        for line in text(of: "transcript").split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count > 3, words[1] == "device", words[3] == "attached" else { continue }
            counts[String(words[2]), default: 0] += 1
        }
        return counts
    }
}
