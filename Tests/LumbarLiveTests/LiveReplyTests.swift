import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarTestKit
import Testing

/// Everything the daemon can say over its socket is as docs/schema/live.schema.json describes it.
@Suite struct LiveReplyTests {
    private let schema: JSONSchema

    init() throws { schema = try JSONSchema(file: "docs/schema/live.schema.json") }

    private func check(_ line: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let complaint = schema.complaint(about: line)
        #expect(complaint == nil, "\(complaint ?? "")", sourceLocation: sourceLocation)
        #expect(
            !line.contains("\n") && line.unicodeScalars.allSatisfy(Printable.isSafe),
            sourceLocation: sourceLocation)
    }

    @Test func answersAreAsDescribed() {
        check(LiveReply.hello)
        for id in [LiveID.none, .number(.min), .text("x\n\u{202E}")] {
            check(LiveReply.pong(id))
            check(LiveReply.subscribed(id, frames: true))
            check(LiveReply.unsubscribed(id))
            check(LiveReply.status(id, json: LiveSamples.status.json))
            check(LiveReply.devices(id, json: LiveDevice.json(LiveSamples.devices)))
            for control in [LiveControl(), LiveSamples.control] {
                check(LiveReply.asked(id, verb: .snooze, wearer: WearerID("a\n\u{202E}"), control))
            }
            for verdict in AlertVerdict.allCases {
                let name = AlertID(of: LiveSamples.alerts[0], bootID: "boot-1")
                check(LiveReply.acknowledged(id, alert: name, rule: .lift, verdict: verdict))
            }
            for code in LiveRefusal.Code.allCases {
                check(LiveReply.error(LiveRefusal(code, "a\nb", id: id)))
            }
        }
        check(LiveReply.devices(.none, json: LiveDevice.json([])))
        check(LiveReply.status(.none, json: LiveStatus(time: "", daemon: nil, wearers: []).json))
    }

    @Test func requestsAreAsDescribed() {
        for verb in LiveVerb.allCases {
            let line = LiveRequest(
                id: .number(1), verb: verb, wantsFrames: verb == .subscribe, ask: LiveSamples.ask(verb)
            ).line
            #expect(schema.complaint(about: line, as: "request") == nil)
        }
        #expect(schema.complaint(about: #"{"verb":"ping","x":1}"#, as: "request") != nil)
    }

    @Test func eventsAreAsDescribed() {
        let events = LiveSamples.events
        var count = 0
        func check(_ output: Output) {
            guard let line = events.line(output) else { return }
            count += 1
            self.check(line)
        }
        for episode in LiveSamples.episodes { check(.episode(episode, .sole)) }
        for alert in LiveSamples.alerts { check(.alert(alert)) }
        for kind in LiveSamples.deviceEvents {
            check(.device(DeviceEvent(kind, device: LiveSamples.name, time: .zero)))
        }
        for change in LiveControl.Change.allCases {
            for control in [LiveControl(), LiveSamples.control] {
                self.check(events.line(change, control, wearer: WearerID("\u{1B}"), at: .zero))
            }
        }
        check(.epoch(MinuteEpoch(wearer: .sole, start: .zero, length: .seconds(60))))
        check(
            .summary(
                DailySummary(
                    wearer: .sole, date: nil, start: .zero, end: .zero + .hours(24), isComplete: true)))
        // All but the calibration, which is for the store.
        let all = LiveSamples.episodes.count + LiveSamples.alerts.count + LiveSamples.deviceEvents.count
        #expect(count == all - 1 + 2)
    }

    @Test func framesAreAsDescribed() {
        var frame = Features()
        func line(_ posture: Posture?) -> String {
            LiveSamples.events.line(
                FrameReport(frame, device: LiveSamples.name, wearer: .sole, role: .lumbar), posture: posture)
        }
        for posture in Posture.allCases.map(Optional.some) + [nil] {
            check(line(posture))
        }
        frame.inclinationDegrees = .nan
        #expect(schema.complaint(about: line(nil)) != nil, "the schema has to be able to fail")
    }

    @Test func clientsReadWhatTheDaemonWrites() throws {
        let status = LiveReply.status(.number(1), json: LiveSamples.status.json)
        #expect(LiveStatus(try JSONReader.read(status, limits: .reply)) == LiveSamples.status)
        let line = LiveReply.devices(.none, json: LiveDevice.json(LiveSamples.devices))
        let read = try JSONReader.read(line, limits: .reply)["devices"]?.elements.compactMap {
            LiveDevice($0)
        }
        #expect(read == LiveSamples.devices)
    }

    @Test func whatWasAskedForIsSaidInWords() throws {
        let text = StatusText(LiveSamples.status).lines.joined(separator: "\n")
        #expect(
            text.contains(
                "\n  paused    until 2026-11-28 09:00, since 2026-11-21 09:00: sensors closed\n"))
        let snoozed = "  snoozed   until 2026-11-21 14:30 or 10 min upright; possible falls are told"
        #expect(text.contains(snoozed) && text.contains("\n  profile   manual\n"))
        #expect(LiveSamples.control.lines.allSatisfy { $0.count <= 78 })
        var words = LiveWords()
        let line = LiveSamples.events.line(.snoozed, LiveSamples.control, wearer: .sole, at: .zero)
        #expect(
            words.line(try JSONReader.read(line, limits: .reply))
                == "12:06:40  asked   snoozed until 2026-11-21 14:30")
        let over = LiveSamples.events.line(.resumed, LiveControl(), wearer: WearerID("b"), at: .zero)
        #expect(
            words.line(try JSONReader.read(over, limits: .reply))
                == "12:06:40  asked   b no longer paused")
    }

    @Test func eventsCarryTheWallClockOfTheirZone() {
        let line = LiveSamples.events.line(.alert(LiveSamples.alerts[0])) ?? ""
        #expect(line.contains(#""time":"2026-11-18T12:08:20+01:00""#), "\(line)")
        #expect(line.contains(#""instant_ns":100000000000"#))
    }

    @Test func thePostureNowFollowsTheEpisodes() {
        var now = PosturesNow()
        let other = WearerID("other")
        func tell(
            _ posture: Posture, _ start: Double, _ end: Double, ongoing: Bool, _ wearer: WearerID = .sole
        ) {
            now.take(
                .episode(
                    Episode(
                        .posture(posture), start: .zero + .seconds(start), end: .zero + .seconds(end),
                        decided: .zero + .seconds(end), confidence: 1, isOngoing: ongoing), wearer))
        }
        #expect(now.posture(of: .sole) == nil)
        tell(.unknown, 0, 5, ongoing: true)
        tell(.sitting, 0, 6, ongoing: true)
        #expect(now.posture(of: .sole)?.posture == .sitting)
        #expect(now.posture(of: other) == nil)
        // What is over makes way only for what began after it.
        tell(.standing, 60, 70, ongoing: true)
        tell(.sitting, 0, 60, ongoing: false)
        #expect(now.posture(of: .sole)?.posture == .standing)
        #expect(now.posture(of: .sole)?.since == .zero + .seconds(60))
        tell(.lying, 0, 70, ongoing: true, other)
        tell(.standing, 60, 80, ongoing: false)
        #expect(now.posture(of: .sole) == nil)
        #expect(now.posture(of: other)?.posture == .lying)
    }
}
