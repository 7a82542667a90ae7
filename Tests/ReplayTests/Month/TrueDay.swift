import Glibc
import LumbarLive

/// A day of the simulation as it really was, and what follows from that for every number of its summary.
///
/// Intervals: what is passed on is exact to the last figure that is printed. Bouts are told in whole minutes, the trunk in
/// bins of a degree (and wider ones of speed and cadence), classes of inclination with a margin of 2.5 degrees; where a
/// number rests on these, its interval is as wide as that leaves open.
struct TrueDay {
    let told: JSONValue
    let date: String
    let length: Double

    init(_ told: JSONValue) {
        self.told = told
        date = told["date"]?.text ?? ""
        length = told["length_s"]?.double ?? 0
    }

    static let postures = ["lying", "sitting", "standing", "walking", "unknown", "not_worn"]

    func number(_ key: String) -> Double { told[key]?.double ?? .nan }
    func numbers(_ key: String) -> [Double] { told[key]?.elements.compactMap(\.double) ?? [] }
    func alerts(_ rule: String) -> Int { told["alerts_by_rule"]?[rule]?.int ?? -1 }

    /// Whether the machine was on.
    var isStored: Bool { number("no_data_s") < length }
    var bouts: [Double] { numbers("sitting_bouts_s") }
    var worn: Double {
        ["lying", "sitting", "standing", "walking", "unknown"].reduce(0) { $0 + number($1 + "_s") }
    }
    var upright: Double { number("sitting_s") + number("standing_s") + number("walking_s") }

    /// What of it `lumbarctl summary` compares with other days, by its name: the day's number, and that per hour upright
    /// or as it is.
    static let measures = [
        "walking_s", "steps", "breaks_per_sitting_hour", "shifts_per_sitting_hour", "standing_s", "sitting_s",
        "longest_sitting_s", "over_30_deg_s", "deep_bends", "lifts",
    ]

    func measure(_ name: String) -> Double {
        switch name {
        case "breaks_per_sitting_hour": number("sitting_breaks") / (number("sitting_s") / 3600)
        case "shifts_per_sitting_hour": number("postural_shifts") / (number("sitting_s") / 3600)
        case "longest_sitting_s": bouts.max() ?? 0
        default: number(name)
        }
    }

    func comparable(_ name: String) -> Double {
        let isRate = name.hasSuffix("_hour") || name == "longest_sitting_s"
        return isRate ? measure(name) : measure(name) / (upright / 3600)
    }

    // MARK: The summary

    /// Every member of the day's summary.
    var summary: [String: Expected] {
        var all = sums
        guard isStored else { return all }
        all.merge(sitting) { $1 }
        all.merge(trunk) { $1 }
        return all
    }

    private var sums: [String: Expected] {
        var all: [String: Expected] = [
            "type": .text("summary"), "date": .text(date), "wearer": .text("me"), "complete": .flag(true),
            "worn_s": .exactly(worn), "posture_sensors": .text("lumbar"), "trunk_sensors": .text("lumbar"),
            "sitting_bouts": .exactly(bouts.count),
            "sitting_bouts_over_30_min": .exactly(bouts.count { $0 >= 1800 }),
            "longest_sitting_s": .exactly(bouts.max() ?? 0),
        ]
        for key in Self.postures.map({ $0 + "_s" }) + [
            "no_data_s", "over_30_deg_s", "over_45_deg_s", "over_60_deg_s",
        ] {
            all[key] = .exactly(number(key))
        }
        for key in [
            "sitting_breaks", "postural_shifts", "bends", "deep_bends", "lifts", "strained_lifts", "steps",
            "alerts",
        ] {
            all[key] = .exactly(Int(number(key)))
        }
        return all
    }

