import LumbarAlerts
import LumbarCore
import LumbarMonitor
import Testing

/// What the alert policy is told by the monitor: the clock, the minutes, the sensor's silence, and how well angles are known.
@Suite struct PolicyWiringTests {
    /// A sensor that is heard for a hundred seconds from noon on, and then not any more.
    private func alerts(hasClock: Bool = true, _ change: (inout AlertSettings) -> Void) -> (
        alerts: [Alert], script: Script
    ) {
        var settings = MonitorSettings()
        settings.alerts.sensor = true
        change(&settings.alerts)
        var script = Script()
        script.monitor = Monitor(settings: settings)
        if hasClock {
            let noon = WallTime(unixSeconds: 1_790_000_000 / 86400 * 86400 + 12 * 3600)
            script.monitor.setAnchor(WallAnchor(instant: .zero, wall: noon, zone: .utc))
        }
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 100)
        script.advance(to: 100)
        script.monitor.detach(DeviceID("a"), at: Script.at(101))
        script.advance(to: 25_000)
        return (script.alerts, script)
    }

    @Test func aSensorThatFallsSilentIsToldToItsWearerOnce() {
        let (alerts, script) = alerts { _ in }
        #expect(alerts.map(\.rule) == [.silentSensor])
        #expect(alerts.first?.time == Script.at(101 + 1200))
        #expect(alerts.first?.delivery == .told)
        #expect(script.monitor.summary(of: .sole, at: Script.at(25_000))?.alerts == 1)
    }

    @Test func whatIsOnTrialIsHandedOutAndNotCounted() {
        let (alerts, script) = alerts { $0.sensor = .shadow }
        #expect(alerts.map(\.delivery) == [.shadow])
        #expect(script.monitor.summary(of: .sole, at: Script.at(25_000))?.alerts == 0)
    }

    @Test func quietHoursGoByTheMonitorsClock() {
        let quiet = alerts { $0.quietHours = [QuietSpan(from: 720, to: 1080)] }.alerts
        #expect(quiet.map(\.time) == [Script.at(6 * 3600)], "six in the evening")
        #expect(alerts(hasClock: false) { _ in }.alerts.isEmpty, "by day only, and no clock tells that")
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
