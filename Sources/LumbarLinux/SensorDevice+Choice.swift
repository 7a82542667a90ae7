import LumbarCore

extension SensorDevice {
    /// What the daemon does with a device that udev shows, and why.
    public enum Choice: Sendable, Equatable {
        /// A rule says it is a sensor.
        case ours
        /// The configuration says so, in the section with this argument.
        case trusted(String)
        /// Sensors use this converter chip: listened to once, used if a sensor speaks, and let go otherwise.
        case candidate
        /// It may be a sensor and nobody said that it is one to use: identified at most, and nothing is kept of it.
        case pending
        /// It is opened by its path anyway.
        case givenByHand
        /// The configuration says that it is not to be used, in the section with this argument.
        case refused(String)
        /// It is left alone, for this reason.
        case leftAlone(String)

        /// One clause for people.
        public var reason: String {
            switch self {
            case .ours: "used: a udev rule says it is a sensor"
            case .trusted(let id): "used: [sensor \(Printable.text(id))] is in the configuration"
            case .candidate:
                "listened to: sensors use this converter chip, and trust = all in the configuration"
            case .pending: "pending: nobody has said that it is to be used, so nothing is kept of it"
            case .givenByHand: "used: its path is in the configuration or on the command line"
            case .refused(let id): "refused: use = no under [sensor \(Printable.text(id))]"
            case .leftAlone(let why): "left alone: " + Printable.text(why, limit: 300)
            }
        }

        /// Whether what it sends is used, if it is a sensor.
        public var isUsed: Bool {
            switch self {
            case .ours, .trusted, .candidate, .givenByHand: true
            case .pending, .refused, .leftAlone: false
            }
        }

        /// One word for it: `trusted`, `pending`, `refused`, or `none` for what is no business of ours.
        public var trust: String {
            switch self {
            case .ours, .trusted, .candidate, .givenByHand: "trusted"
            case .pending: "pending"
            case .refused: "refused"
            case .leftAlone: "none"
            }
        }
    }
}
