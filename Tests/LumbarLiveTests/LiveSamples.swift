import LumbarAlerts
import LumbarCore
import LumbarLive
import LumbarMonitor
import LumbarStore

/// Values that fill every member of what goes over the socket.
enum LiveSamples {
    static let anchor = WallAnchor(
        instant: .zero, wall: WallTime(unixSeconds: 1_795_000_000),
        zone: ZoneRule(name: "Europe/Amsterdam", offsetSeconds: 3600))
    static let events = LiveEvents(bootID: "0123456789abcdef0123456789abcdef", anchor: anchor)
    static let name = DeviceID("usb-1a86_\"odd\"\u{1B}[31m-if00")

    /// Something to ask for with `verb`, every member that it takes filled.
    static func ask(_ verb: LiveVerb) -> LiveAsk {
        switch verb {
        case .snooze:
            LiveAsk(wearer: WearerID("a \"b\""), term: .lasting(.seconds(1800.5)), endsUpright: true)
        case .pause: LiveAsk(term: .until(WallTime(unixSeconds: 1_795_000_000)))
        case .wake, .resume: LiveAsk(wearer: .sole)
        case .profile: LiveAsk(profile: .flare, wearer: .sole)
        case .training: LiveAsk(training: LiveAsk.Training(target: 0.17, baseline: 0.34), wearer: .sole)
        case .ack: LiveAsk(alert: "8k3r0vm", verdict: .wrong)
        case .ping, .status, .devices, .subscribe, .unsubscribe: LiveAsk()
        }
    }

    /// With everything asked for at once.
    static var control: LiveControl {
        var control = LiveControl()
        control.snoozedUntil = "2026-11-21T14:30:00+01:00"
        control.snoozeEndsUpright = true
        control.pausedSince = "2026-11-21T09:00:00+01:00"
        control.pausedUntil = "2026-11-28T09:00:00+01:00"
        control.profile = .manual
        control.training = TrainingPlan(
            since: WallTime(unixSeconds: 1_794_000_000), target: 0.17, baseline: 0.34)
        return control
    }

    static var today: LiveStatus.Today {
        var day = DailySummary(
            wearer: .sole, date: CivilDate(year: 2026, month: 11, day: 21), start: .zero,
            end: .zero + .hours(2), isComplete: false)
        day.postureSeconds = [1, 2, 3, 4, 5, 6]
        day.noDataSeconds = 7
        (day.alerts, day.bends, day.deepBends, day.lifts) = (1, 2, 3, 4)
        (day.strainedLifts, day.steps, day.sittingBreaks) = (5, 6, 7)
        return LiveStatus.Today(day)
    }

    static let mount = LiveStatus.Mount(
        device: name, trust: .stale, source: .guided, quality: 0.875, age: 3600)

    static var writes: LiveStatus.Writes {
        var count = WriteCount()
        (count.commits, count.syncs, count.bytes) = (300, 312, 1_100_000)
        var writes = CardWrites()
        writes.note(count, bytes: 1_300_000, on: CivilDate(year: 2026, month: 11, day: 20))
        (count.commits, count.syncs, count.bytes) = (310, 323, 1_200_000)
        writes.note(count, bytes: nil, on: CivilDate(year: 2026, month: 11, day: 21))
        return LiveStatus.Writes(writes)
    }

    static var status: LiveStatus {
        var one = LiveStatus.Wearer(.sole)
        one.budget = BudgetUse(
            holdingTime: 0.375, nudgesLastHour: 1, nudgesPerHour: 2, nudgesToday: 3, nudgesPerDay: 8)
        one.posture = LiveStatus.PostureNow(.sitting, since: "2026-11-21T09:14:00+01:00", seconds: 61.5)
        one.today = today
        one.control = control
        one.mounts = [
            mount, LiveStatus.Mount(device: name, trust: .moved, source: .walks, quality: 0, age: nil),
        ]
        return LiveStatus(
            time: "2026-11-21T09:15:01+01:00",
            daemon: LiveStatus.Daemon(
                version: "0.1.0", started: "2026-11-21T08:00:00+01:00", uptime: 4501, keepsHistory: true,
                text: "Reading it", writes: writes),
            wearers: [one, LiveStatus.Wearer(WearerID("other"))])
    }

