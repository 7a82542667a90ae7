import LumbarCore
import LumbarStore
import LumbarTestKit

/// Rows of every kind that may be in a history, with numbers of every length.
struct RandomRows {
    private var random: SplitMix64
    private let seed: UInt64
    private let wearer: WearerID

    init(seed: UInt64, wearer: WearerID) {
        random = SplitMix64(seed: seed)
        self.seed = seed
        self.wearer = wearer
    }

    /// Those of a boot; the boots of a seed follow each other by weeks.
    mutating func rows(ofBoot boot: Int) -> [StoreRow] {
        let zone = ZoneRule(
            name: "Europe/Amsterdam", offsetSeconds: 3600, change: WallTime(unixSeconds: 1_806_195_600),
            offsetAfterSeconds: 7200)
        let wall = WallTime(unixSeconds: 1_795_000_000 + Int64(boot) * 1_000_000 + Int64(seed) * 7)
        let anchor = WallAnchor(instant: instant(), wall: wall + .seconds(real(1)), zone: zone)
        var rows: [StoreRow] = [.anchor(anchor, isSynchronized: boot == 1)]
        for _ in 0..<20 { rows += [epoch(), .alert(alert())] }
        for _ in 0..<5 {
            let alert = alert()
            rows += [.alert(alert), .trace(trace(), AlertKey(alert, bootID: "boot-\(seed)-\(boot)"))]
        }
        for _ in 0..<4 { for kind in kinds() { rows.append(.episode(episode(kind), wearer)) } }
        rows.append(.summary(summary(CivilDate(year: 2026, month: 11, day: 10 * boot))))
        let up = Vector3<SensorFrame>(real(1), 0.1, 0.2).normalized ?? Vector3(0, 0, 1)
        rows.append(
            .calibration(
                MountCalibration(
                    up: up, forward: nil, source: .walks, quality: real(1), forwardQuality: 0,
                    largestFlexionDegrees: boot == 1 ? real(90) : nil,
                    trust: .trusted, established: boot == 1 ? instant() : nil),
                DeviceID("usb-\"odd\"\u{1B}[31m-\(seed)"), wearer, instant()))
        let id = DeviceID("usb-\(seed)")
        rows.append(
            .device(SeenDevice(id: id, name: "a \"name\"\u{1B}[31m", protocolName: "witmotion"), instant()))
        rows.append(
            .wear(
                DeviceWear(
                    device: id, wearer: wearer, role: .thorax, from: instant(),
                    until: boot == 1 ? instant() : nil)))
        let settings = [
            SettingInForce(key: "sitting.report_after", value: "30 min \(seed)"),
            SettingInForce(key: "store.backups", value: "3"),
        ]
        rows.append(
            .settings(boot == 1 ? settings : [SettingInForce(key: "store.backups", value: "4")], instant()))
        for kind in AskedControl.Kind.allCases { rows += asked(kind) }
        rows.append(.run(ProgramRun(from: instant(), until: boot == 1 ? instant() : nil)))
        for trust in MountTrust.allCases { rows.append(.trust(trust, wearer, instant())) }
        return rows
    }

    /// Asked for with an end and without, and ended.
    private mutating func asked(_ kind: AskedControl.Kind) -> [StoreRow] {
        let time = instant()
        let wall = WallTime(unixSeconds: 1_795_000_000 + Int64(count()))
        let terms = [
            AskedControl.Term(since: time, until: time + span(), untilWall: wall, detail: "up\u{1B}[31m\""),
            AskedControl.Term(since: time + .seconds(1), until: nil), nil,
        ]
        return terms.enumerated().map { place, term in
            .asked(
                AskedControl(
                    wearer: wearer, kind: kind, term: term, asked: time + .seconds(Double(place))))
        }
    }

    private mutating func real(_ limit: Double) -> Double {
        Double(random.next() >> 11) / 9_007_199_254_740_992 * limit
    }
    private mutating func count(_ limit: UInt64 = 50) -> Int { Int(random.next() % limit) }
    private mutating func flag() -> Bool { random.next() % 2 == 0 }
    private mutating func instant() -> Instant {
        Instant(nanoseconds: 5_000_000_000_000_000 + Int64(random.next() % 80_000_000_000_000))
    }
    private mutating func span() -> Elapsed { Elapsed(nanoseconds: Int64(random.next() % 3_600_000_000_000)) }

    private mutating func exposure() -> ExposureTable {
        var table = ExposureTable()
        for section in [
            ExposureTable.flexionSeated, ExposureTable.flexionOnFeet, ExposureTable.speed,
            ExposureTable.cadence,
            ExposureTable.variation, ExposureTable.trunkScore, ExposureTable.entries, ExposureTable.frequent,
            ExposureTable.forwardUnknown, ExposureTable.unplaced,
        ] {
            for _ in 0..<3 { table.add(Int64(count(60_000)), to: section, count(UInt64(section.count))) }
        }
        return table
    }

    private mutating func sensors() -> SensorTime {
        var time = SensorTime()
        if flag() { (time.anglesOnly, time.thigh, time.thorax) = (real(60), real(60), real(60)) }
        return time
    }

