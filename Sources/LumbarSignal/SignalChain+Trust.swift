import LumbarCore

/// What the chain shows to `SensorTrust`: one look a frame, at the sample that ended it.
extension SignalChain {
    /// What began and ended to be wrong with the sensor since it was last asked, the oldest first.
    public mutating func takeTrustChanges() -> [SensorTrust.Change] {
        hasTrustNews = false
        return trust.takeChanges()
    }

    /// Above this a body turns about every axis, degrees per second: half of what walking does.
    static let movingDps = 30.0
    /// Above this it moves, for a sensor without a gyroscope, g.
    static let movingG = 0.05
    /// Below this it rests, for a sensor without a gyroscope, g.
    static let restingG = 0.02

    /// Judges a frame with `reading`, the first sample after it; `biasDps` is the gyroscope's bias.
    mutating func judge(
        _ frame: Features, _ reading: Reading, biasDps: Vector3<BodyFrame>, rateHz: Double
    ) {
        var look = SensorTrust.Look()
        look.acceleration = reading.acceleration
        look.angularRate = reading.angularRate
        look.hasAngularRate = reading.hasAngularRate
        look.up = calibration.toSensor(frame.up)
        look.deviceUp = reading.deviceUp
        look.isMoving =
            reading.hasAngularRate
            ? frame.angularSpeedRMS1sDps > Self.movingDps
            : frame.accelerationDeviation1sG > Self.movingG
        look.isAtRest =
            reading.hasAngularRate ? frame.isAtRest : frame.accelerationDeviation1sG < Self.restingG
        look.peakG = frame.accelerationMaxG
        look.peakDps = frame.angularSpeedPeakDps
        look.biasDps = biasDps.length
        look.samples = frame.sampleCount
        look.lost = lostSamples
        look.rateHz = rateHz
        look.seconds = frame.duration
        look.clockLead = clockLead(reading)
        lostSamples = 0
        trust.update(look)
        if look.isAtRest, look.hasAngularRate, let celsius = temperatureCelsius {
            biasByTemperature.add(biasDps, at: celsius)
        }
    }

    /// By how much the device's clock went further than ours since the frame before; bursts cancel over a minute.
    private mutating func clockLead(_ reading: Reading) -> Double? {
        guard reading.deviceNanoseconds != Reading.noDeviceTime else { return nil }
        let (lead, overflow) = reading.deviceNanoseconds.subtractingReportingOverflow(
            reading.arrival.nanoseconds)
        guard !overflow else { return nil }
        defer { lastClockLead = lead }
        guard let before = lastClockLead else { return 0 }
        let (change, jumped) = lead.subtractingReportingOverflow(before)
        // A second at once is a clock that was set or a gap, and no drift.
        guard !jumped, change.magnitude < 1_000_000_000 else { return 0 }
        return Double(change) * 1e-9
    }
}
