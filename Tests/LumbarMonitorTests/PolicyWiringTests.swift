import LumbarAlerts
import LumbarCore
import LumbarMonitor
import Testing

/// What the alert policy is told by the monitor: the clock, the minutes, the sensor's silence, and how well angles are known.
@Suite struct PolicyWiringTests {
    /// A monitor that speaks of sensors, begun at noon.
    private func atNoon(hasClock: Bool = true, _ change: (inout AlertSettings) -> Void) -> Script {
        var settings = MonitorSettings()
        settings.alerts.sensor = true
        change(&settings.alerts)
        var script = Script()
        script.monitor = Monitor(settings: settings)
        if hasClock {
            let noon = WallTime(unixSeconds: 1_790_000_000 / 86400 * 86400 + 12 * 3600)
            script.monitor.setAnchor(WallAnchor(instant: .zero, wall: noon, zone: .utc))
        }
        return script
    }

    /// A sensor that is heard for a hundred seconds from noon on, and then not any more.
    private func alerts(hasClock: Bool = true, _ change: (inout AlertSettings) -> Void) -> (
        alerts: [Alert], script: Script
    ) {
        var script = atNoon(hasClock: hasClock, change)
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

    /// Whoever asks for a pause needs no word on the silence that follows, nor on that before, but on that after it.
    @Test func aSilenceThatWasAskedForIsNotTold() {
        func alerts(pauseAt pause: Double, until resume: Double? = nil, comesBack: Bool = true) -> [Alert] {
            var script = atNoon { _ in }
            script.attach("a", at: 0)
            script.stand("a", from: 0, to: 100)
            for time in [pause, 101].sorted() {
                if time == pause { script.monitor.apply(.pause(true), to: .sole, at: Script.at(pause)) }
                if time == 101 { script.monitor.detach(DeviceID("a"), at: Script.at(101)) }
            }
            if let resume {
                script.advance(to: resume)
                script.monitor.apply(.pause(false), to: .sole, at: Script.at(resume))
            }
            if let resume, comesBack {
                script.attach("a", at: resume)
                script.stand("a", from: resume, to: resume + 20)
                script.monitor.detach(DeviceID("a"), at: Script.at(resume + 20.5))
            }
            script.advance(to: 15_000)
            return script.alerts
        }
        #expect(alerts(pauseAt: 100.5).isEmpty)
        #expect(alerts(pauseAt: 700).isEmpty)
        #expect(alerts(pauseAt: 100.5, until: 4000).map(\.time) == [Script.at(4020.5 + 1200)])
        #expect(alerts(pauseAt: 100.5, until: 4000, comesBack: false).map(\.time) == [Script.at(5200)])
        #expect(alerts(pauseAt: 700, until: 4000, comesBack: false).map(\.time) == [Script.at(5200)])
    }

    /// A second sensor on the same back takes over, which had been heard all the while.
    @Test func anotherSensorThatIsHeardEndsTheSilence() {
        var script = atNoon { _ in }
        script.attach("a", at: 0)
        script.stand("a", from: 0, to: 60)
        script.attach("b", at: 60)
        script.stand("b", from: 60, to: 64)
        script.monitor.detach(DeviceID("a"), at: Script.at(64))
        script.stand("b", from: 64, to: 1500)
        #expect(!script.alerts.contains { $0.rule == .silentSensor })
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
