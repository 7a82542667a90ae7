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

    /// How it is read.
    enum Source {
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
    /// Who it is for the Monitor.
    var device: Device
    /// How it is read.
    let source: Source
    /// What to open.
    let path: String
    /// Its place in udev, or nil when the path was given by hand.
    let systemPath: String?
    /// Whether it is let go when no sensor speaks.
    let isCandidate: Bool
    /// When it was found.
    let found = BootClock.now()
    /// Rates to try, in this order; one when it is known.
    let rates: [Int]

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

    init(
        key: Int, device: Device, path: String, systemPath: String?, isCandidate: Bool, rates: [Int],
        source: Source
    ) {
        self.key = key
        self.device = device
        self.path = path
        self.systemPath = systemPath
        self.isCandidate = isCandidate
        self.rates = rates
        self.source = source
    }

    /// Whether its wearer said that it is a sensor, by a udev rule or by its path.
    var isDeclared: Bool { !isCandidate }

    /// Whether the Monitor knows it.
    var isAttached: Bool {
        switch state {
        case .attached, .stalled, .relistening: true
        case .closed, .listening, .released: false
        }
    }
}
