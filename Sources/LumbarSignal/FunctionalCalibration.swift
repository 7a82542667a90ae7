import LumbarCore

/// Recognises the calibration gesture in the stream: stand still for 5 s, then bow three times.
///
/// Standing: standard deviation of |a| below 0.02 g and angular rate below 3 deg/s for 5 s; up is the mean direction.
/// Bows: the principal axis p of Σ ω ωᵀ over frames faster than 20 deg/s must carry 0.9 of the motion; left is p
/// made perpendicular to up, with the sign that makes the bows go forward. Without a gyroscope the direction of the
/// bows themselves gives forward. Accepted when every peak lies in 40...120 degrees, leans aside by less than 10, and
/// the trunk comes back to within 5 degrees. A sequence with fewer than three bows is everyday movement, and no outcome.
///
/// ```
/// idle --5 s still--> ready --> bowing (out > 25°, back < 12°) x 3 --> settling 1 s --> outcome
/// ```
struct FunctionalCalibration: Sendable, Equatable {
    /// A pose that the gesture gave.
    struct Result: Sendable, Equatable {
        var up: Vector3<BodyFrame>
        var forward: Vector3<BodyFrame>
        var deepestDegrees: Double
        /// How clear the gesture was, 0.5 (just accepted) ... 1.
        var quality: Double
    }

    /// How far the gesture has come.
    var progress: GestureProgress {
        switch phase {
        case .idle: .standing(seconds: stillSeconds)
        case .ready: .ready
        case .out: .bowing(number: bows + 1, degrees: peak)
        case .between: .between(done: bows)
        case .settling: .settling
        }
    }

    private enum Phase: Sendable, Equatable {
        case idle
        case ready
        case out
        case between
        case settling
    }

    private var phase = Phase.idle
    private var stillSeconds = 0.0
    private var standing = Vector3<BodyFrame>.zero
    private var up = Vector3<BodyFrame>(0, 0, 1)
    private var phaseSeconds = 0.0
    private var gestureSeconds = 0.0
    private var bows = 0
    private var peak = 0.0
    private var peakDirection = Vector3<BodyFrame>.zero
    private var shallowest = 0.0
    private var deepest = 0.0
    private var directions = Vector3<BodyFrame>.zero
    private var worstAside = 0.0
    private var turning = SymmetricMatrix()
    private var hasAngularRate = false
    private var settled = Vector3<BodyFrame>.zero

    static let standSeconds = 5.0
    static let longestGesture = 40.0

    /// Takes a frame, with the mean bias-corrected angular rate over it in deg/s; returns an outcome when one is reached.
    mutating func update(
        _ frame: Features, rate: Vector3<BodyFrame>, pose: UprightPose
    ) -> (outcome: CalibrationOutcome, result: Result?)? {
        phaseSeconds += frame.duration
        gestureSeconds += frame.duration
        let s = frame.up
        let flat = s - up * s.dot(up)
        let inclination = Elementary.atan2(flat.length, s.dot(up)) * degreesPerRadian
        switch phase {
        case .idle:
            stand(frame, pose: pose)
        case .ready:
            if inclination > 25 {
                begin(frame)
            } else if inclination > 8 {
                gather(frame, rate)
            } else {
                ready(frame)
            }
            if phaseSeconds > 30 { reset() }
        case .out:
            gather(frame, rate)
            if inclination > peak {
                peak = inclination
                peakDirection = -flat
            }
            if inclination < 12 { endBow() }
            if phaseSeconds > 10 { return abandon() }
        case .between:
            gather(frame, rate)
            if inclination > 25 { begin(frame) }
            if phaseSeconds > 6 { return abandon() }
        case .settling:
            if phaseSeconds > 0.5 { settled += s }
            if phaseSeconds >= 1.5 { return judge() }
        }
        return nil
    }

    /// Whatever was under way is void.
    mutating func interrupt() { reset() }

