import LumbarAlerts
import LumbarCore
import Testing

@Suite struct MountTrustTests {
    @Test func withoutATrustedUprightNothingThatRestsOnAnglesIsSaid() {
        var day = Diary()
        day.policy.setTrust(.moved, at: at(0))
        day.bent(from: at(5), to: at(7), budget: 1.2)
        day.lift(at: at(9))
        day.twist(at: at(15))
        day.sit(from: at(20), at: at(46))
        day.sit(from: at(20), at: at(51))
        day.fall(at: at(60), told: at(60, 5))
        day.advance(to: at(70))
        #expect(day.told.map(\.rule) == [.sitting, .sitting, .fall])
    }

    /// What these look at and say is no angle.
    private static let withoutAngles: [AlertRule] = [
        .fall, .stillDown, .sitting, .standing, .riding, .goodNews, .offBody, .silentSensor, .untrusted,
        .staleUpright,
    ]

    @Test(arguments: AlertRule.allCases)
    func aRuleAboutAnglesIsSilentWhileTheseDoNotCount(rule: AlertRule) {
        var day = Diary(.allOn)
        day.policy.setAnchor(Amsterdam.anchor(day: 20, hour: 9), at: at(0))
        day.policy.setTrust(.stale, at: at(0))
        RuleProofTests().proof(rule).speaks(&day)
        #expect(day.rules.contains(rule) == Self.withoutAngles.contains(rule))
        for alert in day.alerts {
            #expect(alert.flexionDegrees == nil && !alert.message.contains("degrees"), "\(alert.message)")
        }
    }

    @Test func aBendThatGoesOnIsDroppedWhenDoubtComesAndToldWhenItGoes() {
        var settings = AlertSettings()
        settings.sensor = false
        var day = Diary(settings)
        day.bent(from: at(5), to: at(7), budget: 1)
        #expect(day.alerts.count == 1)
        day.bent(from: at(9), to: at(12), budget: 1.1)
        #expect(day.policy.nextDeadline == at(17))
        day.policy.setTrust(.moved, at: at(12))
        #expect(day.policy.nextDeadline == nil)
        day.advance(to: at(18))
        day.policy.setTrust(.trusted, at: at(18))
        day.bent(from: at(9), to: at(19), budget: 2)
        #expect(day.lines.last == "19:00 sustained_flexion nudge #1 x1")
    }

    @Test func everyPieceOfNewsIsOneSentenceOrTwoWithOneThingToDo() throws {
        let all: [MountNews] = [
            .moved(degrees: 21.6, relearned: true), .moved(degrees: 170, relearned: true),
            .moved(degrees: 21.6, relearned: false), .turnedAround, .stale, .confirmed, .gesture(.accepted),
        ]
        for news in all {
            let text = try #require(MountText.text(news))
            #expect(text.hasSuffix(".") && text.count < 240 && !text.contains("!"), "\(text)")
        }
        #expect(MountText.text(.moved(degrees: 21.6, relearned: true))?.contains("22 degrees") == true)
        #expect(MountText.text(.gesture(.tooShallow)) == nil)
        let advice = CalibrationOutcome.allCases.map(MountText.advice)
        #expect(Set(advice).count == advice.count)
    }
}
