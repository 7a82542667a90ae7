import Glibc
import LumbarLinux
import LumbarLive

extension LiveDesk {
    /// Opens the socket that the options name; without one there is nothing, or a notice that says why.
    static func open(
        _ options: Options, events: LiveEvents
    ) throws(Refusal) -> (desk: LiveDesk?, notice: Notice?) {
        switch options.socket {
        case .none: return (nil, nil)
        case .path(let path):
            do {
                return (LiveDesk(try ListeningSocket.bind(path), events: events), nil)
            } catch {
                throw Refusal(error, otherwise: .cannotCreate)
            }
        case .standard: return openStandard(events)
        }
    }

    /// The one that systemd handed over, or the usual one. The daemon measures without it too.
    private static func openStandard(_ events: LiveEvents) -> (desk: LiveDesk?, notice: Notice?) {
        do {
            if let socket = try ListeningSocket.handedOver() {
                return (LiveDesk(socket, events: events), nil)
            }
            let folder = getenv("RUNTIME_DIRECTORY").map { String(cString: $0) } ?? "/run/lumbard"
            return (LiveDesk(try ListeningSocket.bind(folder + "/lumbard.sock"), events: events), nil)
        } catch {
            if error.number == ENOENT {
                return (
                    nil,
                    .info(nil, "No live socket: /run/lumbard is not there. --socket makes one elsewhere.")
                )
            }
            return (nil, .warning(nil, "No live socket, so lumbarctl status and watch cannot ask: \(error)."))
        }
    }
}
