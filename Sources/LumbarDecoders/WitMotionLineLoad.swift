/// What a WitMotion sensor puts on its line a second, against what the line carries.
///
/// A byte is ten bits on the line: a start bit, eight of data, a stop bit. A sensor that is to send more than fits drops
/// samples without saying so.
public struct WitMotionLineLoad: Sendable, Equatable {
    /// Samples a second.
    public var rateHz: Double
    /// Frames of 11 bytes in a sample; 0 for the combined frame of 20.
    public var frames: Int
    /// Bits a second.
    public var baud: Int

    /// A load.
    public init(rateHz: Double, frames: Int, baud: Int) {
        self.rateHz = rateHz
        self.frames = frames
        self.baud = baud
    }

    /// Bytes of a sample.
    public var bytesPerSample: Int { frames == 0 ? 20 : 11 * frames }
    /// Bytes a second the sensor has to send.
    public var bytesNeeded: Double { rateHz * Double(bytesPerSample) }
    /// Bytes a second the line carries.
    public var bytesCarried: Int { baud / 10 }
    /// Whether it fits.
    public var fits: Bool { bytesNeeded <= Double(bytesCarried) }

    /// The fastest rate that fits this line, or nil.
    public var fastestRate: Double? {
        WitMotionSetting.rates.last { $0.hz * Double(bytesPerSample) <= Double(bytesCarried) }?.hz
    }

    /// The slowest line that this rate fits, or nil.
    public var slowestBaud: Int? {
        WitMotionSetting.bauds.first { Double($0.rate / 10) >= bytesNeeded }?.rate
    }
}