    private mutating func epoch() -> StoreRow {
        var epoch = MinuteEpoch(wearer: wearer, start: instant(), length: span())
        for posture in Posture.allCases { epoch.postureSeconds[posture.index] = real(60) }
        (epoch.over30Seconds, epoch.over45Seconds, epoch.over60Seconds) = (real(60), real(60), real(60))
        (epoch.bends, epoch.deepBends, epoch.lifts, epoch.strainedLifts) = (
            count(), count(), count(), count()
        )
        (epoch.steps, epoch.posturalShifts, epoch.alerts) = (count(), count(), count())
        epoch.exposure = PackedExposure(exposure())
        epoch.sensors = sensors()
        return .epoch(epoch)
    }

    private mutating func alert() -> Alert {
        var alert = Alert(
            rule: AlertRule.allCases[count(UInt64(AlertRule.allCases.count))], tier: .nudge, time: instant(),
            episodeStart: instant(), duration: span(), step: count(),
            message: "a\u{7}b\u{202E}\"\\ \(count())",
            flexionDegrees: flag() ? count() : nil, count: count(), wearer: wearer)
        guard flag() else { return alert }
        alert.delivery = flag() ? .told : .shadow
        alert.reason = AlertReason(
            clause: "a\u{7}b\u{202E}\"\\", measured: real(90), threshold: real(90),
            unit: MeasureUnit.allCases[count(UInt64(MeasureUnit.allCases.count))], dwell: span(),
            uncertainty: flag() ? real(5) : nil, confidence: real(1), algorithm: "c\u{1B}[31md",
            calibrationAge: flag() ? span() : nil)
        return alert
    }

    private mutating func trace() -> AlertTrace {
        let length = 1 + count(150)
        return AlertTrace(
            start: instant(), interval: .seconds(Double(1 + count(120))),
            flexionDegrees: (0..<length).map { _ in flag() ? count(250) - 125 : nil },
            postures: (0..<length).map { _ in Posture.allCases[count(UInt64(Posture.allCases.count))] })
    }

    private mutating func episode(_ kind: Episode.Kind) -> Episode {
        let start = instant()
        return Episode(
            kind, start: start, end: start + span(), decided: start + span(), confidence: real(1),
            tier: SensorTier.allCases[count(UInt64(SensorTier.allCases.count))])
    }

    private mutating func kinds() -> [Episode.Kind] {
        var lift = Lift(
            peakDegrees: real(90), peakExtensionRateDps: real(90), peakRiseVelocity: real(2),
            peakJerkGps: real(9),
            riseSeconds: real(3), turnWhileBentDegrees: real(40), peakMomentNm: real(200),
            isUnderStrain: flag(),
            strain: [.deep, .twisted])
        lift.detail.momentNewtonMetreSeconds = real(100)
        lift.detail.peakFlexionRateDps = real(100)
        lift.detail.riseMetres = real(1)
        lift.detail.rmsJerkGps = real(9)
        lift.detail.turnInRiseDegrees = real(30)
        lift.detail.hasSteppedAround = flag()
        return Posture.allCases.map { .posture($0) } + Transition.allCases.map { .transition($0) } + [
            .bend(
                Bend(
                    peakDegrees: real(90), peakRateDps: real(90), areaAbove20DegreeSeconds: real(500),
                    budgetUsed: real(1), rate95Dps: real(60), shareOfMaximum: flag() ? real(1) : nil,
                    isStatic: flag(), zoneEntriesPerMinute: real(5), acceptability: .conditional,
                    spineFlexionDegrees: flag() ? real(40) : nil)),
            .sustainedFlexion(
                SustainedFlexion(meanDegrees: real(60), peakDegrees: real(60), budgetUsed: real(2))),
            .sitting(SittingBout(seatedSeconds: real(9000), posturalShifts: count())), .lift(lift),
            .twist(Twist(turnDegrees: real(60) - 30, peakRateDps: real(90), isAfterLift: flag())),
            .fall(Fall(impactG: real(5), restInclinationDegrees: real(90))),
            .rising(Rising(lyingSeconds: real(30_000), guardedSeconds: real(7200))),
        ]
    }

    private mutating func summary(_ date: CivilDate) -> DailySummary {
        var day = DailySummary(
            wearer: wearer, date: date, start: instant(), end: instant(), isComplete: flag())
        for posture in Posture.allCases { day.postureSeconds[posture.index] = real(20_000) }
        (day.noDataSeconds, day.longestSittingSeconds) = (real(20_000), real(9000))
        (day.sittingBouts, day.sittingBoutsOver30Minutes, day.sittingBreaks) = (count(), count(), count())
        (day.posturalShifts, day.bends, day.deepBends, day.lifts) = (count(), count(), count(), count())
        (day.strainedLifts, day.steps, day.alerts) = (count(), count(9000), count())
        (day.over30Seconds, day.over45Seconds, day.over60Seconds) = (real(900), real(400), real(100))
        day.boutSeconds = (0..<count(20)).map { _ in real(5000) }
        day.exposure = exposure()
        day.sensors = sensors()
        day.body = BodySize(mass: real(100), height: real(2))
        return day
    }
}
