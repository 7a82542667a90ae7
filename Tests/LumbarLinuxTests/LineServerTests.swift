import CLinux
import Glibc
import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarLinux

/// The server of lines with clients in this process; time passes when the test says so.
@Suite struct LineServerTests {
    @Test func linesAreAnsweredInOrderHoweverTheyArrive() throws {
        try withServer { desk in
            let client = try desk.connect()
            try client.put("on")
            desk.turn()
            try client.put("e\ntwo\n\nthr")
            desk.turn()
            try client.put("ee\n")
            desk.turn()
            #expect(client.take() == "hello\n<one>\n<two>\n<>\n<three>\n")
            #expect(desk.server.count == 1)
        }
    }

    @Test func whoStopsTalkingIsAnsweredAndClosed() throws {
        try withServer { desk in
            let client = try desk.connect()
            try client.put("one\nlast without an end")
            shutdown(client.descriptor, Int32(SHUT_WR))
            desk.turn(3)
            #expect(client.take() == "hello\n<one>\n<last without an end>\n")
            #expect(client.isClosed && desk.server.count == 0)
        }
    }

    @Test func whoStopsTalkingToListenIsKeptUntilItIsGone() throws {
        try withServer { desk in
            let client = try desk.connect()
            try client.put("keep\n")
            desk.turn()
            shutdown(client.descriptor, Int32(SHUT_WR))
            desk.turn(5)
            #expect(desk.server.count == 1)
            // It does not come up again and again for having ended.
            #expect(!desk.isReady)
            desk.server.send(Array("news\n".utf8), to: 1)
            desk.turn()
            #expect(client.take() == "hello\n<keep>\nnews\n")
            client.hangUp()
            desk.turn(2)
            #expect(desk.server.count == 0)
        }
    }

    @Test func aClientThatHangsUpInTheMiddleIsForgotten() throws {
        try withServer { desk in
            for _ in 0..<20 {
                let client = try desk.connect()
                try client.put("one\ntwo\nthr")
                client.hangUp()
                desk.turn(3)
            }
            #expect(desk.server.count == 0)
            // What had come whole was looked at, and nothing else.
            #expect(desk.answered == 40)
        }
    }

    @Test func aLineThatIsTooLongClosesTheConnection() throws {
        try withServer { desk in
            desk.limits.lineBytes = 10_000
            let fits = try desk.connect()
            let long = try desk.connect()
            try fits.put(String(repeating: "x", count: 10_000) + "\n")
            try long.put(String(repeating: "x", count: 10_001))
            desk.turn(6)
            #expect(fits.take().hasPrefix("hello\n<xxx"))
            #expect(long.take() == "hello\nlineTooLong\n")
            #expect(long.isClosed && !fits.isClosed)
            #expect(desk.server.count == 1)
        }
    }

    @Test func moreThanSoManyLinesInASecondCloseTheConnection() throws {
        try withServer { desk in
            desk.limits.perSecond = 20
            let client = try desk.connect()
            for second in 0..<3 {
                desk.now = .zero + .seconds(Double(second))
                try client.put(String(repeating: "x\n", count: 20))
                desk.turn(5)
            }
            #expect(client.take() == "hello\n" + String(repeating: "<x>\n", count: 60))
            try client.put("x\n")
            desk.turn(2)
            #expect(client.take() == "tooFast\n" && client.isClosed)
        }
    }

    @Test func inOneTurnEachClientGetsAFewLines() throws {
        try withServer { desk in
            let client = try desk.connect()
            try client.put(String(repeating: "x\n", count: 30))
            desk.turn()
            #expect(desk.answered == 8 && desk.server.hasWork)
            desk.turn(3)
            #expect(desk.answered == 30 && !desk.server.hasWork)
            // The rest was in the server already: nothing came in the meantime.
            #expect(!desk.isReady)
        }
    }

    @Test func thereAreOnlySoManyClientsOfAUserAndInAll() throws {
        try withServer { desk in
            desk.limits.perUser = 3
            var clients = try (0..<4).map { _ in try desk.connect() }
            #expect(clients[3].take() == "tooManyOfUser\n" && clients[3].isClosed)
            #expect(clients[2].take() == "hello\n")
            desk.limits.perUser = 100
            desk.limits.clients = 4
            clients += try (0..<2).map { _ in try desk.connect() }
            #expect(clients[5].take() == "tooManyClients\n" && clients[5].isClosed)
            clients[0].hangUp()
            desk.turn(2)
            let another = try desk.connect()
            #expect(another.take() == "hello\n")
        }
    }

