import LumbarCore

/// What the wearer's body does and did, as far as rules need it: posture, time on the feet, rests, rides, the morning.
struct BodyTimes: Sendable {
    private(set) var posture = Posture.unknown
    private(set) var postureStart: Instant?
    /// Until when the wearer was last known not to sit: the end of such a posture, once that was heard of.
    private(set) var offSeatUntil: Instant?
    /// Since when the wearer stands without a break.
    private(set) var stance = StandingWatch()
    /// Since when the wearer has been on the feet; a while of unknown posture ends it not.
    private(set) var uprightSince: Instant?
    /// The end of the last posture on the feet that was told as complete.
    private var uprightUntil: Instant?
    /// The last time that they were for ten minutes and more, and that is over.
    private var uprightRun: (since: Instant, until: Instant)?
    /// Since when the wearer sits in a moving vehicle.
    private(set) var ridingSince: Instant?
    private(set) var risenAt: Instant?
    private(set) var guardedUntil: Instant?
    /// The latest bout of sitting as last told.
    private(set) var seat: (start: Instant, end: Instant, bout: SittingBout)?
    /// The record of it that last told of a shift of the trunk since the one before.
    private(set) var shiftedAt: Instant?
    /// The latest rest that was left.
    private(set) var rest: Rest?

    /// Upright for so long is awake and about.
    static let upright = Elapsed.minutes(10)

    mutating func receive(_ episode: Episode) {
        switch episode.kind {
        case .posture(let new): receive(new, episode)
        case .sitting(let bout):
            // The first record of a bout counts all its shifts so far, and says not when they were: it comes before any
            // that could put off a step.
            if let seat, seat.start == episode.start, bout.posturalShifts > seat.bout.posturalShifts {
                shiftedAt = episode.end
            }
            seat = (episode.start, episode.end, bout)
        case .rising(let rising):
            risenAt = episode.start
            guardedUntil = episode.start + .seconds(rising.guardedSeconds)
            let lying = Elapsed.seconds(rising.lyingSeconds)
            rest = Rest(
                kind: .lying, start: episode.start - lying, seconds: rising.lyingSeconds, end: episode.start)
        case .ride: ridingSince = episode.isOngoing ? episode.start : nil
        default: break
        }
    }

    private mutating func receive(_ new: Posture, _ episode: Episode) {
        stance.receive(new, episode)
        guard episode.isOngoing else {
            guard episode.start == postureStart else { return }
            if new != .sitting, new != .unknown { offSeatUntil = episode.end }
            if new.isOnTheFeet { uprightUntil = episode.end }
            // Between the end of one posture and news of the next nothing is known.
            posture = .unknown
            postureStart = nil
            return
        }
        switch new {
        case .standing, .walking:
            uprightSince = uprightSince ?? episode.start
            if posture != new { leaveSeat(at: episode.start) }
        case .sitting, .lying, .notWorn: endUpright(at: episode.start)
        case .unknown: break
        }
        posture = new
        postureStart = episode.start
    }

    private mutating func endUpright(at time: Instant) {
        if let since = uprightSince, time - since >= Self.upright { uprightRun = (since, time) }
        uprightSince = nil
    }

    /// Getting up ends a rest, whether or not the detector calls it a break.
    private mutating func leaveSeat(at time: Instant) {
        guard let seat, time >= seat.start, time - seat.end <= .minutes(2) else { return }
        // Walking on from where they stood up is not getting up again.
        if let rest, rest.start == seat.start, rest.end >= seat.end { return }
        let more = max(0, (time - seat.end).seconds)
        rest = Rest(
            kind: .sitting, start: seat.start, seconds: seat.bout.seatedSeconds + more, end: time,
            shifts: seat.bout.posturalShifts, flexionDegrees: seat.bout.meanFlexionDegrees)
    }

    /// The sensor fell silent: what goes on is not known any more, and what was so far is.
    mutating func lose(at time: Instant) {
        if let until = posture.isOnTheFeet ? time : uprightUntil { endUpright(at: until) }
        posture = .unknown
        postureStart = nil
        uprightSince = nil
        ridingSince = nil
    }

    /// Takes what was known of the wearer before a restart, of complete episodes in any order: since then they have been up
    /// all the same.
    mutating func recall(_ episodes: [Episode]) {
        var before = BodyTimes()
        var last: Instant?
        for var posture in episodes.filter(\.isPosture).sorted(by: { $0.start < $1.start }) {
            if let last, posture.start - last > KnownPosture.silence { before.lose(at: last) }
            last = posture.end
            posture.isOngoing = true
            before.receive(posture)
            posture.isOngoing = false
            before.receive(posture)
        }
        if let last { before.lose(at: last) }
        uprightRun = uprightRun ?? before.uprightRun
    }

    /// When the wearer gets to ten minutes on the feet since `time`, if they stay on them.
    func upright(since time: Instant) -> Instant? {
        uprightSince.map { max($0, time) + Self.upright }
    }

    /// Whether they were at some time since `time`, until something else followed.
    func wasUpright(since time: Instant) -> Bool {
        uprightRun.map { $0.until - max($0.since, time) >= Self.upright } ?? false
    }

    /// When the wearer got up, if `time` is soon enough after it.
    func rise(before time: Instant) -> Instant? {
        guard let risenAt, let guardedUntil, time >= risenAt, time < guardedUntil else { return nil }
        return risenAt
    }

    /// Which vetoes the body gives.
    var vetoes: Vetoes {
        var out: Vetoes = ridingSince == nil ? [] : .riding
        switch posture {
        case .walking: out.insert(.walking)
        case .lying: out.insert(.lying)
        case .notWorn: out.insert(.notWorn)
        case .sitting: out.insert(.seated)
        case .standing: out.insert(.standing)
        case .unknown: out.insert(.unknownPosture)
        }
        return out
    }
}

extension Posture {
    /// Whether the wearer stands or walks.
    fileprivate var isOnTheFeet: Bool { self == .standing || self == .walking }
}

/// A long rest in one place that was left: what it was, how long it lasted, and when it was over.
struct Rest: Sendable, Equatable {
    enum Kind: Sendable { case sitting, lying }
    var kind: Kind
    var start: Instant
    var seconds: Double
    var end: Instant
    /// Shifts of the trunk meanwhile, for sitting.
    var shifts = 0
    /// Mean flexion meanwhile, for sitting, where it is known.
    var flexionDegrees: Double?

    /// Whether the back has crept in it: half an hour seated, hardly moving and, where that is known, not upright; or three
    /// hours lying.
    var isLong: Bool {
        switch kind {
        case .lying: seconds >= 3 * 3600
        case .sitting:
            seconds >= 30 * 60 && Double(shifts) * 900 <= seconds && flexionDegrees.map { $0 >= 10 } ?? true
        }
    }
}
