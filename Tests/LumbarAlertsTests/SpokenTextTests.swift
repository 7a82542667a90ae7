import LumbarCore
import LumbarMeasures
import Testing

@testable import LumbarAlerts

/// Every sentence that any rule can say, over the whole range of its numbers.
@Suite struct SpokenTextTests {
    private static let seconds =
        [1.0, 2, 30, 59.6, 60, 61, 89.4, 89.6, 119, 150, 1500, 1800, 2699, 2700, 3600]
        + [5400, 7199, 7200, 7201, 10_800, 28_800, 86_400]
    private static let degrees = [15.0, 20, 30.4, 45.5, 60, 89.5, 90, 100, 129.6]

    /// What is told about one position and the sensor.
    private static var times: [String] {
        var texts: [String] = []
        for seconds in seconds {
            for tier in AlertTier.allCases {
                for (isLast, isGentle) in [(false, false), (true, false), (false, true), (true, true)] {
                    texts.append(
                        AlertText.sitting(seconds: seconds, tier: tier, isLast: isLast, isGentle: isGentle))
                }
            }
            texts += [
                AlertText.standing(seconds: seconds), AlertText.riding(seconds: seconds),
                AlertText.bentToday(seconds: seconds, degrees: 30),
                AlertText.bentToday(seconds: seconds, degrees: 60), AlertText.offBody(seconds: seconds),
                AlertText.silentSensor(seconds: seconds), AlertText.untrusted(seconds: seconds),
                AlertText.staleUpright(seconds: seconds),
                AlertText.goodNews(.movingStart(seconds: seconds)),
                AlertText.goodNews(.shorterSits(longest: seconds, usual: seconds + 300)),
            ]
            for kind in [Rest.Kind.lying, .sitting] {
                for since in [1.0, 30, 60, 299] {
                    let rest = Rest(kind: kind, start: at(0), seconds: max(1800, seconds), end: at(30))
                    texts += [45.0, 129.6].map {
                        AlertText.afterRest(rest, degrees: $0, seconds: since)
                    }
                }
            }
        }
        for count in [3, 4, 10, 40] {
            texts.append(AlertText.goodNews(.quickBreaks(count: count - 1, of: count)))
        }
        return texts
    }

    /// What is told about bends, lifts and turns.
    private static var acts: [String] {
        var texts: [String] = []
        for degrees in degrees {
            for seconds in seconds {
                let held = SustainedFlexion(meanDegrees: degrees, peakDegrees: degrees, budgetUsed: 1)
                for (isOngoing, isAhead) in [(true, true), (true, false), (false, false)] {
                    texts.append(
                        AlertText.sustainedFlexion(
                            held, seconds: seconds, isOngoing: isOngoing, isAhead: isAhead))
                }
                texts.append(AlertText.morning(peakDegrees: degrees, seconds: seconds))
            }
            for strain in 0..<16 {
                texts.append(
                    AlertText.lift(
                        Lift(
                            peakDegrees: degrees, peakExtensionRateDps: 1, peakRiseVelocity: 1,
                            peakJerkGps: 1, riseSeconds: 1, turnWhileBentDegrees: 1, peakMomentNm: 1,
                            isUnderStrain: true, strain: Lift.Strain(rawValue: strain))))
            }
            let turn = Twist(turnDegrees: -2 * degrees, peakRateDps: 60, isAfterLift: true)
            texts += [AlertText.twist(turn), AlertText.turning(turn)]
        }
        for share in [0.35, 0.5, 0.701, 0.994, 1] {
            for seconds in [10.0, 59.8, 60, 90, 600] {
                texts += [true, false].map {
                    AlertText.endRange(share: share, seconds: seconds, isGentle: $0)
                }
            }
        }
        texts += [2.0, 2.2, 5, 12].map(AlertText.repeatedBends)
        for rules in [[AlertRule.lift], [.twist], [.sustainedFlexion], [.endRange], [.lift, .endRange]] {
            for count in [1, 2, 3, 16] {
                for seconds in seconds {
                    let all = rules.flatMap { Array(repeating: $0, count: count) }
                    texts.append(AlertText.digest(all, seconds: seconds))
                }
            }
        }
        return texts
    }

