import Testing

@testable import LumbarSettings

@Suite struct ManualTests {
    @Test func sampleIsGolden() {
        let expected = """
            # lumbard.conf - settings of lumbard(8); see lumbard.conf(5)
            #
            # Every setting stands here with its built-in value, commented out. To change one, remove the #
            # before it; or better, write it under its [section] into a file of your own,
            # /etc/lumbard/lumbard.conf.d/NAME.conf, which overrides this one and survives updates. Then:
            # lumbarctl config check && systemctl reload lumbard
            #
            # Units may be written out: 90 s, 25min, 1h30min. An empty value means the built-in one again.

            # Forward bends of the trunk.
            [bend]

            # Trunk flexion at which a bend begins. Chairs stay below it.
            # Allowed: 10...90 deg.
            #enter_angle=45 deg

            # Trunk flexion below which it ends.
            # Allowed: 5...85 deg.
            #leave_angle=30 deg

            # How long it may last.
            # Allowed: 0.1...240 min.
            #longest=25 min

            # How many in a row.
            # Allowed: 1...20.
            #in_a_row=3

            # Whether bends are counted.
            # Allowed: yes or no.
            #enabled=yes

            # A name for the wearer.
            # Allowed: text.
            #label=

            # What to do with them.
            # Allowed: one of count, tell, both.
            #mode=count

            # Steps of a ladder.
            # Allowed: a comma-separated list, each 1...600 s.
            #steps=30 s, 60.5 s

            # Bouts of sitting.
            [sitting]

            # Rise that breaks a bout.
            # Allowed: 1...60 s.
            #break_after=60 s

            """
        #expect(Manual(sections: [BendSection(), SittingSection()]).sample() == expected)
    }

    @Test func sampleSaysNothingNewAndUncommentedSetsEveryDefault() {
        let sections: [any SettingsSection] = [BendSection(), SittingSection()]
        let sample = Manual(sections: sections).sample()
        var loader = ConfigLoader(sections: sections)
        loader.load([(path: "sample", text: sample)])
        #expect(loader.errors.isEmpty)
        #expect(loader.values.allSatisfy { $0.origin == nil })

        let uncommented = sample.split(separator: "\n").map { line in
            line.hasPrefix("#") && !line.hasPrefix("# ") && line != "#"
                ? String(line.dropFirst()) : String(line)
        }.joined(separator: "\n")
        var bend = BendSection()
        bend.enterAngle = 80
        loader = ConfigLoader(sections: [bend, SittingSection()])
        loader.load([(path: "sample", text: uncommented)])
        #expect(loader.errors.isEmpty)
        #expect(bend.enterAngle == 45)
        #expect(loader.values.allSatisfy { $0.text == $0.defaultText })
        #expect(loader.values.filter { $0.origin == nil }.map(\.key) == ["label"])
    }

    @Test func pageEscapesWhatTroffWouldTake() {
        struct Odd: SettingsSection {
            static let name = "odd"
            static let summary = ".Begins with a dot \\ and more."
            @Setting("'quoted' first. Then a \"word\" -x.") var path = "C:\\\"a\""
        }
        let page = Manual(sections: [Odd()]).page(date: "November 21, 2026")
        #expect(page.contains(".Dd November 21, 2026\n"))
        #expect(page.contains(".Sh [ODD] SECTION\n\\&.Begins with a dot \\e and more.\n"))
        #expect(page.contains(".It Cm \"path=\" Ns Ar \"C:\\e\\(dqa\\(dq\"\n"))
        #expect(page.contains("\n\\&'quoted' first.\nThen a \"word\" \\-x.\nAllowed: text.\n"))
    }
}
