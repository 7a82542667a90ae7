import LumbarCore

/// Counts each frame into an `ExposureTable`, with what has to be remembered between frames.
///
/// The matrix of exposure variation needs to know how long an uninterrupted time in one class of inclination will have
/// been, which is known only when it is over. So a time stands in the class of duration it has reached so far, and is
/// taken out of there and put into the next when it grows into it:
///
///     seconds in the class   3 | 4 ------- 14 | 15 ---
///     counted                +3 in "< 4"  -3 there, +4 in "4-15" ...
///
/// Sums are right at every moment, then, and minutes that are added up again after a restart give the same.
///
/// Classes change only when an angle has passed a limit by `margin`, and a zone is entered anew only after the trunk came
/// back by `zoneMargin`: the noise of an angle that lies on a limit is no movement.
struct ExposureRecorder: Sendable {
    /// By how much an angle passes the limit of its class before it is in another, degrees.
    static let margin = 2.5
    /// How far the trunk comes back before a zone can be entered again, degrees.
    static let zoneMargin = 5.0
    /// Frames further apart than this do not follow each other.
    static let pause = Elapsed.milliseconds(500)
    /// Sine of 10 degrees: leaning further to a side counts as side bending (EN 1005-4).
    static let sideways = 0.17364817766693033

    private var inclination: Int?
    private var milliseconds: Int64 = 0
    private var lastEnd = Instant(nanoseconds: .min)
    private var isBackward = false
    private var isBent = false
    private var isDeep = false

    /// Counts `features`, seen in what was believed to be `posture`.
    mutating func record(_ features: Features, posture: Posture, into table: inout ExposureTable) {
        guard features.wear != .notWorn, features.flexionDegrees.isFinite else { return cut() }
        let span = min(max(0, (features.end - features.start).nanoseconds), 1_000_000_000)
        let length = (span + 500_000) / 1_000_000
        let section: ExposureTable.Section
        switch posture {
        case .sitting: section = ExposureTable.flexionSeated
        case .standing, .walking: section = ExposureTable.flexionOnFeet
        case .unknown:
            if features.wear == .worn { table.add(length, to: ExposureTable.unplaced, 0) }
            return cut()
        case .lying, .notWorn: return cut()
        }
        if features.followsGap || features.start - lastEnd > Self.pause { cut() }
        lastEnd = features.end
        let degrees = features.flexionDegrees
        table.add(length, to: section, ExposureTable.flexionBin(degrees))
        table.add(length, to: ExposureTable.speed, ExposureTable.speedBin(features.flexionRateDps))
        if posture == .walking, features.cadenceHz > 0 {
            table.add(length, to: ExposureTable.cadence, ExposureTable.cadenceBin(60 * features.cadenceHz))
        }
        table.add(length, to: ExposureTable.trunkScore, Self.trunkScore(features) - 1)
        if !features.flexionIsSigned { table.add(length, to: ExposureTable.forwardUnknown, 0) }
        follow(degrees, for: length, in: &table)
        enter(degrees, in: &table)
    }

    /// Nothing goes on: another day begins, or what came before says nothing about what comes.
    mutating func cut() {
        inclination = nil
        milliseconds = 0
    }

    /// REBA's score of the trunk, its twist left out, which one sensor cannot see.
    private static func trunkScore(_ features: Features) -> Int {
        let degrees = features.flexionDegrees
        let isAside = features.flexionIsSigned && features.upInPose.y.magnitude > sideways
        let score = degrees > 60 ? 4 : degrees > 20 || degrees < -20 ? 3 : degrees.magnitude > 5 ? 2 : 1
        return score + (isAside ? 1 : 0)
    }

    private mutating func follow(_ degrees: Double, for length: Int64, in table: inout ExposureTable) {
        let present = ExposureTable.inclinationClass(degrees)
        if let known = inclination, known == present || isWithin(known, degrees) {
            let before = ExposureTable.durationClass(milliseconds: milliseconds)
            let after = ExposureTable.durationClass(milliseconds: milliseconds + length)
            if before == after {
                table.add(length, to: ExposureTable.variation, Self.place(known, after))
            } else {
                table.add(-milliseconds, to: ExposureTable.variation, Self.place(known, before))
                table.add(milliseconds + length, to: ExposureTable.variation, Self.place(known, after))
            }
            milliseconds += length
        } else {
            inclination = present
            milliseconds = length
            table.add(
                length, to: ExposureTable.variation,
                Self.place(present, ExposureTable.durationClass(milliseconds: length)))
        }
    }

    /// Whether `degrees` is in `known` but for the margin.
    private func isWithin(_ known: Int, _ degrees: Double) -> Bool {
        let limits = ExposureTable.inclinationLimits
        if known > 0, degrees < limits[known - 1] - Self.margin { return false }
        if known < limits.count, degrees >= limits[known] + Self.margin { return false }
        return true
    }

    private static func place(_ inclination: Int, _ duration: Int) -> Int {
        inclination * ExposureTable.durationClasses + duration
    }

    private mutating func enter(_ degrees: Double, in table: inout ExposureTable) {
        let wasBackward = isBackward
        let wasBent = isBent
        let wasDeep = isDeep
        isBackward = degrees < (wasBackward ? -5 + Self.zoneMargin : -5)
        isBent = degrees > (wasBent ? 20 - Self.zoneMargin : 20)
        isDeep = degrees > (wasDeep ? 60 - Self.zoneMargin : 60)
        if isBackward, !wasBackward { table.add(1, to: ExposureTable.entries, 0) }
        if isBent, !wasBent { table.add(1, to: ExposureTable.entries, 1) }
        if isDeep, !wasDeep { table.add(1, to: ExposureTable.entries, 2) }
    }
}
