import LumbarCore
import LumbarRecording
import LumbarTestKit
import Testing

@Suite("What a recording may hold")
struct RecordingReaderTests {
    private let head = "lumbar-recording 1\ndevice: 1 a\n"

    private func read(_ text: String) -> (events: [RecordingEvent], error: RecordingError?) {
        RecordingSamples.read(Array(text.utf8))
    }

    @Test(
        "each mistake is named with its line",
        arguments: [
            ("t_s,ax_g\n", 1, "no recording"),
            ("lumbar-recording 3\n", 1, "version \"3\""),
            ("lumbar-recording 02\n", 1, "version \"02\""),
            ("lumbar-recording 1\n1.0 control me wake\n", 2, "version 1 of the format has no control"),
            ("lumbar-recording 2\n1.0 control\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me dance\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me wake now\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me snooze\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me snooze soon\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me snooze 9 sitting\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me snooze 9999999999\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control m\\q wake\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me profile sofa\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me answers lift 1\n", 2, "a control that cannot be read"),
            ("lumbar-recording 2\n1.0 control me answers lift 1 -1\n", 2, "a control that cannot be read"),
            (
                "lumbar-recording 2\n1.0 control me answers lift 1 1 lift 1 1\n", 2,
                "a control that cannot be read"
            ),
            ("lumbar-recording 2\n1.0 control me training\n", 2, "a control that cannot be read"),
            (
                "lumbar-recording 2\n1.0 control me training bending 9 - 5\n", 2,
                "a control that cannot be read"
            ),
            (
                "lumbar-recording 2\n1.0 control me training bending 0.2 - 5 s1:2:3:4\n", 2,
                "a control that cannot be read"
            ),
            ("lumbar-recording 1\nsimulated: maybe\n", 2, "neither yes nor no"),
            ("lumbar-recording 1\nrate: -3\n", 2, "samples per second"),
            ("lumbar-recording 1\ncolour: red\n", 2, "\"colour\" is no description"),
            ("lumbar-recording 1\nnote: bad \\q escape\n", 2, "escape"),
            ("lumbar-recording 1\nname: whose?\n", 2, "which sensor"),
            ("lumbar-recording 1\ndevice: 2 a\n", 2, "cannot be read"),
            ("lumbar-recording 1\nnonsense\n", 2, "neither an event nor a description"),
            ("lumbar-recording 1\n1.0 attach 1\n", 2, "not described"),
            ("lumbar-recording 1\ndevice: 1 a\nmount: up=q\n", 3, "mount"),
            ("lumbar-recording 1\ndevice: 1 a\nrole: hat\n", 3, "role"),
            ("lumbar-recording 1\ndevice: 1 a\n1.0 attach 1\n1.0 attach 1\n", 4, "attached already"),
            ("lumbar-recording 1\ndevice: 1 a\n1.0 data 1 555\n", 3, "odd number"),
            ("lumbar-recording 1\ndevice: 1 a\n1.0 data 1 zz\n", 3, "not a hexadecimal"),
            ("lumbar-recording 1\ndevice: 1 a\n1.0 text 1 abc\n", 3, "quotes"),
            ("lumbar-recording 1\ndevice: 1 a\n1.0 text 1 \"a\\q\"\n", 3, "unknown escape"),
            ("lumbar-recording 1\n1.0 dance\n", 2, "\"dance\" is no event"),
            ("lumbar-recording 1\n1.x end\n", 2, "is no time"),
            ("lumbar-recording 1\n99999999999 end\n", 2, "is no time"),
            ("lumbar-recording 1\n2.0 anchor today +0 UTC\n", 2, "anchor"),
            ("lumbar-recording 1\n2.0 anchor 2026-02-30T00:00:00Z +0 UTC\n", 2, "anchor"),
            ("lumbar-recording 1\n2.0 anchor 1969-12-31T23:59:59Z +0 UTC\n", 2, "anchor"),
            ("lumbar-recording 1\n2.0 end\n3.0 end\n", 3, "follows the end"),
            (
                "lumbar-recording 1\ndevice: 1 a\n2.0 attach 1\n1.0 detach 1\n", 4,
                "before that of the event above"
            ),
            ("lumbar-recording 1\ndevice: 1 a\n2.0 attach 1\n9999999 detach 1\n", 4, "more than 31 days"),
        ])
    func mistakes(text: String, line: Int, reason: String) {
        let error = read(text).error
        #expect(error?.line == line)
        #expect(error?.reason.contains(reason) == true, "\(String(describing: error))")
        #expect(error?.isTruncation == false)
        #expect(error?.advice.isEmpty == false)
    }

