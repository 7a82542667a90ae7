/// For how long a minute or a day was measured by more, or by less, than a lumbar sensor alone; seconds.
public struct SensorTime: Sendable, Equatable {
    /// By a sensor that sends angles only: in these neither sitting, standing, walking nor lifts, falls and steps could
    /// be told.
    public var anglesOnly = 0.0
    /// With a sensor on a thigh, which tells sitting from standing.
    public var thigh = 0.0
    /// With a sensor on the thorax, which tells how the spine itself bends and turns.
    public var thorax = 0.0

    /// A lumbar sensor alone.
    public init() {}

    /// Which sensors told sitting, standing and lying for most of `worn` seconds.
    public func postureTier(of worn: Double) -> SensorTier {
        if 2 * anglesOnly > worn { return .angles }
        return 2 * thigh > worn ? .lumbarThigh : .lumbar
    }

    /// Which sensors told bends, lifts and turns for most of `worn` seconds.
    public func trunkTier(of worn: Double) -> SensorTier {
        if 2 * anglesOnly > worn { return .angles }
        return 2 * thorax > worn ? .lumbarThorax : .lumbar
    }
}
