import LumbarCore
import LumbarMeasures

/// A training at work: what today is for, and the session that goes on.
struct TrainingWatch: Sendable {
    private(set) var course: TrainingCourse?
    /// The local day, and what it is for.
    private(set) var today: CivilDate?
    private(set) var duty = TrainingCourse.Duty.nothing
    private(set) var session: Session?
    /// A deep bend of the session that wants to be told.
    private(set) var untold: Episode?
    /// The session of today that was brought to its end.
    private(set) var made: TrainingSession?
    /// Whether the wearer was told today how deep or how often they bend.
    private var wasTold = false
    private var feet = FeetClock()
    /// What `feet` showed when the stretch of wearing began in which a session may begin.
    private var stretch = Elapsed.zero

    /// Time on the feet before a session begins.
    static let warmUp = Elapsed.minutes(5)
    /// Bends are told with at least this between them.
    static let spacing = Elapsed.seconds(10)
    /// The flexion that bends go past.
    static let limitDegrees = 60.0

    /// A session that goes on.
    struct Session: Sendable {
        let start: Instant
        let minutes: Int
        /// What the clock of the feet showed when it began.
        let base: Elapsed
        var count = BendCount()
        /// When a bend was told last, and how often was spoken.
        var told: Instant?
        var words = 1
    }

    /// How long the session of today is to be; nil when there is none, or it was.
    var minutes: Int? {
        switch duty {
        case .session(let minutes), .booster(let minutes): made == nil ? minutes : nil
        case .retention, .nothing: nil
        }
    }

    var isMeasured: Bool { if case .retention = duty { true } else { false } }

    /// What the day comes to, for its summary.
    var day: DayTraining? {
        if let made { return .sessions([made]) }
        if case .retention(let weeks) = duty { return .retention(weeks: weeks) }
        return nil
    }

    // MARK: What happened

    mutating func take(_ log: TrainingLog?, _ anchor: WallAnchor?, at now: Instant) {
        course = log.map(TrainingCourse.init)
        // What was made before it was stopped is still of the day.
        if log != nil { made = nil }
        cut(at: now)
        look(anchor, at: now)
    }

    /// Finds out what day it is, and what that is for.
    mutating func look(_ anchor: WallAnchor?, at now: Instant) {
        let date = anchor?.date(at: now)
        if date != today {
            cut(at: now)
            made = nil
        }
        today = date
        made = made ?? course?.log.sessions.last { $0.date == date }
        if let course, let date { duty = course.duty(on: date) } else { duty = .nothing }
    }

    mutating func beginDay(_ anchor: WallAnchor?, at now: Instant) {
        cut(at: now)
        wasTold = false
        made = nil
        look(anchor, at: now)
    }

    /// Takes days that are over; what the log told of earlier ones is known better.
    mutating func learn(_ days: [DailySummary]) {
        guard course != nil else { return }
        for summary in days {
            guard var day = TrainingDay(summary),
                course?.log.days.contains(where: { $0.date == day.date }) == false
            else { continue }
            day.wasTold = day.date == today && wasTold
            course?.add(day)
        }
    }

    mutating func note(_ alert: Alert) {
        if alert.delivery == .told, AlertRule.tellBends.contains(alert.rule) { wasTold = true }
    }

    /// Whatever goes on is not counted, and another session may begin.
    mutating func cut(at now: Instant) {
        session = nil
        untold = nil
        stretch = feet.total(at: now)
    }

    mutating func lose(at now: Instant) {
        feet.stop(at: now)
        cut(at: now)
    }

    mutating func receive(_ episode: Episode) {
        switch episode.kind {
        case .posture(let posture):
            feet.receive(posture, episode)
            if posture == .notWorn, episode.isOngoing, session == nil {
                stretch = feet.total(at: episode.start)
            }
        case .bend(let bend):
            guard !episode.isOngoing, let start = session?.start, episode.start >= start else { return }
            let isDeep = bend.peakDegrees > Self.limitDegrees
            session?.count.bends += 1
            guard isDeep else { return }
            session?.count.deep += 1
            let isSoon = session?.told.map { episode.decided - $0 < Self.spacing } ?? false
            if !isSoon { untold = episode }
        default: break
        }
    }

    // MARK: When

    /// When the session is over, if the wearer stays on the feet; nil when they are not on them.
    var end: Instant? { session.flatMap { feet.reach($0.base + .minutes(Double($0.minutes))) } }

    /// When one may begin, if the wearer stays on the feet.
    var ready: Instant? { minutes == nil ? nil : feet.reach(stretch + Self.warmUp) }

    /// Time on the feet since the sensor was put on, or since midnight.
    func standing(at now: Instant) -> Elapsed { feet.total(at: now) - stretch }

    // MARK: What is said

    mutating func begin(_ minutes: Int, at now: Instant) {
        session = Session(start: now, minutes: minutes, base: feet.total(at: now))
    }

    /// Takes what is to be told of a bend, and how often was spoken in the session with it.
    mutating func tellBend(at now: Instant) -> (episode: Episode, words: Int)? {
        guard let episode = untold else { return nil }
        untold = nil
        session?.told = now
        session?.words += 1
        return (episode, session?.words ?? 1)
    }

    /// A bend that is told to nobody.
    mutating func passOver() { untold = nil }

    /// Ends the session; with `counts` the course goes on by it.
    mutating func finish(at now: Instant, counts: Bool) -> Session? {
        guard let ended = session, let today else { return nil }
        let session = TrainingSession(date: today, seconds: Double(ended.minutes) * 60, count: ended.count)
        made = session
        if counts {
            course?.add(session)
            duty = course?.duty(on: today) ?? .nothing
        }
        cut(at: now)
        return ended
    }
}

/// How long a wearer has been on the feet, standing or walking.
struct FeetClock: Sendable {
    private var counted = Elapsed.zero
    private var since: Instant?
    /// Up to when it was counted.
    private var until = Instant(nanoseconds: .min)
    /// Start of the posture that goes on.
    private var present: Instant?

    mutating func receive(_ posture: Posture, _ episode: Episode) {
        guard episode.isOngoing else {
            if episode.start == present { stop(at: episode.end) }
            return
        }
        present = episode.start
        guard posture == .standing || posture == .walking else { return stop(at: episode.start) }
        if since == nil { since = max(episode.start, until) }
    }

    mutating func stop(at time: Instant) {
        guard let start = since else { return }
        let end = max(start, time)
        counted = counted + (end - start)
        until = end
        since = nil
    }

    func total(at time: Instant) -> Elapsed {
        counted + (since.map { max(.zero, time - $0) } ?? .zero)
    }

    /// When the total gets to `wanted`, if the wearer stays on the feet; nil when they are not on them.
    func reach(_ wanted: Elapsed) -> Instant? { since.map { $0 + (wanted - counted) } }
}
