import Glibc
import LumbarCore
import LumbarReport
import LumbarStore

/// One export: rows out of the store, lines into the output, nothing kept in between.
struct ExportRun {
    let store: Store
    let path: String
    let clock: LocalClock
    let span: ExportSpan
    let place: ExportPlace

    // MARK: Formats

    /// Everything, as it is stored.
    func ndjson() throws {
        let output = try place.single()
        try eachRow { row in try output.write(line: StoredJSON.line(row, isExact: true)) }
        guard let entries = try Entries(readingBeside: path) else { return }
        for load in try entries.loads(wearer: span.wearer) where span.holds(load.time) {
            try output.write(line: DeclaredLoadJSON.line(load, zone: clock.zone(at: load.time)))
        }
        for entry in try entries.diary(wearer: span.wearer) where span.holds(entry.time) {
            try output.write(line: DiaryJSON.line(entry))
        }
        for answer in try entries.acknowledgements(wearer: span.wearer) where span.holds(answer.time) {
            try output.write(line: AcknowledgementJSON.line(answer, zone: clock.zone))
        }
    }

    /// Tables; days are added up from minutes when they have no summary, as `lumbarctl summary` does.
    func csv(only table: CSVTable?) throws {
        var outputs: [CSVTable: StandardOutput] = [:]
        for each in CSVTable.allCases where table == nil || table == each {
            let output = try table == nil ? place.file(each.rawValue + ".csv") : place.single()
            try output.write(line: each.header)
            outputs[each] = output
        }
        if let output = outputs[.days] {
            try eachDay { day, _ in try output.write(line: CSVTable.line(day)) }
        }
        if let output = outputs[.diary] {
            for entry in try Entries(readingBeside: path)?.diary(wearer: span.wearer) ?? []
            where span.holds(entry.time) {
                try output.write(line: CSVTable.line(entry))
            }
        }
        guard table == nil || [.minutes, .episodes, .postures, .alerts].contains(table) else { return }
        try eachRow { row in
            guard let (table, line) = CSVTable.line(row), table != .days else { return }
            try outputs[table]?.write(line: line)
        }
    }

    /// Data points of IEEE 1752.1; what has none is counted and told.
    func ieee1752() throws {
        let output = try place.single()
        var export = IEEE1752Export(identity: try identity())
        try eachDay { day, zone in
            if let line = export.line(day, zone: zone) { try output.write(line: line) }
        }
        try eachRow { row in
            if let line = export.line(row) { try output.write(line: line) }
        }
        let left = [
            (export.unknown, "of unknown posture"), (export.notWorn, "not worn"),
            (export.undated, "at an unknown time"),
        ].filter { $0.0 > 0 }
        guard !left.isEmpty else { return }
        let list = left.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
        StandardError.write("lumbarctl: \(export.points) data points; spans without a counterpart: \(list)")
    }

    /// A FHIR bundle of days.
    func fhir() throws {
        let output = try place.single()
        var export = FHIRExport(identity: try identity(), version: ReleaseName.version)
        try output.write(bytes: Array(export.begin(made: clock.now, clock.zone(at: clock.now)).utf8))
        let diary = try Entries(readingBeside: path)?.diary(wearer: span.wearer) ?? []
        var patients = try wearers()
        for entry in diary where !patients.contains(entry.wearer) { patients.append(entry.wearer) }
        for wearer in patients { try output.write(bytes: Array(export.patient(wearer).utf8)) }
        try eachDay { day, zone in
            try output.write(bytes: Array(export.observations(day, zone: zone).utf8))
        }
        for entry in diary {
            guard let pain = entry.pain, span.holds(entry.time) else { continue }
            let felt = PainEntry(
                id: entry.uniqueID.description, time: entry.time, zone: entry.zone, pain: pain,
                note: entry.note, wearer: entry.wearer)
            try output.write(bytes: Array(export.observation(felt).utf8))
        }
        try output.write(bytes: Array(export.end().utf8))
    }

