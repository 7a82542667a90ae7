import LumbarCore

/// The stages from a reading to features, in order, and nothing else.
public struct SignalChain: Sendable {
    /// A chain for a sensor mounted like `mount`.
    public init(mount: Mount, settings: SignalSettings) {
    }

    /// Takes the readings of a chunk in order and appends the feature frames they complete.
    public mutating func process(_ readings: ReadingBuffer, into frames: inout [Features]) {
    }

    /// The line fell silent or was closed: the next reading starts afresh, the learned pose goes stale.
    public mutating func interrupt(at time: Instant) {
    }

    /// When true, `attitudes` collects one entry per sample until it is taken.
    public var collectsAttitudes = false

    /// The attitudes since the last `takeAttitudes()`.
    public private(set) var attitudes: [AttitudeReport] = []

    /// Hands out the attitudes collected and forgets them.
    public mutating func takeAttitudes() -> [AttitudeReport] {
        defer { attitudes.removeAll(keepingCapacity: true) }
        return attitudes
    }

    /// What the chain knows about its sensor.
    public var status: SignalStatus { SignalStatus() }
}
