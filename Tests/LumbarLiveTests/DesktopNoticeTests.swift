import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarTestKit
import Testing

@Suite struct DesktopNoticeTests {
    private func event(_ alert: Alert) throws -> JSONValue {
        try JSONReader.read(LiveSamples.events.line(.alert(alert)) ?? "", limits: .reply)
    }

    private func alert(_ rule: AlertRule, _ tier: AlertTier = .nudge, message: String = "Stand up.") -> Alert
    {
        Alert(
            rule: rule, tier: tier, time: .zero + .seconds(100), episodeStart: .zero + .seconds(10),
            duration: .seconds(90), step: 1, message: message, wearer: .sole)
    }

    private func notice(_ rule: AlertRule, _ tier: AlertTier = .nudge, message: String = "Stand up.") throws
        -> DesktopNotice
    {
        try #require(DesktopNotice(try event(alert(rule, tier, message: message))))
    }

    @Test func everyAlertIsANotice() throws {
        for sample in LiveSamples.alerts where !(sample.tier == .notice && sample.rule.isAnnounced) {
            let notice = try #require(DesktopNotice(try event(sample)))
            #expect(notice.alert == AlertID(of: sample, bootID: LiveSamples.events.bootID).text)
            #expect(notice.body == "Stand up." && !notice.summary.isEmpty && notice.summary.count <= 64)
        }
        let seated = try notice(.sitting)
        #expect(seated.summary == "Sitting" && seated.urgency == .normal)
        #expect(seated.actions.map(\.label) == ["Snooze 30 min", "Not true", "Useful"])
    }

    /// Only a possible fall is shown on a desktop that is not to be disturbed.
    @Test func urgencyFollowsTheTierAndOnlyAFallIsCritical() throws {
        #expect(try notice(.training, .notice).urgency == .low)
        #expect(try notice(.sitting, .urgent).urgency == .normal)
        #expect(try notice(.fall, .urgent).urgency == .critical)
        #expect(try notice(.stillDown, .urgent).urgency == .critical)
        #expect(try notice(.fall, .urgent).actions == [.useful, .wrong])
    }

    /// A word ahead of a nudge is outside the budget and for the journal; a rule without nudges is heard by its notices.
    @Test func aWordAheadOfANudgeIsNoBubble() throws {
        for rule in AlertRule.allCases {
            let isShown = DesktopNotice(try event(alert(rule, .notice))) != nil
            let isAhead = [.sitting, .standing, .sustainedFlexion].contains(rule)
            #expect(isShown == !isAhead, "\(rule)")
            #expect(DesktopNotice(try event(alert(rule, .nudge))) != nil)
        }
    }

    @Test func nothingInTheTextIsMarkupOrDisturbs() throws {
        let odd = try notice(.lift, message: "<b>&\"'\u{1B}[31m\u{202E}\nx</b>")
        #expect(odd.markup == "&lt;b&gt;&amp;&quot;&#39;\\u{1b}[31m\\u{202e}\\u{a}x&lt;/b&gt;")
        var random = SplitMix64(seed: 6)
        for _ in 0..<Trials.count(2000) {
            let scalars = (0..<20).compactMap { _ in Unicode.Scalar(UInt32(random.next() % 0x3000)) }
            let text = String(String.UnicodeScalarView(scalars))
            let markup = try notice(.lift, message: text).markup
            #expect(!markup.contains("<") && !markup.contains(">") && !markup.contains("\""))
            #expect(markup.unicodeScalars.allSatisfy(Printable.isSafe))
        }
    }

    @Test func whatNobodyIsToBeToldIsNoNotice() throws {
        var kept = alert(.sitting)
        kept.delivery = .shadow
        let onTrial = try event(kept)
        #expect(onTrial["delivery"]?.text == "shadow" && DesktopNotice(onTrial) == nil)
        for other in [
            #"{"type":"alert"}"#, #"{"type":"epoch"}"#, "[]", #"{"type":"alert","id":1,"rule":"x"}"#,
        ] {
            #expect(DesktopNotice(try JSONReader.read(other, limits: .reply)) == nil)
        }
    }

    /// A rule of a newer daemon is shown by its name.
    @Test func anUnknownRuleIsShown() throws {
        let line = #"{"type":"alert","id":"8k3r0vm","rule":"long_drive\u001b","message":"Stop.","tier":"x"}"#
        let notice = try #require(DesktopNotice(try JSONReader.read(line, limits: .reply)))
        #expect(notice.summary == "Long drive\\u{1b}" && notice.urgency == .normal)
    }

    @Test func itIsOverWhenWhatItIsAboutIs() throws {
        func posture(_ posture: Posture, from start: Double, ongoing: Bool = true) throws -> JSONValue {
            let episode = Episode(
                .posture(posture), start: .zero + .seconds(start), end: .zero + .seconds(start + 1),
                decided: .zero + .seconds(start + 1), confidence: 1, isOngoing: ongoing)
            return try JSONReader.read(
                LiveSamples.events.line(.episode(episode, .sole)) ?? "", limits: .reply)
        }
        func bout(_ start: Double, ongoing: Bool) throws -> JSONValue {
            let episode = Episode(
                .sitting(SittingBout(seatedSeconds: 90, posturalShifts: 0)), start: .zero + .seconds(start),
                end: .zero + .seconds(start + 1), decided: .zero + .seconds(start + 1), confidence: 1,
                isOngoing: ongoing)
            return try JSONReader.read(
                LiveSamples.events.line(.episode(episode, .sole)) ?? "", limits: .reply)
        }
        let seated = try notice(.sitting)
        #expect(try !seated.isOver(by: bout(10, ongoing: true)))
        #expect(try !seated.isOver(by: bout(3, ongoing: false)))
        #expect(try seated.isOver(by: bout(10, ongoing: false)))
        #expect(try seated.isOver(by: posture(.walking, from: 120)))
        #expect(try !seated.isOver(by: posture(.walking, from: 20)))
        #expect(try !seated.isOver(by: posture(.lying, from: 120)))
        let standing = try notice(.standing)
        let fall = try notice(.fall, .urgent)
        #expect(try standing.isOver(by: posture(.standing, from: 10, ongoing: false)))
        #expect(try !standing.isOver(by: posture(.standing, from: 10)))
        for change in [LiveControl.Change.snoozed, .paused, .woken, .profile] {
            let line = LiveSamples.events.line(change, LiveControl(), wearer: .sole, at: .zero)
            let event = try JSONReader.read(line, limits: .reply)
            #expect(seated.isOver(by: event) == (change == .snoozed || change == .paused))
            #expect(!fall.isOver(by: event))
        }
    }

    @Test func whatIsPressedIsAskedAsTheDaemonUnderstandsIt() throws {
        let schema = try JSONSchema(file: "docs/schema/live.schema.json")
        let seated = try notice(.sitting)
        for action in DesktopNotice.Action.allCases {
            #expect(schema.complaint(about: seated.request(for: action).line, as: "request") == nil)
        }
        #expect(
            seated.request(for: .wrong).line
                == #"{"id":"ack","verb":"ack","alert":"\#(seated.alert)","verdict":"false"}"#)
        #expect(
            seated.request(for: .snooze).line
                == #"{"id":"snooze","verb":"snooze","wearer":"me","seconds":1800.000}"#)
        let lift = try notice(.lift)
        #expect(seated.shares(bubbleOf: seated) && !seated.shares(bubbleOf: lift))
    }
}
