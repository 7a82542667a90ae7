import LumbarCore

// Bends, squats, lifts and twists. Angles are from the wearer's own upright.
//
//   pitch   ____/‾‾‾‾‾‾\____      down, hold, rise
//   height  ‾‾‾‾\______/‾‾‾‾      for squats and lifts
//   axial   _________/‾‾\___      a twist begins while still bent
extension SimulatedWearer {
    /// One bending movement, all times in seconds.
    private struct Hinge {
        var degrees: Double
        var down: Double
        var hold: Double
        var rise: Double
        var drop = 0.0
        var back = 0.0
    }

    /// Plans the hinge from the horizon on and returns when the rise begins and when it is over.
    private mutating func plan(_ hinge: Hinge) -> (rise: Double, end: Double) {
        let start = horizon
        let rise = start + hinge.down + hinge.hold
        let end = rise + hinge.rise
        let rest = channels.target(.pitch)
        let deep = (stance == .seated ? rest : standingPitch) + hinge.degrees * radiansPerDegree
        channels.move(.pitch, to: deep, from: start, lasting: hinge.down)
        channels.move(.height, by: -hinge.drop, from: start + 0.05 * hinge.down, lasting: 0.95 * hinge.down)
        channels.move(.forward, by: -hinge.back, from: start, lasting: hinge.down)
        channels.move(.pitch, to: stance == .seated ? rest : standingPitch, from: rise, lasting: hinge.rise)
        channels.move(.height, by: hinge.drop, from: rise, lasting: 0.9 * hinge.rise)
        channels.move(.forward, by: hinge.back, from: rise, lasting: hinge.rise)
        planKnees(
            hinge.drop, from: start + 0.05 * hinge.down, lasting: 0.95 * hinge.down, back: rise,
            lasting: 0.9 * hinge.rise)
        horizon = end
        return (rise, end)
    }

    private mutating func pauseAfterMovement() { horizon += random.uniform(0.8, 1.6) }

    mutating func bend(_ degrees: Double, hold: Double) {
        if stance != .seated { standUp() }
        let start = horizon
        let seatedExtra = stance == .seated ? degreesBelowUpright : 0
        let down = (0.7 + degrees / 110) * about(body.tempo)
        let hinge = Hinge(
            degrees: degrees + seatedExtra, down: down, hold: hold, rise: down * random.uniform(0.9, 1.15),
            back: stance == .seated ? 0 : 0.001 * degrees)
        let (_, end) = plan(hinge)
        truthLog.add(.bend(peakDegrees: degrees, seated: stance == .seated), start, end)
        pauseAfterMovement()
    }

    /// Bends, turns while bent, and rises: with the feet still and back again, or with steps.
    mutating func bend(_ degrees: Double, turning turn: Double, withFeet: Bool) {
        standUp()
        let start = horizon
        let down = random.uniform(0.9, 1.6) * body.tempo
        let begin = start + down + random.uniform(-0.3, 0.6)
        let time: Double
        if withFeet {
            time = stepAround(turn, at: begin)
        } else {
            time = turnTime(turn, slower: random.uniform(0.9, 1.6))
            channels.move(.axial, by: turn * radiansPerDegree, from: begin, lasting: time)
            truthLog.add(.twist(degrees: turn, afterLift: false), begin, begin + time)
        }
        let stays = withFeet ? 0.2 : random.uniform(0.3, 2)
        let hinge = Hinge(
            degrees: degrees, down: down, hold: begin + time + stays - start - down,
            rise: random.uniform(1.1, 1.9) * body.tempo, back: 0.0014 * degrees)
        let (rise, end) = plan(hinge)
        if !withFeet {
            // Most come back before they rise, some while rising.
            let back = rise - random.uniform(-0.3, 0.8)
            channels.move(.axial, by: -turn * radiansPerDegree, from: back, lasting: time)
            horizon = max(end, back + time)
        }
        truthLog.add(.bend(peakDegrees: degrees, seated: false), start, end)
        pauseAfterMovement()
    }

    /// How long a turn of the trunk takes.
    private func turnTime(_ degrees: Double, slower: Double = 1) -> Double {
        (0.5 + degrees.magnitude / 130) * slower
    }

    /// How far the seated trunk is tilted back from the standing upright, degrees.
    private var degreesBelowUpright: Double { (standingPitch - channels.target(.pitch)) * degreesPerRadian }

    mutating func stoop(_ degrees: Double, hold: Double) {
        standUp()
        let start = horizon
        let hinge = Hinge(
            degrees: degrees, down: random.uniform(1.1, 2) * body.tempo, hold: hold,
            rise: random.uniform(1.1, 1.9) * body.tempo, back: 0.0016 * degrees)
        let (_, end) = plan(hinge)
        truthLog.add(.bend(peakDegrees: degrees, seated: false), start, end)
        pauseAfterMovement()
    }

