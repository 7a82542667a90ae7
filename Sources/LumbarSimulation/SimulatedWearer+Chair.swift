import LumbarCore

// Sitting down, rising, and what people do in a seat.
//
//            lean   _____
//   pitch  ________/     \______________   seated tilt
//   height ___________          ________
//                     \________/            (drop, then rise, seen from above)
//
// The trunk leans forward first; the hips sink while it leans, and land a little before it is upright again.
extension SimulatedWearer {
    mutating func beginSitting(until: Double, slouched: Bool, shiftEvery: Double) {
        let wasSeated = stance == .seated
        sitDown()
        let base = seatedPitch - (slouched ? random.uniform(8, 15) * radiansPerDegree : 0)
        if (channels.target(.pitch) - base).magnitude > 0.12 {
            let time = slouched ? random.uniform(3, 7) : random.uniform(1, 2)
            if wasSeated {
                let change = (base - channels.target(.pitch)) * degreesPerRadian
                truthLog.add(.shift(degrees: change, seated: true), horizon, horizon + time)
            }
            channels.move(.pitch, to: base, from: horizon, lasting: time)
            horizon += time
        }
        go(on: .seated, until: until, shiftEvery: shiftEvery)
    }

    mutating func beginRiding(until: Double) {
        sitDown()
        scaleChanges.append((horizon, .riding))
        truthLog.add(.ride, horizon, max(until, horizon))
        go(on: .riding, until: until)
    }

    /// Gets onto a seat from wherever the wearer is.
    mutating func sitDown() {
        switch stance {
        case .seated: return
        case .off: putOn()
        case .lying(let onFloor):
            if onFloor {
                standUp()
            } else {
                riseFromLying(toSeat: true)
                return
            }
        case .standing: break
        }
        let start = horizon
        let time = random.uniform(1.5, 2.7) * body.tempo
        lean(from: start, lasting: time, to: seatedPitch)
        channels.move(
            .height, to: -about(body.seatDropMetres, 0.05), from: start + 0.22 * time, lasting: 0.66 * time)
        channels.move(
            .forward, by: -random.uniform(0.2, 0.32), from: start + 0.15 * time, lasting: 0.7 * time)
        planSeat(from: start + 0.22 * time, lasting: 0.66 * time)
        landOnSeat(at: start + 0.8 * time)
        truthLog.add(.transition(.standToSit), start, start + time)
        truthLog.enter(.sitting, at: start + 0.55 * time)
        settle(into: .seated, at: start + 0.9 * time)
        horizon = start + time + 0.3
    }

    /// Gets onto the feet from wherever the wearer is.
    mutating func standUp() {
        switch stance {
        case .standing: return
        case .off:
            putOn()
            return
        case .lying(let onFloor):
            riseFromLying(toSeat: !onFloor)
            if onFloor { return }
        case .seated: break
        }
        let start = horizon
        let time = random.uniform(1.4, 2.3) * body.tempo
        lean(from: start, lasting: time, to: standingPitch)
        channels.move(.height, to: 0, from: start + 0.3 * time, lasting: 0.62 * time)
        channels.move(.forward, by: random.uniform(0.2, 0.32), from: start + 0.2 * time, lasting: 0.6 * time)
        planStand(from: start + 0.3 * time, lasting: 0.62 * time)
        straighten(from: start, lasting: time)
        truthLog.add(.transition(.sitToStand), start, start + time)
        truthLog.enter(.standing, at: start + 0.55 * time)
        settle(into: .standing, at: start + 0.9 * time)
        horizon = start + time + 0.3
    }

    /// The forward lean of a chair transition, ending at `pitch`.
    private mutating func lean(from start: Double, lasting time: Double, to pitch: Double) {
        let peak = standingPitch + about(body.chairLeanDegrees) * radiansPerDegree
        channels.move(.pitch, to: peak, from: start, lasting: 0.54 * time)
        channels.move(.pitch, to: pitch, from: start + 0.42 * time, lasting: 0.58 * time)
    }

    /// The cushion gives way and comes back.
    private mutating func landOnSeat(at time: Double) {
        let depth = random.uniform(0.002, 0.012)
        channels.move(.height, by: -depth, from: time, lasting: 0.11)
        channels.move(.height, by: depth, from: time + 0.08, lasting: 0.16)
    }

    /// Sideways tilt and axial turn back to the wearer's own upright.
    mutating func straighten(from start: Double, lasting time: Double) {
        let lateral = body.standingLateralDegrees * radiansPerDegree
        channels.move(.lateral, to: lateral, from: start, lasting: time)
        channels.move(.axial, to: 0, from: start, lasting: time)
    }

