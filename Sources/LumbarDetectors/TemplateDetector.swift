import LumbarCore
import LumbarSettings

/// Settings of the template: one section per detector, each setting declared once.
public struct TemplateSettings: SettingsSection {
    /// The name between the brackets.
    public static let name = "template"
    /// What the section is about.
    public static let summary = "The detector to copy; not in the catalog."

    /// Lean at which it begins.
    @Setting(5...90, .degrees, "Sideways lean at which it begins.")
    public var enterAngle = 20.0
    /// Lean below which it ends.
    @Setting(2...80, .degrees, "Sideways lean below which it ends.")
    public var leaveAngle = 15.0
    /// How long it lasts before it counts.
    @Setting(0...60, .seconds, "Time above the enter angle before it counts.")
    public var enterTime = 1.0

    /// The defaults.
    public init() {}
}

/// The file to copy for a new detector: what it finds, in one sentence (here: leaning to a side).
///
/// Write this comment as a methods section: the steps; from which publication the rule and its thresholds
/// are, and what differs from it; which data it needs; where it is known to be wrong. Draw the timing cases:
///
/// ```text
///   1) ────╭─────────╮────   above `enterAngle` for `enterTime`: an episode from the first crossing
///   2) ────╭╮─────────────   shorter: nothing
///   3) ────╭──╮╭─────╮────   a dip that stays above `leaveAngle`: still one episode
///   4) ────╭─────┤ stream breaks off: the episode ends there
/// ```
///
/// Then: a settings section (`DetectorSettings`), one line in `DetectorCatalog`, a test that must fire and a
/// near miss that must not, and a recording of each. Keep all state in stored values, allocate nothing in
/// `update`, and end episodes in `interrupt`.
public struct TemplateDetector: Detector {
    private var lean: Hysteresis
    private var peak = 0.0

    /// A detector with these settings.
    public init(settings: TemplateSettings) {
        lean = Hysteresis(
            enter: settings.enterAngle, leave: settings.leaveAngle, enterDwell: .seconds(settings.enterTime))
    }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        let angle = features.lateralDegrees.magnitude
        if case .left(let entered, let end) = lean.update(angle, from: features.start, to: features.end) {
            report(from: entered, to: end, decided: features.end, into: &episodes)
        }
        peak = lean.state == .outside ? 0 : max(peak, angle)
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        if let since = lean.insideSince, time > since {
            report(from: since, to: time, decided: time, into: &episodes)
        }
        lean.reset()
        peak = 0
    }

    private func report(
        from start: Instant, to end: Instant, decided: Instant, into episodes: inout EpisodeQueue
    ) {
        let bend = Bend(peakDegrees: peak, peakRateDps: 0, areaAbove20DegreeSeconds: 0, budgetUsed: 0)
        episodes.append(Episode(.bend(bend), start: start, end: end, decided: decided, confidence: 0.5))
    }
}
