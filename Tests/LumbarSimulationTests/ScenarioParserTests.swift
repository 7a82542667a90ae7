import LumbarTestKit
import Testing

@testable import LumbarSimulation

@Suite struct ScenarioParserTests {
    @Test func readsEveryForm() throws {
        let text = """
            sit 31 min slouched shifting each 5 min, slouch 10 min, ride 20 min   # to work
            stand 2 min; walk 5 min quickly, jog 1 min
            stairs 30 s down, bend 45 deg for 3 s, stoop, stoop 70° for 90 s, squat for 2.5 s
            lift 60 deg gently, lift 60 deg then twist 40 deg right, twist 30 deg, turn 90 deg left
            lie 8 hours on the left side rolling each 30 min, fall backward for 1 minute
            take-off 5 min, put on, shift 8 deg, shift then stand 10 s
            bend 50 deg turning 40 deg right, bend 45 deg stepping 90 deg, lift 60 deg hard then step 120 deg left
            take off 3 min in a drawer, take off 3 min on the desk
            """
        let scenario = try Scenario(parsing: text)
        let expected: [Activity] = [
            .sit(seconds: 1860, slouched: true, shiftEvery: 300),
            .sit(seconds: 600, slouched: true, shiftEvery: 0),
            .ride(seconds: 1200), .stand(seconds: 120), .walk(seconds: 300, pace: .quick),
            .walk(seconds: 60, pace: .jog), .stairs(seconds: 30, up: false), .bend(degrees: 45, hold: 3),
            .stoop(degrees: 61, hold: 2), .stoop(degrees: 70, hold: 90), .squat(hold: 2.5),
            .lift(degrees: 60, style: .gently, twist: 0), .lift(degrees: 60, style: .plain, twist: -40),
            .twist(degrees: 30), .turn(degrees: 90), .lie(seconds: 28800, on: .left, rollEvery: 1800),
            .fall(.backward, stay: 60), .takeOff(seconds: 300), .putOn, .shift(degrees: 8),
            .shift(degrees: 0),
            .stand(seconds: 10), .bentTurn(degrees: 50, turn: -40, withFeet: false),
            .bentTurn(degrees: 45, turn: 90, withFeet: true),
            .liftAndStep(degrees: 60, style: .hard, turn: 120), .takeOff(seconds: 180, at: .drawer),
            .takeOff(seconds: 180, at: .desk),
        ]
        #expect(scenario.activities == expected)
    }

    @Test func repeatsAndNests() throws {
        let scenario = try Scenario(parsing: "2x(sit 1 min, 3x squat), stand 5 s")
        let once: [Activity] = [
            .sit(seconds: 60, slouched: false, shiftEvery: 0), .squat(hold: 1), .squat(hold: 1),
            .squat(hold: 1),
        ]
        #expect(scenario.activities == once + once + [.stand(seconds: 5)])
    }

    @Test(arguments: [
        ("", 1, 1, "", "one of sit, slouch"),
        ("sit", 1, 4, "", "a duration"),
        ("sit 31 mni", 1, 8, "mni", "a unit of time"),
        ("sit 31 min,, stand 2 min", 1, 12, ",", "one of sit, slouch"),
        ("sit 31 min stand 2 min", 1, 12, "stand", "a comma"),
        ("bend 45", 1, 8, "", "\"deg\""),
        ("bend 300 deg", 1, 6, "300", "an angle from 5 to 110 deg"),
        ("stand 2 min\nwlak 5 min", 2, 1, "wlak", "one of sit, slouch"),
        ("3x(sit 1 min", 1, 13, "", "or )"),
        ("0x squat", 1, 1, "0", "a whole number of repetitions"),
        ("9999x(99x squat)", 1, 17, "", "at most 100000 activities"),
        ("take 5 min", 1, 6, "5", "\"off\""),
        ("lie 5 min on head", 1, 14, "head", "back, left, right or front"),
        ("sit 5 min @", 1, 11, "@", "a word, a number or a comma"),
        ("walk 1.2.3 min", 1, 6, "1.2.3", "a number such as"),
        ("sit 0 s", 1, 5, "0", "a duration between"),
    ])
    func saysWhatIsWrongAndWhere(
        _ text: String, _ line: Int, _ column: Int, _ word: String, _ expected: String
    ) {
        let error = refusal(of: text)
        #expect(error != nil)
        #expect(error?.line == line)
        #expect(error?.column == column)
        #expect(error?.word == word)
        #expect(error?.expected.contains(expected) == true)
    }

    @Test func printsOneLineForPeople() {
        let text = refusal(of: "sit 5 min, dance 2 min")?.description ?? ""
        #expect(text.hasPrefix("scenario, line 1, character 12: expected one of sit, slouch, ride"))
        #expect(text.hasSuffix("found \"dance\""))
    }

    /// What reading `text` throws, or nil; `#expect(throws:)` hands it out from Swift 6.1 on only.
    private func refusal(of text: String) -> ScenarioError? {
        do {
            _ = try Scenario(parsing: text)
            return nil
        } catch {
            return error
        }
    }

    /// Any soup of words is either read or refused with a place inside the text.
    @Test func survivesAnything() {
        let words = [
            "sit", "31", "min", ",", "3x(", ")", "then", "twist", "40", "deg", "lift", "\n", "on", "each",
            "off",
            "take", "for", "#", "-", "walk", "left", "5", "s", "(", "é", "x", "squat", "\u{0}", "rolling",
        ]
        var random = SeededRandom(seed: 11)
        for _ in 0..<Trials.count(3000) {
            var text = ""
            for _ in 0..<random.whole(0...14) { text += words[random.whole(0...words.count - 1)] + " " }
            do {
                let scenario = try Scenario(parsing: text)
                #expect(try Scenario(parsing: scenario.description) == scenario)
            } catch {
                let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
                #expect(error.line >= 1 && error.line <= lines.count)
                #expect(error.column >= 1 && error.column <= lines[error.line - 1].count + 1)
            }
        }
    }

    @Test(arguments: Scenario.names)
    func libraryReadsBackAndVaries(_ name: String) throws {
        let one = try #require(Scenario.named(name, seed: 1))
        #expect(try Scenario(parsing: one.description) == one)
        #expect(Scenario.named(name, seed: 1) == one)
        #expect(Scenario.named(name, seed: 2) != one)
        #expect(one.activities.count >= 5)
    }

    @Test func libraryDaysLastWhatTheySay() throws {
        #expect(Scenario.names.count == Scenario.summaries.count)
        #expect(Scenario.named("no-such-day", seed: 1) == nil)
        for seed in 1...20 as ClosedRange<UInt64> {
            let office = try #require(Scenario.named("office-day", seed: seed))
            #expect((8.8 * 3600...9.6 * 3600).contains(office.timedSeconds))
            let strained = office.activities.filter {
                if case .lift(_, .hard, _) = $0 { true } else { false }
            }
            #expect(strained.count == 2)
            let held = office.activities.filter {
                if case .stoop(let degrees, let hold) = $0 { degrees >= 60 && hold >= 90 } else { false }
            }
            #expect(held.count == 1)
        }
    }
}
