import Testing

@testable import LumbarSettings

private struct BeltSection: NamedSettingsSection {
    static let name = "belt"
    static let argumentName = "ID"
    static let summary = "One belt."

    @Setting("Whether it counts.") var use = true
    @Setting("Who wears it.") var wearer = ""
    @Setting(1...9, "How tight.") var holes = 3

    var strict = false
    static func refusal(of argument: String) -> String? {
        argument.count > 9 ? "a name has nine letters at most" : nil
    }
    var conflicts: [SettingConflict] {
        strict && wearer == "nobody" ? [SettingConflict("wearer", "nobody wears nothing")] : []
    }
}

@Suite struct SectionListTests {
    @Test func eachArgumentMakesASectionOfItsOwn() throws {
        let belts = SectionList<BeltSection>()
        let sitting = SittingSection()
        var loader = ConfigLoader(sections: [belts, sitting])
        loader.load([
            (path: "main", text: "[belt a/1]\nwearer=anna\nholes=5\n[belt b 2]\n[sitting]\nbreak_after=5"),
            (path: "drop-in", text: "[ belt \t a/1 ]\nuse=no\nholes=\n"),
        ])
        #expect(loader.errors.isEmpty)
        #expect(belts.elements.map(\.argument) == ["a/1", "b 2"])
        let first = try #require(belts["a/1"])
        #expect(!first.use && first.wearer == "anna" && first.holes == 3)
        #expect(belts["b 2"]?.use == true)
        #expect(belts["c"] == nil)
        #expect(sitting.breakAfter == 5)
        #expect(loader.origins(ofSection: "belt a/1").map(\.description) == ["main:1", "drop-in:1"])
        let use = loader.values.first { $0.section == "belt a/1" && $0.key == "use" }
        #expect(use?.text == "no" && use?.origin?.description == "drop-in:2")
        // The built-in values are nobody's.
        #expect(SectionList<BeltSection>().elements.isEmpty && BeltSection().holes == 3)
    }

    @Test func errorsHaveTheirLinesAndGuesses() {
        let belts = SectionList<BeltSection> { $0.strict = true }
        var loader = ConfigLoader(sections: [belts, SittingSection()])
        loader.load([
            (
                path: "f",
                text: """
                [belt]
                use=no
                [bolt a]
                use=no
                [belt 0123456789]
                use=no
                [belt a]
                hole=4
                holes=44
                wearer=nobody
                break_after=1
                [sitting b]
                use=no
                """
            )
        ])
        #expect(
            loader.errors.map(\.description) == [
                "f:1: a section is [belt ID]",
                "f:3: there is no section [bolt a]; did you mean [belt a]?",
                "f:5: [belt 0123456789]: a name has nine letters at most",
                "f:8: belt a: there is no setting \"hole\"; did you mean holes?",
                "f:9: belt a.holes: 44 is outside 1...9",
                "f:11: belt a: there is no setting \"break_after\"; it belongs under [sitting]",
                "f:12: there is no section [sitting b]; did you mean [sitting]?",
                "f:10: belt a.wearer: nobody wears nothing",
            ])
        #expect(belts.elements.map(\.argument) == ["a"])
    }

    @Test func theSampleHasItAsAnExampleAndTheManualExplainsIt() {
        let sections: [any SettingsSection] = [SectionList<BeltSection>(), SittingSection()]
        let manual = Manual(sections: sections)
        #expect(manual.sample().contains("# One belt.\n#[belt ID]\n\n# Whether it counts."))
        let belts = SectionList<BeltSection>()
        var loader = ConfigLoader(sections: [belts, SittingSection()])
        loader.load([(path: "sample", text: manual.sample())])
        #expect(loader.errors.isEmpty && belts.elements.isEmpty)
        #expect(manual.page(date: "today").contains(".Sh [BELT ID] SECTION\nOne belt.\n"))
    }
}
