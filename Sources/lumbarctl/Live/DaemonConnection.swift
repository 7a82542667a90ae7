import ArgumentParser
import LumbarCore
import LumbarLinux
import LumbarLive

/// Where the daemon is asked.
struct LiveOptions: ParsableArguments {
    /// Where the installed daemon answers.
    static let standardPath = "/run/lumbard/lumbard.sock"

    @Option(
        name: .customLong("socket"),
        help: ArgumentHelp("The daemon's socket.", valueName: "path"), completion: .file())
    var path = LiveOptions.standardPath
}

/// A conversation with the running daemon.
struct DaemonConnection: ~Copyable {
    /// Why the daemon cannot be asked: one clause for people, and the status a command ends with that needs it.
    struct Absence: Error {
        var reason: String
        var status: Failure.Status
    }

    private var connection: LocalConnection

    /// How long an answer may take; the daemon takes milliseconds.
    private static let patience = Elapsed.seconds(5)

    private init(_ connection: consuming LocalConnection) { self.connection = connection }

    /// Connects, and hears out the greeting.
    static func open(_ path: String) throws(Absence) -> DaemonConnection {
        var made = DaemonConnection(try connect(path))
        try made.hearGreeting()
        return made
    }

    private static func connect(_ path: String) throws(Absence) -> LocalConnection {
        do throws(SystemError) { return try LocalConnection.connect(path) } catch {
            throw Absence(connecting: error, path)
        }
    }

    private mutating func hearGreeting() throws(Absence) {
        let hello = try next("hello")
        if let code = hello["code"]?.text {
            throw Absence(
                reason: "lumbard refuses (\(Printable.text(code))): "
                    + Printable.text(hello["message"]?.text ?? ""),
                status: .unavailable)
        }
        guard hello["protocol"]?.int == LiveReply.version else {
            throw Absence(
                reason:
                    "the running lumbard \(Printable.text(hello["version"]?.text ?? "")) is of another release "
                    + "than this lumbarctl \(ReleaseName.version): restart it", status: .unavailable)
        }
    }

    /// Asks, and waits for the answer.
    mutating func ask(_ verb: LiveVerb) throws(Absence) -> JSONValue {
        try send(LiveRequest(id: .number(1), verb: verb))
        return try next(verb.rawValue)
    }

    /// Asks, and waits for the answer of `type`, or for an error.
    mutating func ask(_ request: LiveRequest, expecting type: String) throws(Absence) -> JSONValue {
        try send(request)
        return try next(type)
    }

    /// Sends a request, whose answer comes among the lines.
    mutating func send(_ request: LiveRequest) throws(Absence) {
        do throws(SystemError) {
            try connection.send(request.line)
        } catch {
            throw Absence(reason: "\(error)", status: .io)
        }
    }

    /// The next line, or nil when none came within `timeout`.
    mutating func receive(timeout: Elapsed) throws(Absence) -> (value: JSONValue, text: String)? {
        switch try arrival(within: timeout) {
        case .nothing: return nil
        case .end: throw Absence(reason: "lumbard has closed the connection", status: .unavailable)
        case .line(let bytes):
            guard let value = try? JSONReader.read(bytes, limits: .reply) else { return nil }
            return (value, String(decoding: bytes, as: UTF8.self))
        }
    }

    private mutating func arrival(within timeout: Elapsed) throws(Absence) -> LocalConnection.Arrival {
        do throws(SystemError) { return try connection.receive(timeout: timeout) } catch {
            throw Absence(reason: "\(error)", status: .io)
        }
    }

    /// The next line that is `type` or an error.
    private mutating func next(_ type: String) throws(Absence) -> JSONValue {
        let limit = BootClock.now() + DaemonConnection.patience
        while BootClock.now() < limit {
            guard let line = try receive(timeout: limit - BootClock.now()) else { break }
            if line.value["type"]?.text == type || line.value["type"]?.text == "error" { return line.value }
        }
        throw Absence(reason: "lumbard does not answer", status: .unavailable)
    }
}

extension DaemonConnection.Absence {
    fileprivate init(connecting error: SystemError, _ path: String) {
        if error.isPermission {
            self.init(
                reason: "you may not ask it: sudo usermod -aG lumbard $USER lets you, after the next login",
                status: .noPermission)
        } else if error.isAbsence || error.isRefused {
            let place = path == LiveOptions.standardPath ? "" : " at \(Printable.text(path))"
            self.init(reason: "it is not running\(place)", status: .unavailable)
        } else {
            self.init(reason: "\(error)", status: .unavailable)
        }
    }
}

extension Failure {
    /// The daemon is needed and cannot be asked.
    init(_ absence: DaemonConnection.Absence) {
        self.init(absence.status, "lumbard cannot be asked: \(absence.reason)")
    }
}