    private var sitting: [String: Expected] {
        var all: [String: Expected] = [
            "sitting_bouts_s": .list(bouts),
            "breaks_per_sitting_hour": .exactly(measure("breaks_per_sitting_hour"), 2),
            "shifts_per_sitting_hour": .exactly(measure("shifts_per_sitting_hour"), 2),
        ]
        for minutes in [20, 30, 60] {
            let long = bouts.filter { $0 >= Double(minutes) * 60 }
            all["sitting_in_bouts_over_\(minutes)_min_s"] = .exactly(long.reduce(0, +))
        }
        let mean = bouts.reduce(0, +) / Double(bouts.count) / 60
        all["sitting_bout_mean_min"] = .within(mean - 0.5, mean + 0.5, 2)
        all["sitting_satp_per_min"] = .within(1 / (mean + 0.5), 1 / (mean - 0.5), 6)
        // Of whole minutes, as MEASURES.md defines them.
        let minutes = bouts.map { ($0 / 60).rounded() }.sorted()
        let n = Double(minutes.count)
        let total = minutes.reduce(0, +)
        let differences = minutes.reduce(0) { sum, a in sum + minutes.reduce(0) { $0 + abs(a - $1) } }
        all["sitting_gini"] = .exactly(differences / (2 * n * total) * n / (n - 1), 6)
        let lengths = Set(minutes).sorted()
        let hazard = lengths.reduce(0) { sum, length in
            sum + Double(minutes.count { $0 == length }) / Double(minutes.count { $0 >= length })
        }
        all["sitting_average_hazard"] = .exactly(hazard / Double(lengths.count), 6)
        let logarithms = minutes.reduce(0) { $0 + log($1 / (minutes[0] - 0.5)) }
        let alpha = 1 + n / logarithms
        let x50 = minutes[0] * pow(2, 1 / (alpha - 1))
        all["sitting_alpha"] = .exactly(alpha, 6)
        all["sitting_alpha_sigma"] = .exactly((alpha - 1) / n.squareRoot(), 6)
        all["sitting_x50_min"] = .exactly(x50, 3)
        all["sitting_w50"] = .exactly(minutes.filter { $0 > x50 }.reduce(0, +) / total, 6)
        all["sitting_bout_usual_min"] = .exactly(usualBout, 0)
        return all
    }

    /// The length up to which bouts hold half of the time, minutes.
    var usualBout: Double {
        let minutes = bouts.map { ($0 / 60).rounded() }.sorted()
        let total = minutes.reduce(0, +)
        return minutes.first { length in 2 * minutes.filter { $0 <= length }.reduce(0, +) >= total } ?? .nan
    }

    private var trunk: [String: Expected] {
        let seated = numbers("seated_s_by_deg")
        let onFeet = numbers("on_feet_s_by_deg")
        let all = zip(seated, onFeet).map { $0 + $1 }
        let seen = all.reduce(0, +)
        let entries = numbers("zone_entries")
        let hours = seen / 3600
        return [
            "trunk_s": .exactly(upright), "trunk_forward_unknown_s": .exactly(0.0),
            "trunk_unknown_posture_s": .exactly(number("unknown_s")),
            "flexion_deg": .table(flexion(all)), "flexion_seated_deg": .table(flexion(seated)),
            "flexion_on_feet_deg": .table(flexion(onFeet)), "flexion_rate_dps": .table(rates),
            "zones_seated_s": .list(zones(seated)), "zones_on_feet_s": .list(zones(onFeet)),
            // A second at an angle that is a limit counts on either side of it.
            "reba_trunk_score_s": .list(scores(all).map { .within($0 - 1, $0 + 1) }),
            "zone_entries": .list(entries, 0),
            "zone_entries_per_min": .list(entries.map { $0 / (seen / 60) }, 3),
            // Ten entries within five minutes make the last of these minutes count.
            "zone_frequent_s": .list(entries.map { .within(0, $0 < 10 ? 0 : 30 * $0) }),
            "eva_s": .elsewhere, "eva_inclination_sd_pct": .elsewhere, "eva_duration_sd_pct": .elsewhere,
            "moment_model": .text("unloaded"),
            // In bins of a degree; the halves of them that are left open are as often too much as too little.
            "moment_nm_h": .within(
                0.995 * number("moment_nm_s") / 3600, 1.005 * number("moment_nm_s") / 3600),
            "moment_on_feet_nm_h": .within(
                0.99 * number("moment_on_feet_nm_s") / 3600, 1.01 * number("moment_on_feet_nm_s") / 3600),
            "moment_squared_nm2_h": .within(
                0.99 * number("moment_squared_nm2_s") / 3600, 1.01 * number("moment_squared_nm2_s") / 3600, 0),
            "walking_cadence_per_min": hours > 0 ? cadence : .null,
        ]
    }

    /// The degree that a percentile lies in.
    func degree(_ percent: Int, of seconds: [Double]) -> Double {
        number("lowest_deg") + Double(Self.place(percent, of: seconds))
    }

