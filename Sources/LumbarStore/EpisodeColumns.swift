import LumbarCore

/// The measures of an episode as columns of the table `episode`, in the order of its declaration.
struct EpisodeColumns {
    var kind: String
    var transition: SQLValue = .null
    var peak: SQLValue = .null
    var peakRate: SQLValue = .null
    var area: SQLValue = .null
    var budget: SQLValue = .null
    var mean: SQLValue = .null
    var seated: SQLValue = .null
    var shifts: SQLValue = .null
    var riseVelocity: SQLValue = .null
    var jerk: SQLValue = .null
    var rise: SQLValue = .null
    var turn: SQLValue = .null
    var moment: SQLValue = .null
    var underStrain: SQLValue = .null
    var strainParts: SQLValue = .null
    var afterLift: SQLValue = .null
    var impact: SQLValue = .null
    var restInclination: SQLValue = .null
    var rate95: SQLValue = .null
    var shareOfMaximum: SQLValue = .null
    var isStatic: SQLValue = .null
    var zoneEntries: SQLValue = .null
    var acceptability: SQLValue = .null
    var lying: SQLValue = .null
    var guarded: SQLValue = .null
    var flexionRate: SQLValue = .null
    var riseHeight: SQLValue = .null
    var rmsJerk: SQLValue = .null
    var turnInRise: SQLValue = .null
    var steppedAround: SQLValue = .null
    var momentOverTime: SQLValue = .null
    var spineFlexion: SQLValue = .null
    var vibration: SQLValue = .null
    var endRange: SQLValue = .null

    /// The columns of `kind`, or nil for a posture, which has a table of its own.
    init?(_ kind: Episode.Kind) {
        switch kind {
        case .posture: return nil
        case .transition(let change):
            self.kind = "transition"
            transition = .text(change.rawValue)
        case .bend(let bend):
            self.kind = "bend"
            set(bend)
        case .sustainedFlexion(let flexion):
            self.kind = "sustained_flexion"
            mean = .real(flexion.meanDegrees)
            peak = .real(flexion.peakDegrees)
            budget = .real(flexion.budgetUsed)
        case .sitting(let bout):
            self.kind = "sitting"
            seated = .real(bout.seatedSeconds)
            shifts = .int(bout.posturalShifts)
            mean = bout.meanFlexionDegrees.map { .real($0) } ?? .null
        case .lift(let lift):
            self.kind = "lift"
            set(lift)
        case .twist(let twist):
            self.kind = "twist"
            turn = .real(twist.turnDegrees)
            peakRate = .real(twist.peakRateDps)
            afterLift = .flag(twist.isAfterLift)
        case .fall(let fall):
            self.kind = "fall"
            impact = .real(fall.impactG)
            restInclination = .real(fall.restInclinationDegrees)
        case .rising(let rising):
            self.kind = "rising"
            lying = .real(rising.lyingSeconds)
            guarded = .real(rising.guardedSeconds)
        case .ride(let ride):
            self.kind = "ride"
            vibration = .real(ride.vibrationG)
        }
    }

    private mutating func set(_ bend: Bend) {
        peak = .real(bend.peakDegrees)
        peakRate = .real(bend.peakRateDps)
        area = .real(bend.areaAbove20DegreeSeconds)
        budget = .real(bend.budgetUsed)
        rate95 = .real(bend.rate95Dps)
        shareOfMaximum = bend.shareOfMaximum.map { .real($0) } ?? .null
        isStatic = .flag(bend.isStatic)
        zoneEntries = .real(bend.zoneEntriesPerMinute)
        acceptability = .text(bend.acceptability.rawValue)
        spineFlexion = bend.spineFlexionDegrees.map { .real($0) } ?? .null
        endRange = .real(bend.endRangeSeconds)
    }

