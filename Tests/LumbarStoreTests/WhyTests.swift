import LumbarCore
import LumbarReport
import LumbarStore
import LumbarTestKit
import Testing

@Suite("Why an alert was raised, for people")
struct WhyTests {
    private func text(_ alert: Alert, _ trace: AlertTrace? = nil, wall: WallTime? = Samples.noon) -> WhyText {
        let time = wall.map { $0 + (alert.time - .zero) }
        let place = Place(bootID: "boot-1", wall: time, zone: Samples.zone)
        var text = WhyText(StoredAlert(alert: alert, place: place))
        text.trace = trace
        return text
    }

    private var held: Alert {
        var alert = Samples.alert(at: 4000, .sustainedFlexion)
        alert.episodeStart = Samples.instant(3940)
        alert.duration = .seconds(60)
        alert.step = 1
        alert.count = 1
        alert.flexionDegrees = 61
        alert.message = "You have been bent forward about 60 degrees for 60 seconds. Stand up for a moment."
        alert.reason = AlertReason(
            clause: "holding_time_used", measured: 1.02, threshold: 1, unit: .share, dwell: .seconds(2.5),
            confidence: 0.75, algorithm: "sustained_flexion/2", calibrationAge: .hours(30))
        return alert
    }

    private var bend: AlertTrace {
        let angles = (0..<120).map { $0 < 30 ? 5 : $0 < 100 ? 60 : -10 }
        return AlertTrace(
            start: Samples.instant(3910), interval: .seconds(1), flexionDegrees: angles,
            postures: angles.indices.map { $0 < 20 ? .walking : .standing })
    }

    @Test("words first, then numbers, then the plot")
    func golden() {
        var why = text(held, bend)
        why.columns = 60
        let expected = """
            w0kw37d  2026-11-21 12:06:40  nudge: held bend

            You had used 102 % of the time that your back may be held
            bent like that; the rule speaks from 100 % on.
            "You have been bent forward about 60 degrees for 60 seconds.
            Stand up for a moment."

            told         yes
            answer       none yet: lumbarctl ack w0kw37d useful, false
                         or later
            rule         sustained_flexion, clause holding_time_used
            measured     102 %
            threshold    100 %
            dwell        2.5 s
            confidence   75 %
            algorithm    sustained_flexion/2
            calibration  upright was confirmed 30 h 00 min before
            about        what began at 2026-11-21 12:05:40, for 60 s
            flexion      61°
            """
        let lines = why.lines
        let head = expected.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        #expect(Array(lines.prefix(head.count)) == head)
        #expect(lines.allSatisfy { $0.count <= 60 })
        #expect(lines.contains("flexion") && lines.contains { $0.hasPrefix("  60° ┤") && $0.contains("⠤") })
        #expect(lines.contains { $0.hasPrefix("      └┬") && $0.contains("▲") })
        let posture = lines.first { $0.hasPrefix("       WW") } ?? ""
        #expect(posture.filter { $0 == "W" }.count == 53 * 20 / 120 + 1)
        #expect(lines.last == "W walking" || lines.last?.hasSuffix("T standing   W walking") == true)
    }

    @Test("without UTF-8 everything is ASCII, and as wide")
    func ascii() {
        var why = text(held, bend)
        why.drawsBlocks = false
        let lines = why.lines
        #expect(lines.allSatisfy { $0.allSatisfy(\.isASCII) && $0.count <= 80 })
        #expect(lines.contains { $0.contains("*****") })
        #expect(lines.contains { $0.hasPrefix("      ++") && $0.contains("^") })
        #expect(lines.contains { $0.contains("- from 20 deg on, holding counts") })
    }

    @Test("a table stands for the plot, in words")
    func plain() {
        var why = text(held, bend)
        why.isPlain = true
        let lines = why.lines
        let expected = [
            "Mean flexion over 10 s each; from 20° on, holding counts.", "FROM      FLEXION  POSTURE",
            "12:05:10       5°  walking", "12:05:20       5°  walking", "12:05:30       5°  standing",
            "12:05:40      60°  standing",
        ]
        #expect(Array(lines.suffix(14).prefix(6)) == expected)
        #expect(lines.contains("12:06:40      60°  standing  the alert came in this time"))
        #expect(!lines.joined().contains("┤"))
    }

