import LumbarCore

/// What is still open about a seat: whether who was seen to sit down stays, and whether a walk that no move set apart from
/// a stair ended on one.
///
/// Both are settled by time without a step. Ten seconds below are sitting for sure, whatever the tilt says after that.
/// Who may have sat down and takes no step for half a minute rather sits: people who stand shift their feet.
struct SeatDoubt: Sendable {
    private var satAt: Instant?
    /// For how long idleness has been weighed, seconds; nil when there is nothing to weigh.
    private var idleness: Double?

    /// Below for so long without a step: sitting for sure.
    static let settled = Elapsed.seconds(10)
    /// Chance of having sat down at the end of a walk below which standing still is standing still.
    static let leastChance = 0.2
    /// What a second without a step is worth, nats.
    static let evidencePerSecond = 0.06
    /// For how long it is worth that, seconds.
    static let longest = 30.0

    /// A step: nothing is open.
    mutating func clear() {
        satAt = nil
        idleness = nil
    }

    /// A walk ended in a move that was no clear sitting down; `chance` is that it was one all the same.
    mutating func walkEnded(chance: Double) { idleness = chance > Self.leastChance ? 0 : nil }

    /// A change of posture settled, onto a seat at `satDown` or off one.
    mutating func changed(satDown: Instant?) { satAt = satDown }

    /// Whether it has just become certain that who sat down stays, once.
    mutating func becomesCertain(at now: Instant) -> Bool {
        guard let since = satAt, now - since >= Self.settled else { return false }
        satAt = nil
        return true
    }

    /// Evidence for sitting, nats, from `seconds` more on the feet, as it seems, without a step; nil when nothing is open.
    mutating func evidence(standing seconds: Double) -> Double? {
        guard let idle = idleness, idle < Self.longest else { return nil }
        idleness = idle + seconds
        return Self.evidencePerSecond * seconds
    }
}
