import LumbarCore

extension Store {
    /// The alerts raised in [since, until) of wall time, in the order of time; the newest `limit` of them.
    ///
    /// Those that were told to nobody, because their rule is on trial, are among them only when asked for.
    public func alerts(
        since: WallTime = WallTime(nanoseconds: .min), until: WallTime = WallTime(nanoseconds: .max),
        wearer: WearerID? = nil, limit: Int = .max, withShadows: Bool = false
    ) throws(StoreError) -> [StoredAlert] {
        var found: [StoredAlert] = []
        for span in try timeline().spans {
            guard let range = span.instants(from: since, until: until) else { continue }
            try eachAlert(boot: span.boot, from: range.from, until: range.until) { alert throws(StoreError) in
                guard wearer == nil || alert.wearer == wearer, withShadows || alert.delivery == .told
                else { return }
                found.append(StoredAlert(alert: alert, place: Store.place(alert.time, in: span)))
            }
        }
        // Boots follow each other, but a clock that was wrong may put one before its turn.
        found.sort { ($0.place.wall?.nanoseconds ?? 0) < ($1.place.wall?.nanoseconds ?? 0) }
        return Array(found.suffix(max(0, limit)))
    }

    static func place(_ instant: Instant, in span: Timeline.Span?) -> Place? {
        span.map { place(instant, in: $0) }
    }

    static func place(_ instant: Instant, in span: Timeline.Span) -> Place {
        Place(bootID: span.bootID, wall: span.wall(at: instant), zone: span.zone)
    }

    /// The summary of a local day, complete or so far; nil when there is none.
    public func summary(of date: CivilDate, wearer: WearerID = .sole) throws(StoreError) -> DailySummary? {
        var found: DailySummary?
        try eachSummary(from: date, through: date) { summary, _ throws(StoreError) in
            if summary.wearer == wearer { found = summary }
        }
        return found
    }

    /// The days from `first` through `last` that have a summary, in order, for one wearer or for all.
    public func summaries(
        from first: CivilDate, through last: CivilDate, wearer: WearerID? = .sole
    ) throws(StoreError) -> [DailySummary] {
        var found: [DailySummary] = []
        try eachSummary(from: first, through: last) { summary, _ throws(StoreError) in
            if wearer == nil || summary.wearer == wearer { found.append(summary) }
        }
        return found
    }

    /// The local days that have a summary, in order.
    public func days(wearer: WearerID = .sole) throws(StoreError) -> [CivilDate] {
        var found: [CivilDate] = []
        try database.each(
            "SELECT date FROM summary JOIN wearer ON wearer.id = summary.wearer WHERE name = ?1 ORDER BY date",
            [.text(wearer.text)], while: "reading the list of days"
        ) { row in
            if let date = Store.date(row.text(0)) { found.append(date) }
        }
        return found
    }

    /// The names of everyone with something stored.
    public func wearers() throws(StoreError) -> [WearerID] {
        var found: [WearerID] = []
        try database.each("SELECT name FROM wearer ORDER BY id", while: "reading the wearers") { row in
            found.append(WearerID(row.text(0)))
        }
        return found
    }

    /// The last anchor of the last boot that has one, with that boot: the clock of a reader that has none of its own.
    public func latestAnchor() throws(StoreError) -> (anchor: WallAnchor, bootID: String)? {
        guard let last = try timeline().spans.last else { return nil }
        // The clock may be another anchor's; the zone is always the last one's.
        return (WallAnchor(instant: last.clock.instant, wall: last.clock.wall, zone: last.zone), last.bootID)
    }

    func eachSummary(
        from first: CivilDate, through last: CivilDate,
        _ body: (DailySummary, String) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, date, complete, boot_id, start_ns, end_ns,
                lying_s, sitting_s, standing_s, walking_s, unknown_s, not_worn_s, no_data_s,
                sitting_bouts, sitting_bouts_over_30_min, longest_sitting_s, sitting_breaks, postural_shifts,
                bends, deep_bends, over_30_s, over_45_s, over_60_s, lifts, strained_lifts, steps, alerts,
                exposure, bouts_s, body_mass_kg, body_height_m, angles_only_s, thigh_s, thorax_s
            FROM summary JOIN wearer ON wearer.id = summary.wearer JOIN boot ON boot.id = summary.boot
            WHERE date >= ?1 AND date <= ?2 ORDER BY date, name
            """, [.text(first.description), .text(last.description)], while: "reading summaries"
        ) { row throws(StoreError) in
            try body(Store.summary(in: row), row.text(3))
        }
    }

    private static func summary(in row: Row) -> DailySummary {
        var day = DailySummary(
            wearer: WearerID(row.text(0)), date: date(row.text(1)), start: Instant(nanoseconds: row.int(4)),
            end: Instant(nanoseconds: row.int(5)), isComplete: row.flag(2))
        for posture in Posture.allCases {
            day.postureSeconds[posture.index] = row.real(6 + Int32(posture.index))
        }
        day.noDataSeconds = row.real(12)
        day.sittingBouts = row.count(13)
        day.sittingBoutsOver30Minutes = row.count(14)
        day.longestSittingSeconds = row.real(15)
        day.sittingBreaks = row.count(16)
        day.posturalShifts = row.count(17)
        day.bends = row.count(18)
        day.deepBends = row.count(19)
        day.over30Seconds = row.real(20)
        day.over45Seconds = row.real(21)
        day.over60Seconds = row.real(22)
        day.lifts = row.count(23)
        day.strainedLifts = row.count(24)
        day.steps = row.count(25)
        day.alerts = row.count(26)
        day.exposure = PackedExposure(bytes: row.blob(27)).table ?? ExposureTable()
        day.boutSeconds = BoutBytes.seconds(row.blob(28))
        day.sensors = SensorTime(in: row, from: 31)
        // A day of before these columns: the defaults stand in, and there is nothing to multiply them with.
        if !row.isNull(29) { day.body = BodySize(mass: row.real(29), height: row.real(30)) }
        return day
    }

    /// `YYYY-MM-DD` as this store writes it.
    private static func date(_ text: String) -> CivilDate? {
        let parts = text.split(separator: "-").compactMap { Int($0) }
        return parts.count == 3 ? CivilDate(year: parts[0], month: parts[1], day: parts[2]) : nil
    }
}
