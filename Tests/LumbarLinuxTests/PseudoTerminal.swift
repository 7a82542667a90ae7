import CLinux
import Glibc

@testable import LumbarLinux

/// The sensor's end of a pseudo-terminal; `path` is what the program opens.
struct PseudoTerminal: ~Copyable {
    let master: OwnedDescriptor
    let path: String

    static func open() throws(SystemError) -> PseudoTerminal {
        var far: Int32 = -1
        var near: Int32 = -1
        var name = [CChar](repeating: 0, count: 128)
        try system("openpty", "make a pseudo-terminal") { openpty(&far, &near, &name, nil, nil) }
        // The program opens its end by the path; until then nothing holds it.
        close(near)
        let master = OwnedDescriptor(owning: far)
        let flags = O_NONBLOCK
        try system("fcntl", "set up a pseudo-terminal") { fcntl(far, F_SETFL, flags) }
        try system("fcntl", "set up a pseudo-terminal") { fcntl(far, F_SETFD, FD_CLOEXEC) }
        return PseudoTerminal(
            master: master,
            path: String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self))
    }

    /// Sends bytes, waiting for room on the line as often as it takes, half a minute at most.
    func sendAll(_ bytes: [UInt8]) throws(SystemError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            var line = pollfd(fd: master.number, events: Int16(POLLOUT), revents: 0)
            let isReady = poll(&line, 1, 30_000) == 1
            let count = isReady ? rest.withUnsafeBytes { write(master.number, $0.baseAddress, $0.count) } : 0
            guard count > 0 else {
                throw .last("write", doing: "send \(bytes.count) bytes, \(rest.count) are left")
            }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ bytes: [UInt8]) throws(SystemError) {
        let count = write(master.number, bytes, bytes.count)
        if count != bytes.count { throw .last("write", doing: "send \(bytes.count) bytes, sent \(count)") }
    }
}

/// Ends of pseudo-terminals that this process has open.
func openTerminals() -> Int {
    directoryEntries("/proc/self/fd").count {
        linkTarget("/proc/self/fd/" + $0)?.hasPrefix("/dev/pt") == true
    }
}

/// Reads until `count` bytes came, the line hung up, or nothing came for two seconds.
func receive(_ count: Int, from port: borrowing SerialPort) throws -> [UInt8] {
    var poller = try Poller<Int>.open()
    _ = try poller.add(port.descriptor, token: 0)
    var all: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 4096)
    while all.count < count, try poller.wait(timeout: .seconds(2)) {
        let arrival = buffer.withUnsafeMutableBytes { port.read(into: $0) }
        guard case .bytes(let got) = arrival else { break }
        all += buffer[..<got]
    }
    return all
}

/// The error that `body` ends with, or nil when it ends well.
func systemError(_ body: () throws(SystemError) -> Void) -> SystemError? {
    do throws(SystemError) {
        try body()
        return nil
    } catch {
        return error
    }
}
