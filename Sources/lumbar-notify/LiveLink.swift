import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive

/// The connection to the daemon's live socket, made again whenever it breaks.
final class LiveLink {
    private final class Open {
        var connection: LocalConnection
        init(_ connection: consuming LocalConnection) { self.connection = connection }
    }

    private let path: String
    private let say: (String) -> Void
    private var open: Open?
    private var backoff = Backoff()
    private var due = Instant(nanoseconds: .min)

    init(path: String, say: @escaping (String) -> Void) {
        self.path = path
        self.say = say
    }

    /// What to poll; nil while there is no connection.
    var descriptor: Int32? { open?.connection.descriptor }

    /// When the next attempt is due; nil while there is a connection.
    var deadline: Instant? { open == nil ? due : nil }

    /// Connects and subscribes, if that is due.
    func tend(at now: Instant) {
        guard open == nil, now >= due else { return }
        do throws(SystemError) {
            let made = Open(try LocalConnection.connect(path))
            try made.connection.send(LiveRequest(id: .text("subscribe"), verb: .subscribe).line)
            open = made
        } catch {
            if error.isPermission {
                say("may not ask lumbard: sudo usermod -aG lumbard $USER lets you, after the next login")
            } else {
                say("lumbard cannot be reached (\(error)); trying again")
            }
            due = now + backoff.next()
        }
    }

    /// The next line that has come; nil when none has, or when the connection broke.
    func next(at now: Instant) -> JSONValue? {
        while let open {
            do throws(SystemError) {
                switch try open.connection.receive(timeout: .zero) {
                case .nothing: return nil
                case .end: lose("lumbard has closed the connection; connecting again", at: now)
                case .line(let bytes):
                    guard let value = try? JSONReader.read(bytes, limits: .reply) else { continue }
                    take(value)
                    return value
                }
            } catch {
                lose("\(error); connecting again", at: now)
            }
        }
        return nil
    }

    /// Only an answer shows that the daemon is well: it may take a caller and close at once.
    private func take(_ value: JSONValue) {
        guard value["type"]?.text == "subscribed" else { return }
        backoff.succeed()
        say("connected to lumbard")
    }

    /// Asks for something; what comes of it is among the lines.
    func send(_ request: LiveRequest, at now: Instant) {
        guard let open else { return say("lumbard is away, so what was pressed is lost") }
        do throws(SystemError) { try open.connection.send(request.line) } catch {
            lose("\(error); connecting again", at: now)
        }
    }

    private func lose(_ reason: String, at now: Instant) {
        open = nil
        due = now + backoff.next()
        say(reason)
    }
}