    private mutating func set(_ lift: Lift) {
        peak = .real(lift.peakDegrees)
        peakRate = .real(lift.peakExtensionRateDps)
        riseVelocity = .real(lift.peakRiseVelocity)
        jerk = .real(lift.peakJerkGps)
        rise = .real(lift.riseSeconds)
        turn = .real(lift.turnWhileBentDegrees)
        moment = .real(lift.peakMomentNm)
        underStrain = .flag(lift.isUnderStrain)
        strainParts = .int(lift.strain.rawValue)
        flexionRate = .real(lift.detail.peakFlexionRateDps)
        riseHeight = .real(lift.detail.riseMetres)
        rmsJerk = .real(lift.detail.rmsJerkGps)
        turnInRise = .real(lift.detail.turnInRiseDegrees)
        steppedAround = .flag(lift.detail.hasSteppedAround)
        momentOverTime = .real(lift.detail.momentNewtonMetreSeconds)
    }

    /// The measures as parameters.
    var values: [SQLValue] {
        [
            transition, peak, peakRate, area, budget, mean, seated, shifts, riseVelocity, jerk, rise, turn,
            moment, underStrain, strainParts, afterLift, impact, restInclination, rate95, shareOfMaximum,
            isStatic, zoneEntries, acceptability, lying, guarded, flexionRate, riseHeight, rmsJerk,
            turnInRise,
            steppedAround, momentOverTime, spineFlexion, vibration, endRange,
        ]
    }

    /// The kind in `row`: its name in column `name`, the measures from `first` on; nil for one we do not know.
    static func kind(in row: Row, name: Int32, from first: Int32) -> Episode.Kind? {
        func real(_ offset: Int32) -> Double { row.real(first + offset) }
        switch row.text(name) {
        case "transition": return Transition(rawValue: row.text(first)).map { .transition($0) }
        case "bend":
            // Bends stored before version 2 have none of the measures from 18 on.
            return .bend(
                Bend(
                    peakDegrees: real(1), peakRateDps: real(2), areaAbove20DegreeSeconds: real(3),
                    budgetUsed: real(4), rate95Dps: real(18),
                    shareOfMaximum: row.isNull(first + 19) ? nil : real(19), isStatic: row.flag(first + 20),
                    zoneEntriesPerMinute: real(21),
                    acceptability: Acceptability(rawValue: row.text(first + 22)) ?? .acceptable,
                    spineFlexionDegrees: row.isNull(first + 31) ? nil : real(31),
                    endRangeSeconds: real(33)))
        case "sustained_flexion":
            return .sustainedFlexion(
                SustainedFlexion(meanDegrees: real(5), peakDegrees: real(1), budgetUsed: real(4)))
        case "sitting":
            return .sitting(
                SittingBout(
                    seatedSeconds: real(6), posturalShifts: row.count(first + 7),
                    meanFlexionDegrees: row.isNull(first + 5) ? nil : real(5)))
        case "lift": return .lift(lift(in: row, from: first))
        case "twist":
            return .twist(
                Twist(turnDegrees: real(11), peakRateDps: real(2), isAfterLift: row.flag(first + 15)))
        case "fall": return .fall(Fall(impactG: real(16), restInclinationDegrees: real(17)))
        case "ride": return .ride(Ride(vibrationG: real(32)))
        case "rising": return .rising(Rising(lyingSeconds: real(23), guardedSeconds: real(24)))
        default: return nil
        }
    }

    private static func lift(in row: Row, from first: Int32) -> Lift {
        func real(_ offset: Int32) -> Double { row.real(first + offset) }
        var lift = Lift(
            peakDegrees: real(1), peakExtensionRateDps: real(2), peakRiseVelocity: real(8),
            peakJerkGps: real(9), riseSeconds: real(10), turnWhileBentDegrees: real(11),
            peakMomentNm: real(12), isUnderStrain: row.flag(first + 13),
            strain: Lift.Strain(rawValue: row.count(first + 14)))
        lift.detail.peakFlexionRateDps = real(25)
        lift.detail.riseMetres = real(26)
        lift.detail.rmsJerkGps = real(27)
        lift.detail.turnInRiseDegrees = real(28)
        lift.detail.hasSteppedAround = row.flag(first + 29)
        lift.detail.momentNewtonMetreSeconds = real(30)
        return lift
    }
}
