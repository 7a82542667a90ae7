import LumbarCore
import LumbarTestKit

@testable import LumbarAlerts

/// What would be stored of a life, a boot at a time, for policies to be played over.
struct RecordedLife {
    var boot = RecordedBoot()
    /// Where it has come.
    var now: Instant

    init(from start: Instant = at(0), anchor: WallAnchor? = nil) {
        now = start
        if let anchor {
            boot.anchors = [anchor]
            boot.clock = anchor
        }
    }

    mutating func posture(_ posture: Posture, minutes: Double, decidedAfter: Double = 0) {
        let end = now + .minutes(minutes)
        boot.episodes.append(
            Episode(
                .posture(posture), start: now, end: end, decided: now + .seconds(decidedAfter),
                confidence: 0.9))
        now = end
    }

    mutating func silence(minutes: Double) { now = now + .minutes(minutes) }

    /// A bout from `start` to the present moment, decided a minute later.
    mutating func bout(from start: Instant, seated: Double, shifts: Int = 0) {
        boot.episodes.append(
            Episode(
                .sitting(SittingBout(seatedSeconds: seated, posturalShifts: shifts)), start: start, end: now,
                decided: now + .seconds(60), confidence: 0.9))
    }

    /// One bout of sitting, and five minutes of walking after it.
    mutating func sit(minutes: Double) {
        let start = now
        posture(.sitting, minutes: minutes)
        bout(from: start, seated: minutes * 60)
        posture(.walking, minutes: 5)
    }

    mutating func act(_ kind: Episode.Kind, seconds: Double, before: Double = 0) {
        let start = now + .seconds(-before)
        boot.episodes.append(
            Episode(
                kind, start: start, end: start + .seconds(seconds), decided: start + .seconds(seconds + 1),
                confidence: 0.8))
    }

    mutating func lift() {
        act(
            .lift(
                Lift(
                    peakDegrees: 80, peakExtensionRateDps: 90, peakRiseVelocity: 0.5, peakJerkGps: 4,
                    riseSeconds: 1.2, turnWhileBentDegrees: 40, peakMomentNm: 110, isUnderStrain: true,
                    strain: [.deep, .twisted])), seconds: 4)
    }

    mutating func minute(at start: Instant, shifts: Int) {
        var epoch = MinuteEpoch(wearer: .sole, start: start, length: .seconds(60))
        epoch.posturalShifts = shifts
        boot.epochs.append(epoch)
    }

    /// Minutes without anything in them up to now, as the ledger gives them.
    mutating func fillMinutes(from start: Instant = at(0)) {
        var time = start
        while time < now {
            minute(at: time, shifts: 0)
            time = time + .seconds(60)
        }
    }

    /// The alerts of a policy that are told, one line each, as `Diary.line`.
    func lines(_ settings: AlertSettings = AlertSettings()) -> [String] {
        PolicyReplay(wearer: .sole, boots: [boot]).alerts(settings).map(\.alert)
            .filter { $0.delivery == .told }.map(Diary.line)
    }

    /// A life of `days` days from a seed: sitting, rising, walking, lifting, lying at night, silences.
    static func random(seed: UInt64, days: Int, anchor: WallAnchor) -> RecordedLife {
        var random = SplitMix64(seed: seed)
        var life = RecordedLife(from: anchor.instant, anchor: anchor)
        life.fillDay(days, &random)
        return life
    }

    private mutating func fillDay(_ days: Int, _ random: inout SplitMix64) {
        let start = now
        let end = now + .hours(24 * Double(days))
        while now < end {
            switch Int.random(in: 0..<10, using: &random) {
            case 0...4: sit(minutes: Double(Int.random(in: 5...130, using: &random)))
            case 5, 6:
                posture(.standing, minutes: Double(Int.random(in: 2...40, using: &random)))
                lift()
                posture(.standing, minutes: 3)
            case 7: posture(.walking, minutes: Double(Int.random(in: 1...20, using: &random)))
            case 8: posture(.lying, minutes: Double(Int.random(in: 10...300, using: &random)))
            default: silence(minutes: Double(Int.random(in: 1...60, using: &random)))
            }
        }
        fillMinutes(from: start)
    }
}
