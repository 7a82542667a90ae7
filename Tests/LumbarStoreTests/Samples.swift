import LumbarCore
import LumbarTestKit

/// Rows for the tests, every field different from its default and from its neighbours.
enum Samples {
    /// A name that is given to nothing else within a test.
    static func uniqueID(_ seed: UInt64? = nil) -> UniqueID {
        guard let seed else {
            var random = SystemRandomNumberGenerator()
            return UniqueID(using: &random)
        }
        var random = SplitMix64(seed: seed)
        return UniqueID(using: &random)
    }

    static func instant(_ seconds: Double) -> Instant { Instant.zero + .seconds(seconds) }

    /// Second 0 of the boot is 2026-11-21 10:00:00 UTC, 11:00 in Amsterdam.
    static let zone = ZoneRule(
        name: "Europe/Amsterdam", offsetSeconds: 3600, change: WallTime(unixSeconds: 1_806_195_600),
        offsetAfterSeconds: 7200)
    static let noon = WallTime(unixSeconds: 1_795_255_200)
    /// When all of it is long ago.
    static let later = noon + .hours(24 * 400)
    static let anchor = WallAnchor(instant: .zero, wall: noon, zone: zone)
    static let date = CivilDate(year: 2026, month: 11, day: 21)

    static var exposure: ExposureTable {
        var table = ExposureTable()
        table.add(54_300, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(12))
        table.add(5700, to: ExposureTable.flexionSeated, ExposureTable.flexionBin(-8))
        table.add(-300, to: ExposureTable.variation, 9)
        table.add(3, to: ExposureTable.entries, 2)
        return table
    }

    static var sensors: SensorTime {
        var time = SensorTime()
        time.anglesOnly = 2.5
        time.thigh = 48.25
        time.thorax = 31.125
        return time
    }

    static func epoch(at seconds: Double, wearer: WearerID = .sole) -> MinuteEpoch {
        var epoch = MinuteEpoch(wearer: wearer, start: instant(seconds), length: .seconds(60))
        for posture in Posture.allCases { epoch.postureSeconds[posture.index] = 1.25 + Double(posture.index) }
        epoch.over30Seconds = 11.5
        epoch.over45Seconds = 7.25
        epoch.over60Seconds = 3.125
        epoch.bends = 4
        epoch.deepBends = 2
        epoch.lifts = 5
        epoch.strainedLifts = 3
        epoch.steps = 70
        epoch.posturalShifts = 6
        epoch.alerts = 1
        epoch.exposure = PackedExposure(exposure)
        epoch.sensors = sensors
        return epoch
    }

    static func posture(_ posture: Posture, from start: Double, to end: Double) -> Episode {
        Episode(
            .posture(posture), start: instant(start), end: instant(end), decided: instant(start + 2.5),
            confidence: 0.875)
    }

    static let kinds: [Episode.Kind] =
        Posture.allCases.map { .posture($0) } + Transition.allCases.map { .transition($0) } + [
            .bend(
                Bend(
                    peakDegrees: 61.5, peakRateDps: 83.25, areaAbove20DegreeSeconds: 120.5, budgetUsed: 0.4,
                    rate95Dps: 61.25, shareOfMaximum: 0.75, isStatic: true, zoneEntriesPerMinute: 2.4,
                    acceptability: .notAcceptable, spineFlexionDegrees: 27.5)),
            .sustainedFlexion(SustainedFlexion(meanDegrees: 41.5, peakDegrees: 52.25, budgetUsed: 1.2)),
            .sitting(SittingBout(seatedSeconds: 1850.5, posturalShifts: 9)),
            .lift(
                Lift(
                    peakDegrees: 71.5, peakExtensionRateDps: 91.25, peakRiseVelocity: 0.8, peakJerkGps: 4.5,
                    riseSeconds: 1.75, turnWhileBentDegrees: 21.5, peakMomentNm: 95.5, isUnderStrain: true,
                    strain: [.deep, .twisted])),
            .twist(Twist(turnDegrees: -33.5, peakRateDps: 51.25, isAfterLift: true)),
            .fall(Fall(impactG: 3.75, restInclinationDegrees: 84.5)),
            .rising(Rising(lyingSeconds: 27_000.5, guardedSeconds: 7200)),
        ]

    /// One complete episode of every kind, a second apart.
    static var episodes: [Episode] {
        kinds.enumerated().map { index, kind in
            let start = 100 + Double(index)
            return Episode(
                kind, start: instant(start), end: instant(start + 0.75), decided: instant(start + 1.5),
                confidence: 0.625, tier: SensorTier.allCases[index % SensorTier.allCases.count])
        }
    }

    static func alert(at seconds: Double, _ rule: AlertRule = .sitting, wearer: WearerID = .sole) -> Alert {
        Alert(
            rule: rule, tier: .nudge, time: instant(seconds), episodeStart: instant(seconds - 1800),
            duration: .minutes(30), step: 2, message: "Seated for 30 min. Stand up for a minute.",
            flexionDegrees: 12,
            count: 3, wearer: wearer)
    }

    /// One that was told to nobody, with a reason of which every part is there.
    static func reasoned(at seconds: Double, wearer: WearerID = .sole) -> Alert {
        var alert = alert(at: seconds, wearer: wearer)
        alert.delivery = .shadow
        alert.reason = AlertReason(
            clause: "seated_time", measured: 1812.125, threshold: 1800, unit: .seconds, dwell: .seconds(2.5),
            uncertainty: 1.5, confidence: 0.75, algorithm: "sitting/2", calibrationAge: .hours(30))
        return alert
    }

    /// What was measured around `alert(at: seconds)`: whole minutes, some without an angle.
    static func trace(at seconds: Double) -> AlertTrace {
        let angles = (0..<40).map { $0 % 7 == 3 ? nil : $0 * 4 - 60 }
        return AlertTrace(
            start: instant(seconds - 2400), interval: .seconds(60), flexionDegrees: angles,
            postures: angles.indices.map { Posture.allCases[$0 % Posture.allCases.count] })
    }

    static func summary(_ date: CivilDate?, complete: Bool = true) -> DailySummary {
        var day = DailySummary(
            wearer: .sole, date: date, start: instant(-39_600), end: instant(46_800), isComplete: complete)
        for posture in Posture.allCases {
            day.postureSeconds[posture.index] = 1000.5 * Double(posture.index + 1)
        }
        day.noDataSeconds = 12_345.5
        day.sittingBouts = 14
        day.sittingBoutsOver30Minutes = 5
        day.longestSittingSeconds = 5400.5
        day.sittingBreaks = 13
        day.posturalShifts = 88
        day.bends = 61
        day.deepBends = 22
        day.over30Seconds = 900.5
        day.over45Seconds = 400.25
        day.over60Seconds = 100.125
        day.lifts = 17
        day.strainedLifts = 6
        day.steps = 4321
        day.alerts = 7
        day.boutSeconds = [1800.25, 5400.5, 60]
        day.exposure = exposure
        day.sensors = sensors
        day.body = BodySize(mass: 81.5, height: 1.68)
        return day
    }
}
