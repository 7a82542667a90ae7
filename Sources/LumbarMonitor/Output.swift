import LumbarCore
import LumbarDecoders

/// Everything the monitor concludes, in the order it concluded it.
public enum Output: Sendable, Equatable {
    /// A fact about a wearer.
    case episode(Episode, WearerID)
    /// A message to a wearer.
    case alert(Alert)
    /// What was measured around an alert, half a minute after it or at the end of the stream.
    case trace(AlertTrace, Alert)
    /// A closed minute.
    case epoch(MinuteEpoch)
    /// A day, at its midnight or at the end of the stream.
    case summary(DailySummary)
    /// Something about a sensor.
    case device(DeviceEvent)
    /// How well the upright is known that a wearer's angles count from: at the first frame, and whenever that changes.
    case trust(MountTrust, WearerID, at: Instant)
    /// Where up was at a sample; only when asked for.
    case attitude(AttitudeReport, DeviceID)
}

/// Something that happened to a sensor.
public struct DeviceEvent: Sendable, Equatable {
    /// Which.
    public var device: DeviceID
    /// When.
    public var time: Instant
    /// What.
    public var kind: Kind

    /// An event.
    public init(_ kind: Kind, device: DeviceID, time: Instant) {
        self.kind = kind
        self.device = device
        self.time = time
    }

    /// What happened.
    public enum Kind: Sendable, Equatable {
        /// It was attached.
        case attached
        /// Its protocol is certain.
        case locked(protocolName: String)
        /// It measures angles and no acceleration: lifts, falls and steps cannot be told.
        case anglesOnly
        /// No valid frame for two seconds.
        case degraded
        /// No valid frame for five seconds: the shell should close and reopen it.
        case stalled
        /// Valid frames again.
        case recovered(silence: Elapsed)
        /// It was detached, with what became of its bytes and samples.
        case detached(DecodeOutcomes, SignalStatus)
        /// |a| at rest is far from 1 g: angles would be wrong, none are given.
        case scaleFault
        /// Its accelerometer reads zero on all axes: whole frames come, and nothing can be made of them.
        case deadAccelerometer
        /// Something begins, or ends, to make its data doubtful.
        case trouble(SensorTrouble, begins: Bool)
        /// News about how it sits on the body.
        case mount(MountNews)
        /// What is known of how it sits on the wearer has changed: worth keeping, and for nobody to read.
        case calibration(MountCalibration, WearerID)
        /// It sends something that cannot be used; `reason` says what is wrong, and what to do about it.
        case notUnderstood(reason: String)
    }
}
