import LumbarLive
import Testing

/// `lumbarctl export` in each of its formats.
struct MonthExports {
    let month: SimulatedMonth
    private var stored: [TrueDay] { month.days.filter(\.isStored) }

    func check() throws {
        let folder = month.folder.path + "/tables"
        _ = try month.tell("export", "--format", "csv", "--output", folder)
        try days(try ExportedTable(folder + "/days.csv"))
        try minutes(try ExportedTable(folder + "/minutes.csv"))
        try postures(try ExportedTable(folder + "/postures.csv"))
        try episodes(try ExportedTable(folder + "/episodes.csv"))
        try alerts(try ExportedTable(folder + "/alerts.csv"))
        try ieee1752()
        try fhir()
        try prometheus()
    }

    // MARK: CSV

    /// Every column of every day; percentiles have a column each, and what is nested is left out.
    private func days(_ table: ExportedTable) throws {
        try #require(table.rows.count == stored.count)
        for (row, day) in zip(table.rows, stored) {
            var expected: [String: Expected] = [:]
            for (key, value) in day.summary where key != "type" {
                switch value {
                case .list: break
                case .table(let members):
                    let (stem, unit) =
                        key == "flexion_rate_dps" ? ("flexion_rate", "dps") : ("flexion", "deg")
                    guard key == "flexion_deg" || key == "flexion_rate_dps" else { continue }
                    for (percentile, value) in members { expected["\(stem)_\(percentile)_\(unit)"] = value }
                default: expected[key] = key == "eva_s" ? nil : value
                }
            }
            // No sensor but the one on the back, and nothing that it could not tell.
            for key in ["angles_only_s", "with_thigh_s", "with_thorax_s"] { expected[key] = .null }
            let members = zip(table.columns, row).map { column, cell in
                JSONValue.Member(String(column), ExportedTable.value(cell))
            }
            let complaints = Expected.table(expected).complaints(
                about: .object(members), "days.csv \(day.date)")
            #expect(complaints.isEmpty, "\(complaints)")
        }
    }

    /// What is in the minutes of each day adds up to the day.
    private func minutes(_ table: ExportedTable) throws {
        let keys =
            TrueDay.postures.map { $0 + "_s" } + [
                "over_30_deg_s", "over_45_deg_s", "over_60_deg_s", "bends", "deep_bends", "lifts",
                "strained_lifts", "steps", "postural_shifts", "alerts",
            ]
        let sums = try table.sums(of: keys, by: "start_time")
        #expect(sums.keys.sorted() == stored.map(\.date))
        for day in stored {
            for (key, sum) in zip(keys, sums[day.date] ?? []) {
                #expect(abs(sum - day.number(key)) < 0.01, "minutes.csv: \(key) of \(day.date) is \(sum)")
            }
            let known = (sums[day.date] ?? []).prefix(TrueDay.postures.count).reduce(0, +)
            #expect(abs(known + day.number("no_data_s") - day.length) < 0.01, "\(day.date)")
        }
    }

    /// Spans of postures end at midnight here, and so add up to days as they stand.
    private func postures(_ table: ExportedTable) throws {
        let sums = try table.sums(of: ["duration_s"], by: "start_time", and: "posture")
        for day in stored {
            for posture in TrueDay.postures {
                let sum = sums["\(day.date) \(posture)"]?[0] ?? 0
                #expect(abs(sum - day.number(posture + "_s")) < 0.01, "\(posture) of \(day.date)")
            }
        }
    }

    private func episodes(_ table: ExportedTable) throws {
        let counts = try table.sums(of: [], by: "end_time", and: "type")
        for day in stored {
            func count(_ type: String) -> Double { counts["\(day.date) \(type)"]?.last ?? 0 }
            #expect(count("bend") == day.number("bends"), "\(day.date)")
            #expect(count("lift") == day.number("lifts"), "\(day.date)")
            #expect(count("twist") == day.number("twists"), "\(day.date)")
            #expect(count("sustained_flexion") == day.number("held_bends"), "\(day.date)")
        }
        // A bout that ends at midnight ends on the day after.
        let bouts = try table.sums(of: ["duration_s"], by: "start_time", and: "type")
        for day in stored {
            let sitting = bouts["\(day.date) sitting"] ?? [0, 0]
            #expect(sitting[0] == day.bouts.reduce(0, +) && Int(sitting[1]) == day.bouts.count, "\(day.date)")
        }
    }

