import LumbarCore

/// Which alerts a policy would have given: the real one, played over what is stored of a wearer.
///
/// It hears in the order in which it heard live: what is due before what happens, minutes when they were closed, at
/// midnight the day before, and after a start of the machine or of the daemon what was stored of the day, the sessions of a
/// training included. What went on while it was told of is unfolded from complete episodes (`EpisodeUnfolding`), which says
/// how far moments may differ.
///
/// What cannot be known any more: how well the angle was known at each alert, what was going on when the daemon was killed or
/// lost its power, starts of the daemon in histories of before version 7, and what would have happened next, had something
/// else been said. A wearer who was told to get up and did is credited with that break in every policy, also in one that
/// would have kept silent.
public struct PolicyReplay {
    /// An alert that would have been given, and in which boot, by its place.
    public struct Played: Sendable, Equatable {
        /// The alert, on the clock of that boot.
        public var alert: Alert
        /// Which boot.
        public var boot: Int
    }

    private let wearer: WearerID
    /// Run after run, and which of the boots each belongs to.
    private let runs: [RecordedBoot]
    private let boots: [Int]
    let days: [DailySummary]
    private let trained: Trained?

    /// What is stored of `wearer`, boot after boot, and of days before and in it, in the order of dates; and what was made
    /// of a training before.
    public init(
        wearer: WearerID, boots: [RecordedBoot], days: [DailySummary] = [], trained: Trained? = nil
    ) {
        self.wearer = wearer
        self.trained = trained
        let parts = boots.map(\.parts)
        runs = parts.flatMap { $0 }
        self.boots = parts.enumerated().flatMap { place, parts in parts.map { _ in place } }
        self.days = days
    }

    /// The alerts that a policy with `settings` would have given, in order, had detectors reported at this pace what went on.
    public func alerts(_ settings: AlertSettings, pace: ReportPace = ReportPace()) -> [Played] {
        var all: [Played] = []
        var standing = StandingControls(training: trained?.log)
        for place in runs.indices {
            guard let start = runs[place].start else { continue }
            var player = RunPlayer(settings, wearer, runs[place], days)
            let present = runs[..<place].indices.filter { boots[$0] == boots[place] }
            player.restore(all, runs[..<place], ofThisBoot: present, at: start)
            let controls = standing.controls(on: runs[place].clock, at: start)
            player.apply(controls.map { logged($0, all, at: start, in: runs[place]) }, at: start)
            player.play(EpisodeUnfolding.heard(in: runs[place], pace: pace))
            for alert in player.alerts { all.append(Played(alert: alert, boot: place)) }
            standing.note(runs[place])
        }
        return all.map { Played(alert: $0.alert, boot: boots[$0.boot]) }
    }

    /// The clock of the run that an alert was given in.
    func clock(of played: Played) -> WallAnchor? { runs[played.boot].clock }

    /// The session of a training that `alert` ended on `date`.
    func session(_ alert: Alert, _ date: CivilDate) -> TrainingSession? { trained?.session(alert, date) }
}

/// Plays one run of the program.
private struct RunPlayer {
    private var policy: AlertPolicy
    private(set) var alerts: [Alert] = []
    private let boot: RecordedBoot
    private let days: [DailySummary]
    private var epochs: ArraySlice<MinuteEpoch>
    private var anchor: WallAnchor?
    private var date: CivilDate?
    private var lastClosed: CivilDate?

    init(_ settings: AlertSettings, _ wearer: WearerID, _ boot: RecordedBoot, _ days: [DailySummary]) {
        policy = AlertPolicy(settings: settings, wearer: wearer)
        self.boot = boot
        self.days = days
        epochs = boot.epochs.sorted { $0.start < $1.start }[...]
    }

