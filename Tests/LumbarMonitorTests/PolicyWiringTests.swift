import LumbarAlerts
import LumbarCore
import LumbarMonitor
import Testing

/// What the alert policy is told by the monitor: the clock, the minutes, the sensor's silence, and how well angles are known.
@Suite struct PolicyWiringTests {
    private func alerts(
        seconds: Double = 260, clockHour: Int? = nil, _ change: (inout AlertSettings) -> Void
    ) -> (alerts: [Alert], script: Script) {
        var settings = MonitorSettings()
        settings.alerts.standing = true
        settings.alerts.standingNotice = 3
        settings.alerts.standingNudge = 30
        settings.alerts.silentAfterConnect = 0
        change(&settings.alerts)
        var script = Script()
        script.monitor = Monitor(settings: settings)
        if let clockHour {
            let noon = WallTime(unixSeconds: 1_790_000_000 / 86400 * 86400 + Int64(clockHour) * 3600)
            script.monitor.setAnchor(WallAnchor(instant: .zero, wall: noon, zone: .utc))
        }
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: seconds)
        script.advance(to: seconds)
        return (script.alerts, script)
    }

    @Test func longStandingIsToldAndCounted() {
        let (alerts, script) = alerts { _ in }
        #expect(alerts.map(\.rule) == [.standing])
        #expect(alerts.first?.delivery == .told)
        #expect(script.monitor.summary(of: .sole, at: Script.at(260))?.alerts == 1)
    }

    @Test func whatIsOnTrialIsHandedOutAndNotCounted() {
        let (alerts, script) = alerts { $0.standing = .shadow }
        #expect(alerts.map(\.delivery) == [.shadow])
        #expect(script.monitor.summary(of: .sole, at: Script.at(260))?.alerts == 0)
    }

    @Test func quietHoursGoByTheMonitorsClock() {
        let span = QuietSpan(from: 720, to: 1080)
        #expect(alerts(clockHour: 12) { $0.quietHours = [span] }.alerts.isEmpty)
        #expect(alerts(clockHour: 9) { $0.quietHours = [span] }.alerts.count == 1)
        #expect(alerts { $0.quietHours = [span] }.alerts.count == 1, "no clock, no quiet hours")
    }

    @Test func aSensorThatFallsSilentIsToldToItsWearerOnce() {
        var (_, script) = alerts(seconds: 100, clockHour: 12) { $0.sensor = true }
        script.monitor.detach(DeviceID("a"), at: Script.at(101))
        script.advance(to: 3000)
        #expect(script.alerts.map(\.rule) == [.silentSensor])
        #expect(script.alerts.first?.time == Script.at(101 + 1200))
    }

    @Test func answersReachTheSummary() {
        var (_, script) = alerts { _ in }
        let answers = RuleAnswers(rule: .sitting, useful: 1, wrong: 12)
        script.monitor.apply(.answers([answers]), to: .sole, at: Script.at(261))
        #expect(script.monitor.summary(of: .sole, at: Script.at(262))?.setAside == [answers])
        script.monitor.finish(at: Script.at(270))
        script.collect()
        #expect(script.summaries.last?.setAside == [answers])
    }
}

extension Script {
    fileprivate var alerts: [Alert] {
        outputs.compactMap { if case .alert(let alert) = $0 { alert } else { nil } }
    }
}
