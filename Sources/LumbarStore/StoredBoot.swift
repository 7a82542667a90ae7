import LumbarCore

/// What is stored of one wearer in a stretch of one run of the machine: what the alert policy knew, and what it said.
public struct StoredBoot: Sendable {
    /// Which.
    public var bootID: String
    /// The wall clock as it was known, in the order of time.
    public var anchors: [WallAnchor] = []
    /// What relates the boot to wall time, as is known by now.
    public var clock: WallAnchor
    /// Complete episodes, postures included.
    public var episodes: [Episode] = []
    /// Minutes.
    public var epochs: [MinuteEpoch] = []
    /// Alerts, those that were told to nobody included.
    public var alerts: [StoredAlert] = []
    /// What was asked for, each with its moment.
    public var asked: [AskedControl] = []
    /// From when on upright was known how well.
    public var trusts: [(time: Instant, trust: MountTrust)] = []
    /// When the program ran in this boot, the runs before the stretch included.
    public var runs: [ProgramRun] = []
    /// Whether it was kept what was asked for: before version 6 it was not.
    public var isFull: Bool
    fileprivate var spans: [Timeline.Span] = []

    /// Where a moment of this boot belongs.
    public func place(_ instant: Instant) -> Place {
        let span = spans.first { $0.from <= instant && instant < $0.until } ?? spans.last
        return Store.place(instant, in: span) ?? Place(bootID: bootID, wall: nil, zone: .utc)
    }
}

extension Store {
    /// What is stored of `wearer` in [from, until) of wall time, boot after boot in the order of time.
    ///
    /// The first of each boot's trusts is the one in force when the stretch begins, at that moment. Boots that never knew
    /// the time cannot be placed and are not among them.
    public func boots(
        of wearer: WearerID, from: WallTime, until: WallTime
    ) throws(StoreError) -> [StoredBoot] {
        var found: [(first: WallTime, boot: StoredBoot)] = []
        var last: Int64?
        for span in try timeline().spans {
            guard let range = span.instants(from: from, until: until) else { continue }
            if last != span.boot {
                found.append((span.wall(at: range.from), try boot(of: span, wearer, before: range.from)))
                last = span.boot
            }
            let place = found.count - 1
            found[place].boot.clock = span.clock
            found[place].boot.spans.append(span)
            try fill(&found[place].boot, span, range.from, range.until, wearer)
        }
        found.removeAll { $0.boot.isEmpty }
        for place in found.indices {
            let first = found[place].boot.firstInstant
            found[place].first = found[place].boot.place(first).wall ?? found[place].first
        }
        return found.enumerated().sorted { ($0.element.first, $0.offset) < ($1.element.first, $1.offset) }
            .map(\.element.boot)
    }

    private func boot(
        of span: Timeline.Span, _ wearer: WearerID, before start: Instant
    ) throws(StoreError) -> StoredBoot {
        var boot = StoredBoot(bootID: span.bootID, clock: span.clock, isFull: false)
        try eachAnchor { found throws(StoreError) in
            if found.boot == span.boot { boot.anchors.append(found.anchor) }
        }
        try eachRun(boot: span.boot) { run throws(StoreError) in boot.runs.append(run) }
        try eachTrust(boot: span.boot, until: start) { trust, whose, _ throws(StoreError) in
            if whose == wearer { boot.trusts = [(start, trust)] }
        }
        try eachAsked(boot: span.boot, until: start) { control throws(StoreError) in
            if control.wearer == wearer { boot.asked.append(control) }
        }
        return boot
    }

