import LumbarCore
import LumbarMonitor

/// Drives a `Monitor` with recorded instants, the way the daemon's loop drives it with the boot clock.
public struct Replayer: Sendable {
    /// The monitor; a copy of the replayer carries its whole state.
    public private(set) var monitor: Monitor
    /// When the stream began: its first event. Nil before there was one.
    public private(set) var start: Instant?
    /// How far the stream has come.
    public private(set) var now: Instant?
    /// The anchor in force, or nil while no wall clock is known.
    public private(set) var anchor: WallAnchor?
    private var isFinished = false

    /// A replayer of `monitor`.
    public init(monitor: Monitor) { self.monitor = monitor }

    /// Lets an event happen, after every deadline at or before its time.
    public mutating func play(_ event: RecordingEvent) {
        switch event.kind {
        case .data(let device, let bytes): bytes.withUnsafeBytes { receive($0, from: device, at: event.time) }
        case .attach(let device): attach(device, at: event.time)
        case .detach(let device): detach(device, at: event.time)
        case .anchor(let anchor): setAnchor(anchor, at: event.time)
        case .control(let control, let wearer): apply(control, to: wearer, at: event.time)
        case .end: finish(at: event.time)
        }
    }

    /// A sensor is attached.
    public mutating func attach(_ device: Device, at time: Instant) {
        advance(to: time)
        monitor.attach(device, at: time)
    }

    /// Bytes arrive.
    public mutating func receive(_ bytes: UnsafeRawBufferPointer, from device: DeviceID, at time: Instant) {
        advance(to: time)
        monitor.receive(bytes, from: device, at: time)
    }

    /// A sensor is detached.
    public mutating func detach(_ device: DeviceID, at time: Instant) {
        advance(to: time)
        monitor.detach(device, at: time)
    }

    /// The wall clock becomes known, or is set.
    public mutating func setAnchor(_ anchor: WallAnchor, at time: Instant) {
        advance(to: time)
        monitor.setAnchor(anchor)
        self.anchor = anchor
    }

    /// Something asked for on a wearer's behalf takes effect.
    public mutating func apply(_ control: WearerControl, to wearer: WearerID, at time: Instant) {
        advance(to: time)
        monitor.apply(control, to: wearer, at: time)
    }

    /// Lets time pass: deadlines at or before `time` fire, in order.
    public mutating func advance(to time: Instant) {
        start = start ?? time
        now = time
        monitor.advance(to: time)
    }

    /// The stream ends, where its last event was unless `time` says otherwise; a second end changes nothing.
    public mutating func finish(at time: Instant? = nil) {
        guard !isFinished, let end = time ?? now else { return }
        isFinished = true
        advance(to: end)
        monitor.finish(at: end)
    }

    /// Hands out what the monitor concluded since the last call, in order.
    public mutating func drain(_ body: (Output) -> Void) { monitor.drain(body) }
}
