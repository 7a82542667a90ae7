import LumbarCore

// Lying down, rolling over, rising, and falling.
//
// A lying trunk has pitch near -90 degrees (it tipped over backward) and turns about its own long axis to lie on a
// side or on the front; after a fall it may lie with pitch near +90 degrees or tilted sideways instead.
extension SimulatedWearer {
    mutating func beginLying(until: Double, on side: Activity.Lying, rollEvery: Double) {
        if case .lying = stance {
            roll(to: side)
        } else {
            lieDown(on: side)
        }
        go(on: .lying, until: until, shiftEvery: rollEvery)
    }

    private func axialAngle(_ side: Activity.Lying) -> Double {
        switch side {
        case .back: 0
        case .left: 1.4
        case .right: -1.4
        case .front: 3.1
        }
    }

    private mutating func lieDown(on side: Activity.Lying) {
        if stance == .off { putOn() }
        let start = horizon
        let wasStanding = stance == .standing
        if wasStanding { dropToBed() }
        let time = random.uniform(2.6, 4) * body.tempo
        let tilt = random.uniform(0.3, 0.6) * random.sign()
        channels.move(.lateral, by: tilt, from: horizon, lasting: 0.5 * time)
        channels.move(
            .lateral, to: random.uniform(-0.08, 0.08), from: horizon + 0.4 * time, lasting: 0.6 * time)
        channels.move(.pitch, to: -1.53 + random.uniform(-0.1, 0.1), from: horizon, lasting: 0.9 * time)
        channels.move(.axial, to: axialAngle(side), from: horizon + 0.3 * time, lasting: 0.7 * time)
        channels.move(.height, to: -0.42, from: horizon, lasting: time)
        planLegs(at: -1.53, from: horizon, lasting: 0.9 * time)
        truthLog.add(.transition(.lieDown), start, horizon + time)
        truthLog.enter(.lying, at: horizon + 0.6 * time)
        settle(into: .lying(onFloor: false), at: horizon + 0.9 * time)
        horizon += time + 0.5
    }

    /// Sits onto the edge of the bed on the way to lying: no sitting worth the name.
    private mutating func dropToBed() {
        let time = random.uniform(1.4, 2) * body.tempo
        let peak = standingPitch + about(body.chairLeanDegrees) * radiansPerDegree
        channels.move(.pitch, to: peak, from: horizon, lasting: 0.55 * time)
        channels.move(.pitch, to: seatedPitch, from: horizon + 0.42 * time, lasting: 0.58 * time)
        channels.move(.height, to: -body.seatDropMetres, from: horizon + 0.2 * time, lasting: 0.7 * time)
        channels.move(.forward, by: -0.25, from: horizon + 0.15 * time, lasting: 0.7 * time)
        planSeat(from: horizon + 0.2 * time, lasting: 0.7 * time)
        horizon += time + random.uniform(0.2, 0.8)
    }

    private mutating func roll(to side: Activity.Lying) {
        let time = random.uniform(1.8, 3.2) * body.tempo
        let angle = axialAngle(side) + random.uniform(-0.15, 0.15)
        channels.move(.axial, to: angle, from: horizon, lasting: time)
        channels.move(.lateral, to: random.uniform(-0.1, 0.1), from: horizon, lasting: time)
        channels.move(.pitch, to: -1.53 + random.uniform(-0.1, 0.1), from: horizon, lasting: time)
        channels.move(.height, by: 0.03, from: horizon, lasting: 0.5 * time)
        channels.move(.height, by: -0.03, from: horizon + 0.5 * time, lasting: 0.5 * time)
        horizon += time
    }

    mutating func proceedLying(_ now: Ongoing) {
        if now.nextShift <= horizon + 0.01 {
            let choices = Activity.Lying.allCases
            roll(to: choices[random.whole(0...choices.count - 1)])
            let next = now.nextShift + about(now.shiftEvery, 0.3)
            ongoing?.nextShift = next
            return
        }
        // A twitch every few minutes: people are not furniture.
        if now.until - horizon > 5, random.chance(0.5) {
            let size = random.normal() * 0.02
            channels.move(.axial, by: size, from: horizon, lasting: 0.8)
            channels.move(.axial, by: -size, from: horizon + 1, lasting: 1.2)
        }
        idle(40, 300, until: min(now.until, now.nextShift))
    }

