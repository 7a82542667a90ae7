import LumbarCore

/// How often the trunk enters the zones of EN 1005-4, over the last five minutes.
///
/// ```text
///   60° ┄┄┄┄┄┄┄┄┄┄┄╭─╮┄┄┄┄┄┄┄     one entry beyond 60
///   20° ┄┄╭─╮┄┄╭───╯ ╰──╮┄┄┄┄     two entries between 20 and 60
///         ╯ ╰──╯        ╰────     5 degrees back before it counts again
/// ```
struct ZoneEntries: Sendable {
    private var bent = RingBuffer<Instant>(capacity: 64)
    private var deep = RingBuffer<Instant>(capacity: 64)
    private var isBent = false
    private var isDeep = false

    /// Over which entries are counted; the sliding window is this program's choice.
    static let window = Elapsed.minutes(5)
    /// Where the deep zone begins, degrees.
    static let deepAngle = 60.0
    /// How far back before an entry counts again, degrees.
    static let hysteresis = 5.0
    /// Entries per minute that make a movement frequent.
    static let frequent = 2.0

    /// Takes the flexion at `time`.
    mutating func update(_ flexion: Double, at time: Instant) {
        if !isBent, flexion > BendMeasures.zoneAngle {
            isBent = true
            bent.append(time)
        } else if isBent, flexion < BendMeasures.zoneAngle - Self.hysteresis {
            isBent = false
        }
        if !isDeep, flexion > Self.deepAngle {
            isDeep = true
            deep.append(time)
        } else if isDeep, flexion < Self.deepAngle - Self.hysteresis {
            isDeep = false
        }
    }

    /// The trunk is no longer looked at: what comes next is a new entry.
    mutating func leave() {
        isBent = false
        isDeep = false
    }

    /// Entries per minute at `time` into the zone that a bend with this peak belongs to.
    func perMinute(peak: Double, at time: Instant) -> Double {
        let entries = peak > Self.deepAngle ? deep : bent
        var count = 0
        for i in 0..<entries.count where time - entries[i] <= Self.window { count += 1 }
        return Double(count) / (Self.window.seconds / 60)
    }

    /// How EN 1005-4 classes a forward bend.
    static func acceptability(peak: Double, isStatic: Bool, perMinute: Double) -> Acceptability {
        let isDeep = peak > deepAngle
        guard peak > BendMeasures.zoneAngle else { return .acceptable }
        if isStatic { return isDeep ? .notAcceptable : .conditional }
        if perMinute >= frequent { return .notAcceptable }
        return isDeep ? .conditional : .acceptable
    }
}