    @Test("what was asked for is read, but for rules that are not known")
    func controls() {
        let result = read(
            "lumbar-recording 2\n1 control a\\x20b snooze 9.5 upright\n1 control - answers no_such 1 2 lift 3 4\n2 end\n"
        )
        #expect(result.error == nil)
        let lift = RuleAnswers(rule: .lift, useful: 3, wrong: 4)
        #expect(
            result.events.map(\.kind) == [
                .control(
                    .snooze(until: Instant(nanoseconds: 9_500_000_000), endsUpright: true), WearerID("a b")),
                .control(.answers([lift]), WearerID("")), .end,
            ])
    }

    @Test("a training of more sessions than anybody makes fits a line, without the first of them")
    func longTraining() throws {
        let plan = TrainingPlan(since: WallTime(unixSeconds: 1_790_000_000), target: 0.17, baseline: 0.34)
        let sessions = (0..<1000).map {
            TrainingSession(
                date: CivilDate(daysSinceEpoch: 20_779 + $0), seconds: 2400,
                count: BendCount(bends: 14, deep: 2))
        }
        let control = WearerControl.training(TrainingLog(plan: plan, sessions: sessions))
        let wearer = WearerID(String(repeating: " ", count: 255))
        let result = RecordingSamples.read(
            RecordingSamples.text([
                RecordingEvent(.control(control, wearer), at: .zero), RecordingEvent(.end, at: .zero),
            ]))
        #expect(result.error == nil)
        guard case .control(.training(let read?), _) = result.events.first?.kind else {
            Issue.record("no training in \(result.events)")
            return
        }
        #expect(read.plan == plan && read.sessions.count > 120)
        #expect(read.sessions == Array(sessions.suffix(read.sessions.count)))
    }

    @Test("events before a mistake are handed out")
    func eventsBeforeMistake() {
        let result = read(head + "1.0 attach 1\n1.5 data 1 55\nbroken\n")
        #expect(result.events.count == 2)
        #expect(result.error?.line == 5)
    }

    @Test("comments, empty lines and carriage returns mean nothing")
    func leniency() {
        let result = read("lumbar-recording 1\r\n# a comment\r\n\r\ndevice: 1 a\r\n1 attach 1\r\n1.5 end\r\n")
        #expect(result.error == nil)
        #expect(result.events.map(\.time.nanoseconds) == [1_000_000_000, 1_500_000_000])
    }

    @Test("an empty file says so")
    func empty() {
        #expect(read("").error?.reason == "the file is empty")
    }

    @Test("a recording cut anywhere gives its whole events and says that it breaks off")
    func truncation() {
        var random = SplitMix64(seed: 11)
        let events = RecordingSamples.events(&random)
        let text = RecordingSamples.text(events)
        let headerEnd = text.firstIndex(of: UInt8(ascii: "\n")) ?? 0
        for length in stride(from: headerEnd + 1, to: text.count, by: 7) {
            let result = RecordingSamples.read(Array(text[..<length]))
            #expect(result.error?.isTruncation == true, "cut at \(length)")
            #expect(result.events == Array(events.prefix(result.events.count)), "cut at \(length)")
            #expect(result.events.count < events.count)
        }
    }

    @Test("the header is bounded")
    func headerBound() {
        let long = String(repeating: "note: " + String(repeating: "x", count: 1000) + "\n", count: 70)
        #expect(
            read("lumbar-recording 1\n" + long + "1 end\n").error?.reason.contains("no event within") == true)
    }

    @Test("a line is bounded, with and without its end")
    func lineBound() {
        let long = String(repeating: "x", count: 5000)
        #expect(read("lumbar-recording 1\n# " + long).error?.line == 2)
        #expect(
            read("lumbar-recording 1\n# " + long + "\n1 end\n").error?.reason.contains("longer than") == true)
    }

    @Test("a chunk is bounded")
    func chunkBound() {
        let piece = "  " + String(repeating: "00", count: 1000) + " \\\n"
        let text = head + "1 data 1 00 \\\n" + String(repeating: piece, count: 70)
        #expect(read(text).error?.reason.contains("chunk of more") == true)
    }

    @Test("the number of sensors is bounded")
    func deviceBound() {
        let text = (1...65).map { "device: \($0) s\($0)\n" }.joined()
        #expect(read("lumbar-recording 1\n" + text).error?.line == 66)
    }

    @Test("damaged recordings never trap", arguments: 0..<Trials.count(60))
    func damage(seed: Int) {
        var random = SplitMix64(seed: UInt64(seed) &+ 1000)
        let text = RecordingSamples.text(RecordingSamples.events(&random))
        for _ in 0..<40 {
            var damaged = text
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let place = Int.random(in: damaged.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: damaged[place] = UInt8.random(in: 0...255, using: &random)
                case 1: damaged.remove(at: place)
                case 2: damaged.insert(UInt8.random(in: 0...255, using: &random), at: place)
                default: damaged[place] = Array(" \\\"\n:-.019".utf8).randomElement(using: &random) ?? 0
                }
                if damaged.isEmpty { damaged = [0] }
            }
            let result = RecordingSamples.read(damaged) { 61 }
            // Whatever was read can be written and read again.
            let again = RecordingSamples.read(RecordingSamples.text(result.events))
            #expect(again.events == result.events)
        }
    }
}