    /// As after a start of the daemon: the week before, and what is stored of the day.
    ///
    /// By the clock that was known then, which may have been wrong: once it is right the daemon begins a run anew, with the
    /// day that it is. Histories without runs do not tell, and are believed to have gone by the clock that is right.
    mutating func restore(
        _ before: [PolicyReplay.Played], _ earlier: ArraySlice<RecordedBoot>, ofThisBoot present: [Int],
        at start: Instant
    ) {
        let known = boot.anchors.last { $0.instant <= start } ?? boot.anchors.first
        if let known { set(known, at: min(start, known.instant)) }
        guard let right = boot.clock else { return }
        let clock = boot.isRun ? known ?? right : right
        let today = clock.date(at: start)
        let week = days.filter {
            $0.date.map { $0 < today && today.daysSinceEpoch - $0.daysSinceEpoch <= 7 } ?? false
        }
        policy.recentDays(week)
        let tomorrow = CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)
        let span = clock.zone.start(of: today)..<clock.zone.start(of: tomorrow)
        let move: (Instant, Int) -> Instant? = { instant, place in
            // What this boot said before lies where it lay, whatever clock there is.
            if present.contains(place) { return span.contains(clock.wall(at: instant)) ? instant : nil }
            guard let wall = earlier[place].clock?.wall(at: instant), span.contains(wall) else { return nil }
            return clock.instant(at: wall)
        }
        var told: [Alert] = []
        for played in before.reversed() {
            guard let time = move(played.alert.time, played.boot) else { continue }
            var alert = played.alert
            alert.episodeStart = alert.episodeStart + (time - alert.time)
            alert.time = time
            told.append(alert)
        }
        var episodes: [Episode] = []
        var epochs: [MinuteEpoch] = []
        for place in earlier.indices where earlier[place].last.flatMap({ move($0, place) }) != nil {
            let other = earlier[place]
            for epoch in other.epochs {
                guard let start = move(epoch.start, place) else { continue }
                var epoch = epoch
                epoch.start = start
                epochs.append(epoch)
            }
            for episode in other.episodes {
                guard let end = move(episode.end, place) else { continue }
                var moved = episode
                moved.start = moved.start + (end - episode.end)
                moved.decided = moved.decided + (end - episode.end)
                moved.end = end
                episodes.append(moved)
            }
        }
        policy.restore(told.reversed(), episodes: episodes, epochs: epochs, at: start)
    }

    mutating func apply(_ controls: [WearerControl], at time: Instant) {
        for control in controls { policy.apply(control, at: time) }
    }

    /// What happens, in order; of several at one moment the wall clock first, then what the sensor says, then people.
    private enum Event {
        case anchor(WallAnchor)
        case trust(MountTrust)
        case heard(EpisodeUnfolding.Heard.Fact)
        case control(WearerControl)
    }

    mutating func play(_ heard: [EpisodeUnfolding.Heard]) {
        var events: [(time: Instant, rank: Int, event: Event)] = []
        let known = anchor?.instant
        for anchor in boot.anchors where known.map({ anchor.instant > $0 }) ?? true {
            events.append((anchor.instant, -3, .anchor(anchor)))
        }
        for trust in boot.trusts { events.append((trust.time, -2, .trust(trust.value))) }
        for fact in heard { events.append((fact.time, fact.rank, .heard(fact.fact))) }
        for control in boot.controls { events.append((control.time, 200, .control(control.value))) }
        let order = events.enumerated().sorted {
            ($0.element.time, $0.element.rank, $0.offset) < ($1.element.time, $1.element.rank, $1.offset)
        }
        for (_, event) in order where boot.stop.map({ event.time <= $0 }) ?? true {
            advance(to: event.time)
            take(event.event, at: event.time)
        }
        if let last = boot.last { advance(to: last) }
    }

    private mutating func take(_ event: Event, at time: Instant) {
        switch event {
        case .anchor(let anchor): set(anchor, at: time)
        case .trust(let trust): policy.setTrust(trust, at: time)
        case .heard(.connected): policy.connected(at: time)
        case .heard(.lost): policy.lost(at: time)
        case .heard(.episode(let episode)): policy.receive(episode, at: time, into: &alerts)
        case .control(let control): policy.apply(control, at: time)
        }
    }

    // As `Wearer` does.
    private mutating func set(_ new: WallAnchor, at time: Instant) {
        anchor = new
        policy.setAnchor(new, at: time)
        let today = new.date(at: time)
        var wanted = today
        if let lastClosed, today <= lastClosed {
            wanted = CivilDate(daysSinceEpoch: lastClosed.daysSinceEpoch + 1)
        }
        date = wanted
    }

    // MARK: Time

    private mutating func advance(to now: Instant) {
        while let midnight, let next = [nextOfWearer, midnight].compactMap({ $0 }).min(), next <= now {
            if let own = nextOfWearer, own <= midnight {
                advanceWearer(to: own)
            } else {
                closeDay(at: midnight)
            }
        }
        while let next = nextOfWearer, next <= now { advanceWearer(to: next) }
        policy.advance(to: now, into: &alerts)
    }

    private var nextOfWearer: Instant? {
        let epoch = epochs.first.map { $0.start + DayLedger.minute + DayLedger.lag }
        return [policy.nextDeadline, epoch].compactMap { $0 }.min()
    }

    private var midnight: Instant? {
        guard let anchor, let date else { return nil }
        return anchor.instant(at: anchor.zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)))
    }

    private mutating func advanceWearer(to now: Instant) {
        policy.advance(to: now, into: &alerts)
        while let first = epochs.first, first.start + DayLedger.minute + DayLedger.lag <= now {
            epochs.removeFirst()
            policy.receive(first, at: now)
        }
        policy.advance(to: now, into: &alerts)
    }

    /// Minutes that were not closed by then the policy never hears of.
    private mutating func closeDay(at now: Instant) {
        guard let today = date else { return }
        epochs = epochs.drop { $0.start < now }
        policy.recentDays(days.filter { $0.date == today })
        policy.beginDay(at: now)
        lastClosed = today
        date = CivilDate(daysSinceEpoch: today.daysSinceEpoch + 1)
    }
}

