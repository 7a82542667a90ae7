import LumbarCore

extension RulesManual {
    /// Words of a rule as somebody would read them, by the functions that make them.
    public static func example(_ rule: AlertRule) -> String {
        switch rule {
        case .fall: String(AlertText.firstLine(AlertText.fall))
        case .stillDown: AlertText.stillDown(seconds: 30)
        case .sitting: AlertText.sitting(seconds: 30 * 60, tier: .nudge, isLast: false)
        case .standing: AlertText.standing(seconds: 40 * 60)
        case .riding: AlertText.riding(seconds: 60 * 60)
        case .sustainedFlexion: AlertText.sustainedFlexion(held, seconds: 110, isOngoing: true)
        case .endRange: AlertText.endRange(share: 0.82, seconds: 10, isGentle: false)
        case .repeatedBends: AlertText.repeatedBends(perMinute: 2.4)
        case .bentToday: AlertText.bentToday(seconds: 60 * 60, degrees: 30)
        case .lift: AlertText.lift(lift)
        case .twist: AlertText.twist(turn)
        case .turning: AlertText.turning(turn)
        case .afterRest: AlertText.afterRest(rest, degrees: 72, seconds: 120)
        case .digest: AlertText.digest([.lift, .lift, .lift], seconds: 3000)
        case .morning: AlertText.morning(peakDegrees: 48, seconds: 25 * 60)
        case .goodNews: AlertText.goodNews(.quickBreaks(count: 9, of: 10))
        case .offBody: AlertText.offBody(seconds: 2 * 3600)
        case .silentSensor: AlertText.silentSensor(seconds: 20 * 60)
        case .untrusted: AlertText.untrusted(seconds: 10 * 60)
        case .staleUpright: AlertText.staleUpright(seconds: 30 * 60)
        case .training: TrainingText.bend(peakDegrees: 72)
        }
    }

    private static let held = SustainedFlexion(meanDegrees: 48, peakDegrees: 55, budgetUsed: 1)

    private static let turn = Twist(turnDegrees: 38, peakRateDps: 65, isAfterLift: true)

    private static let lift = Lift(
        peakDegrees: 78, peakExtensionRateDps: 95, peakRiseVelocity: 0.6, peakJerkGps: 3, riseSeconds: 1.2,
        turnWhileBentDegrees: 0, peakMomentNm: 120, isUnderStrain: true, strain: [.deep, .fast])

    private static let rest = Rest(kind: .sitting, start: .zero, seconds: 45 * 60, end: .zero)
}
