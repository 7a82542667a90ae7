import LumbarCore

// Standing about, walking, stairs, and turning with steps.
extension SimulatedWearer {
    func style(of pace: Activity.Pace) -> GaitOscillator.Style {
        let v = body.gaitVigour
        let c = body.cadenceScale
        switch pace {
        case .slow:
            return .init(
                stepsPerSecond: 1.7 * c, bounce: 1.9 * v, swing: 0.85, speed: 1.0, climb: 0, lean: 0.02)
        case .normal:
            return .init(
                stepsPerSecond: 1.85 * c, bounce: 2.5 * v, swing: 1, speed: 1.3, climb: 0, lean: 0.03)
        case .quick:
            return .init(
                stepsPerSecond: 2.15 * c, bounce: 4 * v, swing: 1.15, speed: 1.7, climb: 0, lean: 0.04)
        case .jog:
            return .init(
                stepsPerSecond: 2.7 * c, bounce: 8.5 * v, swing: 1.3, speed: 2.6, climb: 0, lean: 0.10)
        }
    }

    func stairStyle(up: Bool) -> GaitOscillator.Style {
        let v = body.gaitVigour
        let cadence = (up ? 1.45 : 1.7) * body.cadenceScale
        return .init(
            stepsPerSecond: cadence, bounce: (up ? 1.9 : 3) * v, swing: 0.8, speed: 0.45,
            climb: (up ? 0.17 : -0.17) * cadence, lean: up ? 0.16 : 0.03)
    }

    mutating func beginWalking(until: Double, style: GaitOscillator.Style) {
        let start = horizon
        let rampUp = 1.2
        let rampDown = 1.0
        let end = max(until, start + rampUp + rampDown + 0.5)
        gait.begin(style, at: start)
        channels.move(.gait, to: 1, from: start, lasting: rampUp)
        channels.move(.gait, to: 0, from: end - rampDown, lasting: rampDown)
        channels.move(.speed, to: style.speed, from: start, lasting: 1.8)
        channels.move(.speed, to: 0, from: end - 1.5, lasting: 1.5)
        channels.move(.climb, to: style.climb, from: start, lasting: rampUp)
        channels.move(.climb, to: 0, from: end - rampDown, lasting: rampDown)
        channels.move(.pitch, to: standingPitch + style.lean, from: start, lasting: 1.5)
        channels.move(.pitch, to: standingPitch, from: end - rampDown, lasting: rampDown)
        truthLog.enter(.walking, at: start + 0.3 * rampUp)
        truthLog.addSteps(gait.steps(from: start + 0.5 * rampUp, to: end - 0.5 * rampDown))
        horizon = start + rampUp
        ongoing = Ongoing(kind: .walking, until: end)
        // A walk turns here and there, never while it starts or stops; stairs turn at the landings only.
        ongoing?.nextShift = start + (style.climb == 0 ? random.uniform(4, 12) : 12)
    }

    mutating func proceedWalking(_ now: Ongoing) {
        if now.nextShift + 4 > now.until {
            horizon = now.until
            truthLog.enter(.standing, at: now.until - 0.3)
            return
        }
        horizon = max(horizon, now.nextShift)
        let angle = random.sign() * random.uniform(20, 100) * radiansPerDegree
        let time = max(1.2, angle.magnitude * 1.5)
        channels.move(.heading, by: angle, from: horizon, lasting: time)
        horizon += time
        ongoing?.nextShift = horizon + random.uniform(5, 25)
    }

    /// Weight goes from one leg to the other now and then.
    mutating func proceedStanding(_ now: Ongoing) {
        if now.until - horizon > 8, random.chance(0.6) {
            let time = random.uniform(0.8, 1.8)
            let lateral = (body.standingLateralDegrees + random.normal() * 1.5) * radiansPerDegree
            let lean = standingPitch + random.normal() * 1.2 * radiansPerDegree
            channels.move(.left, to: random.normal() * 0.02, from: horizon, lasting: time)
            channels.move(.lateral, to: lateral, from: horizon, lasting: time)
            channels.move(.pitch, to: lean, from: horizon, lasting: time)
            channels.move(.axial, to: random.normal() * 3 * radiansPerDegree, from: horizon, lasting: time)
        }
        idle(5, 25, until: now.until)
    }

    /// Turns the whole body on the spot: one step for every 35 degrees and one to end.
    mutating func turn(_ degrees: Double) {
        standUp()
        let start = horizon
        horizon = start + stepAround(degrees, at: start) + random.uniform(0.4, 1)
    }

    /// Plans the steps of a turn of the whole body and returns how long they take.
    mutating func stepAround(_ degrees: Double, at start: Double) -> Double {
        var style = style(of: .slow)
        style.speed = 0
        style.lean = 0
        let steps = max(2, Int((degrees.magnitude / 35).rounded(.up)) + 1)
        let time = Double(steps) / style.stepsPerSecond + 0.4
        gait.begin(style, at: start)
        channels.move(.gait, to: 0.55, from: start, lasting: 0.4)
        channels.move(.gait, to: 0, from: start + time - 0.4, lasting: 0.4)
        channels.move(.heading, by: degrees * radiansPerDegree, from: start + 0.1, lasting: time - 0.2)
        truthLog.add(.turn(degrees: degrees, steps: steps), start, start + time)
        return time
    }
}
