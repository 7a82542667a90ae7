import LumbarCore
import LumbarDecoders
import LumbarMonitor
import LumbarRecording
import Testing

@Suite("A transcript is the same everywhere")
struct TranscriptTests {
    private let origin = Instant.zero + .seconds(100)
    private func at(_ seconds: Double) -> Instant { origin + .seconds(seconds) }
    private func line(_ output: Output) -> String? { Transcript(origin: origin).line(output) }

    private func episode(_ kind: Episode.Kind, isOngoing: Bool = false) -> Output {
        .episode(
            Episode(
                kind, start: at(1), end: at(4.5), decided: at(5.0005), confidence: 0.876, isOngoing: isOngoing
            ),
            .sole)
    }

    @Test("episodes")
    func episodes() {
        #expect(line(episode(.posture(.notWorn))) == "5.001 posture not_worn 1.000..4.500 confidence=0.88")
        #expect(
            line(episode(.transition(.standToSit)))
                == "5.001 transition stand_to_sit 1.000..4.500 confidence=0.88")
        let bend = Bend(
            peakDegrees: 61.26, peakRateDps: 80, areaAbove20DegreeSeconds: 12.34, budgetUsed: 0.005)
        #expect(
            line(episode(.bend(bend), isOngoing: true))
                == "5.001 bend 1.000..4.500 ongoing peak_deg=61.3 peak_rate_dps=80.0 area_deg_s=12.3"
                + " budget=0.01 confidence=0.88")
        var lift = Lift(
            peakDegrees: 70, peakExtensionRateDps: 90, peakRiseVelocity: 0.5, peakJerkGps: 3,
            riseSeconds: 1.25,
            turnWhileBentDegrees: 10, peakMomentNm: 151.6, isUnderStrain: true, strain: [.deep, .jerky])
        lift.detail.peakFlexionRateDps = 45.25
        lift.detail.riseMetres = 0.351
        lift.detail.rmsJerkGps = 1.26
        lift.detail.turnInRiseDegrees = -12
        lift.detail.hasSteppedAround = true
        lift.detail.momentNewtonMetreSeconds = 240.4
        #expect(lift.stoopIndex.map { ($0 - 199.43).magnitude < 0.01 } == true)
        #expect(
            line(episode(.lift(lift)))
                == "5.001 lift 1.000..4.500 peak_deg=70.0 rate_dps=90.0 rise_mps=0.50 jerk_gps=3.0"
                + " rise_s=1.25 turn_deg=10.0 moment_nm=152 nm_s=240 down_dps=45.3"
                + " rise_m=0.35 rms_jerk_gps=1.3 rise_turn_deg=-12.0 stepped strain=deep+jerky under_strain"
                + " confidence=0.88")
    }

    @Test("alerts, for another wearer too")
    func alerts() {
        var alert = Alert(
            rule: .sitting, tier: .nudge, time: at(1800), episodeStart: at(0), duration: .minutes(30),
            message: "Half\nan hour.", wearer: .sole)
        let plain =
            "1800.000 alert sitting nudge about=0.000 duration_s=1800.0 step=1 count=1 \"Half\\u{a}an hour.\""
        #expect(line(.alert(alert)) == plain)
        alert.wearer = WearerID("jo")
        #expect(line(.alert(alert)) == plain + " wearer=jo")
    }

    @Test("sensors")
    func devices() {
        let id = DeviceID("usb-1")
        #expect(
            line(.device(DeviceEvent(.locked(protocolName: "witmotion"), device: id, time: at(0.5))))
                == "0.500 device usb-1 locked protocol=witmotion")
        #expect(
            line(.device(DeviceEvent(.recovered(silence: .seconds(2.5)), device: id, time: at(3))))
                == "3.000 device usb-1 recovered silence_s=2.500")
        #expect(
            line(.device(DeviceEvent(.deadAccelerometer, device: id, time: at(4))))
                == "4.000 device usb-1 dead_accelerometer")
    }

    @Test("epochs only when asked for, attitudes never")
    func epochs() {
        let epoch = Output.epoch(MinuteEpoch(wearer: .sole, start: at(60), length: .seconds(60)))
        #expect(line(epoch) == nil)
        #expect(
            Transcript(origin: origin, includesEpochs: true).line(epoch)?.hasPrefix("60.000 epoch") == true)
        let up = AttitudeReport(time: at(1), up: Vector3(0, 0, 1), flexionDegrees: 0, lateralDegrees: 0)
        #expect(line(.attitude(up, DeviceID("a"))) == nil)
    }

    @Test("a day")
    func summary() {
        var day = DailySummary(
            wearer: .sole, date: CivilDate(year: 2026, month: 11, day: 21), start: at(0), end: at(60),
            isComplete: false)
        day.postureSeconds[Posture.sitting.index] = 42.04
        let text = line(.summary(day)) ?? ""
        #expect(text.hasPrefix("60.000 summary 2026-11-21 so_far 0.000..60.000 lying_s=0.0 sitting_s=42.0"))
    }
}