    static var devices: [LiveDevice] {
        var outcomes = DecodeOutcomes()
        (outcomes.readings, outcomes.lostSamples, outcomes.skippedBytes, outcomes.badLength) = (99, 1, 2, 3)
        (outcomes.badChecksum, outcomes.insane, outcomes.deadAccelerometer) = (4, 5, 6)
        var signal = SignalStatus()
        (signal.sampleRateHz, signal.samples, signal.implausible, signal.gaps) = (99.75, 99, 7, 8)
        signal.troubles = SensorTrouble.allCases
        signal.hasScaleFault = true
        signal.vitals.batteryPercent = 81
        signal.vitals.batteryVolts = 3.75
        signal.vitals.temperatureCelsius = 31.5
        return LiveDevice.State.allCases.enumerated().map { index, state in
            var device = LiveDevice(
                id: name, name: "a name", node: "/dev/ttyUSB0", state: state,
                protocolName: index == 0 ? nil : "witmotion", wearer: .sole, role: .lumbar,
                message: index == 0 ? "cannot open it" : "")
            if index > 0 {
                device.signal = LiveDevice.Signal(outcomes, signal, mount: index > 1 ? mount : nil)
            }
            return device
        }
    }

    static var deviceEvents: [DeviceEvent.Kind] {
        let known = MountCalibration(up: Vector3(0, 0, 1), forward: nil, source: .walks, quality: 1)
        return [
            .attached, .locked(protocolName: "witmotion"), .anglesOnly, .degraded, .stalled,
            .recovered(silence: .seconds(3)), .detached(DecodeOutcomes(), SignalStatus()), .scaleFault,
            .deadAccelerometer, .notUnderstood(reason: "column ax has no unit"), .calibration(known, .sole),
        ] + SensorTrouble.allCases.flatMap { [.trouble($0, begins: true), .trouble($0, begins: false)] }
            + [.moved(degrees: 20, relearned: true), .turnedAround, .stale, .confirmed].map { .mount($0) }
            + CalibrationOutcome.allCases.map { .mount(.gesture($0)) }
    }

    static var episodes: [Episode] {
        let lift = Lift(
            peakDegrees: 70, peakExtensionRateDps: 90, peakRiseVelocity: 1, peakJerkGps: 4, riseSeconds: 1,
            turnWhileBentDegrees: 20, peakMomentNm: 90, isUnderStrain: true,
            strain: [.deep, .fast, .jerky, .twisted])
        let bend = Bend(
            peakDegrees: 60, peakRateDps: 80, areaAbove20DegreeSeconds: 100, budgetUsed: 0.4,
            shareOfMaximum: 0.7)
        let kinds: [Episode.Kind] =
            Posture.allCases.map { .posture($0) } + Transition.allCases.map { .transition($0) } + [
                .bend(bend), .lift(lift),
                .sustainedFlexion(SustainedFlexion(meanDegrees: 40, peakDegrees: 50, budgetUsed: 1)),
                .sitting(SittingBout(seatedSeconds: 1800, posturalShifts: 3)),
                .twist(Twist(turnDegrees: -30, peakRateDps: 50, isAfterLift: true)),
                .fall(Fall(impactG: 3, restInclinationDegrees: 80, downSeconds: 30)),
                .rising(Rising(lyingSeconds: 27_000, guardedSeconds: 7200)),
            ]
        return kinds.enumerated().map { index, kind in
            Episode(
                kind, start: .zero + .seconds(10), end: .zero + .seconds(11), decided: .zero + .seconds(12),
                confidence: 0.5, isOngoing: index % 2 == 1)
        }
    }

    static var alerts: [Alert] {
        AlertRule.allCases.enumerated().map { index, rule in
            Alert(
                rule: rule, tier: AlertTier.allCases[index % AlertTier.allCases.count],
                time: .zero + .seconds(100), episodeStart: .zero + .seconds(10), duration: .seconds(90),
                step: 1,
                message: "Stand up.", flexionDegrees: index % 2 == 0 ? nil : 45, wearer: .sole)
        }
    }
}
