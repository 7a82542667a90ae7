import LumbarCore
import LumbarRecording
import LumbarTestKit

/// Events and texts to test with.
enum RecordingSamples {
    /// The text of `events` under `header`.
    static func text(
        _ events: [RecordingEvent], header: RecordingHeader = RecordingHeader(version: 2, isSimulated: true)
    ) -> [UInt8] {
        var writer = RecordingWriter(header: header)
        var out: [UInt8] = []
        for event in events { writer.write(event, to: &out) }
        return out
    }

    /// The events in `bytes`, read in chunks of `sizes` in turn, and the error that ended it.
    static func read(_ bytes: [UInt8], sizes: () -> Int = { 1 << 20 }) -> (
        events: [RecordingEvent], error: RecordingError?
    ) {
        var reader = RecordingReader()
        var events: [RecordingEvent] = []
        var start = 0
        do throws(RecordingError) {
            while start < bytes.count {
                let end = min(bytes.count, start + max(1, sizes()))
                try push(bytes[start..<end], &reader, &events)
                start = end
            }
            try reader.finish()
        } catch { return (events, error) }
        return (events, nil)
    }

    private static func push(
        _ bytes: ArraySlice<UInt8>, _ reader: inout RecordingReader, _ events: inout [RecordingEvent]
    ) throws(RecordingError) {
        var failure: RecordingError?
        bytes.withUnsafeBytes { raw in
            do throws(RecordingError) { try reader.push(raw) { events.append($0) } } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// A whole recording made up by `random`: sensors come and go, chunks of all kinds, clocks set.
    static func events(_ random: inout SplitMix64) -> [RecordingEvent] {
        let devices = (0..<Int.random(in: 1...4, using: &random)).map { device($0, &random) }
        var attached: [Bool] = devices.map { _ in false }
        var time = Instant(nanoseconds: .random(in: -5_000_000_000...5_000_000_000_000, using: &random))
        var events: [RecordingEvent] = []
        for _ in 0..<Int.random(in: 0...60, using: &random) {
            time = time + Elapsed(nanoseconds: .random(in: 0...3_000_000_000, using: &random))
            let k = Int.random(in: devices.indices, using: &random)
            switch Int.random(in: 0..<10, using: &random) {
            case 0:
                events.append(
                    RecordingEvent(attached[k] ? .detach(devices[k].id) : .attach(devices[k]), at: time))
                attached[k].toggle()
            case 1: events.append(RecordingEvent(.anchor(anchor(time, &random)), at: time))
            case 2:
                let wearer = WearerID("w" + word(&random))
                events.append(RecordingEvent(.control(control(time, &random), wearer), at: time))
            default: events.append(RecordingEvent(.data(devices[k].id, chunk(&random)), at: time))
            }
        }
        return events + [RecordingEvent(.end, at: time)]
    }

    /// Anything that can be asked for.
    static func control(_ time: Instant, _ random: inout SplitMix64) -> WearerControl {
        let other = time + .seconds(Double(Int.random(in: -100_000...100_000, using: &random)))
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return .snooze(until: other, endsUpright: Bool.random(using: &random))
        case 1: return .wake
        case 2:
            return .profile(
                AlertProfile.allCases.randomElement(using: &random),
                since: random.next() % 2 == 0 ? nil : .zero + .seconds(Double(random.next() % 100_000)))
        case 3:
            let noted: Instant? = Bool.random(using: &random) ? nil : other
            return .spasm(at: Bool.random(using: &random) ? nil : other, noted: noted)
        case 4: return .pause(Bool.random(using: &random))
        case 5: return .training(Bool.random(using: &random) ? nil : training(&random))
        default:
            let rules = AlertRule.allCases.shuffled(using: &random).prefix(
                Int.random(in: 0...30, using: &random))
            return .answers(
                rules.map { rule in
                    RuleAnswers(
                        rule: rule, useful: .random(in: 0...99, using: &random),
                        wrong: .random(in: 0...9, using: &random))
                })
        }
    }

    /// A training with whole seconds, and shares of three decimals.
    private static func training(_ random: inout SplitMix64) -> TrainingLog {
        func share() -> Double { Double(Int.random(in: 10...900, using: &random)) / 1000 }
        func date() -> CivilDate { CivilDate(daysSinceEpoch: .random(in: 20_000...21_000, using: &random)) }
        func count() -> BendCount {
            let bends = Int.random(in: 0...500, using: &random)
            return BendCount(bends: bends, deep: .random(in: 0...bends, using: &random))
        }
        let since = WallTime(unixSeconds: .random(in: 1_700_000_000...1_900_000_000, using: &random))
        let plan = TrainingPlan(
            since: since, target: share(), baseline: Bool.random(using: &random) ? nil : share())
        let sessions = (0..<Int.random(in: 0...90, using: &random)).map { _ in
            TrainingSession(
                date: date(), seconds: 60 * Double(Int.random(in: 5...40, using: &random)), count: count())
        }
        let days = (0..<Int.random(in: 0...21, using: &random)).map { _ in
            TrainingDay(
                date: date(), wornSeconds: Double(Int.random(in: 0...86_400, using: &random)), count: count(),
                wasTold: Bool.random(using: &random))
        }
        return TrainingLog(plan: plan, sessions: sessions, days: days)
    }

    private static func device(_ k: Int, _ random: inout SplitMix64) -> Device {
        let mounts = ["up=+x", "up=-y,forward=+z", "up=+z,forward=-x"]
        var device = Device(
            id: DeviceID("usb-\(k)" + word(&random)),
            name: Bool.random(using: &random) ? "" : "n" + word(&random),
            protocolName: Bool.random(using: &random) ? nil : "witmotion",
            mount: Bool.random(using: &random) ? .undeclared : Mount(mounts[k % 3]) ?? .undeclared,
            wearer: Bool.random(using: &random) ? .sole : WearerID("w" + word(&random)))
        if Bool.random(using: &random) {
            let lines = (0..<3).map { "key\($0)=a # \\ \u{202E} " + String($0) + "\n" }
            device.profiles = [
                ProfileSource(name: "mine", text: lines.joined()), ProfileSource(name: "empty", text: ""),
            ]
        }
        return device
    }

    /// Text with everything in it that could break a line: blanks, escapes, controls, other scripts.
    static func word(_ random: inout SplitMix64) -> String {
        let pieces = [
            "a", " ", "\\", "\n", "\t", "\u{202E}", "é", "日", "\u{1F600}", "x20", "\"", "#", ":", "\u{0}",
        ]
        return (0..<Int.random(in: 0...6, using: &random)).map { _ in
            pieces.randomElement(using: &random) ?? ""
        }
        .joined()
    }

    private static func anchor(_ time: Instant, _ random: inout SplitMix64) -> WallAnchor {
        let wall = WallTime(nanoseconds: .random(in: 0...4_000_000_000_000_000_000, using: &random))
        var zone = ZoneRule(name: word(&random), offsetSeconds: .random(in: -50_000...50_000, using: &random))
        if Bool.random(using: &random) {
            zone = ZoneRule(
                name: "Europe/Amsterdam", offsetSeconds: 3600, change: WallTime(unixSeconds: 1_800_000_000),
                offsetAfterSeconds: 7200)
        }
        let instant = Bool.random(using: &random) ? time : time - .milliseconds(3)
        return WallAnchor(instant: instant, wall: wall, zone: zone)
    }

    private static func chunk(_ random: inout SplitMix64) -> [UInt8] {
        let length = Int.random(
            in: 0...(Int.random(in: 0..<8, using: &random) == 0 ? 700 : 40), using: &random)
        let plain = Array("0123456789.,-\r\n\t\"\\ ".utf8)
        let isText = Bool.random(using: &random)
        return (0..<length).map { _ in
            isText ? plain.randomElement(using: &random) ?? 0 : UInt8.random(in: 0...255, using: &random)
        }
    }
}
