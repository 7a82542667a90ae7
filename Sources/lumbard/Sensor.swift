import LumbarCore
import LumbarDecoders
import LumbarLinux

/// One sensor the daemon cares for, open or not. HID and IIO sensors say what they send, and skip the listening.
///
///     closed --open--> listening --a protocol speaks--> attached --5 s silent--> stalled
///       ^  ^               |  rate after rate, 2 s each     |  ^                    | closed for 1, 2, 4 ... 30 s
///       |  |               v                                |  |                    v
///       |  +--- hang-up ---+---- a candidate: released      |  +-- valid again -- relistening --5 s silent--> stalled
///       +------------------------- hang-up -----------------+
///
/// One that is not trusted is pending once a protocol speaks: let go, and listed until it is trusted or unplugged.
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
        /// A sensor by this protocol that nobody said is to be used: not open, and nothing is kept of it.
        case pending(protocolName: String)
    }

    /// How it is read.
    enum Source: Equatable {
        /// As a serial line.
        case serial
        /// As a HID device, with the report descriptor that sysfs knows; empty when it was given by its path.
        case hidraw(descriptor: [UInt8])
        /// As IIO devices; none when it was given by its path.
        case iio([SensorDevice.Part])

        /// That of a device which udev knows.
        init(_ device: SensorDevice) {
            switch device.kind {
            case .serial: self = .serial
            case .hidraw: self = .hidraw(descriptor: device.reportDescriptor)
            case .iio: self = .iio(device.parts)
            }
        }

        /// That of a path given by hand: the kernel's names tell.
        init(path: String) {
            let node = resolvedPath(path)
            self =
                node.hasPrefix("/dev/hidraw")
                ? .hidraw(descriptor: [])
                : node.hasPrefix("/dev/iio:device") ? .iio([]) : .serial
        }
    }

    /// The number it has among the poller's tokens; never used twice.
    let key: Int
    /// What was known about it before it was opened.
    let plan: SensorPlan
    /// Who it is for the Monitor.
    var device: Device
    /// What the USB device in its place said of itself when it was found.
    let numbers: USBNumbers?
    /// When it was found.
    let found = BootClock.now()

    var state = State.closed
    var line: (any SensorLine)?
    var registrations: [Poller<Daemon.Token>.Registration] = []
    var deadline: Instant?
    var backoff = Backoff()
    /// Its port, while another program has it and is waited for.
    var awaited: PortWatch.Place?
    /// What was last said about it, so that it is said once.
    var said = ""
    /// What was said about its words, while it was listened to.
    var saidComplaint: String?
    /// The rate a sensor was understood at.
    var knownRate: Int?
    /// The rate that listening began with, among `rates`: when it is its turn again, all were tried.
    var firstRate = 0

    init(key: Int, plan: SensorPlan) {
        self.key = key
        self.plan = plan
        device = plan.device
        numbers = plan.systemPath.flatMap { USBNumbers(above: $0) }
    }

    /// How it is read.
    var source: Source { plan.source }
    /// What to open.
    var path: String { plan.path }
    /// Its place in udev, or nil when the path was given by hand.
    var systemPath: String? { plan.systemPath }
    /// Whether it is let go when no sensor speaks.
    var isCandidate: Bool { plan.isCandidate }
    /// Whether it is only a guess that a sensor is there: none has been understood since it was plugged in.
    var isGuess: Bool { isCandidate && knownRate == nil }
    /// Whether what it sends is used.
    var isTrusted: Bool { plan.isTrusted }
    /// Rates to try, in this order; one when it is known.
    var rates: [Int] { plan.rates }

    /// Whether its wearer said that it is a sensor, by a udev rule, in the configuration, or by its path.
    var isDeclared: Bool { !isCandidate }

    /// Whether a sensor speaks that nobody said is to be used.
    var isPending: Bool {
        if case .pending = state { true } else { false }
    }

    /// Whether the Monitor knows it.
    var isAttached: Bool {
        switch state {
        case .attached, .stalled, .relistening: true
        case .closed, .listening, .released, .pending: false
        }
    }
}
