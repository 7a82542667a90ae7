import LumbarCore
import LumbarDecoders
import LumbarLinux

/// One serial line the daemon cares for, open or not.
///
///     closed --open--> listening --a protocol speaks--> attached --5 s silent--> stalled
///       ^  ^               |  rate after rate, 2 s each     |  ^                    | closed for 1, 2, 4 ... 30 s
///       |  |               v                                |  |                    v
///       |  +--- hang-up ---+---- a candidate: released      |  +-- valid again -- relistening --5 s silent--> stalled
///       +------------------------- hang-up -----------------+
final class Sensor {
    enum State {
        /// Not open; tried again at the deadline, if there is one.
        case closed
        /// Open; nobody knows yet whether a sensor speaks, or at which rate.
        case listening(ProtocolDetector, rate: Int)
        /// The Monitor knows it.
        case attached
        /// The Monitor knows it, but it fell silent and the line was closed; opened again at the deadline.
        case stalled
        /// The Monitor knows it, the line was opened again, and is still silent.
        case relistening
        /// A candidate that did not speak: left alone until it is plugged in again.
        case released
    }

    /// An open line, registered with the poller.
    final class Line {
        let port: SerialPort
        let registration: Poller<Daemon.Token>.Registration

        init(_ port: consuming SerialPort, _ registration: Poller<Daemon.Token>.Registration) {
            self.port = port
            self.registration = registration
        }
    }

    /// The number it has among the poller's tokens; never used twice.
    let key: Int
    /// Who it is for the Monitor.
    let device: Device
    /// What to open.
    let path: String
    /// Its place in udev, or nil when the path was given by hand.
    let systemPath: String?
    /// Whether it is let go when no sensor speaks.
    let isCandidate: Bool
    /// Rates to try, in this order; one when it is known.
    let rates: [Int]

    var state = State.closed
    var line: Line?
    var deadline: Instant?
    var backoff = Backoff()
    /// What was last said about it, so that it is said once.
    var said = ""
    /// What was said about its words, while it was listened to.
    var saidComplaint: String?
    /// The rate a sensor was understood at.
    var knownRate: Int?

    init(
        key: Int, device: Device, path: String, systemPath: String?, isCandidate: Bool, rates: [Int]
    ) {
        self.key = key
        self.device = device
        self.path = path
        self.systemPath = systemPath
        self.isCandidate = isCandidate
        self.rates = rates
    }

    /// Whether the Monitor knows it.
    var isAttached: Bool {
        switch state {
        case .attached, .stalled, .relistening: true
        case .closed, .listening, .released: false
        }
    }
}
