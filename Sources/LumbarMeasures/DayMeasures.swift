import LumbarCore

/// Everything that is worked out from what a day's summary holds.
///
/// Nothing in here is stored: the sums it rests on are, so a better formula counts for the past too. All times are
/// seconds. Times of lying, not worn and no data are in none of the trunk measures.
public struct DayMeasures: Sendable, Equatable {
    /// How the sitting is split up, in bouts of whole minutes; nil without bouts.
    public let fragmentation: Fragmentation?
    /// Time in bouts of sitting of 20, 30 and 60 minutes and more.
    public let secondsInLongBouts: [Double]
    /// Times sitting was broken, per hour of sitting; nil without sitting.
    public let breaksPerSittingHour: Double?
    /// Shifts of the trunk while seated, per hour of sitting; nil without sitting.
    public let shiftsPerSittingHour: Double?
    /// Flexion of the trunk, degrees.
    public let flexion: ExposureDistribution?
    /// The same while seated.
    public let flexionSeated: ExposureDistribution?
    /// The same while standing or walking.
    public let flexionOnFeet: ExposureDistribution?
    /// Size of the flexion rate, degrees per second.
    public let speed: ExposureDistribution?
    /// Inclination against duration.
    public let variation: ExposureVariation?
    /// Time in the zones of the standards.
    public let zones: TrunkZones?
    /// The moment on the low back, added up: an unloaded model.
    public let moment: CumulativeMoment
    /// Median steps a minute while walking; nil without walking.
    public let cadence: Double?
    /// Time that the measures of the trunk rest on.
    public let exposureSeconds: Double
    /// The part of it in which forward was not known.
    public let forwardUnknownSeconds: Double
    /// Time worn in an unknown posture, in none of the above.
    public let unplacedSeconds: Double

    /// Lengths of bouts of which the time is told, minutes.
    public static let longBoutMinutes = [20, 30, 60]

    /// The measures of `day`.
    public init(_ day: DailySummary) {
        fragmentation = Fragmentation(
            day.boutSeconds.map { Int(min(1e9, max(1, ($0 / 60).rounded(.toNearestOrAwayFromZero)))) })
        secondsInLongBouts = Self.longBoutMinutes.map { minutes in
            day.boutSeconds.reduce(0) { $1 >= Double(minutes) * 60 ? $0 + $1 : $0 }
        }
        let hours = day.seconds(.sitting) / 3600
        breaksPerSittingHour = hours > 0 ? Double(day.sittingBreaks) / hours : nil
        shiftsPerSittingHour = hours > 0 ? Double(day.posturalShifts) / hours : nil
        let table = day.exposure
        flexion = .flexion(table, [ExposureTable.flexionSeated, ExposureTable.flexionOnFeet])
        flexionSeated = .flexion(table, [ExposureTable.flexionSeated])
        flexionOnFeet = .flexion(table, [ExposureTable.flexionOnFeet])
        speed = .speed(table)
        variation = ExposureVariation(table)
        zones = TrunkZones(table)
        moment = CumulativeMoment(table, body: day.body)
        cadence = ExposureDistribution.cadence(table)?.level(50)
        let seen = table.total(ExposureTable.flexionSeated) &+ table.total(ExposureTable.flexionOnFeet)
        exposureSeconds = Double(seen) / 1000
        forwardUnknownSeconds = Double(table[ExposureTable.forwardUnknown, 0]) / 1000
        unplacedSeconds = Double(table[ExposureTable.unplaced, 0]) / 1000
    }
}
