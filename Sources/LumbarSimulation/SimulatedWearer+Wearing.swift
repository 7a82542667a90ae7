import LumbarCore

// Taking the sensor off and putting it on: hands turn it about, then it lies on a table, and only its own noise is left.
// A desk trembles under typing hands and is knocked at; a bag is carried on somebody's walk before it is put down.
extension SimulatedWearer {
    mutating func beginOff(until: Double, at place: Activity.Place) {
        restingPlace = place
        guard stance != .off else {
            if place == .desk { scaleChanges.append((horizon, .desk)) }
            go(on: .off, until: until)
            return
        }
        if case .lying = stance { standUp() }
        let start = horizon
        truthLog.enter(.notWorn, at: start + 0.5)
        stance = .off
        scaleChanges.append((start + 0.5, .none))
        channels.move(.breath, to: 0, from: start, lasting: 0.5)
        channels.move(.heart, to: 0, from: start, lasting: 0.5)
        handle(turns: random.whole(3...5))
        if place == .bag { carry(seconds: min(0.3 * (until - horizon), random.uniform(30, 120))) }
        layDown()
        if place == .drawer { shutDrawer() }
        if place == .desk { scaleChanges.append((horizon, .desk)) }
        truthLog.add(.handling, start, horizon)
        go(on: .off, until: until)
    }

    /// Nothing happens to a sensor that lies about, but cups are put down on a desk.
    mutating func proceedOff(_ now: Ongoing) {
        guard restingPlace == .desk else {
            horizon = now.until
            return
        }
        knock(random.uniform(0.0001, 0.001))
        idle(4, 40, until: now.until)
    }

    /// Somebody walks away with the bag; it hangs and swings.
    private mutating func carry(seconds: Double) {
        let start = horizon
        gait.begin(style(of: .normal), at: start)
        channels.move(.gait, to: random.uniform(0.5, 0.9), from: start, lasting: 1.2)
        channels.move(.gait, to: 0, from: start + seconds - 1, lasting: 1)
        horizon = start + seconds
    }

    /// The drawer slides and stops.
    private mutating func shutDrawer() {
        let time = random.uniform(0.4, 1)
        channels.move(.forward, by: random.uniform(0.25, 0.45), from: horizon + 1, lasting: time)
        horizon += 1 + time
        knock(0.001)
    }

    /// A knock of a few hundredths of a second that moves the sensor by `size` metres and back.
    private mutating func knock(_ size: Double) {
        channels.move(.height, by: -size, from: horizon, lasting: 0.05)
        channels.move(.height, by: size, from: horizon + 0.03, lasting: 0.06)
        horizon += 0.2
    }

    /// Puts the sensor on; ends standing.
    mutating func putOn() {
        guard stance == .off else { return }
        let start = horizon
        handle(turns: random.whole(3...5))
        let time = 1.2
        channels.unwind(.axial)
        channels.move(.pitch, to: standingPitch, from: horizon, lasting: time)
        straighten(from: horizon, lasting: time)
        channels.move(.height, to: 0, from: horizon, lasting: time)
        planStand(from: horizon, lasting: time)
        horizon += time
        channels.move(.heart, to: 1, from: horizon, lasting: 1)
        settle(into: .standing, at: horizon)
        truthLog.add(.handling, start, horizon)
        truthLog.enter(.standing, at: horizon)
        horizon += 1
    }

    /// A few large turns in somebody's hands.
    private mutating func handle(turns: Int) {
        for _ in 0..<turns {
            let time = random.uniform(0.6, 1.3)
            let turn = random.uniform(-1, 1)
            channels.move(.pitch, by: turn, from: horizon, lasting: time)
            planHandling(turn, from: horizon, lasting: time)
            channels.move(.lateral, by: random.uniform(-1.2, 1.2), from: horizon, lasting: time)
            channels.move(.axial, by: random.uniform(-1.8, 1.8), from: horizon, lasting: time)
            channels.move(.heading, by: random.uniform(-1.5, 1.5), from: horizon, lasting: time)
            channels.move(.height, by: random.uniform(-0.15, 0.15), from: horizon, lasting: time)
            channels.move(.forward, by: random.uniform(-0.25, 0.25), from: horizon, lasting: time)
            horizon += time * random.uniform(0.7, 1.2)
        }
    }

    /// Flat on a table, on its back, its face or an edge.
    private mutating func layDown() {
        let time = random.uniform(0.8, 1.4)
        let faces: [(pitch: Double, lateral: Double)] = [(1.57, 0), (-1.57, 0), (0, 1.57), (0, -1.57)]
        let face = faces[random.whole(0...3)]
        let pitch = face.pitch + random.uniform(-0.05, 0.05)
        channels.move(.pitch, to: pitch, from: horizon, lasting: time)
        planLegs(at: pitch, from: horizon, lasting: time)
        channels.move(.lateral, to: face.lateral + random.uniform(-0.05, 0.05), from: horizon, lasting: time)
        channels.move(.height, to: -0.2, from: horizon, lasting: time)
        horizon += time
        knock(0.002)
        horizon += 0.3
    }
}
