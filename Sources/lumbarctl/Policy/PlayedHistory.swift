import LumbarAlerts
import LumbarCore
import LumbarReport
import LumbarStore

/// The history of a wearer over some days, for policies to be played over.
struct PlayedHistory {
    /// The first local day, and the last.
    let first: CivilDate
    let last: CivilDate
    /// The days of which anything is stored.
    let days: [CivilDate]
    /// When the first minute began that is played; nil when there is none.
    let begins: WallTime?
    /// What was really said, that of rules on trial included.
    let told: [StoredAlert]
    /// How much more was said on days of whose minutes none are kept: nothing can be played over those.
    let leftOut: Int
    /// Whether it was not kept yet what was asked for, on some of these days.
    let isPartlyBlind: Bool
    private let boots: [StoredBoot]
    private let replay: PolicyReplay

    /// Days before the first one that are played too, so that it begins with what was known.
    private static let before: Int64 = 2
    /// For how long answers count, as for the daemon.
    private static let answersCount = Elapsed.hours(24 * 90)

    init(
        _ store: Store, _ entries: Entries?, _ wearer: WearerID, from first: CivilDate,
        through last: CivilDate, clock: LocalClock
    ) throws {
        self.first = first
        self.last = last
        let early = CivilDate(daysSinceEpoch: first.daysSinceEpoch - Self.before)
        // Days are those of the zone that was in force: one that was ahead of this machine's began theirs before its own, one
        // behind it ended theirs after.
        let after = CivilDate(daysSinceEpoch: last.daysSinceEpoch + 2)
        let start = clock.start(of: early)
        let boots = try store.boots(of: wearer, from: start, until: clock.start(of: after))
        self.boots = boots
        var recorded = boots.map { RecordedBoot($0, from: start) }
        if let (name, since) = try store.profile(of: wearer, before: start) {
            Self.add(AlertProfile(rawValue: name), since: since, to: &recorded)
        }
        if let entries { try Self.add(entries, wearer, to: &recorded, boots) }
        let week = CivilDate(daysSinceEpoch: early.daysSinceEpoch - 7)
        replay = PolicyReplay(
            wearer: wearer, boots: recorded,
            days: try store.summaries(from: week, through: last, wearer: wearer),
            trained: try Self.trained(store, wearer, before: early, clock))
        let span = first.daysSinceEpoch...last.daysSinceEpoch
        var dates: Set<Int64> = []
        var begins: WallTime?
        for boot in boots {
            for epoch in boot.epochs {
                let place = boot.place(epoch.start)
                guard let wall = place.wall else { continue }
                begins = begins.map { min($0, wall) } ?? wall
                let date = WallAnchor(instant: .zero, wall: wall, zone: place.zone).date(at: .zero)
                if span.contains(date.daysSinceEpoch) { dates.insert(date.daysSinceEpoch) }
            }
        }
        self.begins = begins
        days = dates.sorted().map { CivilDate(daysSinceEpoch: $0) }
        let said = boots.flatMap(\.alerts).filter { $0.isIn(span) }
        told = said.filter { $0.isIn(dates) }.inOrder
        leftOut = said.count { $0.alert.delivery == .told } - told.count { $0.alert.delivery == .told }
        isPartlyBlind = boots.contains { !$0.isFull && !$0.episodes.isEmpty }
    }

    /// The alerts that a policy would have given on these `days`, those of rules on trial included.
    func alerts(_ policy: PolicySettings) -> [StoredAlert] {
        let dates = Set(days.map(\.daysSinceEpoch))
        return replay.alerts(policy.alerts, pace: policy.pace).map { played in
            StoredAlert(alert: played.alert, place: boots[played.boot].place(played.alert.time))
        }.filter { $0.isIn(dates) }.inOrder
    }

    // MARK: What people said and asked for

    /// What was made of a training that was asked for before `early` and goes on, and how sessions are found.
    private static func trained(
        _ store: Store, _ wearer: WearerID, before early: CivilDate, _ clock: LocalClock
    ) throws -> PolicyReplay.Trained {
        let asked = try store.asked(.training, of: wearer, before: clock.start(of: early))
        var log: TrainingLog?
        if let plan = asked.flatMap({ TrainingPlan($0) }) {
            log = try store.trainingLog(plan, wearer: wearer, today: early, zone: clock.zone(of:))
            log?.sessions.removeAll { $0.date >= early }
        }
        return PolicyReplay.Trained(log) { TrainingSession($0, on: $1) }
    }

