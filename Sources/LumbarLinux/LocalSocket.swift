import CLinux
import CSystemd
import Glibc
import LumbarCore

/// A local (UNIX) socket that programs of this machine connect to.
public struct ListeningSocket: ~Copyable {
    private let owned: OwnedDescriptor
    /// Where it is, when it was made here and is to be removed again; nil when systemd made it.
    public let path: String?
    private let inode: ino_t

    private init(_ owned: consuming OwnedDescriptor, path: String?, inode: ino_t) {
        self.owned = owned
        self.path = path
        self.inode = inode
    }

    deinit {
        // Only our own: somebody may have put another in its place.
        if let path, fileStatus(path)?.st_ino == inode { unlink(path) }
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Makes a socket at `path` with mode 0660 for the group of this process.
    ///
    /// One that nobody answers at is replaced: a daemon that was killed leaves it behind.
    public static func bind(_ path: String) throws(SystemError) -> ListeningSocket {
        let doing = "make the socket \(Printable.text(path))"
        let owned = try makeSocket(doing)
        let number = owned.number
        // Nobody else may come in before its mode is as it should be; the mask of the process can only take more away.
        try system("fchmod", doing) { fchmod(number, 0o600) }
        do throws(SystemError) {
            try withAddress(path, doing) { address, size in Glibc.bind(number, address, size) }
        } catch {
            guard error.number == EADDRINUSE else { throw error }
            try removeAbandoned(path, doing)
            try withAddress(path, doing) { address, size in Glibc.bind(number, address, size) }
        }
        guard let made = fileStatus(path) else { throw .last("stat", doing: doing) }
        let socket = ListeningSocket(owned, path: path, inode: made.st_ino)
        try system("chmod", doing) { chmod(path, 0o660) }
        try system("listen", doing) { listen(number, 128) }
        return socket
    }

    /// The socket that systemd handed over (sd_listen_fds); nil when it handed over none.
    public static func handedOver() throws(SystemError) -> ListeningSocket? {
        let count = sd_listen_fds(1)
        guard count > 0 else { return nil }
        let first: Int32 = 3
        guard count == 1, sd_is_socket_unix(first, streamType, 1, nil, 0) > 0 else {
            throw SystemError(
                "sd_listen_fds", EINVAL, doing: "take over the socket from systemd",
                advice: "lumbard.socket has one ListenStream= with a path, and nothing else")
        }
        let owned = OwnedDescriptor(owning: first)
        try system("fcntl", "take over the socket from systemd") {
            fcntl(first, F_SETFL, fcntl(first, F_GETFL) | O_NONBLOCK)
        }
        return ListeningSocket(owned, path: nil, inode: 0)
    }

    /// The next connection that waits, or nil; throws when the system is short of something.
    func accept() throws(SystemError) -> OwnedDescriptor? {
        while true {
            let number = clinux_accept(owned.number)
            if number >= 0 { return OwnedDescriptor(owning: number) }
            switch errno {
            case EINTR, ECONNABORTED: continue
            case EAGAIN: return nil
            default: throw .last("accept4", doing: "take a client of the socket")
            }
        }
    }

    private static func removeAbandoned(_ path: String, _ doing: String) throws(SystemError) {
        guard let found = fileStatus(path), found.st_mode & S_IFMT == S_IFSOCK else {
            throw SystemError("bind", EEXIST, doing: doing, advice: "choose another path or remove it first")
        }
        let probe = try makeSocket(doing)
        let number = probe.number
        var answer: Int32 = 0
        try withAddress(path, doing) { address, size in
            answer = connect(number, address, size) == 0 ? 0 : errno
            return 0
        }
        guard answer == ECONNREFUSED else {
            throw SystemError("bind", EADDRINUSE, doing: doing, advice: "another lumbard answers there")
        }
        unlink(path)
    }
}

/// A connection to a local socket, for programs that ask and wait.
public struct LocalConnection: ~Copyable {
    private let owned: OwnedDescriptor
    private var received: [UInt8] = []
    private var scanned = 0
    private let path: String