    private func alerts(_ table: ExportedTable) throws {
        let counts = try table.rows(with: "told", in: "delivery").sums(of: [], by: "time", and: "rule")
        for day in stored {
            for member in day.told["alerts_by_rule"]?.members ?? [] {
                let count = counts["\(day.date) \(member.name)"]?.last ?? 0
                #expect(count == member.value.double, "\(member.name) on \(day.date)")
            }
        }
    }

    // MARK: Standards

    private func ieee1752() throws {
        var seconds: [String: Double] = [:]
        var steps: [String: Double] = [:]
        for point in try month.lines(["export", "--format", "ieee1752"]) {
            let body = try #require(point["body"])
            let interval = try #require(body["effective_time_frame"]?["time_interval"])
            let date = try #require(interval["start_date_time"]?.text?.prefix(10))
            let activity = try #require(body["activity_name"]?.text)
            let duration = try #require(body["duration"]?["value"]?.double)
            if let quantity = body["base_movement_quantity"]?["value"]?.double {
                steps[String(date)] = quantity
                seconds["\(date) whole day"] = duration
            } else {
                seconds["\(date) \(activity)", default: 0] += duration
            }
        }
        for day in stored {
            #expect(steps[day.date] == day.number("steps"), "\(day.date)")
            #expect(seconds["\(day.date) whole day"] == day.number("walking_s"), "\(day.date)")
            for (name, key) in [
                ("sitting", "sitting_s"), ("standing", "standing_s"), ("walking", "walking_s"),
                ("lying down", "lying_s"),
            ] {
                #expect(
                    abs((seconds["\(day.date) \(name)"] ?? 0) - day.number(key)) < 0.01,
                    "\(name) on \(day.date)")
            }
        }
    }

    private func fhir() throws {
        let bundle = try SimulatedMonth.json(try month.tell("export", "--format", "fhir"))
        #expect(FHIRCheck.complaint(bundle) == nil)
        var days: [String: [String: Double]] = [:]
        var lengths: [String: Double] = [:]
        for resource in (bundle["entry"]?.elements ?? []).compactMap({ $0["resource"] }) {
            guard let period = resource["effectivePeriod"], let start = period["start"]?.text,
                let end = period["end"]?.text,
                let code = resource["code"]?["coding"]?.elements.first?["code"]?.text
            else { continue }
            let date = String(start.prefix(10))
            #expect(days[date]?[code] == nil, "\(code) of \(date) twice")
            days[date, default: [:]][code] = resource["valueQuantity"]?["value"]?.double
            lengths[date] = try TimeText.seconds(end) - TimeText.seconds(start)
            #expect(resource["status"]?.text == "final")
        }
        #expect(days.keys.sorted() == stored.map(\.date))
        let postures = ["lying", "sitting", "standing", "walking", "unknown-posture", "not-worn"]
        for day in stored {
            var truth: [String: Double] = [
                "41950-7": day.number("steps"), "no-data-time": day.number("no_data_s"),
                "longest-sitting-bout": day.bouts.max() ?? 0, "sitting-breaks": day.number("sitting_breaks"),
                "flexion-over-45-deg-time": day.number("over_45_deg_s"), "bends": day.number("bends"),
                "deep-bends": day.number("deep_bends"), "probable-lifts": day.number("lifts"),
            ]
            for (name, posture) in zip(postures, TrueDay.postures) {
                truth[name + "-time"] = day.number(posture + "_s")
            }
            #expect(days[day.date] == truth, "\(day.date)")
            #expect(lengths[day.date] == day.length, "\(day.date)")
            let states = (postures.map { $0 + "-time" } + ["no-data-time"]).compactMap { days[day.date]?[$0] }
            #expect(states.reduce(0, +) == day.length, "\(day.date)")
        }
    }

    /// Totals of the days that are stored: one on which the machine was off is in none of them.
    private func prometheus() throws {
        var truth: [String: Double] = [:]
        func sum(_ key: String) -> Double { stored.reduce(0) { $0 + $1.number(key) } }
        for posture in TrueDay.postures {
            truth["lumbard_posture_seconds_total{posture=\"\(posture)\"}"] = sum(posture + "_s")
        }
        truth["lumbard_no_data_seconds_total"] = sum("no_data_s")
        for degrees in [30, 45, 60] {
            truth["lumbard_flexion_seconds_total{over_degrees=\"\(degrees)\"}"] = sum("over_\(degrees)_deg_s")
        }
        for key in [
            "bends", "deep_bends", "lifts", "strained_lifts", "steps", "sitting_breaks", "postural_shifts",
        ] {
            truth["lumbard_\(key)_total"] = sum(key)
        }
        for member in stored[0].told["alerts_by_rule"]?.members ?? [] {
            let count = stored.reduce(0) { $0 + $1.alerts(member.name) }
            truth["lumbard_alerts_total{rule=\"\(member.name)\"}"] = Double(count)
        }
        for line in try month.tell("export", "--format", "prometheus").split(separator: "\n")
        where !line.hasPrefix("#") {
            let parts = line.split(separator: " ")
            if let expected = truth.removeValue(forKey: String(parts[0])) {
                #expect(Double(parts[1]) == expected, "\(line)")
            } else {
                #expect(
                    line.hasPrefix("lumbard_build_info") || line.hasPrefix("lumbard_history_size"), "\(line)")
            }
        }
        #expect(truth.isEmpty, "\(truth.keys.sorted())")
    }
}

