import LumbarCore
import LumbarLive

@testable import LumbarLinux

/// A live socket whose lines the test writes.
final class FakeDaemon {
    private var poller: Poller<Int>
    private let server: LineServer<Int>
    private(set) var heard: [String] = []
    private(set) var clients: [Int] = []

    init(_ path: String) throws {
        poller = try Poller<Int>.open()
        server = LineServer(try ListeningSocket.bind(path), token: { $0 }, refusal: { _ in [] })
        try server.listen(in: &poller, token: 0)
    }

    func turn() {
        if (try? poller.wait(timeout: .zero)) == true {
            while let event = poller.next() {
                if event.token == 0 {
                    server.accept(
                        in: &poller, at: .zero, greeting: Array((LiveReply.hello + "\n").utf8))
                } else {
                    server.receive(from: event.token, isHungUp: event.isHungUp)
                }
            }
        }
        server.serve(in: &poller, at: .zero) { key, _, line in
            heard.append(String(decoding: line, as: UTF8.self))
            if heard.last?.contains("subscribe") == true {
                clients.append(key)
                server.send(
                    Array((LiveReply.subscribed(.text("subscribe"), frames: false) + "\n").utf8), to: key)
            }
        }
    }

    func tell(_ line: String) {
        for client in clients { server.send(Array((line + "\n").utf8), to: client) }
    }
}
