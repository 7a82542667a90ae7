import LumbarCore

// Taking the sensor off and putting it on: hands turn it about, then it lies on a table, and only its own noise is left.
extension SimulatedWearer {
    mutating func beginOff(until: Double) {
        guard stance != .off else {
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
        layDown()
        truthLog.add(.handling, start, horizon)
        go(on: .off, until: until)
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
            channels.move(.pitch, by: random.uniform(-1, 1), from: horizon, lasting: time)
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
        channels.move(.pitch, to: face.pitch + random.uniform(-0.05, 0.05), from: horizon, lasting: time)
        channels.move(.lateral, to: face.lateral + random.uniform(-0.05, 0.05), from: horizon, lasting: time)
        channels.move(.height, to: -0.2, from: horizon, lasting: time)
        let knock = horizon + time
        channels.move(.height, by: -0.002, from: knock, lasting: 0.05)
        channels.move(.height, by: 0.002, from: knock + 0.03, lasting: 0.06)
        horizon = knock + 0.5
    }
}
