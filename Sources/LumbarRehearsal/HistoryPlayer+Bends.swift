import LumbarCore
import LumbarSimulation

// What is told of bends: of each once it is over, of one that is held while it lasts.
extension HistoryPlayer {
    mutating func tell(
        _ bend: PlannedDay.PlannedBend, from start: Instant, _ hear: (SimulatedHistory.Event) -> Void
    ) {
        let begin = start + .seconds(bend.at)
        let end = begin + .seconds(bend.length)
        truth.bends += 1
        if bend.degrees > 60 { truth.deepBends += 1 }
        tell(
            .bend(
                Bend(
                    peakDegrees: bend.degrees, peakRateDps: 80,
                    areaAbove20DegreeSeconds: (bend.degrees - 20) * bend.length,
                    budgetUsed: bend.length / 180)),
            from: begin, to: end, hear)
        if bend.length > Self.held {
            truth.heldBends += 1
            tell(
                .sustainedFlexion(
                    SustainedFlexion(
                        meanDegrees: bend.degrees - 4, peakDegrees: bend.degrees,
                        budgetUsed: Self.heldBudget)),
                from: begin, to: end, hear)
        }
        if bend.isLift { tellLift(bend, from: begin, to: end, hear) }
    }

    private mutating func tellLift(
        _ bend: PlannedDay.PlannedBend, from begin: Instant, to end: Instant,
        _ hear: (SimulatedHistory.Event) -> Void
    ) {
        truth.lifts += 1
        // Deep alone is no strain: who bends that far here also comes up fast.
        let isHard = bend.degrees > 75
        let isStrain = isHard || bend.isTwisted
        if isStrain { truth.strainedLifts += 1 }
        var strain: Lift.Strain = isHard ? [.deep, .fast] : []
        if bend.isTwisted { strain.insert(.twisted) }
        tell(
            .lift(
                Lift(
                    peakDegrees: bend.degrees, peakExtensionRateDps: isHard ? 105 : 70, peakRiseVelocity: 0.5,
                    peakJerkGps: 3, riseSeconds: 1.5, turnWhileBentDegrees: bend.isTwisted ? 38 : 4,
                    peakMomentNm: 95, isUnderStrain: isStrain, strain: strain)),
            from: begin, to: end, hear)
        if bend.isTwisted {
            truth.twists += 1
            tell(
                .twist(Twist(turnDegrees: 38, peakRateDps: 65, isAfterLift: true)), from: end + .seconds(-1),
                to: end, hear)
        }
    }

    /// What is heard of a bend that is held for long, at 0.8 and at all of its holding time.
    mutating func hold(
        _ bend: PlannedDay.PlannedBend, _ second: Int, from start: Instant,
        _ hear: (SimulatedHistory.Event) -> Void
    ) {
        guard bend.length > Self.held else { return }
        let used = { (seconds: Double) in Self.heldBudget * (seconds - bend.at) / bend.length }
        for level in [0.8, 1] where used(Double(second)) < level && used(Double(second + 1)) >= level {
            tell(
                .sustainedFlexion(
                    SustainedFlexion(
                        meanDegrees: bend.degrees - 4, peakDegrees: bend.degrees, budgetUsed: level)),
                from: start + .seconds(bend.at), to: start + .seconds(Double(second + 1)), isOngoing: true,
                hear)
        }
    }

    /// How long a bend lasts that is held for long, seconds, and how much of its holding time it uses.
    private static let held = 150.0
    private static let heldBudget = 1.1
}