    private func fill(
        _ boot: inout StoredBoot, _ span: Timeline.Span, _ from: Instant, _ until: Instant,
        _ wearer: WearerID
    ) throws(StoreError) {
        var part = StoredBoot(bootID: boot.bootID, clock: boot.clock, isFull: false)
        try eachEpoch(boot: span.boot, from: from, until: until) { epoch throws(StoreError) in
            if epoch.wearer == wearer { part.epochs.append(epoch) }
        }
        let take: (Episode, WearerID) throws(StoreError) -> Void = { episode, whose throws(StoreError) in
            if whose == wearer { part.episodes.append(episode) }
        }
        try eachEpisode(boot: span.boot, from: from, until: until, take)
        try eachPosture(boot: span.boot, from: from, until: until, take)
        try eachAlert(boot: span.boot, from: from, until: until) { alert throws(StoreError) in
            guard alert.wearer == wearer else { return }
            let place: Place = Store.place(alert.time, in: span)
            part.alerts.append(StoredAlert(alert: alert, place: place))
        }
        try eachAsked(boot: span.boot, from: from, until: until) { control throws(StoreError) in
            if control.wearer == wearer { part.asked.append(control) }
        }
        try eachTrust(boot: span.boot, from: from, until: until) { trust, whose, time throws(StoreError) in
            if whose == wearer { part.trusts.append((time, trust)) }
        }
        boot.epochs += part.epochs
        boot.episodes += part.episodes
        boot.alerts += part.alerts
        boot.asked += part.asked
        boot.trusts += part.trusts
        boot.isFull = !boot.trusts.isEmpty
    }

    /// The profile that was asked for last before `time`; nil when that of the settings was in force.
    public func profile(
        of wearer: WearerID, before time: WallTime
    ) throws(StoreError) -> (name: String, since: WallTime)? {
        guard let found = try lastAsked(.profile, of: wearer, before: time),
            let name = found.control.term?.detail
        else { return nil }
        return (name, found.wall)
    }

    /// What was asked for last before `time` and had no end then, in its own words; nil when there was nothing.
    public func asked(
        _ kind: AskedControl.Kind, of wearer: WearerID, before time: WallTime
    ) throws(StoreError) -> String? {
        try lastAsked(kind, of: wearer, before: time)?.control.term?.detail
    }

    private func lastAsked(
        _ kind: AskedControl.Kind, of wearer: WearerID, before time: WallTime
    ) throws(StoreError) -> (wall: WallTime, control: AskedControl)? {
        var found: (wall: WallTime, control: AskedControl)?
        for span in try timeline().spans {
            guard let range = span.instants(from: WallTime(nanoseconds: .min), until: time) else { continue }
            try eachAsked(boot: span.boot, from: range.from, until: range.until) {
                control throws(StoreError) in
                guard control.wearer == wearer, control.kind == kind, let asked = control.asked else {
                    return
                }
                let wall = span.wall(at: asked)
                if found.map({ $0.wall <= wall }) ?? true { found = (wall, control) }
            }
        }
        return found
    }

    /// When settings whose key begins with `prefix` changed, in the order of time, with the new value; nil for the default.
    public func settingChanges(
        _ prefix: String
    ) throws(StoreError) -> [(setting: SettingInForce, time: WallTime)] {
        var found: [(setting: SettingInForce, time: WallTime)] = []
        var boots: [Int64] = []
        let timeline = try timeline()
        for span in timeline.spans where boots.last != span.boot {
            boots.append(span.boot)
            try eachSetting(boot: span.boot) { setting, since throws(StoreError) in
                guard setting.key.hasPrefix(prefix),
                    let wall = timeline.span(of: span.boot, at: since)?.wall(at: since)
                else { return }
                found.append((setting, wall))
            }
        }
        return found.sorted { $0.time < $1.time }
    }
}

extension StoredBoot {
    fileprivate var isEmpty: Bool {
        episodes.isEmpty && epochs.isEmpty && alerts.isEmpty && asked.isEmpty
    }

    fileprivate var firstInstant: Instant {
        let firsts = [
            episodes.map(\.start).min(), epochs.map(\.start).min(), alerts.map(\.alert.time).min(),
            asked.compactMap(\.asked).min(),
        ]
        return firsts.compactMap { $0 }.min() ?? .zero
    }
}
