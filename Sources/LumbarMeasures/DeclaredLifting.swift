import LumbarCore

/// What two ergonomics models say of the lifting that the wearer declared for a day: of that task, not of the wearer.
///
/// The frequency for the NIOSH multiplier is that of the probable lifts that were seen; where fewer were seen than
/// declared it is on the low side. LiFFT rests on the declared loads alone.
public struct DeclaredLifting: Sendable, Equatable {
    /// One declaration with its moment.
    public struct Task: Sendable, Equatable {
        /// What was declared.
        public let load: DeclaredLoad
        /// Moment that the load adds on the low back at its farthest, N·m; the trunk's own comes on top.
        public let addedMoment: Double
    }

    /// The declarations in the order of time.
    public let tasks: [Task]
    /// Lifts declared.
    public let declaredLifts: Int
    /// Probable lifts seen.
    public let seenLifts: Int
    /// NIOSH frequency of the lifts seen; nil when none were.
    public let frequency: LiftingFrequency.Day?
    /// LiFFT damage of the day.
    public let dailyDamage: Double
    /// LiFFT probability that a job of such days is among those with many reported disorders, 0...1.
    public let probability: Double

    /// The lifting of one day; nil when nothing was declared for it.
    ///
    /// `liftTimes` are when probable lifts were seen, in seconds of any clock, in rising order.
    public init?(_ loads: [DeclaredLoad], liftTimes: [Double]) {
        guard !loads.isEmpty else { return nil }
        tasks = loads.map {
            Task(load: $0, addedMoment: FatigueFailure.moment(load: $0.kilograms, reach: $0.reach))
        }
        declaredLifts = loads.reduce(0) { $0 + $1.times }
        seenLifts = liftTimes.count
        frequency = LiftingFrequency.day(liftTimes)
        let damage = tasks.reduce(0) {
            $0 + Double($1.load.times) * FatigueFailure.damagePerLift(moment: $1.addedMoment)
        }
        dailyDamage = damage
        probability = FatigueFailure.probability(dailyDamage: damage)
    }
}
