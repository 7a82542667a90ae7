import LumbarCore

/// What a program that goes on with a stored day rests on: the wall clock by which it was read.
///
/// A machine without a clock of its own starts with the time at which it was switched off. Yesterday is then read for
/// today, and what an earlier boot said today may lie in the future. Once the clock is set, the day has to be read again.
public struct DayBasis: Sendable {
    /// Whether anything of an earlier boot is in the day, where a clock that is set moves it.
    private var reachesBack = false

    /// Less than this matters to no budget and to no cooldown.
    static let tolerance = Elapsed.minutes(1)

    /// Nothing was read yet.
    public init() {}

    /// This was read.
    public mutating func take(_ day: StoredDay) { reachesBack = reachesBack || day.reachesBack }

    /// Whether `new` shows the day to be another one, or parts of it to lie elsewhere, than by the clock in force before.
    public func isOutdated(by new: WallAnchor, after old: WallAnchor) -> Bool {
        let isSet = Self.isSet(new, after: old)
        let isElsewhere = new.zone.offset(at: new.wall) != old.zone.offset(at: new.wall)
        // A midnight that moves by a hair is no other day.
        guard isSet || isElsewhere else { return false }
        return new.date(at: new.instant) != old.date(at: new.instant) || (isSet && reachesBack)
    }

    /// Whether the clock was set, and not only its zone.
    public static func isSet(_ new: WallAnchor, after old: WallAnchor) -> Bool {
        let drift = new.wall.nanoseconds - old.wall(at: new.instant).nanoseconds
        return drift.magnitude >= UInt64(tolerance.nanoseconds)
    }
}
