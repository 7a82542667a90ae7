import LumbarAlerts
import LumbarCore

/// How the daemon and its wearers are doing at one moment.
public struct LiveStatus: Sendable, Equatable {
    /// The moment, as in RFC 3339, by the machine's zone.
    public var time: String
    /// The daemon; nil when this was read from the history and no daemon was asked.
    public var daemon: Daemon?
    /// Everyone who wears, or wore, a sensor.
    public var wearers: [Wearer]

    /// A status.
    public init(time: String, daemon: Daemon?, wearers: [Wearer]) {
        self.time = time
        self.daemon = daemon
        self.wearers = wearers
    }

    /// The daemon itself.
    public struct Daemon: Sendable, Equatable {
        /// Its release.
        public var version: String
        /// When it was started, as in RFC 3339.
        public var started: String
        /// For how long it runs, seconds.
        public var uptime: Double
        /// Whether it keeps a history.
        public var keepsHistory: Bool
        /// One line on what it does.
        public var text: String
        /// What keeping the history costs the card; nil when none is kept.
        public var writes: Writes?

        /// A daemon.
        public init(
            version: String, started: String, uptime: Double, keepsHistory: Bool, text: String,
            writes: Writes? = nil
        ) {
            self.writes = writes
            self.version = version
            self.started = started
            self.uptime = uptime
            self.keepsHistory = keepsHistory
            self.text = text
        }
    }

    /// One person.
    public struct Wearer: Sendable, Equatable {
        /// Who.
        public var id: WearerID
        /// The posture now, and since when; nil while no sensor tells.
        public var posture: PostureNow?
        /// The day so far; nil when nothing is known of it.
        public var today: Today?
        /// What is used of the wearer's budgets; nil when that is not known.
        public var budget: BudgetUse?
        /// How the sensors sit.
        public var mounts: [Mount] = []
        /// What was asked for this person, as it stands.
        public var control = LiveControl()

        /// A person of whom nothing is known.
        public init(_ id: WearerID) { self.id = id }

        /// Whether the sensor is worn now; nil when that is not known.
        public var isWorn: Bool? {
            switch posture?.posture {
            case nil, .unknown: nil
            case .notWorn: false
            case .lying, .sitting, .standing, .walking: true
            }
        }
    }

    /// A posture that goes on.
    public struct PostureNow: Sendable, Equatable {
        /// Which.
        public var posture: Posture
        /// Since when, as in RFC 3339.
        public var since: String
        /// For how long, seconds.
        public var seconds: Double

        /// A posture.
        public init(_ posture: Posture, since: String, seconds: Double) {
            self.posture = posture
            self.since = since
            self.seconds = seconds
        }
    }

    /// How reliable angles are.
    public struct Mount: Sendable, Equatable {
        /// Of which sensor.
        public var device: DeviceID
        /// Whether its upright can be relied on now.
        public var trust: MountTrust
        /// How upright became known.
        public var source: MountCalibration.Source
        /// How well, 0...1.
        public var quality: Double
        /// How long ago upright was learned or set, seconds; nil when that is not known.
        public var age: Double?

        /// A mount.
        public init(
            device: DeviceID, trust: MountTrust, source: MountCalibration.Source, quality: Double,
            age: Double?
        ) {
            self.device = device
            self.trust = trust
            self.source = source
            self.quality = quality
            self.age = age
        }

        /// What is known of how `device` sits.
        public init(device: DeviceID, _ known: MountCalibration, age: Double?) {
            self.init(
                device: device, trust: known.trust, source: known.source, quality: known.quality, age: age)
        }
    }
}
