import CLinux
import Glibc
import LumbarCore

/// Serves lines to programs that connect to a local socket, and never waits for any of them.
///
/// What they may take is bounded in every way: how many they are, in all and of each user; the length of a line; lines in
/// a second, and in one turn of the loop; what waits to be sent; and how long it may wait. Whoever goes beyond is told in
/// one line and closed. The owner polls `descriptor` and the clients' tokens, and calls `serve` once a turn.
public final class LineServer<Token: Sendable> {
    private let socket: ListeningSocket
    /// What its clients may take.
    public var limits: LineLimits
    private let token: (Int) -> Token
    private let refusal: (LineRefusal) -> [UInt8]
    private var clients: [LineClient<Token>] = []
    private var keys = 0
    private var listening: Poller<Token>.Registration?
    /// When to listen again, after the system was short of descriptors.
    private var listenAgain: Instant?

    /// A server over `socket`; `token` makes the poller's token of a client's key, and `refusal` the line of a refusal.
    public init(
        _ socket: consuming ListeningSocket, limits: LineLimits = LineLimits(),
        token: @escaping (Int) -> Token,
        refusal: @escaping (LineRefusal) -> [UInt8]
    ) {
        self.socket = socket
        self.limits = limits
        self.token = token
        self.refusal = refusal
    }

    /// How many clients there are.
    public var count: Int { clients.count }

    /// Begins to listen; `token` says that somebody wants to connect.
    public func listen(in poller: inout Poller<Token>, token: Token) throws(SystemError) {
        listening = try poller.add(socket.descriptor, token: token)
    }

    // MARK: What came

    /// Takes those who want to connect, a few in one turn; each gets `greeting` first.
    public func accept(in poller: inout Poller<Token>, at now: Instant, greeting: [UInt8]) {
        for _ in 0..<limits.perTurn {
            do throws(SystemError) {
                guard let descriptor = try socket.accept() else { return }
                admit(LineClient(descriptor, key: keys + 1, at: now), &poller, greeting)
            } catch {
                // Out of descriptors or memory: whoever waits stays in the queue, and the loop must not spin.
                if let listening { poller.change(listening, reading: false, writing: false) }
                listenAgain = now + .seconds(1)
                return
            }
        }
    }

    private func admit(_ client: LineClient<Token>?, _ poller: inout Poller<Token>, _ greeting: [UInt8]) {
        guard let client else { return }
        let ofUser = clients.count { $0.peer.user == client.peer.user }
        guard clients.count < limits.clients, ofUser < limits.perUser else {
            client.append(refusal(clients.count < limits.clients ? .tooManyOfUser : .tooManyClients))
            _ = client.flush()
            return
        }
        guard let registration = try? poller.add(client.descriptor, token: token(client.key)) else { return }
        keys = client.key
        client.registration = registration
        client.append(greeting)
        clients.append(client)
    }

    /// A client's token came up: takes what it sent.
    public func receive(from key: Int, isHungUp: Bool) {
        guard let client = clients.first(where: { $0.key == key }) else { return }
        if isHungUp { client.isGone = true }
        client.receive()
    }

    // MARK: One turn

    /// Answers lines that have come whole, at most a few of each client, sends what waits, and drops whoever is slow.
    ///
    /// `answer` gets the client's key, who it is, and the line; it uses `send` to answer.
    public func serve(
        in poller: inout Poller<Token>, at now: Instant,
        answer: (_ key: Int, _ peer: LinePeer, _ line: UnsafeRawBufferPointer) -> Void
    ) {
        if let due = listenAgain, now >= due, let listening {
            listenAgain = nil
            poller.change(listening, reading: true, writing: false)
        }
        for client in clients {
            serve(client, at: now, answer)
            guard client.flush() else {
                client.isLost = true
                continue
            }
            client.noteWaiting(at: now)
            watch(client, &poller)
        }
        for client in clients where isOver(client, at: now) {
            if let registration = client.registration { poller.remove(registration) }
            client.isLost = true
        }
        clients.removeAll { $0.isLost }
    }

