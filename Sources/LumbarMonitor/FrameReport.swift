import LumbarCore

/// A feature frame with whose it is, for those who look on live.
public struct FrameReport: Sendable {
    /// The frame.
    public var frame: Features
    /// Of which sensor.
    public var device: DeviceID
    /// On whom.
    public var wearer: WearerID
    /// Where on the body.
    public var role: SensorRole

    /// A report.
    public init(_ frame: Features, device: DeviceID, wearer: WearerID, role: SensorRole) {
        self.frame = frame
        self.device = device
        self.wearer = wearer
        self.role = role
    }
}
