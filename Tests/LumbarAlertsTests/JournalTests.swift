import Glibc
import LumbarAlerts
import LumbarCore
import LumbarSettings
import LumbarTestKit
import Testing

@Suite struct JournalTests {
    private func text(_ entry: JournalEntry) -> [String] { entry.allFields.map { "\($0.name)=\($0.value)" } }

    private func alert(_ rule: AlertRule) -> Alert {
        Alert(
            rule: rule, tier: .nudge, time: at(30), episodeStart: at(0), duration: .seconds(1799.7), step: 2,
            message: "m",
            flexionDegrees: [.sustainedFlexion, .lift, .morning, .repeatedBends, .afterRest, .endRange]
                .contains(rule) ? 50 : nil,
            count: 3,
            wearer: .sole)
    }

    @Test func anAlertIsGolden() {
        #expect(
            text(JournalEntry(alert: alert(.lift))) == [
                "MESSAGE=m", "PRIORITY=4", "MESSAGE_ID=\(MessageID.lift.rawValue)",
                "SYSLOG_IDENTIFIER=lumbard",
                "LUMBARD_EVENT=alert", "LUMBARD_RULE=lift", "LUMBARD_TIER=nudge", "LUMBARD_STEP=2",
                "LUMBARD_DURATION_SEC=1800", "LUMBARD_FLEXION_DEG=50", "LUMBARD_COUNT=3", "LUMBARD_WEARER=me",
            ])
    }

    @Test func aSummaryIsGolden() {
        let date = CivilDate(year: 2026, month: 11, day: 21)
        var day = DailySummary(wearer: .sole, date: date, start: at(0), end: at(1440), isComplete: true)
        day.postureSeconds[Posture.sitting.index] = 3600
        day.longestSittingSeconds = 1829
        day.bends = 4
        day.lifts = 2
        let entry = JournalEntry(summary: day)
        #expect(
            text(entry).dropFirst(4) == [
                "LUMBARD_EVENT=summary", "LUMBARD_DATE=2026-11-21", "LUMBARD_WEARER=me",
                "LUMBARD_SITTING_MIN=60",
                "LUMBARD_LONGEST_SITTING_MIN=30", "LUMBARD_BENDS=4", "LUMBARD_LIFTS=2",
            ])
        #expect(entry.priority == 5)
        day.isComplete = false
        #expect(JournalEntry(summary: day).priority == 6)
    }

    @Test func aDeviceIsNamed() {
        let entry = JournalEntry(.deviceStalled, message: "m", priority: 4, device: DeviceID("usb-1"))
        #expect(entry.fields == [.init("LUMBARD_EVENT", "device"), .init("LUMBARD_DEVICE", "usb-1")])
    }

    @Test func postureNeverGoesAboveErr() {
        for tier in AlertTier.allCases { #expect(tier.syslogPriority >= 3) }
    }

    @Test func idsAreDistinctAndWellFormed() {
        let ids = MessageID.allCases.map(\.rawValue)
        #expect(Set(ids).count == ids.count)
        for id in ids { #expect(id.count == 32 && id.allSatisfy { "0123456789abcdef".contains($0) }) }
    }

    /// The catalog explains exactly the messages there are, and uses only fields that are sent with them.
    @Test func catalogMatchesTheMessages() throws {
        let catalog = try #require(readFile("systemd/lumbard.catalog"))
        var listed: [String] = []
        for part in catalog.components(separatedBy: "\n-- ").dropFirst() {
            let lines = part.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
            let id = try #require(MessageID(rawValue: lines[0]))
            listed.append(lines[0])
            #expect(lines[1].hasPrefix("Subject: "))
            #expect(lines[2] == "Defined-By: lumbard")
            #expect(lines[3].hasPrefix("Documentation: man:"))
            #expect(lines[4] == "")
            #expect(lines.contains { $0.hasPrefix("What you can do: ") })
            #expect(lines.allSatisfy { $0.count <= 100 })
            let sent = Set(entry(id).allFields.map(\.name))
            for field in fields(in: part) { #expect(sent.contains(field), "\(field) in \(id)") }
        }
        #expect(listed == MessageID.allCases.map(\.rawValue))
    }

    private func entry(_ id: MessageID) -> JournalEntry {
        for rule in AlertRule.allCases where MessageID(rule) == id { return JournalEntry(alert: alert(rule)) }
        if id == .summary {
            return JournalEntry(
                summary: DailySummary(wearer: .sole, date: nil, start: at(0), end: at(1), isComplete: true))
        }
        return JournalEntry(
            id, message: "", priority: 5, device: id.event == "device" ? DeviceID("usb-1") : nil)
    }

    /// The names between at signs.
    private func fields(in text: String) -> [String] {
        text.split(separator: "@", omittingEmptySubsequences: false).enumerated()
            .filter { $0.offset % 2 == 1 }.map { String($0.element) }
    }

    private func readFile(_ path: String) -> String? {
        guard let file = fopen("\(Repository.root)/\(path)", "r") else { return nil }
        defer { fclose(file) }
        var bytes = [UInt8](repeating: 0, count: 1 << 16)
        let count = fread(&bytes, 1, bytes.count, file)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}

extension String {
    /// The parts between occurrences of `separator`.
    fileprivate func components(separatedBy separator: String) -> [String] {
        var parts: [String] = []
        var rest = Substring(self)
        while let range = rest.firstRange(of: separator) {
            parts.append(String(rest[..<range.lowerBound]))
            rest = rest[range.upperBound...]
        }
        return parts + [String(rest)]
    }
}

@Suite struct AlertSettingsTests {
    /// The sample of our own section, so that a change of a default is seen in review.
    @Test func sampleSectionIsGolden() {
        let keys = Manual(sections: [AlertSettings()]).sample().split(separator: "\n")
            .filter { $0.hasPrefix("#") && $0.contains("=") && !$0.hasPrefix("# ") }
        #expect(
            keys == [
                "#silent_after_connect=2 min", "#profile=desk", "#quiet_hours=", "#quiet_until_upright=no",
                "#sitting=yes", "#sitting_notice=25 min", "#sitting_first=30 min", "#sitting_second=60 min",
                "#sitting_third=90 min", "#shift_delay=10 min", "#sustained_flexion=yes",
                "#flexion_cooldown=10 min", "#lift=yes", "#twist=yes", "#turning=shadow",
                "#after_rest=shadow", "#lift_cooldown=10 min", "#repeated_bends=shadow",
                "#bends_cooldown=30 min", "#bent_today=shadow", "#bent_today_over30=40 min",
                "#bent_today_over60=10 min", "#end_range=shadow", "#morning=yes", "#standing=no",
                "#standing_notice=40 min", "#standing_nudge=60 min", "#riding=shadow",
                "#riding_notice=60 min", "#sensor=shadow", "#good_news=shadow",
                "#training=yes", "#fall=yes",
                "#nudges_per_hour=2", "#nudges_per_day=8", "#digest=yes", "#digest_minimum=2",
                "#digest_window=120 min", "#digest_cooldown=10 min",
            ])
    }

    @Test func aDemonstrationIsAFewLines() {
        let settings = AlertSettings()
        var loader = ConfigLoader(sections: [settings])
        loader.load([
            (
                path: "demo.conf",
                text: "[alerts]\nsilent_after_connect=0\nsitting_notice=6 s\nsitting_first=0.2 min\n"
                    + "sitting_second=18s\nsitting_third=24s\n"
            )
        ])
        #expect(loader.errors.isEmpty)
        #expect(settings.sittingNotice == 0.1)
        #expect(settings.sittingSecond == 0.3)
        loader.load([(path: "d", text: "[alerts]\nsitting_second=5s")])
        #expect(
            loader.errors.map(\.description) == [
                "d:2: alerts.sitting_second: does not come after sitting_first"
            ])
    }
}
