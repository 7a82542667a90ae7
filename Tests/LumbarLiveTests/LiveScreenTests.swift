import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarTestKit
import Testing

@Suite struct LiveScreenTests {
    @Test func theFigureLeansAsTheTrunkDoes() {
        func head(_ degrees: Double) -> (column: Int, row: Int)? {
            let rows = TrunkFigure.rows(flexionDegrees: degrees, posture: .standing)
            #expect(rows.count == TrunkFigure.height && rows.allSatisfy { $0.count == TrunkFigure.width })
            guard let row = rows.firstIndex(where: { $0.contains("O") }) else { return nil }
            return (Array(rows[row]).firstIndex(of: "O") ?? 0, row)
        }
        let upright = head(0)
        #expect(upright?.column == 16 && upright?.row == 0)
        #expect((head(45)?.column ?? 0) > 22 && (head(45)?.row ?? 0) > 1)
        #expect(head(90)?.row == 7 && head(-90)?.row == 7)
        #expect((head(-30)?.column ?? 99) < 16)
        for degrees in [-1e9, 1e9, .nan, .infinity, 180, 135, -135] { _ = head(degrees) }
    }

    @Test func theStripMovesWithTheSecondsAndForgetsAGap() {
        var strip = AngleStrip()
        let start = Instant.zero + .seconds(1000)
        for tenth in 0..<100 { strip.take(tenth < 50 ? 0 : 90, at: start + .seconds(Double(tenth) / 10)) }
        let rows = strip.rows(blocks: false)
        #expect(rows.count == 6 && rows.allSatisfy { $0.count == 7 + AngleStrip.seconds })
        #expect(rows[0].hasSuffix("  #####") && rows[0].hasPrefix("  75° |"))
        #expect(rows[5].hasSuffix(" .....#####"))
        strip.take(30, at: start + .seconds(14))
        #expect(strip.rows(blocks: true)[5].hasSuffix("█████    █"))
        strip.take(30, at: start + .seconds(5))
        strip.take(.nan, at: start + .seconds(14))
        strip.take(10, at: start + .hours(10))
        #expect(strip.rows(blocks: false)[5].hasSuffix("|" + String(repeating: " ", count: 59) + "#"))
    }

    /// Whatever the size and whatever came, the lines fit and hold nothing that moves a terminal.
    @Test func theScreenFitsAnyTerminal() throws {
        var screen = LiveScreen(wearer: .sole)
        func fits() {
            for (columns, rows) in [(80, 24), (200, 60), (40, 10), (1, 1), (0, 0), (80, 3), (79, 200)] {
                for blocks in [false, true] {
                    let lines = screen.lines(columns: columns, rows: rows, blocks: blocks)
                    #expect(lines.count <= rows && lines.allSatisfy { $0.count <= columns })
                    let all = lines.joined()
                    #expect(all.unicodeScalars.allSatisfy(Printable.isSafe))
                }
            }
        }
        fits()
        #expect(screen.lines(columns: 80, rows: 24, blocks: false)[0].contains("waiting for a sensor"))
        screen.take(
            try JSONReader.read(LiveReply.status(.none, json: LiveSamples.status.json), limits: .reply))
        for output in LiveSamples.alerts.map(Output.alert) + LiveSamples.episodes.map({ .episode($0, .sole) })
            + LiveSamples.deviceEvents.map({ .device(DeviceEvent($0, device: LiveSamples.name, time: .zero)) }
            )
        {
            guard let line = LiveSamples.events.line(output) else { continue }
            screen.take(try JSONReader.read(line, limits: .reply))
            fits()
        }
        var frame = Features()
        (frame.flexionDegrees, frame.lateralDegrees, frame.flexionIsSigned) = (32.4, -4.4, true)
        let report = FrameReport(frame, device: LiveSamples.name, wearer: .sole, role: .lumbar)
        screen.take(try JSONReader.read(LiveSamples.events.line(report, posture: .sitting), limits: .reply))
        let other = FrameReport(Features(), device: LiveSamples.name, wearer: .sole, role: .thigh)
        screen.take(try JSONReader.read(LiveSamples.events.line(other, posture: .sitting), limits: .reply))
        fits()
        let lines = screen.lines(columns: 80, rows: 24, blocks: true)
        #expect(lines[0].hasPrefix("lumbard  me  sitting since 09:14"))
        #expect(lines.contains { $0.hasSuffix("trunk     32° forward") })
        #expect(lines.contains { $0.hasSuffix("aside     4° left") })
        #expect(lines.contains { $0.contains("bends     2, past 60°: 3") })
    }