/// What was asked for and still holds when the machine starts again.
private struct StandingControls {
    private var profile: (asked: AlertProfile?, since: WallTime)?
    private var training: WearerControl?
    private var answers: WearerControl?
    private var snooze: (until: WallTime, endsUpright: Bool)?
    private var spasm: (began: WallTime, noted: WallTime)?

    /// Of a profile that nobody knows the time of.
    private static let longAgo = Instant(nanoseconds: .min)

    init(training: TrainingLog?) { self.training = training.map { .training($0) } }

    mutating func note(_ boot: RecordedBoot) {
        for control in boot.controls {
            switch control.value {
            case .profile(let asked, let since):
                let time = since ?? control.time
                profile = (asked, boot.clock?.wall(at: time) ?? WallTime(nanoseconds: .min))
            case .training: training = control.value
            case .pause: break
            case .answers: answers = control.value
            case .spasm(let time, let noted):
                spasm = time.flatMap { time in
                    boot.clock.map { ($0.wall(at: time), $0.wall(at: noted ?? time)) }
                }
            case .wake: snooze = nil
            case .snooze(let until, let endsUpright):
                snooze = boot.clock.map { ($0.wall(at: until), endsUpright) }
            }
        }
    }

    func controls(on clock: WallAnchor?, at start: Instant) -> [WearerControl] {
        let since = profile.flatMap { profile in clock.map { $0.instant(at: profile.since) } }
        let asked = profile.map { WearerControl.profile($0.asked, since: since ?? Self.longAgo) }
        var all = [asked, answers, training].compactMap { $0 }
        guard let clock else { return all }
        if let spasm {
            all.append(.spasm(at: clock.instant(at: spasm.began), noted: clock.instant(at: spasm.noted)))
        }
        if let snooze, clock.instant(at: snooze.until) > start {
            all.append(.snooze(until: clock.instant(at: snooze.until), endsUpright: snooze.endsUpright))
        }
        return all
    }
}
