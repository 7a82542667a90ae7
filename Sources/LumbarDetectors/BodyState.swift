import LumbarCore

/// What the detectors have concluded so far about the body, each for those after it in the catalog.
public struct BodyState: Sendable {
    /// The posture believed now.
    public var posture = Posture.unknown

    /// Nothing known.
    public init() {}
}