    /// Totals and today of one wearer.
    func prometheus(wearer name: String?) throws {
        let wearer = try span.wearer ?? store.wearer(named: name, for: "whose with --wearer")
        var totals = PrometheusText.Totals()
        var today: DailySummary?
        try eachDay(of: wearer) { day, _ in
            totals.add(day)
            if day.date == clock.today { today = day }
        }
        var counts = AlertRule.allCases.map { (rule: $0, count: 0) }
        for alert in try store.alerts(wearer: wearer) {
            if let index = counts.firstIndex(where: { $0.rule == alert.alert.rule }) {
                counts[index].count += 1
            }
        }
        var status = stat()
        let size = stat(path, &status) == 0 ? Int(status.st_size) : 0
        let text = PrometheusText.text(
            totals: totals, today: today, alerts: counts, lastMinute: try lastMinute(of: wearer),
            historyBytes: size, version: ReleaseName.version)
        // For a collector, which is another user.
        try place.single(mode: 0o644).write(bytes: Array(text.utf8))
    }

    // MARK: Rows and days

    private func wearers() throws -> [WearerID] { try span.wearer.map { [$0] } ?? store.wearers() }

    /// Names that cannot be guessed from outside: the first boot's is random.
    private func identity() throws -> ExportIdentity {
        ExportIdentity(mark: try store.earliestAnchor()?.bootID ?? "no boot")
    }

    private func eachRow(_ body: (ExportedRow) throws -> Void) throws {
        var failure: (any Error)?
        var progress = ExportProgress()
        try store.export { row in
            guard failure == nil, span.holds(row, zone: clock.zone(of:)) else { return }
            do { try body(row) } catch { failure = error }
            progress.add()
        }
        progress.finish()
        if let failure { throw failure }
    }

    private func eachDay(_ body: (DailySummary, ZoneRule) throws -> Void) throws {
        for wearer in try wearers() { try eachDay(of: wearer, body) }
    }

    /// The days of a wearer in order, a month at a time, each with the zone's rule of its beginning.
    private func eachDay(of wearer: WearerID, _ body: (DailySummary, ZoneRule) throws -> Void) throws {
        guard let (first, last) = try range(of: wearer) else { return }
        let days = StoredDays(store: store, clock: clock, wearer: wearer)
        var number = first.daysSinceEpoch
        while number <= last.daysSinceEpoch {
            let end = min(number + 30, last.daysSinceEpoch)
            let from = CivilDate(daysSinceEpoch: number)
            for day in try days.summaries(from: from, through: CivilDate(daysSinceEpoch: end)) {
                guard let date = day.date else { continue }
                let zone = clock.zone(of: date)
                if span.holds(day: date, zone) { try body(day, zone) }
            }
            number = end + 1
        }
    }

    private func range(of wearer: WearerID) throws -> (CivilDate, CivilDate)? {
        let dates = try store.days(wearer: wearer)
        let anchored = try store.earliestAnchor().map { clock.zone(at: $0.wall).date(at: $0.wall) }
        guard var first = [dates.first, anchored].compactMap({ $0 }).min() else { return nil }
        var last = max(clock.today, dates.last ?? clock.today)
        if let since = span.since { first = max(first, clock.zone(at: since).date(at: since)) }
        if let until = span.until { last = min(last, clock.zone(at: until).date(at: until)) }
        // A clock that never was set says 1970: nobody wore a sensor then, and the days would be many.
        first = max(first, CivilDate(year: 2020, month: 1, day: 1))
        return first <= last ? (first, last) : nil
    }

    private func lastMinute(of wearer: WearerID) throws -> WallTime? {
        guard let reference = try store.latestAnchor() else { return nil }
        for back in Int64(0)...7 {
            var anchor = reference.anchor
            let date = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch - back)
            anchor.zone = clock.zone(of: date)
            let day = try store.day(date, by: anchor, bootID: reference.bootID, wearer: wearer)
            if let last = day.epochs.last { return anchor.wall(at: last.start + last.length) }
        }
        return nil
    }
}
