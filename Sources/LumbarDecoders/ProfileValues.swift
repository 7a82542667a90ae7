import LumbarCore

/// The numbers of one line, by `ProfileQuantity.rawValue`, already in the core's units.
struct ProfileValues: Sendable {
    var numbers = SIMD16<Double>(repeating: 0)
    var found: UInt32 = 0
    /// Requirements that were met.
    var met: UInt32 = 0
    /// The time, ns.
    var time = Reading.noDeviceTime
    /// Whether a cell that counts holds something else than what belongs there.
    var isMalformed = false

    subscript(_ quantity: ProfileQuantity) -> Double { numbers[quantity.rawValue] }

    func has(_ quantities: UInt32) -> Bool { found & quantities == quantities }

    /// Takes the number that begins at `index`, and moves `index` behind it.
    mutating func take(
        _ slot: Int, _ profile: TextProfile, from line: UnsafeRawBufferPointer, at index: inout Int
    ) {
        guard let number = DecimalNumber(line, from: &index) else {
            isMalformed = true
            return
        }
        let bit: UInt32 = 1 << UInt32(slot)
        if found & bit != 0 { isMalformed = true }
        if slot == ProfileQuantity.time.rawValue {
            guard let time = number.integer(shiftedBy: Int(profile.scales[slot])) else {
                isMalformed = true
                return
            }
            self.time = time
        } else {
            guard let value = number.value else {
                isMalformed = true
                return
            }
            numbers[slot] = value * profile.scales[slot]
        }
        found |= bit
    }
}

extension TextProfile {
    /// What the numbers of a line say, or nil when they cannot be true or something is missing.
    func reading(_ values: ProfileValues, followsBreak: Bool, at arrival: Instant) -> Reading? {
        guard !values.isMalformed, values.met == (1 << UInt32(requirements.count)) - 1 else { return nil }
        // In a line with a header, time and rate may have no column; in any line their cells may be empty.
        let optional = ProfileQuantity.rate | ProfileQuantity.time.bit
        let needed = found & ~optional
        guard values.found & needed == needed, let deviceUp = deviceUp(values) else { return nil }
        let hasRate = values.has(ProfileQuantity.rate)
        let rate: Vector3<SensorFrame> =
            hasRate ? Vector3(values[.gx], values[.gy], values[.gz]) : .zero
        guard Self.isWithin(gates.rate, rate) else { return nil }
        var reading = Reading(
            acceleration: deviceUp, angularRate: rate, hasAngularRate: hasRate, hasAcceleration: false,
            followsBreak: followsBreak, deviceNanoseconds: values.time, arrival: arrival)
        if hasAcceleration {
            let acceleration = Vector3<SensorFrame>(values[.ax], values[.ay], values[.az])
            // Exactly zero is a dead accelerometer: nothing that is worn falls freely for a whole sample.
            guard Self.isWithin(gates.acceleration, acceleration), acceleration != .zero else { return nil }
            reading.acceleration = acceleration
            reading.hasAcceleration = true
            reading.deviceUp = deviceUp
        }
        return reading
    }

    /// Up by the device's own filter; zero when the line does not say, nil when it cannot be true.
    private func deviceUp(_ values: ProfileValues) -> Vector3<SensorFrame>? {
        if values.has(ProfileQuantity.quaternion) {
            let (w, x, y, z) = (values[.qw], values[.qx], values[.qy], values[.qz])
            let norm = (w * w + x * x + y * y + z * z).squareRoot()
            guard (norm - 1).magnitude < gates.normError else { return nil }
            return up.up(w: w / norm, x: x / norm, y: y / norm, z: z / norm)
        }
        guard values.has(ProfileQuantity.tilt) else { return .zero }
        // Twice around is beyond any angle that is printed, and sines of it would be guesses.
        guard values[.pitch].magnitude <= gates.pitch, values[.roll].magnitude <= gates.roll,
            values[.yaw].magnitude <= 4 * Elementary.pi
        else { return nil }
        return up.up(roll: values[.roll], pitch: values[.pitch], yaw: values[.yaw])
    }

    /// False for NaN too.
    private static func isWithin(_ limit: Double, _ vector: Vector3<SensorFrame>) -> Bool {
        vector.x.magnitude <= limit && vector.y.magnitude <= limit && vector.z.magnitude <= limit
    }
}
