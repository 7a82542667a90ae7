import LumbarCore

/// What was said to the wearer, and what came after.
public struct ReportAlert: Sendable, Equatable {
    /// The alert.
    public let alert: Alert
    /// Seconds from the beginning of its day.
    public let at: Double
    /// What the wearer did in the ten minutes after it.
    public let after: AfterAlert

    init(_ alert: Alert, at: Double, after: AfterAlert) {
        self.alert = alert
        self.at = at
        self.after = after
    }
}

/// What the wearer did in the ten minutes after an alert, by the postures that are stored.
///
/// The first that holds: a minute of walking, a minute on the feet, most of the time lying, most of it seated; else it is
/// not known. A minute on the feet is what ends a bout of sitting elsewhere in this program.
public struct AfterAlert: Sendable, Equatable {
    /// What it comes to.
    public enum Kind: String, Sendable, CaseIterable {
        /// Walked for a minute or more.
        case walked
        /// On the feet for a minute or more.
        case stood
        /// Seated for most of it.
        case wentOnSitting = "went_on_sitting"
        /// Lying for most of it.
        case lay
        /// Took the sensor off, it gave no data, or nothing can be told.
        case notKnown = "not_known"
    }

    /// How long after an alert is looked at, seconds.
    public static let window = 600.0

    /// What it comes to.
    public let kind: Kind
    /// Seconds in each posture, by `Posture.index`.
    public let postureSeconds: [Double]

    /// What came after `time`; `isKnown` tells whether ten minutes have passed.
    init(_ time: Instant, postures: [Episode], isKnown: Bool) {
        let end = time + .seconds(Self.window)
        var seconds = Array(repeating: 0.0, count: Posture.allCases.count)
        for episode in postures {
            guard case .posture(let posture) = episode.kind, episode.start < end, episode.end > time else {
                continue
            }
            seconds[posture.index] += (min(end, episode.end) - max(time, episode.start)).seconds
        }
        postureSeconds = seconds
        let walking = seconds[Posture.walking.index]
        let onFeet = walking + seconds[Posture.standing.index]
        if walking >= 60 {
            kind = .walked
        } else if onFeet >= 60 {
            kind = .stood
        } else if seconds[Posture.lying.index] > Self.window / 2 {
            kind = .lay
        } else if isKnown, seconds[Posture.sitting.index] > Self.window / 2 {
            kind = .wentOnSitting
        } else {
            kind = .notKnown
        }
    }
}
