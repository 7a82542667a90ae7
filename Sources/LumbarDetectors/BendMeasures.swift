import LumbarCore

/// What adds up while the trunk is bent, from when it passed the zone angle until the bend ends.
struct BendMeasures: Sendable {
    /// Deepest flexion, degrees.
    private(set) var peak = 0.0
    /// Largest size of the flexion rate, degrees per second.
    private(set) var rate = 0.0
    /// Area of flexion above the zone angle, degree-seconds.
    private(set) var area = 0.0
    /// Share of the ISO 11226 holding budget.
    private(set) var budget = 0.0
    /// Longest time past the zone angle without much variation, seconds.
    private(set) var longestHold = 0.0
    /// Length, seconds.
    private(set) var seconds = 0.0
    /// Time in it believed seated, seconds.
    private(set) var seatedSeconds = 0.0
    /// Time in it spent stepping, seconds.
    private(set) var steppingSeconds = 0.0
    /// Time in it shaken harder than a bend is, seconds.
    private(set) var shakenSeconds = 0.0
    /// Time beyond the end range, seconds.
    private(set) var endRangeSeconds = 0.0
    /// Whether forward was known.
    private(set) var isSigned = false
    /// Deepest flexion of the spine itself, degrees; nil while no sensor on the thorax tells.
    private(set) var spineFlexion: Double?
    private var hold = 0.0
    private var rates = RateHistogram()

    /// Flexion past which the trunk is bent in ISO 11226 and EN 1005-4, degrees.
    static let zoneAngle = HoldingBudget.freeDegrees
    /// Variation of tilt within a second up to which a posture is held, degrees.
    static let steady = 4.0
    /// Time after which a held posture is static (ISO 11226), seconds.
    static let staticTime = 4.0

    /// Standard deviation of |a| over a second that jogging and hopping exceed and bending does not, g: attitudes are
    /// poor there, the more so at low rates.
    static let shaking = 0.3

    /// Whether it was held as ISO 11226 means it: more than 4 s with little variation.
    var isStatic: Bool { longestHold > Self.staticTime }

    /// 95th percentile of the size of the flexion rate, degrees per second.
    var rate95: Double { min(rate, rates.percentile(0.95)) }

    /// Adds a frame at `flexion` from the wearer's upright; `endRange` is where their end range begins, when that is known.
    mutating func add(_ features: Features, flexion: Double, endRange: Double?, body: BodyState) {
        let length = features.duration
        // A body that bends so far sways; what rests is a sensor on a table.
        if let endRange, flexion > endRange, !features.isAtRest, features.lifelessSince == nil {
            endRangeSeconds += length
        }
        peak = max(peak, flexion)
        rate = max(rate, features.flexionRateDps.magnitude)
        rates.add(features.flexionRateDps.magnitude)
        area += max(0, flexion - Self.zoneAngle) * length
        budget += HoldingBudget.perSecond(at: flexion) * length
        seconds += length
        if body.gaitStart != nil { steppingSeconds += length }
        if features.accelerationDeviation1sG > Self.shaking { shakenSeconds += length }
        if body.seatedChance > 0.5 { seatedSeconds += length }
        isSigned = features.flexionIsSigned
        if let bent = features.companions.spine?.flexionDegrees {
            spineFlexion = max(spineFlexion ?? bent, bent)
        }
        let isHeld = flexion > Self.zoneAngle && features.inclinationDeviation1sDegrees <= Self.steady
        hold = isHeld ? hold + length : 0
        longestHold = max(longestHold, hold)
    }
}

/// How often each rate occurred, in steps of 5 degrees per second: percentiles in fixed memory.
struct RateHistogram: Sendable {
    private var counts = SIMD64<UInt32>(repeating: 0)
    private var total = 0

    /// Width of a bin, degrees per second; the last one takes what is faster than 315.
    static let binDps = 5.0

    /// Adds a rate.
    mutating func add(_ rate: Double) {
        // What is not a number compares false with anything.
        counts[rate > 0 ? Int(min(rate / Self.binDps, 63)) : 0] += 1
        total += 1
    }

    /// The rate that the share `share` of all stays below, linear within a bin; 0 of none.
    func percentile(_ share: Double) -> Double {
        let rank = share * Double(total)
        var below = 0.0
        for bin in 0..<64 {
            let count = Double(counts[bin])
            if count > 0, below + count >= rank {
                return (Double(bin) + (rank - below) / count) * Self.binDps
            }
            below += count
        }
        return 0
    }
}
