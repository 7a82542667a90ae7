/// Which angles, speeds and durations the places of the table stand for.
extension ExposureTable {
    // MARK: Flexion, 1 degree each

    static let flexionBins = 151
    /// Flexion at which the first bin begins, degrees; what lies below is counted in it.
    public static let lowestFlexion = -30

    /// The bin of `degrees`; what lies beyond an end is counted in the last bin there.
    public static func flexionBin(_ degrees: Double) -> Int {
        place(degrees - Double(lowestFlexion), below: flexionBins)
    }

    // MARK: Speed

    static let speedBins = 56
    /// Up to this speed a bin is 1 degree per second wide; above it, an eighth of an octave.
    private static let plainSpeeds = 16

    /// The bin of the size of `dps`: within 1 degree per second below 16, within 12.5 % up to 512.
    ///
    /// An even scale up to the fastest bend would need ten times as many counts in every stored minute, and would
    /// tell 300 from 301 degrees per second, which no trunk sensor can.
    public static func speedBin(_ dps: Double) -> Int {
        let size = dps.magnitude
        guard size >= Double(plainSpeeds) else { return place(size, below: plainSpeeds) }
        var low = Double(plainSpeeds)
        var bin = plainSpeeds
        while size >= 2 * low, bin + 8 < speedBins {
            low *= 2
            bin += 8
        }
        return bin + place((size - low) / low * 8, below: 8)
    }

    /// The speeds that `bin` stands for, degrees per second.
    public static func speedRange(_ bin: Int) -> (low: Double, high: Double) {
        guard bin >= plainSpeeds else { return (Double(bin), Double(bin + 1)) }
        var low = Double(plainSpeeds)
        for _ in 0..<(bin - plainSpeeds) / 8 { low *= 2 }
        let step = low / 8
        let part = Double((bin - plainSpeeds) % 8)
        return (low + part * step, low + (part + 1) * step)
    }

    // MARK: Cadence, 2 steps a minute each

    static let cadenceBins = 100
    /// Cadence at which the first bin begins, steps per minute.
    public static let lowestCadence = 40
    /// Width of a bin, steps per minute.
    public static let cadenceWidth = 2

    /// The bin of a cadence in steps per minute.
    public static func cadenceBin(_ stepsPerMinute: Double) -> Int {
        place((stepsPerMinute - Double(lowestCadence)) / Double(cadenceWidth), below: cadenceBins)
    }

    // MARK: Exposure variation

    /// Degrees between the classes of inclination: backward, upright, bent, far bent, deep.
    ///
    /// 20, 45 and 60 degrees are those of ISO 11226, EN 1005-4 and of the bends; backward begins at -5 instead of 0,
    /// because the upright pose itself is known to a few degrees only.
    public static let inclinationLimits = [-5.0, 20, 45, 60]
    /// Seconds between the classes of uninterrupted duration.
    ///
    /// 4 s is where ISO 11226 begins to call a posture static, 1 and 4 min are its shortest and longest holding times;
    /// 10 and 30 min part short, middling and long sitting. The classes grow about fourfold, as in Mathiassen and
    /// Winkel 1991; their exact limits are a choice of this program.
    public static let durationLimits = [4.0, 15, 60, 240, 600, 1800]

    /// Classes of inclination.
    public static let inclinationClasses = 5
    /// Classes of uninterrupted duration.
    public static let durationClasses = 7

    /// The class of inclination of `degrees`.
    public static func inclinationClass(_ degrees: Double) -> Int {
        var index = 0
        while index < inclinationLimits.count, degrees >= inclinationLimits[index] { index += 1 }
        return index
    }

    /// The class of an uninterrupted time of `milliseconds`.
    public static func durationClass(milliseconds: Int64) -> Int {
        let seconds = Double(milliseconds) / 1000
        var index = 0
        while index < durationLimits.count, seconds >= durationLimits[index] { index += 1 }
        return index
    }

    // MARK: Parts

    /// `value` rounded down and kept within 0..<count; 0 when it is not a number.
    private static func place(_ value: Double, below count: Int) -> Int {
        guard value >= 0 else { return 0 }
        return value < Double(count) ? Int(value) : count - 1
    }
}
