import LumbarCore

/// What a wearer's back did in a stretch of time, in the five measures that are compared before episodes of pain.
public struct WindowExposure: Sendable, Equatable {
    /// How long the sensor was worn, seconds.
    public var wornSeconds: Double
    /// The measures by `Exposure.index`; nil where one cannot be known.
    public var values: [Double?]

    /// An exposure.
    public init(wornSeconds: Double, values: [Double?]) {
        precondition(values.count == Exposure.allCases.count, "a value for each exposure")
        self.wornSeconds = wornSeconds
        self.values = values
    }

    /// One of the measures, in its unit.
    public subscript(exposure: Exposure) -> Double? { values[exposure.index] }
}

/// What is compared before episodes of pain.
public enum Exposure: String, Sendable, CaseIterable {
    /// Bends deeper than 60 degrees, a count.
    case deepBends = "deep_bends"
    /// Probable lifts with a turn after them, a count.
    case liftsThenTwist = "lifts_then_twist"
    /// The longest time seated without a break, minutes.
    case longestSitting = "longest_sitting"
    /// Moment of the unloaded upper body on the low back, added up, N·m·h.
    case cumulativeMoment = "cumulative_moment"
    /// Time bent more than 30 degrees in the two hours after getting up, minutes; nothing without a getting up.
    case morningFlexion = "morning_flexion"

    /// Where its value is in `WindowExposure.values`.
    public var index: Int {
        switch self {
        case .deepBends: 0
        case .liftsThenTwist: 1
        case .longestSitting: 2
        case .cumulativeMoment: 3
        case .morningFlexion: 4
        }
    }
}
