import LumbarCore

extension SimulatedWearer {
    /// Tilt of the trunk when the wearer stands upright, radians.
    var standingPitch: Double { body.standingTiltDegrees * radiansPerDegree }

    /// Tilt of the trunk when the wearer sits as usual, radians.
    var seatedPitch: Double { standingPitch + body.seatedTiltDegrees * radiansPerDegree }

    /// Takes the first stance without a movement.
    mutating func settleAtOnce() {
        channels.place(.lateral, at: body.standingLateralDegrees * radiansPerDegree)
        channels.place(.heart, at: stance == .off ? 0 : 1)
        switch stance {
        case .standing:
            channels.place(.pitch, at: standingPitch)
        case .seated:
            channels.place(.pitch, at: seatedPitch)
            channels.place(.height, at: -body.seatDropMetres)
        case .lying:
            channels.place(.pitch, at: -1.53)
            channels.place(.height, at: -0.4)
        case .off:
            channels.place(.pitch, at: 1.55)
            channels.place(.height, at: -0.2)
        }
        placeLegs()
        channels.place(.breath, at: breathAmplitude(stance))
        micro.scale = microScale(stance)
    }

    /// Breathing tilts a lying trunk more than an upright one, radians.
    func breathAmplitude(_ stance: Stance) -> Double {
        switch stance {
        case .standing: 0.0012
        case .seated: 0.0025
        case .lying: 0.007
        case .off: 0
        }
    }

    func microScale(_ stance: Stance) -> MicroMotion.Scale {
        switch stance {
        case .standing: .standing
        case .seated: .seated
        case .lying: .lying
        case .off: .none
        }
    }

    /// The wearer is in `next` from `time` on, as far as sway and breathing go.
    mutating func settle(into next: Stance, at time: Double) {
        stance = next
        scaleChanges.append((time, microScale(next)))
        channels.move(.breath, to: breathAmplitude(next), from: time, lasting: 2)
    }

    /// Begins an activity at the horizon, with the movement that leads into it.
    mutating func begin(_ activity: Activity) {
        let start = horizon
        switch activity {
        case .sit(let seconds, let slouched, let shiftEvery):
            beginSitting(until: start + seconds, slouched: slouched, shiftEvery: shiftEvery)
        case .ride(let seconds):
            beginRiding(until: start + seconds)
        case .stand(let seconds):
            standUp()
            go(on: .standing, until: start + seconds)
        case .walk(let seconds, let pace):
            standUp()
            beginWalking(until: start + seconds, style: style(of: pace))
        case .stairs(let seconds, let up):
            standUp()
            beginWalking(until: start + seconds, style: stairStyle(up: up))
        case .lie(let seconds, let side, let rollEvery):
            beginLying(until: start + seconds, on: side, rollEvery: rollEvery)
        case .takeOff(let seconds, let place):
            beginOff(until: start + seconds, at: place)
        default:
            beginMovement(activity)
        }
    }

    /// The activities that last as long as they last.
    private mutating func beginMovement(_ activity: Activity) {
        switch activity {
        case .bend(let degrees, let hold): bend(degrees, hold: hold)
        case .bentTurn(let degrees, let turn, let withFeet):
            bend(degrees, turning: turn, withFeet: withFeet)
        case .stoop(let degrees, let hold): stoop(degrees, hold: hold)
        case .squat(let hold): squat(hold: hold)
        case .lift(let degrees, let style, let twist): lift(degrees, style: style, twist: twist)
        case .liftAndStep(let degrees, let style, let turn):
            lift(degrees, style: style, stepping: turn)
        case .twist(let degrees): twist(degrees)
        case .turn(let degrees): turn(degrees)
        case .fall(let direction, let stay): fall(direction, stay: stay)
        case .putOn: putOn()
        case .shift(let degrees): shiftOnce(degrees)
        case .slip(let degrees, let how):
            slips.append(SensorSlip(how, degrees: degrees, at: horizon))
            horizon += SensorSlip.seconds
        default: preconditionFailure("a timed activity is begun by begin(_:)")
        }
    }

    /// Notes what goes on until `until`, or a little longer when the lead-in already took that long.
    mutating func go(on kind: Ongoing.Kind, until: Double, shiftEvery: Double = 0) {
        var now = Ongoing(kind: kind, until: max(until, horizon + 0.2), shiftEvery: shiftEvery)
        if shiftEvery > 0 {
            let first = horizon + shiftEvery * random.uniform(0.8, 1)
            // A shift has to last to be one: none shortly before rising.
            if kind != .seated || first + 10 < now.until { now.nextShift = first }
        }
        ongoing = now
    }

    /// Plans the next piece of what is under way.
    mutating func proceed(_ now: Ongoing) {
        switch now.kind {
        case .seated: proceedSitting(now)
        case .standing: proceedStanding(now)
        case .walking: proceedWalking(now)
        case .lying: proceedLying(now)
        case .off: proceedOff(now)
        case .riding: horizon = now.until
        }
    }

    /// Plans the end of what was under way.
    mutating func finish(_ now: Ongoing) {
        if now.kind == .riding { scaleChanges.append((horizon, microScale(.seated))) }
    }

    /// Time for the next fidget, at most until `limit`.
    mutating func idle(_ shortest: Double, _ longest: Double, until limit: Double) {
        horizon = min(limit, horizon + random.uniform(shortest, longest))
    }

    /// `value` a little more or less, by at most the given share.
    mutating func about(_ value: Double, _ share: Double = 0.15) -> Double {
        value * random.uniform(1 - share, 1 + share)
    }
}