    private func flexion(_ seconds: [Double]) -> [String: Expected] {
        percentiles { percent in
            let degree = self.degree(percent, of: seconds)
            return .within(degree, degree + 1)
        }
    }

    /// From 16 degrees a second on, a bin is an eighth of what it begins with.
    private var rates: [String: Expected] {
        let seconds = numbers("s_by_dps")
        return percentiles { percent in
            let rate = Double(Self.place(percent, of: seconds))
            return rate < 16 ? .within(rate, rate + 1) : .within(0.875 * rate, 1.125 * (rate + 1))
        }
    }

    /// Where the median of steps a minute lies, in bins of two.
    var cadenceRange: ClosedRange<Double> {
        let steps = (Double(Self.place(50, of: numbers("s_by_steps_per_min"))) / 2).rounded(.down) * 2
        return steps...(steps + 2)
    }

    private var cadence: Expected { .within(cadenceRange.lowerBound, cadenceRange.upperBound, 0) }

    private func percentiles(_ expected: (Int) -> Expected) -> [String: Expected] {
        Dictionary(uniqueKeysWithValues: [5, 10, 50, 90, 95, 99].map { ("p\($0)", expected($0)) })
    }

    /// The place of `seconds` in which so many percent of them are reached.
    private static func place(_ percent: Int, of seconds: [Double]) -> Int {
        let wanted = Double(percent) / 100 * seconds.reduce(0, +)
        var sum = 0.0
        return seconds.firstIndex { second in
            sum += second
            return sum >= wanted
        } ?? -1
    }

    /// Seconds from `low` degrees up to `high`.
    func seconds(_ seconds: [Double], from low: Int, to high: Int) -> Double {
        let lowest = Int(number("lowest_deg"))
        return seconds.enumerated().reduce(0) { sum, one in
            (low..<high).contains(one.offset + lowest) ? sum + one.element : sum
        }
    }

    private func zones(_ seconds: [Double]) -> [Double] {
        [(-90, -5), (-5, 20), (20, 60), (60, 180)].map { self.seconds(seconds, from: $0.0, to: $0.1) }
    }

    private func scores(_ all: [Double]) -> [Double] {
        let upright = seconds(all, from: -5, to: 5)
        let little = seconds(all, from: -20, to: -5) + seconds(all, from: 5, to: 20)
        let bent = seconds(all, from: -90, to: -20) + seconds(all, from: 20, to: 60)
        return [upright, little, bent, seconds(all, from: 60, to: 180), 0]
    }

    // MARK: Inclination against duration

    /// What is wrong with the matrix of a summary: its time, that of each class of inclination, and the spreads that are
    /// worked out from it.
    func variationComplaints(_ summary: JSONValue) -> [String] {
        let rows = summary["eva_s"]?.elements.map { $0.elements.compactMap(\.double) } ?? []
        guard rows.count == 5, rows.allSatisfy({ $0.count == 7 }) else { return ["eva_s has no 5 rows of 7"] }
        let times = rows.map { $0.reduce(0, +) }
        let all = zip(numbers("seated_s_by_deg"), numbers("on_feet_s_by_deg")).map { $0 + $1 }
        var found: [String] = []
        if abs(times.reduce(0, +) - upright) > 2 {
            found.append("eva_s: \(times) is not \(upright) s in all")
        }
        let limits = [-90, -5, 20, 45, 60, 180]
        for (row, time) in times.enumerated() {
            // A class holds until an angle is 2.5 degrees past its limit.
            let least = seconds(all, from: limits[row] + 3, to: limits[row + 1] - 3)
            let most = seconds(all, from: limits[row] - 3, to: limits[row + 1] + 3)
            if time < least || time > most { found.append("eva_s[\(row)]: \(time), not \(least)...\(most)") }
        }
        let columns = (0..<7).map { column in rows.reduce(0) { $0 + $1[column] } }
        for (key, times) in [("eva_inclination_sd_pct", times), ("eva_duration_sd_pct", columns)] {
            let shares = times.map { 100 * $0 / upright }
            let mean = 100 / Double(times.count)
            let squares = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
            let expected = Expected.exactly((squares / Double(times.count)).squareRoot(), 2)
            found += expected.complaints(about: summary[key] ?? .null, key)
        }
        return found
    }
}
