import LumbarCore

extension Store {
    /// What is stored of `date` for one wearer, to rebuild the day after a restart.
    ///
    /// `anchor` says where the day lies (by its zone) and which clock the instants are wanted on: those of `bootID` come as
    /// they are, and those of earlier boots are moved onto that clock by way of wall time, so they may be negative.
    /// Alerts belong to the day they come in, episodes to every day they reach into. Minutes belong to the day that holds
    /// their middle: a day's first minute begins at its midnight, which a clock that was corrected by a hair puts into the
    /// day before.
    public func day(
        _ date: CivilDate, by anchor: WallAnchor, bootID: String, wearer: WearerID
    ) throws(StoreError) -> StoredDay {
        let start = anchor.zone.start(of: date)
        let end = anchor.zone.start(of: CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1))
        var day = StoredDay()
        for span in try timeline().spans {
            guard let range = span.instants(from: start, until: end) else { continue }
            let move: (Instant) -> Instant = { instant in
                span.bootID == bootID ? instant : anchor.instant(at: span.wall(at: instant))
            }
            let before = day.count
            try add(
                span, from: range.from, until: range.until, walls: start..<end, of: wearer, to: &day, move)
            if span.bootID != bootID, day.count > before { day.reachesBack = true }
        }
        day.epochs.sort { $0.start < $1.start }
        day.episodes.sort { ($0.start, $0.end) < ($1.start, $1.end) }
        day.alerts.sort { $0.time < $1.time }
        return day
    }

    private func add(
        _ span: Timeline.Span, from: Instant, until: Instant, walls: Range<WallTime>, of wearer: WearerID,
        to day: inout StoredDay, _ move: (Instant) -> Instant
    ) throws(StoreError) {
        let early = max(span.from, from - Elapsed.seconds(60))
        try eachEpoch(boot: span.boot, from: early, until: until) { found throws(StoreError) in
            let middle = found.start + Elapsed(nanoseconds: found.length.nanoseconds / 2)
            guard found.wearer == wearer, walls.contains(span.wall(at: middle)) else { return }
            var epoch = found
            epoch.start = move(found.start)
            day.epochs.append(epoch)
        }
        try eachAlert(boot: span.boot, from: from, until: until) { found throws(StoreError) in
            guard found.wearer == wearer else { return }
            var alert = found
            alert.time = move(found.time)
            alert.episodeStart = move(found.episodeStart)
            day.alerts.append(alert)
        }
        let take: (Episode, WearerID) throws(StoreError) -> Void = { found, owner throws(StoreError) in
            guard owner == wearer, found.end > from else { return }
            var episode = found
            episode.start = move(found.start)
            episode.end = move(found.end)
            episode.decided = move(found.decided)
            day.episodes.append(episode)
        }
        // Nothing but a posture lasts longer than two days, and postures follow each other without a gap.
        let reach = Elapsed.hours(48)
        try eachEpisode(boot: span.boot, from: max(span.from, from - reach), until: until, take)
        let firstPosture = try startOfPosture(boot: span.boot, at: from, wearer: wearer) ?? from
        try eachPosture(boot: span.boot, from: max(span.from, firstPosture), until: until, take)
    }

    private func startOfPosture(
        boot: Int64, at instant: Instant, wearer: WearerID
    ) throws(StoreError) -> Instant? {
        let action = "reading postures"
        guard let row = try wearerRow(named: wearer, while: action) else { return nil }
        return try database.integer(
            """
            SELECT start_ns FROM posture_span WHERE boot = ?1 AND start_ns <= ?2 AND wearer = ?3
            ORDER BY start_ns DESC LIMIT 1
            """, [.int(boot), .int(instant.nanoseconds), .int(row)], while: action
        ).map { Instant(nanoseconds: $0) }
    }
}

extension StoredDay {
    fileprivate var count: Int { epochs.count + episodes.count + alerts.count }
}