    /// The profile in force at the beginning.
    private static func add(_ profile: AlertProfile?, since: WallTime, to recorded: inout [RecordedBoot]) {
        guard let profile, let first = recorded.first, let start = first.firstMoment else { return }
        let asked = WearerControl.profile(profile, since: first.clock?.instant(at: since))
        recorded[0].controls.insert(RecordedBoot.Timed(asked, at: start), at: 0)
    }

    /// Answers and spasms, each from when it was said.
    private static func add(
        _ entries: Entries, _ wearer: WearerID, to recorded: inout [RecordedBoot], _ boots: [StoredBoot]
    ) throws {
        var said: [(wall: WallTime, control: (WallAnchor) -> WearerControl)] = []
        let spasms = try entries.diary().filter { $0.kind == .spasm && $0.wearer == wearer }
        for entry in spasms {
            // The daemon goes by the latest spasm that it knows of, which need not be the one that was noted last.
            let known = spasms.filter { $0.written <= entry.written }
            let latest = known.max { $0.time < $1.time } ?? entry
            said.append(
                (
                    entry.written,
                    { .spasm(at: $0.instant(at: latest.time), noted: $0.instant(at: latest.written)) }
                ))
        }
        let answers = try entries.acknowledgements(wearer: wearer)
        for answer in answers {
            let limit = answer.time + Elapsed(nanoseconds: -answersCount.nanoseconds)
            let known = answers.filter { $0.time <= answer.time && ($0.alertTime ?? $0.time) >= limit }
            let counted = Entries.ruleAnswers(Entries.counting(known))
            said.append((answer.time, { _ in .answers(counted) }))
        }
        for (wall, control) in said.sorted(by: { $0.wall < $1.wall }) {
            // Said while the machine was off, it is heard when that starts.
            guard
                let place = recorded.indices.first(where: { index in
                    recorded[index].lastMoment.map { boots[index].clock.wall(at: $0) >= wall } ?? false
                }), let first = recorded[place].firstMoment
            else { continue }
            let clock = boots[place].clock
            recorded[place].controls.append(
                RecordedBoot.Timed(control(clock), at: max(first, clock.instant(at: wall))))
        }
    }
}

extension RecordedBoot {
    /// What is stored of a boot, for a stretch that begins at `start`.
    ///
    /// What was asked for before is there too, since it may still hold; not so a training, whose sessions the log of it has.
    init(_ stored: StoredBoot, from start: WallTime) {
        self.init()
        anchors = stored.anchors
        clock = stored.clock
        episodes = stored.episodes
        epochs = stored.epochs
        runs = stored.runs.map { Run(from: $0.from, until: $0.until) }
        trusts = stored.trusts.map { Timed($0.trust, at: $0.time) }
        controls = stored.asked.compactMap { asked in
            guard let time = asked.asked else { return nil }
            if asked.kind == .training, stored.place(time).wall.map({ $0 < start }) ?? true { return nil }
            return WearerControl(asked).map { Timed($0, at: time) }
        }
        addEnds(ofPauses: stored.asked.filter { $0.kind == .pause })
    }

    /// That a pause ran out is not kept: it knew its end, unless something else was asked for before that.
    private mutating func addEnds(ofPauses pauses: [AskedControl]) {
        for pause in pauses {
            guard let time = pause.asked, let until = pause.term?.until else { continue }
            let isReplaced = pauses.contains { other in
                other.asked.map { $0 > time && $0 <= until } ?? false
            }
            if !isReplaced { controls.append(Timed(.pause(false), at: until)) }
        }
    }

    fileprivate var firstMoment: Instant? {
        let firsts = [episodes.map(\.start).min(), epochs.map(\.start).min(), controls.map(\.time).min()]
        return firsts.compactMap { $0 }.min()
    }

    fileprivate var lastMoment: Instant? {
        let lasts = [episodes.map(\.end).max(), epochs.map(\.start).max(), controls.map(\.time).max()]
        return lasts.compactMap { $0 }.max()
    }
}

extension StoredAlert {
    /// Whether it was raised on one of these local days.
    fileprivate func isIn(_ days: ClosedRange<Int64>) -> Bool {
        localDate.map { days.contains($0.daysSinceEpoch) } ?? false
    }

    fileprivate func isIn(_ days: Set<Int64>) -> Bool {
        localDate.map { days.contains($0.daysSinceEpoch) } ?? false
    }
}

extension [StoredAlert] {
    fileprivate var inOrder: [StoredAlert] {
        enumerated().sorted {
            let left = $0.element.place.wall ?? WallTime(nanoseconds: .min)
            let right = $1.element.place.wall ?? WallTime(nanoseconds: .min)
            return (left, $0.offset) < (right, $1.offset)
        }.map(\.element)
    }
}