    /// What is told in sessions of a training.
    private static var training: [String] {
        let next: [(days: Int64, duty: TrainingCourse.Duty)?] = [
            nil, (1, .session(minutes: 30)), (7, .booster(minutes: 10)), (21, .retention(weeks: 3)),
        ]
        let ends = next.flatMap { next in
            [1, 2, 40].map { TrainingText.end(BendCount(bends: $0, deep: $0 / 2), next: next) }
        }
        return [5, 10, 40].map { TrainingText.begin(minutes: $0) } + ends
            + [60.1, 90, 129.6].map { TrainingText.bend(peakDegrees: $0) }
    }

    private static let falls = [AlertText.fall] + [30.0, 60].map(AlertText.stillDown)

    /// What is asked for, as the words have it; each stands for one thing to do.
    private static let actions = [
        "a short walk would make a good break soon", "a short walk, as far as is comfortable",
        "stand up and walk for about 3 minutes", "walk for about 6 minutes", "a walk would do you good",
        "come up for a moment soon", "stand up and move for a moment", "raise the work a little if you go on",
        "next time, turn with your feet", "take the next one more slowly",
        "next time, bring it close to you first", "leave for later what can wait",
        "walk a little or sit for a while", "stop for a short walk when you can",
        "rise first, then turn with your feet", "next time, walk two minutes first",
        "raise the work, or take turns", "raise what is left if you can", "bend the knees more for now",
        "come up a little", "for the next one, bend the knees", "put it on to have the day counted",
        "look at its light and its battery",
        "fasten it, then walk half a minute", "walk half a minute, so that angles count", "carry on",
        "raise the work to hip height if you can",
    ]

    /// Words that judge, scold, frighten or diagnose.
    private static let judging = [
        "bad", "wrong", "poor", "failed", "fail ", "lazy", "should", "must", "never", "always",
        "slouch",
        "posture", "injur", "damage", "danger", "risk", "harm", "score", "too ", "!", "warning", "careless",
        "only ", "still sitting", "you need",
    ]

    @Test func eachIsAFactAndOneAction() {
        for text in Set(Self.times + Self.acts + Self.training).sorted() {
            #expect(AlertText.firstLine(text) == text, "\(text.count): \(text)")
            let sentences = text.split(separator: ".").count
            #expect(sentences == 2, "a fact and an action: \(text)")
            let fact = text.prefix { $0 != "." }
            #expect(fact.contains { $0.isNumber }, "\(text)")
            let words = text.lowercased()
            let asked = Self.actions.filter { words.contains(". " + $0) }
            #expect(asked.count == 1 || asked == ["carry on", "carry on like that"], "\(asked): \(text)")
        }
    }

    @Test func noneJudges() {
        for text in Set(Self.times + Self.acts + Self.training + Self.falls).sorted() {
            let words = text.lowercased()
            for word in Self.judging { #expect(!words.contains(word), "\(word): \(text)") }
        }
    }

    @Test func eachReadsWellAloud() {
        for text in Set(Self.times + Self.acts + Self.training + Self.falls).sorted() {
            #expect(text.hasSuffix(".") && !text.contains("  ") && !text.contains(".."), "\(text)")
            let words = text.split { " .,;".contains($0) }
            for (number, noun) in zip(words, words.dropFirst()) {
                guard let count = Int(number) else { continue }
                let counted = ["minute", "second", "hour", "degree", "reminder", "time"]
                guard counted.contains(where: { noun == $0 || noun == $0 + "s" }) else { continue }
                #expect((count == 1) == !noun.hasSuffix("s"), "\(text)")
            }
            // Whole numbers only.
            let letters = Array(text)
            for place in letters.indices.dropFirst().dropLast() where letters[place] == "." {
                #expect(!letters[place + 1].isNumber, "\(text)")
            }
        }
    }

    @Test func fallsSayWhatToDoFirst() {
        for text in Self.falls {
            let line = AlertText.firstLine(text)
            #expect(line.count <= 100 && line.contains("call for help now"), "\(line)")
        }
    }
}