    private mutating func reset() { self = FunctionalCalibration() }

    private func isStill(_ frame: Features) -> Bool {
        frame.accelerationDeviation1sG < 0.02 && frame.angularSpeedRMS1sDps < 3 && frame.cadenceHz == 0
    }

    private mutating func stand(_ frame: Features, pose: UprightPose) {
        // Where upright is known, a gesture starts near it: sit-ups in bed are none.
        let isPlausible = pose.quality < 0.5 || frame.up.dot(pose.up) > 0.7071067811865476
        guard isStill(frame), isPlausible else { return reset() }
        stillSeconds += frame.duration
        standing += frame.up * frame.duration
        guard stillSeconds >= Self.standSeconds, let mean = standing.normalized else { return }
        up = mean
        phase = .ready
        phaseSeconds = 0
    }

    /// Still waiting for the first bow: standing on refreshes the reference slowly.
    private mutating func ready(_ frame: Features) {
        turning = SymmetricMatrix()
        guard isStill(frame) else { return }
        phaseSeconds = 0
        standing = standing * 0.98 + frame.up * (frame.duration)
        up = standing.normalized ?? up
    }

    private mutating func begin(_ frame: Features) {
        if bows == 0 { gestureSeconds = 0 }
        phase = .out
        phaseSeconds = 0
        peak = 0
        hasAngularRate = frame.hasAngularRate
    }

    private mutating func gather(_ frame: Features, _ rate: Vector3<BodyFrame>) {
        if rate.lengthSquared > 400 { turning.add(rate) }
    }

    private mutating func endBow() {
        shallowest = bows == 0 ? peak : min(shallowest, peak)
        deepest = max(deepest, peak)
        if let d = peakDirection.normalized {
            if let mean = directions.normalized {
                let aside = d.cross(mean).length
                let angle =
                    Elementary.asin(aside * Elementary.sin(peak * radiansPerDegree)) * degreesPerRadian
                worstAside = max(worstAside, d.dot(mean) > 0 ? angle : 90)
            }
            directions += d
        }
        bows += 1
        phase = bows >= 3 ? .settling : .between
        phaseSeconds = 0
    }

    private mutating func abandon() -> (outcome: CalibrationOutcome, result: Result?)? {
        let wasGesture = bows >= 2
        reset()
        return wasGesture ? (.tooSlow, nil) : nil
    }

    private mutating func judge() -> (outcome: CalibrationOutcome, result: Result?) {
        defer { reset() }
        if gestureSeconds > Self.longestGesture { return (.tooSlow, nil) }
        if shallowest < 40 { return (.tooShallow, nil) }
        if deepest > 120 { return (.tooDeep, nil) }
        guard let back = settled.normalized, back.dot(up) > 0.9961946980917455 else {
            return (.didNotReturn, nil)
        }
        guard let ahead = directions.normalized else { return (.notOneAxis, nil) }
        var forward = ahead
        var spread = 0.0
        if hasAngularRate {
            let (axis, share) = turning.principalAxis()
            guard share > 0.9, let left = (axis - up * axis.dot(up)).normalized else {
                return (.notOneAxis, nil)
            }
            spread = (1 - share) / 0.1
            forward = left.cross(up)
            if forward.dot(ahead) < 0 { forward = -forward }
            let aside = forward.cross(ahead).length * Elementary.sin(deepest * radiansPerDegree)
            worstAside = max(worstAside, Elementary.asin(aside) * degreesPerRadian)
        }
        if worstAside > 10 { return (.leanedAside, nil) }
        // The figure that came closest to its limit decides.
        let off = Elementary.atan2(back.cross(up).length, back.dot(up)) * degreesPerRadian / 5
        let quality = 1 - 0.5 * max(off, worstAside / 10, spread)
        return (
            .accepted, Result(up: up, forward: forward, deepestDegrees: deepest, quality: quality)
        )
    }
}
