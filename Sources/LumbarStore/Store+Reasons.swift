import LumbarCore

/// Why alerts were raised and whether they were told, as columns of the table `alert`; and the table `alert_trace`.
extension Store {
    /// Columns `shadow` to `calibration_age_s`.
    static func reasonColumns(of alert: Alert) -> [SQLValue] {
        let shadow = alert.delivery == .shadow ? SQLValue.int(1) : .null
        guard let reason = alert.reason else { return [shadow] + Array(repeating: .null, count: 9) }
        return [
            shadow, .text(reason.clause), .real(reason.measured), .real(reason.threshold),
            .text(reason.unit.rawValue), .real(reason.dwell.seconds),
            reason.uncertainty.map { .real($0) } ?? .null, .real(reason.confidence), .text(reason.algorithm),
            reason.calibrationAge.map { .real($0.seconds) } ?? .null,
        ]
    }

    /// Adds what those columns say, from `first` on.
    static func addReason(in row: Row, from first: Int32, to alert: inout Alert) {
        if row.flag(first) { alert.delivery = .shadow }
        guard !row.isNull(first + 1), let unit = MeasureUnit(rawValue: row.text(first + 4)) else { return }
        alert.reason = AlertReason(
            clause: row.text(first + 1), measured: row.real(first + 2), threshold: row.real(first + 3),
            unit: unit, dwell: .seconds(row.real(first + 5)),
            uncertainty: row.isNull(first + 6) ? nil : row.real(first + 6),
            confidence: row.real(first + 7), algorithm: row.text(first + 8),
            calibrationAge: row.isNull(first + 9) ? nil : .seconds(row.real(first + 9)))
    }

    // MARK: Traces

    func insert(
        _ trace: AlertTrace, of key: AlertKey, boot: Int64, while action: String
    ) throws(StoreError) {
        try database.run(
            """
            INSERT OR REPLACE INTO alert_trace (boot, wearer, time_ns, rule, episode_start_ns, step, start_ns, interval_ns,
                flexion, posture)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(boot), .int(try wearerRow(key.wearer, while: action)), .int(key.time.nanoseconds),
                .text(key.rule.rawValue), .int(key.episodeStart.nanoseconds), .int(key.step),
                .int(trace.start.nanoseconds), .int(trace.interval.nanoseconds),
                .blob(TraceBytes.flexion(trace.flexionDegrees)), .blob(TraceBytes.postures(trace.postures)),
            ], while: action)
    }

    /// The traces of alerts that were raised in the range.
    func eachTrace(
        boot: Int64, bootID: String, from: Instant, until: Instant,
        _ body: (AlertTrace, AlertKey) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            """
            SELECT name, time_ns, rule, episode_start_ns, step, start_ns, interval_ns, flexion, posture
            FROM alert_trace JOIN wearer ON wearer.id = alert_trace.wearer
            WHERE boot = ?1 AND time_ns >= ?2 AND time_ns < ?3 ORDER BY time_ns
            """, [.int(boot), .int(from.nanoseconds), .int(until.nanoseconds)], while: "reading traces"
        ) { row throws(StoreError) in
            guard let rule = AlertRule(rawValue: row.text(2)), row.int(6) > 0 else { return }
            let key = AlertKey(
                bootID: bootID, time: Instant(nanoseconds: row.int(1)), wearer: WearerID(row.text(0)),
                rule: rule, episodeStart: Instant(nanoseconds: row.int(3)), step: row.count(4))
            let angles = TraceBytes.flexion(row.blob(7))
            let postures = TraceBytes.postures(row.blob(8))
            let count = min(angles.count, postures.count)
            let trace = AlertTrace(
                start: Instant(nanoseconds: row.int(5)), interval: Elapsed(nanoseconds: row.int(6)),
                flexionDegrees: Array(angles.prefix(count)), postures: Array(postures.prefix(count)))
            try body(trace, key)
        }
    }

    /// What was measured around the alert with this key; nil when that was not kept.
    public func trace(of key: AlertKey) throws(StoreError) -> AlertTrace? {
        guard
            let boot = try database.integer(
                "SELECT id FROM boot WHERE boot_id = ?1", [.text(key.bootID)], while: "reading the boots")
        else { return nil }
        var found: AlertTrace?
        let next = key.time + Elapsed(nanoseconds: 1)
        try eachTrace(boot: boot, bootID: key.bootID, from: key.time, until: next) { trace, of in
            if of == key { found = trace }
        }
        return found
    }
}

/// The two curves of a trace as blobs, a byte for each interval.
enum TraceBytes {
    /// Stands for an angle that was not known.
    private static let unknown = UInt8(bitPattern: Int8.min)
    /// More intervals than any trace has; a longer blob is damaged.
    static let most = 4096

    static func flexion(_ degrees: [Int?]) -> [UInt8] {
        degrees.prefix(most).map { angle in
            guard let angle else { return unknown }
            return UInt8(bitPattern: Int8(min(max(angle, -127), 127)))
        }
    }

    static func flexion(_ bytes: [UInt8]) -> [Int?] {
        bytes.prefix(most).map { $0 == unknown ? nil : Int(Int8(bitPattern: $0)) }
    }

    static func postures(_ postures: [Posture]) -> [UInt8] { postures.prefix(most).map { UInt8($0.index) } }

    static func postures(_ bytes: [UInt8]) -> [Posture] {
        bytes.prefix(most).map { Posture(index: Int($0)) ?? .unknown }
    }
}