    @Test func whoDoesNotReadIsDroppedForWhatWaitsOrForHowLong() throws {
        try withServer { desk in
            let slow = try desk.connect()
            let idle = try desk.connect()
            let reads = try desk.connect()
            let piece = Array((String(repeating: "y", count: 9999) + "\n").utf8)
            var sent = 0
            while desk.server.isOpen(1), sent < 1000 {
                for key in [1, 3] { desk.server.send(piece, to: key) }
                sent += 1
                desk.turn()
                _ = reads.take()
            }
            // What the kernel takes first, some hundred kilobytes, is not ours.
            #expect(sent * 10_000 > desk.limits.unsentBytes && sent < 200)
            #expect(desk.server.isOpen(2) && desk.server.isOpen(3))
            // Now only as much as the kernel does not take at once: it may wait for ten seconds.
            while desk.server.nextDeadline == nil {
                desk.server.send(piece, to: 2)
                desk.turn()
            }
            #expect(desk.server.nextDeadline == .zero + .seconds(10))
            desk.now = .zero + .seconds(9.9)
            desk.turn()
            #expect(desk.server.isOpen(2))
            desk.now = .zero + .seconds(10)
            desk.turn()
            #expect(!desk.server.isOpen(2) && desk.server.isOpen(3))
            _ = (slow, idle)
        }
    }

    @Test func whoReadsSlowlyIsKept() throws {
        try withServer { desk in
            let client = try desk.connect()
            let piece = Array((String(repeating: "y", count: 99_999) + "\n").utf8)
            for _ in 0..<4 {
                desk.server.send(piece, to: 1)
                desk.turn()
            }
            for second in 1...30 where desk.server.isOpen(1) {
                desk.now = .zero + .seconds(Double(second) * 9)
                _ = client.take(atMost: 60_000)
                desk.turn()
            }
            #expect(desk.server.isOpen(1) && desk.server.nextDeadline == nil)
        }
    }

    @Test func whoeverConnectsIsKnownByTheKernel() throws {
        try withServer { desk in
            let client = try desk.connect()
            try client.put("x\n")
            desk.turn()
            #expect(desk.peers == [LinePeer(user: geteuid(), process: getpid())])
        }
    }

    @Test func theSocketIsForItsGroupAndIsRemovedInTheEnd() throws {
        try withFolder { folder in
            let path = folder + "/a.sock"
            do {
                let socket = try ListeningSocket.bind(path)
                var status = stat()
                #expect(stat(path, &status) == 0 && status.st_mode & 0o7777 == 0o660)
                // Somebody answers there: it is not taken away from them.
                #expect(
                    systemError { () throws(SystemError) in _ = try ListeningSocket.bind(path) }?.number
                        == EADDRINUSE)
                _ = socket.descriptor
            }
            #expect(access(path, F_OK) != 0)
            // What a killed daemon has left behind is replaced, and a file that is no socket is not.
            let left = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            let bound = withUnsafePointer(to: address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    bind(left, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            close(left)
            #expect(bound == 0 && access(path, F_OK) == 0)
            #expect(systemError { () throws(SystemError) in _ = try ListeningSocket.bind(path) } == nil)
            _ = try PrivateFile.create(folder + "/file")
            #expect(
                systemError { () throws(SystemError) in _ = try ListeningSocket.bind(folder + "/file") }?
                    .number
                    == EEXIST)
            let long = folder + "/" + String(repeating: "x", count: 108)
            #expect(
                systemError { () throws(SystemError) in _ = try ListeningSocket.bind(long) }?.number
                    == ENAMETOOLONG)
        }
    }

    /// Bytes of any kind, in pieces of any size, from clients that come and go: the server stays within its limits.
    @Test func anyBytesFromAnyClientsLeaveTheServerWithinItsLimits() throws {
        try withServer { desk in
            desk.limits.lineBytes = 500
            desk.limits.perUser = 5
            var random = SplitMix64(seed: 31)
            var clients: [Caller] = []
            for round in 0..<Trials.count(600) {
                desk.now = .zero + .milliseconds(Int64(round) * 20)
                switch random.next() % 8 {
                case 0: clients.append(try desk.connect())
                case 1:
                    if !clients.isEmpty {
                        clients.remove(at: Int(random.next() % UInt64(clients.count))).hangUp()
                    }
                case 2: for client in clients { _ = client.take() }
                default:
                    for client in clients {
                        var bytes = random.bytes(Int(random.next() % 200))
                        if random.next() % 2 == 0 { bytes.append(0x0A) }
                        client.offer(bytes)
                    }
                }
                desk.turn()
                #expect(desk.server.count <= 5 && desk.longest <= 500)
            }
            for client in clients { client.hangUp() }
            desk.turn(20)
            #expect(desk.server.count == 0 && desk.answered > 50)
        }
    }
}
