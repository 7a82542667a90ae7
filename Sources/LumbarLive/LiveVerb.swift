/// What can be asked over the live socket.
public enum LiveVerb: String, Sendable, CaseIterable {
    /// Whether anybody is there.
    case ping
    /// How the wearers are doing.
    case status
    /// Which sensors there are.
    case devices
    /// What happens from now on, as it happens.
    case subscribe
    /// No more of that.
    case unsubscribe
    /// Say nothing but possible falls for some time.
    case snooze
    /// The end of that, ahead of its time.
    case wake
    /// What the wearer says of an alert.
    case ack
    /// Go by the numbers of another profile.
    case profile
    /// Train something, or train no more.
    case training
    /// Close a wearer's sensors for some time.
    case pause
    /// The end of that, ahead of its time.
    case resume

    /// What it takes to ask it. Without a default: a verb that is added has to decide.
    public var right: LiveRight {
        switch self {
        case .ping, .status, .devices, .subscribe, .unsubscribe: .reading
        case .snooze, .wake, .ack, .profile, .training, .pause, .resume: .asking
        }
    }

    /// The members that its request may have besides `id` and `verb`.
    var options: [String] {
        switch self {
        case .subscribe: ["frames"]
        case .ping, .status, .devices, .unsubscribe: []
        case .snooze: ["wearer", "seconds", "until", "until_ns", "until_upright"]
        case .pause: ["wearer", "seconds", "until", "until_ns"]
        case .wake, .resume: ["wearer"]
        case .profile: ["wearer", "name"]
        case .training: ["wearer", "goal", "target", "baseline"]
        case .ack: ["alert", "verdict"]
        }
    }

    /// Whether it asks for something to be done.
    public var isAsking: Bool { right == .asking }
}

/// What it takes to ask a verb; who asks is known from the kernel (SO_PEERCRED), and not from what they say.
public enum LiveRight: Sendable {
    /// Whoever may open the socket, which its mode and group decide.
    case reading
    /// The same: what is asked for a wearer ends by itself, or is one word, and docs/live-socket.md says why that is enough.
    case asking
    /// Only root, and the user that the daemon runs as.
    case changing

    /// Whether a peer with the user id `user` has it towards a daemon that runs as `daemon`.
    public func isGranted(to user: UInt32, daemon: UInt32) -> Bool {
        switch self {
        case .reading, .asking: true
        case .changing: user == 0 || user == daemon
        }
    }
}
