import Testing

@testable import LumbarSettings

@Suite struct ConfigLoaderTests {
    @Test func writesThroughToTheSettingsTheSectionsCameFrom() {
        let bend = BendSection()
        let sitting = SittingSection()
        var loader = ConfigLoader(sections: [bend, sitting])
        loader.load([
            (
                path: "main",
                text:
                    "[bend]\nenter_angle=50\nlongest=1h\nmode=tell\nsteps=5, 1min\n[sitting]\nbreak_after=1min"
            ),
            (path: "drop-in", text: "[bend]\nenter_angle=60 deg\nenabled=no\nlongest="),
        ])
        #expect(loader.errors.isEmpty)
        #expect(bend.enterAngle == 60)
        #expect(bend.longest == 25)
        #expect(bend.mode == .tell)
        #expect(bend.steps == [5, 60])
        #expect(!bend.enabled)
        #expect(sitting.breakAfter == 60)
        #expect(BendSection().enterAngle == 45)

        let values = loader.values
        #expect(values.map(\.key).count == 9)
        #expect(values[0].text == "60 deg")
        #expect(values[0].defaultText == "45 deg")
        #expect(values[0].origin?.description == "drop-in:2")
        #expect(values[2].origin == nil)
        #expect(values[6].origin?.description == "main:4")
    }

    @Test func everyErrorIsReportedAndTheEarlierValueStays() {
        let bend = BendSection()
        var loader = ConfigLoader(sections: [bend, SittingSection()])
        loader.load([
            (
                path: "lumbard.conf",
                text: """
                [bend]
                enter_angle=200
                enter_angel=3
                leave_angle = ten
                break_after=3
                mode=cuont
                in_a_row=2.5
                in_a_row=x
                enabled=maybe
                steps=1,,2
                steps=1, 1h
                longest=3 min # no
                [sittign]
                anything=1
                [bend]
                enter_angle=50
                """
            ),
            (path: "late.conf", text: "[bend]\nenter_angle=5"),
        ])
        #expect(
            loader.errors.map(\.description) == [
                "lumbard.conf:2: bend.enter_angle: 200 is outside 10...90 deg",
                "lumbard.conf:3: bend: there is no setting \"enter_angel\"; did you mean enter_angle?",
                "lumbard.conf:4: bend.leave_angle: \"ten\" is not a number of deg",
                "lumbard.conf:5: bend: there is no setting \"break_after\"; it belongs under [sitting]",
                "lumbard.conf:6: bend.mode: \"cuont\" is none of count, tell, both; did you mean count?",
                "lumbard.conf:7: bend.in_a_row: \"2.5\" is not a whole number",
                "lumbard.conf:8: bend.in_a_row: \"x\" is not a whole number",
                "lumbard.conf:9: bend.enabled: \"maybe\" is neither yes nor no",
                "lumbard.conf:10: bend.steps: \"1,,2\" has an empty place between commas",
                "lumbard.conf:11: bend.steps: 1h is outside 1...600 s",
                "lumbard.conf:12: bend.longest: \"3 min # no\" is not a number of min (a comment needs a line of its own)",
                "lumbard.conf:13: there is no section [sittign]; did you mean [sitting]?",
                "late.conf:2: bend.enter_angle: 5 is outside 10...90 deg",
            ])
        #expect(bend.enterAngle == 50)
        #expect(bend.longest == 25)
        #expect(bend.steps == [30, 60.5])
    }

    @Test func settingsThatDoNotFitTogether() {
        var loader = ConfigLoader(sections: [BendSection()])
        loader.load([(path: "a", text: "[bend]\n\nleave_angle=60")])
        #expect(loader.errors.map(\.description) == ["a:3: bend.leave_angle: is not below enter_angle"])
    }

    @Test func hostileNamesAreShownHarmless() {
        var loader = ConfigLoader(sections: [BendSection()])
        loader.load([(path: "a", text: "[be\u{202E}nd]\n[bend]\n\(String(repeating: "k", count: 100))=1")])
        #expect(
            loader.errors.map(\.description) == [
                "a:1: there is no section [be\\u{202e}nd]; did you mean [bend]?",
                "a:3: bend: there is no setting \"\(String(repeating: "k", count: 60))...\"",
            ])
    }
}