    /// What a wearer asked for stands under the title for as long as it holds, whether it was asked for now or before.
    @Test func aSnoozeStandsUnderTheTitle() throws {
        var screen = LiveScreen(wearer: .sole)
        func top() -> [String] { Array(screen.lines(columns: 80, rows: 24, blocks: true).prefix(4)) }
        #expect(top()[1].isEmpty)
        var status = LiveSamples.status
        let index = try #require(status.wearers.firstIndex { $0.id == .sole })
        status.wearers[index].control = LiveControl()
        status.wearers[index].control.profile = .flare
        screen.take(try JSONReader.read(LiveReply.status(.none, json: status.json), limits: .reply))
        #expect(top()[1] == "profile   flare" && top()[2].isEmpty)
        var control = LiveControl()
        control.snoozedUntil = "2026-11-21T14:30:00+01:00"
        control.pausedUntil = "2026-11-22T09:00:00+01:00"
        func tell(_ change: LiveControl.Change, of wearer: WearerID) throws {
            let line = LiveSamples.events.line(change, control, wearer: wearer, at: .zero)
            screen.take(try JSONReader.read(line, limits: .reply))
        }
        try tell(.snoozed, of: WearerID("ben"))
        #expect(top()[1] == "profile   flare")
        try tell(.snoozed, of: .sole)
        #expect(
            Array(top()[1...]) == [
                "paused    until 2026-11-22 09:00: sensors closed",
                "snoozed   until 2026-11-21 14:30; possible falls are told", "",
            ])
        for rows in 0...24 { #expect(screen.lines(columns: 80, rows: rows, blocks: true).count <= rows) }
        control = LiveControl()
        try tell(.woken, of: .sole)
        #expect(top()[1].isEmpty)
    }

    @Test func eventsAreOneLineEachAndAPostureIsSaidOnce() throws {
        var words = LiveWords()
        func line(_ output: Output) throws -> String? {
            guard let text = LiveSamples.events.line(output) else { return nil }
            return words.line(try JSONReader.read(text, limits: .reply))
        }
        var episode = Episode(
            .posture(.sitting), start: .zero, end: .zero + .seconds(1), decided: .zero, confidence: 1,
            isOngoing: true)
        #expect(try line(.episode(episode, .sole)) == "12:06:40  now     sitting")
        episode.end = .zero + .seconds(60)
        #expect(try line(.episode(episode, .sole)) == nil)
        #expect(try line(.episode(episode, WearerID("other"))) == "12:06:40  now     other sitting")
        #expect(try line(.alert(LiveSamples.alerts[0])) == "12:08:20  ALERT   Stand up.")
        for output in LiveSamples.deviceEvents.map({
            Output.device(DeviceEvent($0, device: LiveSamples.name, time: .zero))
        }) {
            let said = try line(output)
            #expect(said.map { !$0.contains("\n") && $0.unicodeScalars.allSatisfy(Printable.isSafe) } ?? true)
        }
        var status = LiveWords()
        #expect(status.lines(LiveSamples.status)[0] == "09:15:01  now     sitting for 1 min, since 09:14")
    }

    @Test func aStatusFitsEightyColumns() {
        let lines = StatusText(LiveSamples.status).lines
        #expect(lines[0] == "me" && lines.contains("  now       sitting for 1 min, since 09:14"))
        #expect(lines.suffix(2).first == "daemon    lumbard 0.1.0, up 1 h 15 min. Reading it.")
        #expect(lines.last == "card      0.1 MB in 11 syncs today, 1.3 MB in 312 yesterday")
        var alone = LiveSamples.status
        alone.daemon = nil
        let told = StatusText(alone, absence: "it is not running").lines
        #expect(told.last == "daemon    not asked: it is not running")
        #expect(!told.contains { $0.contains("  now ") })
        #expect((lines + told).joined().unicodeScalars.allSatisfy(Printable.isSafe))
        for device in LiveSamples.devices {
            let all = LiveDeviceText.lines(device).joined()
            #expect(all.unicodeScalars.allSatisfy(Printable.isSafe) && all.contains("state     "))
        }
    }
}
