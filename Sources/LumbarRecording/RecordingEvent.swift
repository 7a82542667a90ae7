import LumbarCore

/// One thing that happened, at the lowest layer the program owns: what `read(2)` returned, and when.
public struct RecordingEvent: Sendable, Equatable {
    /// When, on the boot clock of the recording machine.
    public var time: Instant
    /// What.
    public var kind: Kind

    /// An event.
    public init(_ kind: Kind, at time: Instant) {
        self.kind = kind
        self.time = time
    }

    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// The wall clock was known, or was set.
        case anchor(WallAnchor)
        /// A sensor was attached.
        case attach(Device)
        /// Bytes arrived from a sensor.
        case data(DeviceID, [UInt8])
        /// A sensor was detached.
        case detach(DeviceID)
        /// Something was asked for on a wearer's behalf, or said by them, and takes effect.
        case control(WearerControl, WearerID)
        /// The stream ends.
        case end
    }
}