/// A table as it was exported.
struct ExportedTable {
    let columns: [Substring]
    private(set) var rows: [[Substring]]

    init(_ path: String) throws {
        let lines = String(decoding: try Files.read(path), as: UTF8.self).split { $0.isNewline }
        columns = lines.first?.split(separator: ",") ?? []
        rows = lines.dropFirst().map(Self.cells)
    }

    /// The cells of a line; commas in quotes are part of a cell, as are the quotes.
    private static func cells(_ line: Substring) -> [Substring] {
        var cells: [Substring] = []
        var start = line.startIndex
        var isQuoted = false
        for index in line.indices {
            if line[index] == "\"" { isQuoted.toggle() }
            guard line[index] == ",", !isQuoted else { continue }
            cells.append(line[start..<index])
            start = line.index(after: index)
        }
        return cells + [line[start...]]
    }

    /// The rows that have `value` in `column`.
    func rows(with value: String, in column: String) throws -> ExportedTable {
        let place = try #require(columns.firstIndex { $0 == column }, "\(column)")
        var table = self
        table.rows = rows.filter { $0[place] == value }
        return table
    }

    /// A cell as the value it stands for.
    static func value(_ cell: Substring) -> JSONValue {
        if cell.isEmpty { return .null }
        if cell == "true" || cell == "false" { return .bool(cell == "true") }
        return Double(cell).map { .number($0) } ?? .string(String(cell))
    }

    /// Sums by the local day of the column `time`, and by what is in another; the number of rows comes last.
    func sums(of keys: [String], by time: String, and other: String? = nil) throws -> [String: [Double]] {
        func place(_ name: String) throws -> Int {
            try #require(columns.firstIndex { $0 == name }, "\(name)")
        }
        let (day, group) = (try place(time), try other.map(place))
        let places = try keys.map(place)
        var sums: [String: [Double]] = [:]
        for row in rows {
            let name = row[day].prefix(10) + (group.map { " " + row[$0] } ?? "")
            var sum = sums[String(name)] ?? Array(repeating: 0, count: keys.count + 1)
            for (index, place) in places.enumerated() { sum[index] += Double(row[place]) ?? .nan }
            sum[keys.count] += 1
            sums[String(name)] = sum
        }
        return sums
    }
}

/// Times with their offset, as RFC 3339 writes them.
enum TimeText {
    struct NoTime: Error { let text: String }

    /// Seconds since 1970 in UTC.
    static func seconds(_ text: String) throws -> Double {
        let digits = text.split { !$0.isNumber }.compactMap { Double($0) }
        guard digits.count >= 8 else { throw NoTime(text: text) }
        // Fractions are zeros in all that is simulated.
        let zone = digits.suffix(2)
        let offset = (zone.first ?? 0) * 3600 + (zone.last ?? 0) * 60
        let isWest = text.suffix(6).first == "-"
        let days = Self.days(Int(digits[0]), Int(digits[1]), Int(digits[2]))
        let local = Double(days) * 86_400 + digits[3] * 3600 + digits[4] * 60 + digits[5]
        return local - (isWest ? -offset : offset)
    }

    /// Days since 1970.
    private static func days(_ year: Int, _ month: Int, _ day: Int) -> Int {
        let years = 1970..<year
        let leap = { (year: Int) in year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }
        let months = [31, leap(year) ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        return years.reduce(0) { $0 + (leap($1) ? 366 : 365) } + months.prefix(month - 1).reduce(0, +) + day
            - 1
    }
}