    mutating func squat(hold: Double) {
        standUp()
        let start = horizon
        let drop = random.uniform(0.3, 0.5)
        // A belt sensor shows a median peak of 34 degrees in squats to pick up nothing.
        let hinge = Hinge(
            degrees: random.normal(34, 7, in: 20...50), down: random.uniform(1.1, 1.7) * body.tempo,
            hold: hold,
            rise: random.uniform(1.1, 1.7) * body.tempo, drop: drop, back: 0.08)
        let (_, end) = plan(hinge)
        truthLog.add(.squat(dropMetres: drop), start, end)
        pauseAfterMovement()
    }

    mutating func lift(_ degrees: Double, style: Activity.LiftStyle, twist: Double) {
        standUp()
        let start = horizon
        let hinge = liftHinge(degrees, style: style)
        let (rise, end) = plan(hinge)
        jolt(style, at: rise)
        if twist != 0 {
            turnTrunk(twist, from: rise + 0.3 * hinge.rise, style: style)
            horizon = max(horizon, end) + 0.5
        }
        noteLift(hinge, style: style, twist: twist, from: start, to: end)
        pauseAfterMovement()
    }

    /// Lifts and turns with the feet: the steps begin when the load is at the knees.
    mutating func lift(_ degrees: Double, style: Activity.LiftStyle, stepping turn: Double) {
        standUp()
        let start = horizon
        let hinge = liftHinge(degrees, style: style)
        let (rise, end) = plan(hinge)
        jolt(style, at: rise)
        let begin = rise + random.uniform(0.45, 0.8) * hinge.rise
        horizon = max(end, begin + stepAround(turn, at: begin))
        noteLift(hinge, style: style, twist: 0, from: start, to: end)
        pauseAfterMovement()
    }

    private mutating func noteLift(
        _ hinge: Hinge, style: Activity.LiftStyle, twist: Double, from start: Double, to end: Double
    ) {
        let truth = TruthSpan.Lift(
            peakDegrees: hinge.degrees, dropMetres: hinge.drop,
            peakExtensionRateDps: 1.875 * hinge.degrees / hinge.rise, riseSeconds: hinge.rise,
            twistDegrees: twist, style: style)
        truthLog.add(.lift(truth), start, end)
        truthLog.add(.bend(peakDegrees: hinge.degrees, seated: false), start, end)
    }

    private mutating func liftHinge(_ degrees: Double, style: Activity.LiftStyle) -> Hinge {
        let grasp = random.uniform(0.3, 0.8)
        let tempo = body.tempo
        switch style {
        case .gently:
            return Hinge(
                degrees: degrees, down: random.uniform(1.3, 1.8) * tempo, hold: grasp,
                rise: random.uniform(1.6, 2) * tempo, drop: random.uniform(0.36, 0.48), back: 0.1)
        case .plain:
            return Hinge(
                degrees: degrees, down: random.uniform(1, 1.4) * tempo, hold: grasp,
                rise: random.uniform(1.1, 1.4) * tempo, drop: random.uniform(0.24, 0.36), back: 0.12)
        case .hard:
            return Hinge(
                degrees: degrees, down: random.uniform(0.8, 1.1) * tempo, hold: 0.5 * grasp,
                rise: random.uniform(0.75, 0.9) * tempo, drop: random.uniform(0.2, 0.32), back: 0.12)
        }
    }

    /// The load leaves the floor: the hips give a little, and come back.
    private mutating func jolt(_ style: Activity.LiftStyle, at time: Double) {
        let size: Double
        switch style {
        case .gently: size = 0.002
        case .plain: size = 0.006
        case .hard: size = 0.016
        }
        channels.move(.height, by: -size, from: time, lasting: 0.11)
        channels.move(.height, by: size, from: time + 0.09, lasting: 0.13)
        channels.move(.pitch, by: 2.5 * size, from: time, lasting: 0.12)
        channels.move(.pitch, by: -2.5 * size, from: time + 0.1, lasting: 0.16)
    }

    /// Turns the trunk with the feet still, puts something down, and comes back.
    private mutating func turnTrunk(_ degrees: Double, from start: Double, style: Activity.LiftStyle) {
        let time = turnTime(degrees, slower: style == .gently ? 1.4 : 1) * about(1, 0.1)
        let hold = random.uniform(0.6, 1.4)
        channels.move(.axial, by: degrees * radiansPerDegree, from: start, lasting: time)
        channels.move(.axial, by: -degrees * radiansPerDegree, from: start + time + hold, lasting: 1.2)
        truthLog.add(.twist(degrees: degrees, afterLift: true), start, start + time)
        horizon = start + time + hold + 1.2
    }

    mutating func twist(_ degrees: Double) {
        if stance != .seated { standUp() }
        let start = horizon
        let time = (0.6 + degrees.magnitude / 110) * about(body.tempo)
        let hold = random.uniform(0.3, 1.5)
        channels.move(.axial, by: degrees * radiansPerDegree, from: start, lasting: time)
        channels.move(.axial, by: -degrees * radiansPerDegree, from: start + time + hold, lasting: time)
        truthLog.add(.twist(degrees: degrees, afterLift: false), start, start + time)
        horizon = start + 2 * time + hold
        pauseAfterMovement()
    }
}
