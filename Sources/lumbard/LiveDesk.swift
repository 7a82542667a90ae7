import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor

/// Answers whoever connects to the live socket, and tells subscribers what happens.
///
/// On the main thread, and never in its way: sensors are read before clients are looked at, and what clients may take is
/// bounded (`LineLimits`).
final class LiveDesk {
    /// What is asked of the daemon itself.
    protocol Source: AnyObject {
        func liveStatus(at now: Instant) -> LiveStatus
        func liveDevices(at now: Instant) -> [LiveDevice]
        /// Does what is asked and returns the answer; nil when it comes later, by `reply`.
        func answer(_ request: LiveRequest, of key: Int, at now: Instant) throws(LiveRefusal) -> String?
    }

    /// How moments are told.
    var events: LiveEvents
    /// What wearers do now.
    private(set) var postures = PosturesNow()
    private let server: LineServer<Daemon.Token>
    private let ownUser = geteuid()
    private var subscribers: [(key: Int, wantsFrames: Bool)] = []
    /// Whose descriptors came up in this turn.
    private var visitors: [(key: Int, isHungUp: Bool)] = []
    private var hasCallers = false
    /// The last answers: a hundred questions a second are answered from ten looks.
    private var status: Answer?
    private var devices: Answer?

    private struct Answer {
        var made: Instant
        var json: String
    }

    private static let answersLast = Elapsed.milliseconds(100)
    private static let greeting = Array((LiveReply.hello + "\n").utf8)

    init(_ socket: consuming ListeningSocket, events: LiveEvents) {
        self.events = events
        server = LineServer(socket, token: { .client($0) }, refusal: LiveDesk.refusal)
    }

    /// Begins to listen.
    func listen(in poller: inout Poller<Daemon.Token>) throws(SystemError) {
        try server.listen(in: &poller, token: .callers)
    }

    // MARK: What happens

    /// Whether somebody wants frames.
    var wantsFrames: Bool { subscribers.contains(where: \.wantsFrames) }

    /// Takes what the Monitor concluded.
    func take(_ output: Output) {
        postures.take(output)
        guard !subscribers.isEmpty, let line = events.line(output) else { return }
        let bytes = Array((line + "\n").utf8)
        for subscriber in subscribers { server.send(bytes, to: subscriber.key) }
    }

    /// Takes a frame.
    func take(_ report: FrameReport) {
        let line = events.line(report, posture: postures.posture(of: report.wearer)?.posture)
        let bytes = Array((line + "\n").utf8)
        for subscriber in subscribers where subscriber.wantsFrames { server.send(bytes, to: subscriber.key) }
    }

    // MARK: One turn

    /// Somebody wants to connect.
    func noteCallers() { hasCallers = true }

    /// A client sent something, or takes something again, or is gone.
    func noteVisitor(_ key: Int, isHungUp: Bool) { visitors.append((key, isHungUp)) }

    /// Whether there should be another turn at once.
    var hasWork: Bool { server.hasWork }

    /// When a client has to be looked at though nothing comes.
    var nextDeadline: Instant? { server.nextDeadline }

    /// Looks at all clients, after sensors were looked at.
    func serve(in poller: inout Poller<Daemon.Token>, at now: Instant, from source: any Source) {
        if hasCallers { server.accept(in: &poller, at: now, greeting: LiveDesk.greeting) }
        hasCallers = false
        for visitor in visitors { server.receive(from: visitor.key, isHungUp: visitor.isHungUp) }
        visitors.removeAll(keepingCapacity: true)
        guard server.count > 0 || server.nextDeadline != nil else { return }
        server.serve(in: &poller, at: now) { key, peer, line in
            // An empty line asks for nothing.
            if line.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { return }
            let answer: String?
            do throws(LiveRefusal) {
                answer = try self.answer(try LiveRequest(line), of: key, peer, at: now, source)
            } catch {
                answer = LiveReply.error(error)
            }
            // Kept though it may have stopped talking: the answer takes a moment.
            guard let answer else { return server.keep(key, true) }
            server.send(Array((answer + "\n").utf8), to: key)
        }
        subscribers.removeAll { !server.isOpen($0.key) }
    }

    private func answer(
        _ request: LiveRequest, of key: Int, _ peer: LinePeer, at now: Instant, _ source: any Source
    ) throws(LiveRefusal) -> String? {
        guard request.verb.right.isGranted(to: peer.user, daemon: ownUser) else {
            throw LiveRefusal(
                .notAllowed,
                "\(request.verb.rawValue) is for root and the daemon's own user. Try it with sudo.",
                id: request.id)
        }
        switch request.verb {
        case .ping: return LiveReply.pong(request.id)
        case .status:
            let known = LiveDesk.fresh(&status, at: now) { source.liveStatus(at: now).json }
            return LiveReply.status(request.id, json: known)
        case .devices:
            let known = LiveDesk.fresh(&devices, at: now) { LiveDevice.json(source.liveDevices(at: now)) }
            return LiveReply.devices(request.id, json: known)
        case .subscribe:
            subscribers.removeAll { $0.key == key }
            subscribers.append((key, request.wantsFrames))
            server.keep(key, true)
            return LiveReply.subscribed(request.id, frames: request.wantsFrames)
        case .unsubscribe:
            subscribers.removeAll { $0.key == key }
            server.keep(key, false)
            return LiveReply.unsubscribed(request.id)
        case .snooze, .wake, .ack, .profile, .training, .pause, .resume:
            // Somebody who asks how it stands now is not to be told how it stood a moment ago.
            (status, devices) = (nil, nil)
            return try source.answer(request, of: key, at: now)
        }
    }

    /// Answers a client later; sent with the next turn.
    func reply(_ line: String, to key: Int) {
        server.send(Array((line + "\n").utf8), to: key)
        server.keep(key, subscribers.contains { $0.key == key })
    }

    /// Tells subscribers what was asked for a wearer, or is over.
    func tell(_ change: LiveControl.Change, _ control: LiveControl, wearer: WearerID, at now: Instant) {
        guard !subscribers.isEmpty else { return }
        let bytes = Array((events.line(change, control, wearer: wearer, at: now) + "\n").utf8)
        for subscriber in subscribers { server.send(bytes, to: subscriber.key) }
    }

    private static func fresh(_ answer: inout Answer?, at now: Instant, _ make: () -> String) -> String {
        if let answer, now - answer.made < answersLast { return answer.json }
        let json = make()
        answer = Answer(made: now, json: json)
        return json
    }

    private static func refusal(_ reason: LineRefusal) -> [UInt8] {
        let limits = LineLimits()
        let refusal: LiveRefusal =
            switch reason {
            case .tooManyClients:
                LiveRefusal(
                    .tooManyClients, "There are \(limits.clients) clients already. Close one of them.")
            case .tooManyOfUser:
                LiveRefusal(
                    .tooManyClients, "You have \(limits.perUser) connections already. Close one of them.")
            case .lineTooLong: LiveRefusal(.lineTooLong, LiveRefusal.tooLong)
            case .tooFast:
                LiveRefusal(
                    .tooManyRequests,
                    "More than \(limits.perSecond) requests came within a second. Subscribe, and ask less often."
                )
            }
        return Array((LiveReply.error(refusal) + "\n").utf8)
    }
}