    /// Gets up: onto the edge of the bed (`toSeat`), or from the floor over the knees onto the feet.
    mutating func riseFromLying(toSeat: Bool) {
        let start = horizon
        let time = (toSeat ? random.uniform(2.4, 3.8) : random.uniform(4, 6)) * body.tempo
        straighten(from: start, lasting: 0.8 * time)
        channels.move(.lateral, by: 0.3, from: start, lasting: 0.4 * time)
        channels.move(.lateral, by: -0.3, from: start + 0.4 * time, lasting: 0.5 * time)
        if toSeat {
            channels.move(.pitch, to: seatedPitch, from: start, lasting: time)
            channels.move(.height, to: -body.seatDropMetres, from: start, lasting: time)
            planSeat(from: start, lasting: time)
        } else {
            channels.move(.pitch, to: standingPitch + 0.5, from: start, lasting: 0.6 * time)
            channels.move(.pitch, to: standingPitch, from: start + 0.55 * time, lasting: 0.45 * time)
            channels.move(.height, to: -0.45, from: start, lasting: 0.5 * time)
            channels.move(.height, to: 0, from: start + 0.5 * time, lasting: 0.5 * time)
            planStand(from: start + 0.3 * time, lasting: 0.7 * time)
        }
        truthLog.add(.transition(.riseFromLying), start, start + time)
        truthLog.enter(toSeat ? .sitting : .standing, at: start + 0.5 * time)
        settle(into: toSeat ? .seated : .standing, at: start + 0.9 * time)
        horizon = start + time + random.uniform(0.4, 1)
    }

    mutating func fall(_ direction: Activity.Direction, stay: Double) {
        standUp()
        let start = horizon + 0.1
        let peak = random.uniform(0.6, 0.75) * standardGravityMetresPerSecondSquared
        let impact = random.uniform(0.10, 0.15)
        let depth = about(0.8, 0.06)
        let falling = Move.fallDuration(depth: depth, impact: impact, peak: peak)
        let drop = Move(
            channel: .height, start: start, duration: falling + impact, delta: -depth,
            shape: .drop(peak: peak, impact: impact))
        channels.add(drop)
        tip(direction, from: start, lasting: falling + 0.6 * impact)
        rebound(at: drop.end)
        truthLog.add(.fall(direction, impactG: 1 + peak * falling / impact / 9.80665), start, drop.end)
        truthLog.enter(.lying, at: start + falling)
        settle(into: .lying(onFloor: true), at: drop.end + 1)
        horizon = max(drop.end + 1.5, drop.end + stay)
    }

    private mutating func tip(_ direction: Activity.Direction, from start: Double, lasting time: Double) {
        let flat = random.uniform(1.4, 1.58)
        switch direction {
        case .forward:
            channels.move(.pitch, to: flat, from: start, lasting: time)
            planLegs(at: flat, from: start, lasting: time)
        case .backward:
            channels.move(.pitch, to: -flat, from: start, lasting: time)
            planLegs(at: -flat, from: start, lasting: time)
        case .right: channels.move(.lateral, to: flat, from: start, lasting: time)
        case .left: channels.move(.lateral, to: -flat, from: start, lasting: time)
        }
        channels.move(.axial, by: random.uniform(-0.4, 0.4), from: start + 0.3 * time, lasting: time)
        channels.move(.heading, by: random.uniform(-0.3, 0.3), from: start, lasting: time)
    }

    /// The body bounces a little and comes to rest.
    private mutating func rebound(at time: Double) {
        let hop = random.uniform(0.01, 0.03)
        channels.move(.height, by: hop, from: time, lasting: 0.16)
        channels.move(.height, by: -hop, from: time + 0.12, lasting: 0.18)
        channels.move(.axial, by: random.uniform(-0.2, 0.2), from: time + 0.05, lasting: 0.9)
        channels.move(.pitch, by: random.uniform(-0.08, 0.08), from: time + 0.05, lasting: 0.7)
    }
}
