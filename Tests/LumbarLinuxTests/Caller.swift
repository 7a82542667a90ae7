import CLinux
import Glibc
import LumbarCore
import Testing

@testable import LumbarLinux

/// A client that never waits.
final class Caller {
    private(set) var descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
        let result = withUnsafePointer(to: address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        if result != 0 { throw SystemError.last("connect", doing: "connect to \(path)") }
    }

    deinit { hangUp() }

    func hangUp() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Sends all of it, or fails.
    func put(_ text: String) throws {
        let bytes = Array(text.utf8)
        if offer(bytes) != bytes.count { throw SystemError.last("send", doing: "send \(bytes.count) bytes") }
    }

    /// Sends what is taken.
    @discardableResult
    func offer(_ bytes: [UInt8]) -> Int {
        send(descriptor, bytes, bytes.count, Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
    }

    /// What has come so far.
    func take(atMost limit: Int = .max) -> String {
        var all: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while all.count < limit {
            let count = recv(descriptor, &part, min(part.count, limit - all.count), Int32(MSG_DONTWAIT))
            guard count > 0 else { break }
            all += part[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    /// Whether the other end has closed, everything that came having been taken.
    var isClosed: Bool {
        var byte: UInt8 = 0
        return recv(descriptor, &byte, 1, Int32(MSG_DONTWAIT)) == 0
    }
}

/// A server with a loop that turns when it is told to.
final class TestDesk {

    var now = Instant.zero
    var limits = LineLimits() { didSet { server.limits = limits } }
    private(set) var answered = 0
    private(set) var longest = 0
    private(set) var peers: [LinePeer] = []
    private var poller: Poller<Int>
    let server: LineServer<Int>
    private let path: String

    init(_ folder: String) throws {
        path = folder + "/test.sock"
        poller = try Poller<Int>.open()
        server = LineServer(try ListeningSocket.bind(path), token: { $0 }, refusal: { Array("\($0)\n".utf8) })
        try server.listen(in: &poller, token: 0)
    }

    /// A client that has been taken, or refused.
    func connect() throws -> Caller {
        let caller = try Caller(path)
        turn()
        return caller
    }

    /// Whether something has come up.
    var isReady: Bool { (try? poller.wait(timeout: .zero)) == true }

    func turn(_ count: Int = 1) {
        for _ in 0..<count {
            if isReady {
                while let event = poller.next() {
                    if event.token == 0 {
                        server.accept(in: &poller, at: now, greeting: Array("hello\n".utf8))
                    } else {
                        server.receive(from: event.token, isHungUp: event.isHungUp)
                    }
                }
            }
            server.serve(in: &poller, at: now) { key, peer, line in
                answered += 1
                longest = max(longest, line.count)
                if !peers.contains(peer) { peers.append(peer) }
                let text = String(decoding: line, as: UTF8.self)
                if text == "keep" { server.keep(key, true) }
                server.send(Array("<\(text)>\n".utf8), to: key)
            }
        }
    }
}

func withServer(_ body: (TestDesk) throws -> Void) throws {
    try withFolder { folder in try body(try TestDesk(folder)) }
}
