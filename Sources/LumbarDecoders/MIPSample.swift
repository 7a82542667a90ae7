import LumbarCore

/// Collects the MIP packets of one sample and says when they make a reading; rules in `MIPDecoder`.
struct MIPSample: Sendable {
    /// What of one packet matters here.
    struct Packet {
        fileprivate var acceleration: Vector3<SensorFrame>?
        fileprivate var rate: Vector3<SensorFrame>?
        fileprivate var up = Vector3<SensorFrame>.zero
        fileprivate var time = Reading.noDeviceTime
        /// Nanoseconds since the set before; zero when not said.
        fileprivate var sincePrevious: UInt64 = 0
    }

    /// What a packet led to.
    enum Outcome {
        case nothing
        case reading(Reading)
        case refused(SampleGate.Fault)
    }

    /// Whether the sensor is thought to send angular rate.
    private var expectsRate = true
    /// The half of a sample that waits for the other.
    private var held = Packet()
    private var heldArrival = Instant.zero
    /// The device's opinion that came behind its reading.
    private var carriedUp = Vector3<SensorFrame>.zero
    private var lastTime = Reading.noDeviceTime

    /// Forgets what is held.
    mutating func forget() {
        held = Packet()
        carriedUp = .zero
        lastTime = Reading.noDeviceTime
    }

    /// Takes the packet that has just become whole.
    mutating func take(_ packet: Packet, at arrival: Instant) -> Outcome {
        guard packet.acceleration != nil || packet.rate != nil else {
            if packet.up != .zero { carriedUp = packet.up }
            return .nothing
        }
        var whole = packet
        if isOtherHalf(packet) {
            whole.acceleration = packet.acceleration ?? held.acceleration
            whole.rate = packet.rate ?? held.rate
            if whole.time == Reading.noDeviceTime { whole.time = held.time }
            if whole.sincePrevious == 0 { whole.sincePrevious = held.sincePrevious }
            if whole.up == .zero { whole.up = held.up }
        } else if packet.rate == nil, held.acceleration != nil {
            // Two accelerations and no rate between them.
            expectsRate = false
        }
        if whole.rate != nil { expectsRate = true }
        if whole.acceleration != nil, whole.rate != nil || !expectsRate {
            held = Packet()
            return reading(whole, at: arrival)
        }
        held = packet
        return .nothing
    }

    private func isOtherHalf(_ packet: Packet) -> Bool {
        guard
            (held.acceleration != nil && packet.acceleration == nil)
                || (held.rate != nil && packet.rate == nil)
        else { return false }
        return packet.time == held.time || packet.time == Reading.noDeviceTime
            || held.time == Reading.noDeviceTime
    }

    private mutating func reading(_ packet: Packet, at arrival: Instant) -> Outcome {
        guard let acceleration = packet.acceleration else { return .nothing }
        if let fault = SampleGate.fault(acceleration, rate: packet.rate ?? .zero) { return .refused(fault) }
        let up = packet.up != .zero ? packet.up : carriedUp
        carriedUp = .zero
        let lost = lostSamples(packet)
        lastTime = packet.time
        return .reading(
            Reading(
                acceleration: acceleration, angularRate: packet.rate ?? .zero,
                hasAngularRate: packet.rate != nil, lostBefore: lost, deviceUp: up,
                deviceNanoseconds: packet.time, arrival: arrival))
    }

    private func lostSamples(_ packet: Packet) -> UInt16 {
        guard lastTime != Reading.noDeviceTime, packet.time != Reading.noDeviceTime,
            packet.sincePrevious > 0, packet.time > lastTime
        else { return 0 }
        let step = Double(packet.time.subtractingReportingOverflow(lastTime).partialValue)
        let missing = (step / Double(packet.sincePrevious)).rounded() - 1
        // Beyond a minute at 1000 Hz it is another clock, not a loss.
        return missing >= 1 && missing < 60_000 ? UInt16(missing) : 0
    }
}

// MARK: Fields

extension MIPSample.Packet {
    /// Takes the field whose length byte stands at `index`; one of another length than its descriptor asks is ignored.
    mutating func take(_ window: FrameWindow, at index: Int, set: UInt8) {
        let values = index + 2
        switch (set, window[index + 1], Int(window[index]) - 2) {
        case (0x80, 0x04, 12): acceleration = vector(window, values)
        case (0x80, 0x05, 12): rate = vector(window, values)
        case (0x80, 0x09, 36): up = down(ofMatrix: values, window)
        case (0x80, 0x0A, 16): up = down(ofQuaternion: values, window)
        case (0x80, 0x0C, 12): up = down(ofAngles: values, window)
        case (0x82, 0x03, 18) where window.bigUInt16(values + 16) != 0:
            up = down(ofQuaternion: values, window)
        case (0x82, 0x04, 38) where window.bigUInt16(values + 36) != 0: up = down(ofMatrix: values, window)
        case (0x82, 0x05, 14) where window.bigUInt16(values + 12) != 0: up = down(ofAngles: values, window)
        case (0x80, 0xD5, 8): time = Int64(clamping: window.bigUInt64(values))
        case (0x80, 0xD6, 8): sincePrevious = window.bigUInt64(values)
        case (0x80, 0xD3, 12), (0x80, 0x12, 12):
            if time == Reading.noDeviceTime { time = weekTime(window.bigDouble(values)) }
        default: break
        }
    }

    private func vector(_ window: FrameWindow, _ index: Int) -> Vector3<SensorFrame> {
        Vector3(window.bigFloat(index), window.bigFloat(index + 4), window.bigFloat(index + 8))
    }

    // The room's third axis points down.

    private func down(ofAngles index: Int, _ window: FrameWindow) -> Vector3<SensorFrame> {
        -DeviceUp.from(roll: window.bigFloat(index), pitch: window.bigFloat(index + 4))
    }

    private func down(ofQuaternion index: Int, _ window: FrameWindow) -> Vector3<SensorFrame> {
        -DeviceUp.from(
            w: window.bigFloat(index), x: window.bigFloat(index + 4), y: window.bigFloat(index + 8),
            z: window.bigFloat(index + 12))
    }

    /// The matrix turns the room into the sensor, so the vertical is its third column; row by row on the wire.
    private func down(ofMatrix index: Int, _ window: FrameWindow) -> Vector3<SensorFrame> {
        -DeviceUp.from(
            row: Vector3(
                window.bigFloat(index + 8), window.bigFloat(index + 20), window.bigFloat(index + 32)))
    }

    private func weekTime(_ seconds: Double) -> Int64 {
        seconds >= 0 && seconds < 700_000 ? Int64(seconds * 1e9) : Reading.noDeviceTime
    }
}
