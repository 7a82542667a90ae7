import LumbarCore
import LumbarSettings

/// The manual page lumbard-rules(7): every rule with what it says, what is known about it, and what switches it.
///
/// A generated file of the repository, like lumbard.conf(5): continuous integration renders it again and fails on a
/// difference.
public struct RulesManual {
    /// A manual of all rules.
    public init() {}

    /// The page in mdoc, dated `date` (as mdoc writes it: `November 22, 2026`).
    public func page(date: String) -> String {
        var out = """
            .\\" Generated from the rules in the sources; do not edit.
            .Dd \(Mdoc.text(date))
            .Dt LUMBARD\\-RULES 7
            .Os lumbard
            .Sh NAME
            .Nm lumbard\\-rules
            .Nd what the lumbar posture daemon speaks about, and why
            .Sh DESCRIPTION

            """
        for paragraph in Self.description { out += Mdoc.prose(paragraph) + ".Pp\n" }
        out += ".Sh RULES\n"
        for rule in RuleCatalog.all { out += section(rule) }
        return out + """
            .Sh SEE ALSO
            .Xr lumbarctl 1 ,
            .Xr lumbard.conf 5 ,
            .Xr lumbard 8

            """
    }

    private static let description = [
        "A rule looks for one thing in what the sensor shows, and says what was seen and one thing to do. It begins to count "
            + "when its condition has held for a while, it is told once, or once at each step of its ladder, and it is over "
            + "when the condition has been left for good. Just before anything is said, the condition is looked at again.",
        "Notices (syslog priority 5) need no budget. Nudges (4) have one, nudges_per_hour and nudges_per_day in the section "
            + "[alerts] of lumbard.conf; what it holds back is told in one, later. What was told twice in vain, and a "
            + "possible fall, is urgent (3).",
        "Each rule has a switch in [alerts]: yes, no, or shadow. In shadow it is on trial: its alerts go into the history and "
            + "are said to nobody. New rules begin in shadow. A rule whose alerts were called useful less often than not, of "
            + "ten answers and more, goes there by itself, and the summary of the day says so; a possible fall never does.",
        "An alert carries its reason: the clause of its rule, what was measured, against what, and which version of the rule "
            + "decided. None of this knows why a back hurts, and no rule is a medical one.",
    ]

    private func section(_ rule: Rule) -> String {
        var out = ".Ss \(Mdoc.text(rule.title))\n"
        out += Mdoc.prose(rule.says) + ".Pp\n" + Mdoc.prose(rule.evidence)
        out += Mdoc.prose("Sources: " + rule.sources.joined(separator: "; ") + ".")
        out += ".Bl -tag -compact -width repeats_\n"
        for (name, text) in facts(rule) { out += ".It \(name)\n\(Mdoc.text(text))\n" }
        return out + ".El\n"
    }

    private func facts(_ rule: Rule) -> [(String, String)] {
        let steps = rule.steps(PolicyNumbers(settings: AlertSettings(), profile: .desk))
        var out = [
            ("name", rule.id.rawValue), ("switch", rule.key + "=" + rule.mode(AlertSettings()).rawValue),
            ("holds", rule.dwell), ("ends", rule.release), ("repeats", repeats(rule)),
            ("tiers", tiers(steps, rule.unit)),
            ("clause", "\(rule.clause), in \(rule.unit.rawValue)"),
            ("says", Self.example(rule.id)),
        ]
        let names = Vetoes.names.filter { rule.vetoes.contains($0.0) }.map(\.1)
        out.append(("not while", names.isEmpty ? "nothing forbids it" : names.joined(separator: ", ")))
        out.append(("journal", "MESSAGE_ID=" + MessageID(rule.id).rawValue))
        return out
    }

    private func repeats(_ rule: Rule) -> String {
        let rest = rule.cooldown(PolicyNumbers(settings: AlertSettings(), profile: .desk))
        guard rest > .zero else { return rule.repeats.words }
        return "\(rule.repeats.words); of another not within \(AlertText.duration(seconds: rest.seconds))"
    }

    /// How urgent each step is, and at which level it comes unless the settings say otherwise.
    private func tiers(_ steps: [Step], _ unit: MeasureUnit) -> String {
        steps.map { step in
            var out = step.tier.rawValue
            if step.threshold > 0 { out += " at " + level(step.threshold, unit) }
            return out + (step.escalates ? " (urgent after two nudges)" : "")
        }.joined(separator: ", ")
    }

    private func level(_ threshold: Double, _ unit: MeasureUnit) -> String {
        switch unit {
        case .seconds: AlertText.duration(seconds: threshold)
        case .share: "\(AlertText.whole(100 * threshold)) %"
        case .perMinute: "\(DecimalText.fixed(threshold, 0)) a minute"
        case .degrees, .count, .standardGravity: "\(AlertText.whole(threshold)) \(unit.rawValue)"
        }
    }
}
