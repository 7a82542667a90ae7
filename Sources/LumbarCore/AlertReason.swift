/// Why an alert was raised: what was measured, against what, for how long, and how sure that is.
///
/// It is made where the alert is made and kept with it, so that `why` needs to work nothing out again.
public struct AlertReason: Sendable, Equatable {
    /// Which clause of the rule held, such as `seated_time`: a stable name, lower case with underscores.
    public var clause: String
    /// What was measured, in `unit`.
    public var measured: Double
    /// What it was held against, in `unit`.
    public var threshold: Double
    /// The unit of `measured`, `threshold` and `uncertainty`.
    public var unit: MeasureUnit
    /// How long the clause had to hold before it counted.
    public var dwell: Elapsed
    /// Expected error of `measured`, one standard deviation in `unit`; nil when none is known.
    public var uncertainty: Double?
    /// How sure the detector was, 0...1.
    public var confidence: Double
    /// Which version of rule and detector decided, such as `sitting/2`.
    public var algorithm: String
    /// How long before the alert upright was last confirmed; nil when the clause rests on no angle, or upright was never
    /// confirmed.
    public var calibrationAge: Elapsed?

    /// A reason.
    public init(
        clause: String, measured: Double, threshold: Double, unit: MeasureUnit, dwell: Elapsed = .zero,
        uncertainty: Double? = nil, confidence: Double = 1, algorithm: String, calibrationAge: Elapsed? = nil
    ) {
        self.clause = clause
        self.measured = measured
        self.threshold = threshold
        self.unit = unit
        self.dwell = dwell
        self.uncertainty = uncertainty
        self.confidence = confidence
        self.algorithm = algorithm
        self.calibrationAge = calibrationAge
    }
}

/// The units that reasons of alerts are measured in, by the names they have in the history and in JSON.
public enum MeasureUnit: String, Sendable, CaseIterable {
    /// Seconds.
    case seconds = "s"
    /// Degrees.
    case degrees = "deg"
    /// A share of a whole, 1 for all of it.
    case share
    /// Times a minute.
    case perMinute = "per_min"
    /// How often.
    case count
    /// Multiples of standard gravity.
    case standardGravity = "g"
}

/// Whether the wearer is told.
public enum AlertDelivery: String, Sendable, CaseIterable {
    /// It is said.
    case told
    /// It is kept in the history and said to nobody: its rule is on trial.
    case shadow
}
