import LumbarCore

// What other parts of the body do while the trunk moves as it does. Nothing here draws a random number: a wearer with
// three sensors moves as the same wearer with one. And nothing is planned for a lumbar sensor: more moves under way would
// add up in another order, and change the last bits of its samples.
extension SimulatedWearer {
    /// Tilt of the thighs when seated, radians: the knees a little higher or lower than the hips make no difference.
    static let seatedThigh = -1.45
    /// Tilt of the thighs in the deepest squat, radians.
    static let deepestSquat = -1.9
    /// How much more the thorax tilts forward than the lumbar sensor: the spine between them bends too.
    static let thoraxShare = 0.4
    /// How much more the thorax turns than the lumbar sensor: half of a turn is the hips', half the spine's.
    static let thoraxTurn = 1.0

    /// How the part of the body at this wearer's site moves, given the trunk.
    func site(of trunk: Kinematics) -> Kinematics {
        var part = trunk
        switch site {
        case .lumbar: break
        case .thorax:
            part.pitch = trunk.pitch * (1 + Self.thoraxShare) + trunk.slump
            part.axial = trunk.axial * (1 + Self.thoraxTurn)
        case .thigh:
            part.pitch = trunk.thigh
            part.alongTrunk = 0
        }
        return part
    }

    /// Takes the first stance without a movement.
    mutating func placeLegs() {
        guard site != .lumbar else { return }
        switch stance {
        case .standing: break
        case .seated:
            channels.place(.thigh, at: Self.seatedThigh)
            channels.place(.slump, at: -(1 + Self.thoraxShare) * (seatedPitch - standingPitch))
        case .lying:
            channels.place(.thigh, at: -1.53)
            channels.place(.slump, at: Self.thoraxShare * 1.53)
        case .off:
            channels.place(.thigh, at: 1.55)
            channels.place(.slump, at: -Self.thoraxShare * 1.55)
        }
    }

    /// Plans the legs and the upper back for a seat: the pelvis rolls back, and the thorax stays above it.
    mutating func planSeat(from start: Double, lasting time: Double) {
        guard site != .lumbar else { return }
        channels.move(.thigh, to: Self.seatedThigh, from: start, lasting: time)
        let back = seatedPitch - standingPitch
        channels.move(.slump, to: -(1 + Self.thoraxShare) * back, from: start, lasting: time)
    }

    /// Plans the legs and the upper back for standing.
    mutating func planStand(from start: Double, lasting time: Double) {
        guard site != .lumbar else { return }
        channels.move(.thigh, to: 0, from: start, lasting: time)
        channels.move(.slump, to: 0, from: start, lasting: time)
    }

    /// Plans them for lying, or for a fall, with a tilt of `pitch`.
    mutating func planLegs(at pitch: Double, from start: Double, lasting time: Double) {
        guard site != .lumbar else { return }
        channels.move(.thigh, to: pitch, from: start, lasting: time)
        // A straight spine.
        channels.move(.slump, to: -Self.thoraxShare * pitch, from: start, lasting: time)
    }

    /// Plans the knees of a squat that sinks by `drop` metres from `start` on and is over `rise` seconds after `back`.
    mutating func planKnees(
        _ drop: Double, from start: Double, lasting down: Double, back: Double, lasting rise: Double
    ) {
        guard site != .lumbar, drop > 0 else { return }
        let tilt = max(Self.deepestSquat, Self.seatedThigh * drop / body.seatDropMetres)
        channels.move(.thigh, by: tilt, from: start, lasting: down)
        channels.move(.thigh, by: -tilt, from: back, lasting: rise)
    }

    /// Hands turn the sensor by `turn`, whichever it is.
    mutating func planHandling(_ turn: Double, from start: Double, lasting time: Double) {
        guard site != .lumbar else { return }
        channels.move(.thigh, by: turn, from: start, lasting: time)
    }
}
