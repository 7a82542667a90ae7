/// What became of the bytes a decoder was given; each kind of reject is counted, none is thrown.
@frozen
public struct DecodeOutcomes: Sendable, Equatable {
    /// Readings handed out.
    public var readings = 0
    /// Bytes skipped because no frame could begin there.
    public var skippedBytes = 0
    /// Frames or lines of the wrong length.
    public var badLength = 0
    /// Frames whose checksum does not fit.
    public var badChecksum = 0
    /// Frames that are whole but cannot be true.
    public var insane = 0
    /// Of the insane: samples whose accelerometer reads zero on all axes, which no working one ever does.
    public var deadAccelerometer = 0
    /// Samples that never came, by the sensor's own count.
    public var lostSamples = 0

    /// Nothing yet.
    @inlinable
    public init() {}

    /// Rejects of every kind, skipped bytes apart.
    public var rejects: Int { badLength + badChecksum + insane }
}
