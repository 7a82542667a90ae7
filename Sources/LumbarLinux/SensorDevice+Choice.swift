import LumbarCore

extension SensorDevice {
    /// Whether the daemon reads a device that udev shows, and why.
    public enum Choice: Sendable, Equatable {
        /// A rule says it is a sensor.
        case ours
        /// Sensors use this converter chip: listened to once, and let go unless a sensor speaks.
        case candidate
        /// It is opened by its path anyway.
        case givenByHand
        /// It is left alone, for this reason.
        case leftAlone(String)

        /// One clause for people.
        public var reason: String {
            switch self {
            case .ours: "used: a udev rule says it is a sensor"
            case .candidate: "listened to: sensors use this converter chip"
            case .givenByHand: "used: its path is in the configuration or on the command line"
            case .leftAlone(let why): "left alone: " + why
            }
        }

        /// Whether it is opened at all.
        public var isOpened: Bool {
            if case .leftAlone = self { return false }
            return true
        }
    }

    /// What the daemon does with this device.
    ///
    /// - Parameter adopt: whether common converter chips are listened to.
    /// - Parameter pathsGiven: the paths given by hand, links followed.
    public func choice(adopt: Bool, pathsGiven: [String]) -> Choice {
        if pathsGiven.contains(node) || links.contains(where: pathsGiven.contains)
            || parts.contains(where: { pathsGiven.contains($0.node) })
        {
            return .givenByHand
        }
        if isOurs { return .ours }
        // A tablet has such a sensor too, and nobody wears it: these are never guessed at.
        if kind != .serial { return .leftAlone("no udev rule says that somebody wears it") }
        guard isCandidate else { return .leftAlone("no udev rule says that it is a sensor") }
        guard adopt else {
            return .leftAlone("sensors use this converter chip, but adopt = no in the configuration")
        }
        if !claimedBy.isEmpty {
            return .leftAlone("another service is started for it: " + Printable.text(claimedBy))
        }
        return .candidate
    }
}