    /// A fidget, or the shift that is due.
    mutating func proceedSitting(_ now: Ongoing) {
        if now.nextShift <= horizon + 0.01 {
            shiftInSeat(random.uniform(6, 15))
            let next = now.nextShift + about(now.shiftEvery, 0.2)
            // A shift has to last to be one: none shortly before rising.
            ongoing?.nextShift = next + 10 < now.until ? next : .infinity
            horizon = min(now.until, horizon + 6)
            return
        }
        let limit = min(now.until, now.nextShift)
        if limit - horizon > 6, random.chance(0.7) { fidget(until: limit - 0.5) }
        idle(15 / body.restlessness, 80 / body.restlessness, until: limit)
    }

    /// A move that is no shift: a small one that stays a while, or a larger one that is taken back at once.
    private mutating func fidget(until limit: Double) {
        let time = random.uniform(0.5, 1.5)
        let longest = limit - horizon - 2 * time
        let kind = random.unit()
        if kind < 0.15 {
            // Looks at something: more than a shift, but not for five seconds.
            lean(by: random.uniform(6, 14), lasting: time, back: random.uniform(0, 1.8))
        } else if kind < 0.45 {
            lean(by: random.uniform(1.5, 3.3), lasting: time, back: min(longest, random.uniform(5, 25)))
        } else {
            lean(by: random.uniform(0, 1.5), lasting: time, back: random.uniform(0, 3))
        }
        channels.move(.axial, to: random.normal() * 1.2 * radiansPerDegree, from: horizon, lasting: time)
        channels.move(.forward, by: random.normal() * 0.006, from: horizon, lasting: time)
    }

    /// Leans `degrees` to any side, and back after `back` seconds.
    private mutating func lean(by degrees: Double, lasting time: Double, back: Double) {
        let side = Elementary.sincos(random.uniform(0, 2 * Double.pi))
        let size = degrees * radiansPerDegree
        let home = horizon + time + back
        channels.move(.pitch, by: size * side.cos, from: horizon, lasting: time)
        channels.move(.lateral, by: size * side.sin, from: horizon, lasting: time)
        channels.move(.pitch, by: -size * side.cos, from: home, lasting: time)
        channels.move(.lateral, by: -size * side.sin, from: home, lasting: time)
        // What follows is planned from the seat it was left in.
        horizon = home + time
    }

    /// Settles anew in the seat: the trunk angle changes by `degrees`, forward, backward or aside, and stays.
    mutating func shiftInSeat(_ degrees: Double) {
        let start = horizon
        let time = random.uniform(0.9, 2)
        let ahead = channels.target(.pitch) - seatedPitch
        let aside = channels.target(.lateral) - body.standingLateralDegrees * radiansPerDegree
        let isAside = random.chance(0.35)
        let offset = isAside ? aside : ahead
        // Away from where it leans already, so that shifts do not pile up.
        let sign = offset.magnitude > 3 * radiansPerDegree ? (offset > 0 ? -1 : 1) : random.sign()
        let little = random.uniform(-2, 2) * radiansPerDegree
        let much = sign * degrees * radiansPerDegree
        channels.move(.pitch, by: isAside ? little : much, from: start, lasting: time)
        channels.move(.lateral, by: isAside ? much : little, from: start, lasting: time)
        channels.move(.axial, to: random.uniform(-4, 4) * radiansPerDegree, from: start, lasting: time)
        let hop = random.uniform(0.004, 0.02)
        channels.move(.height, by: hop, from: start, lasting: 0.5 * time)
        channels.move(.height, by: -hop, from: start + 0.5 * time, lasting: 0.5 * time)
        truthLog.add(.shift(degrees: sign * degrees, seated: true), start, start + time)
        horizon = start + time
    }

    /// `shift` in a scenario: in the seat, or from one leg to the other.
    mutating func shiftOnce(_ degrees: Double) {
        if stance == .seated {
            shiftInSeat(degrees > 0 ? degrees : random.uniform(6.5, 12))
            horizon += 6
            return
        }
        standUp()
        let start = horizon
        let size = (degrees > 0 ? degrees : random.uniform(1.5, 4)) * random.sign()
        let lateral = body.standingLateralDegrees * radiansPerDegree
        let away = channels.target(.lateral) == lateral ? size * radiansPerDegree : 0
        channels.move(.lateral, to: lateral + away, from: start, lasting: 1.2)
        channels.move(.left, by: -away * 0.6, from: start, lasting: 1.2)
        truthLog.add(.shift(degrees: size, seated: false), start, start + 1.2)
        horizon = start + 2
    }
}
