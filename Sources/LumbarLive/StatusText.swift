import LumbarAlerts
import LumbarCore
import LumbarReport

/// A status as lines for people, within 80 columns unless names are long.
public struct StatusText {
    private let status: LiveStatus
    /// Why no daemon answered; empty when one did.
    private let absence: String

    /// The text of `status`; `absence` says why no daemon was asked.
    public init(_ status: LiveStatus, absence: String = "") {
        self.status = status
        self.absence = absence
    }

    /// The lines.
    public var lines: [String] {
        var lines: [String] = []
        for wearer in status.wearers { lines += self.lines(wearer) }
        if status.wearers.isEmpty { lines.append("Nobody has worn a sensor yet.") }
        lines += daemonLines
        return lines
    }

    private var daemonLines: [String] {
        guard let daemon = status.daemon else {
            return ["daemon    not asked: " + Printable.text(absence, limit: 400)]
        }
        let history = daemon.keepsHistory ? "" : ", keeps no history"
        return [
            "daemon    lumbard \(Printable.text(daemon.version)), up \(HumanDuration.text(seconds: daemon.uptime))"
                + "\(history). \(Printable.text(daemon.text))."
        ] + (daemon.writes.map { ["card      " + $0.words] } ?? [])
    }

    private func lines(_ wearer: LiveStatus.Wearer) -> [String] {
        var lines = [Printable.text(wearer.id.text)]
        if status.daemon != nil { lines.append("now       " + StatusText.now(wearer)) }
        lines += wearer.control.lines
        if let today = wearer.today {
            lines += StatusText.lines(today)
        } else {
            lines.append("today     nothing is known yet")
        }
        if let budget = wearer.budget { lines.append("budget    " + StatusText.words(budget)) }
        for mount in wearer.mounts { lines.append("mount     " + StatusText.words(mount)) }
        return [lines[0]] + lines.dropFirst().map { "  " + $0 }
    }

    /// What somebody does now: `sitting for 24 min, since 14:03`.
    public static func now(_ wearer: LiveStatus.Wearer) -> String {
        guard let now = wearer.posture else { return "not known: no sensor tells" }
        return
            "\(now.posture.words) for \(HumanDuration.text(seconds: now.seconds)), since \(clock(now.since))"
    }

    private static func lines(_ today: LiveStatus.Today) -> [String] {
        let times = [("sat", Posture.sitting), ("stood", .standing), ("walked", .walking), ("lay", .lying)]
            .filter { today.seconds($0.1) >= 30 }
            .map { "\($0.0) \(HumanDuration.text(seconds: today.seconds($0.1)))" }
        let worn = "worn \(HumanDuration.text(seconds: today.worn))"
        let counts = [
            count(today[.alerts], "alert"), count(today[.bends], "bend") + deep(today[.deepBends]),
            count(today[.lifts], "probable lift") + strained(today[.strainedLifts]),
            count(today[.steps], "step"),
        ]
        return [
            "today     " + ([worn] + times).joined(separator: times.isEmpty ? "" : ", "),
            "          " + counts.joined(separator: ", "),
        ]
    }

    static func count(_ count: Int, _ name: String) -> String { "\(count) \(name)\(count == 1 ? "" : "s")" }

    private static func deep(_ count: Int) -> String { count > 0 ? " (\(count) past 60°)" : "" }

    private static func strained(_ count: Int) -> String { count > 0 ? " (\(count) under strain)" : "" }

    /// `1 of 2 nudges this hour, 3 of 8 today; 40 % of holding time used`.
    private static func words(_ budget: BudgetUse) -> String {
        let held = DecimalText.fixed(100 * min(budget.holdingTime, 9.99), 0)
        return
            "\(budget.nudgesLastHour) of \(budget.nudgesPerHour) nudges this hour, \(budget.nudgesToday) of "
            + "\(budget.nudgesPerDay) today; \(held) % of holding time used"
    }

    private static func words(_ mount: LiveStatus.Mount) -> String {
        let age = mount.age.map { ", \(HumanDuration.text(seconds: $0)) ago" } ?? ""
        return Printable.text(mount.device.text, limit: 60) + ": " + CalibrationText.words(mount.trust) + "; "
            + CalibrationText.words(mount.source) + age
    }

    /// `14:03` of a moment as in RFC 3339.
    static func clock(_ time: String) -> String { String(time.dropFirst(11).prefix(5)) }
}