    private init(_ owned: consuming OwnedDescriptor, _ path: String) {
        self.owned = owned
        self.path = path
    }

    /// Connects to the socket at `path`.
    public static func connect(_ path: String) throws(SystemError) -> LocalConnection {
        let doing = "connect to \(Printable.text(path))"
        let owned = try makeSocket(doing)
        let number = owned.number
        try withAddress(path, doing) { address, size in Glibc.connect(number, address, size) }
        return LocalConnection(owned, path)
    }

    /// The descriptor to poll.
    public var descriptor: Int32 { owned.number }

    /// Sends `line` and its end.
    public func send(_ line: String) throws(SystemError) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let number = owned.number
            let count = rest.withUnsafeBytes {
                Glibc.send(number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var entry = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                poll(&entry, 1, 1000)
            } else if errno != EINTR {
                throw .last("send", doing: "write to \(Printable.text(path))")
            }
        }
    }

    /// What came of waiting for a line.
    public enum Arrival: Sendable, Equatable {
        /// A line, its end left off.
        case line([UInt8])
        /// Nothing within the time.
        case nothing
        /// The other end has closed.
        case end
    }

    /// The next line; waits for it until `timeout` has passed.
    public mutating func receive(timeout: Elapsed) throws(SystemError) -> Arrival {
        let limit = BootClock.now() + timeout
        while true {
            if let line = takeLine() { return .line(line) }
            if try fill() { continue }
            let left = max(.zero, limit - BootClock.now())
            var entry = pollfd(fd: owned.number, events: Int16(POLLIN), revents: 0)
            // A signal ends the wait as if the time had passed: whoever waits may want to look at what it meant.
            if poll(&entry, 1, Int32(clamping: (left.nanoseconds + 999_999) / 1_000_000)) < 0 {
                return .nothing
            }
            if entry.revents != 0 {
                if try !fill() { return .end }
            } else if left == .zero {
                return .nothing
            }
        }
    }

    private mutating func takeLine() -> [UInt8]? {
        guard let end = received[scanned...].firstIndex(of: UInt8(ascii: "\n")) else {
            scanned = received.count
            return nil
        }
        let line = Array(received[..<end])
        received.removeFirst(end + 1)
        scanned = 0
        return line
    }

    /// Takes what is there; false when nothing is.
    private mutating func fill() throws(SystemError) -> Bool {
        var part = [UInt8](repeating: 0, count: 65_536)
        let number = owned.number
        let count = recv(number, &part, part.count, Int32(MSG_DONTWAIT))
        if count > 0 { received += part[..<count] }
        if count < 0, errno != EAGAIN, errno != EINTR, errno != ECONNRESET {
            throw .last("recv", doing: "read from \(Printable.text(path))")
        }
        return count > 0
    }
}

// MARK: Addresses

private let streamType = Int32(SOCK_STREAM.rawValue)

private func makeSocket(_ doing: String) throws(SystemError) -> OwnedDescriptor {
    let flags = Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
    return OwnedDescriptor(
        owning: try system("socket", doing) { socket(AF_UNIX, streamType | flags, 0) })
}

/// Calls `body` with the address of the socket at `path`.
private func withAddress(
    _ path: String, _ doing: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
) throws(SystemError) {
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard !bytes.isEmpty, bytes.count < room, !bytes.contains(0) else {
        throw SystemError(
            "bind", ENAMETOOLONG, doing: doing, advice: "a path of a socket has 1 to \(room - 1) bytes")
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    try system("connect or bind", doing) {
        withUnsafePointer(to: address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

/// What stands in the file system at `path`, links not followed; nil when there is nothing.
private func fileStatus(_ path: String) -> stat? {
    var status = stat()
    return lstat(path, &status) == 0 ? status : nil
}