    private func serve(
        _ client: LineClient<Token>, at now: Instant,
        _ answer: (Int, LinePeer, UnsafeRawBufferPointer) -> Void
    ) {
        for _ in 0..<limits.perTurn {
            guard !client.isClosing, !client.isLost else { return }
            switch client.nextLine(limits, at: now) {
            case .line(let range):
                client.input.withUnsafeBytes { answer(client.key, client.peer, .init(rebasing: $0[range])) }
            case .none: return
            case .refused(let reason):
                client.append(refusal(reason))
                client.isClosing = true
            }
        }
    }

    private func watch(_ client: LineClient<Token>, _ poller: inout Poller<Token>) {
        guard let registration = client.registration else { return }
        // What has come and not been looked at is enough: the rest waits in the kernel, and then with whoever sends it.
        let wants = (!client.hasEnded && !client.isClosing && !client.hasLine, client.unsent > 0)
        guard wants != client.watched else { return }
        client.watched = wants
        poller.change(registration, reading: wants.0, writing: wants.1)
    }

    private func isOver(_ client: LineClient<Token>, at now: Instant) -> Bool {
        if client.isLost || client.unsent > limits.unsentBytes { return true }
        if let since = client.waitingSince, now - since >= limits.patience { return true }
        if client.isClosing { return client.unsent == 0 || client.isGone }
        guard client.hasEnded, !client.hasLine else { return false }
        // One that only stopped talking may go on listening, if there is something to be heard.
        return client.isGone || (client.unsent == 0 && !client.isKept)
    }

    /// Whether lines have come that were not answered in the last turn, or something was left to be sent after it: there
    /// should be another at once.
    public var hasWork: Bool {
        clients.contains { ($0.hasLine && !$0.isClosing) || ($0.unsent > 0 && !$0.watched.1) }
    }

    /// When something has to be looked at though nothing comes.
    public var nextDeadline: Instant? {
        let slowest = clients.compactMap { $0.waitingSince }.min().map { $0 + limits.patience }
        return [slowest, listenAgain].compactMap { $0 }.min()
    }

    // MARK: What goes out

    /// Lets `line`, its end included, wait for the end of the turn; for one that is gone nothing happens.
    public func send(_ line: [UInt8], to key: Int) {
        guard let client = clients.first(where: { $0.key == key }), !client.isClosing else { return }
        // It is dropped at the end of the turn: more would only cost memory.
        guard client.unsent <= limits.unsentBytes else { return }
        client.append(line)
    }

    /// Says whether a client that has stopped talking is to be kept for what it hears.
    public func keep(_ key: Int, _ isKept: Bool) { clients.first { $0.key == key }?.isKept = isKept }

    /// Whether the client is still there.
    public func isOpen(_ key: Int) -> Bool { clients.contains { $0.key == key } }
}

/// How much the clients of a `LineServer` may take.
public struct LineLimits: Sendable {
    /// Clients in all.
    public var clients = 64
    /// Clients of one user.
    public var perUser = 8
    /// Bytes in a line.
    public var lineBytes = 65_536
    /// Lines of one client in a second.
    public var perSecond = 100
    /// Lines of one client, and new clients, in one turn of the loop.
    public var perTurn = 8
    /// Bytes that may wait for one client.
    public var unsentBytes = 262_144
    /// For how long they may wait without any of them being taken.
    public var patience = Elapsed.seconds(10)

    /// The limits of the live socket.
    public init() {}
}

/// Why a client is closed.
public enum LineRefusal: Sendable, Equatable, CaseIterable {
    /// There are too many.
    case tooManyClients
    /// There are too many of this user.
    case tooManyOfUser
    /// A line is too long.
    case lineTooLong
    /// Too many lines came within a second.
    case tooFast
}

/// Who is at the other end, as the kernel knows it.
public struct LinePeer: Sendable, Equatable {
    /// User id; 65534 for users that the daemon's user namespace does not know.
    public var user: UInt32
    /// Process id; 0 when it is outside of the daemon's namespace.
    public var process: Int32

    /// A peer.
    public init(user: UInt32, process: Int32) {
        self.user = user
        self.process = process
    }
}