    @Test("an alert of before has no reason and says so")
    func before() {
        let lines = text(Samples.alert(at: 100)).lines
        #expect(lines[2].hasPrefix("Why is not known: reasons were not kept yet"))
        #expect(lines.last == "What was measured around it was not kept.")
        let lost = text(Samples.alert(at: 100), bend, wall: nil).lines
        #expect(lost[0].contains("unknown time"))
    }

    @Test("one that was told to nobody says so, and what was answered is shown")
    func shadow() {
        var why = text(Samples.reasoned(at: 5000))
        why.verdict = .useful
        let lines = why.lines
        #expect(lines.contains { $0.hasPrefix("told         no: its rule is on trial") })
        #expect(lines.contains("answer       useful"))
        #expect(lines.contains("measured     30 min (1812 s) ± 1.5 s (one standard deviation)"))
        #expect(
            lines[2...3].joined(separator: " ")
                == "You had been sitting for 30 min; the rule speaks from 30 min on. \"Seated for 30 min. Stand up for a minute.\""
        )
    }

    @Test("a clause that is not known here is told by its name, and a limit from above as one")
    func unknownClause() {
        var alert = Samples.reasoned(at: 5000)
        alert.reason?.clause = "new_thing\u{1B}[2J"
        alert.reason?.measured = 12
        alert.reason?.threshold = 40
        alert.reason?.unit = .degrees
        #expect(
            WhyWords.sentence(alert) == "New thing\\u{1b}[2J was 12°; the rule speaks up to 40°.")
    }

    @Test("whatever the history holds, no line is too wide and none disturbs the terminal")
    func anything() {
        var random = SplitMix64(seed: 11)
        let alphabet: [Unicode.Scalar] = ["a", " ", "\u{1B}", "\u{202E}", "\n", "\u{0}", "\u{9B}", "é", "_"]
        func word() -> String {
            var text = String.UnicodeScalarView()
            for _ in 0..<Int.random(in: 0...30, using: &random) {
                text.append(alphabet[Int.random(in: alphabet.indices, using: &random)])
            }
            return String(text)
        }
        let numbers: [Double] = [0, -1, 0.5, 1e300, -1e300, .infinity, .nan, 1e15, 90, 3600]
        for _ in 0..<300 {
            var alert = Samples.alert(at: 4000, AlertRule.allCases.randomElement(using: &random) ?? .lift)
            alert.message = word()
            alert.wearer = WearerID(word())
            alert.delivery = Bool.random(using: &random) ? .told : .shadow
            alert.duration = Elapsed(nanoseconds: Int64.random(in: -9...9_000_000_000_000, using: &random))
            func number() -> Double { numbers.randomElement(using: &random) ?? 0 }
            alert.reason = AlertReason(
                clause: word(), measured: number(), threshold: number(),
                unit: MeasureUnit.allCases.randomElement(using: &random) ?? .share, uncertainty: number(),
                confidence: number(), algorithm: word())
            let count = Int.random(in: 0...300, using: &random)
            let trace = AlertTrace(
                start: Samples.instant(Double.random(in: 3000...4100, using: &random)),
                interval: Elapsed(nanoseconds: Int64.random(in: 1...1 << 45, using: &random)),
                flexionDegrees: (0..<count).map { _ in
                    Bool.random(using: &random) ? Int.random(in: -200...200, using: &random) : nil
                },
                postures: (0..<count).map { _ in Posture.allCases.randomElement(using: &random) ?? .lying })
            var why = text(alert, trace, wall: Bool.random(using: &random) ? Samples.noon : nil)
            why.columns = Int.random(in: 40...220, using: &random)
            why.isPlain = Bool.random(using: &random)
            why.drawsBlocks = Bool.random(using: &random)
            for line in why.lines {
                #expect(line.unicodeScalars.allSatisfy(Printable.isSafe), "\(line.debugDescription)")
            }
            let plot = why.lines.drop { $0 != "flexion" }
            #expect(plot.allSatisfy { $0.count <= max(60, why.columns) }, "\(plot)")
        }
    }
}
