import LumbarCore

/// From the sensor's axes to the mounted frame, and the gates that implausible readings do not pass.
///
/// A mount is a signed permutation of axes, held as a matrix of 0, 1 and -1: products and sums with these are exact, so
/// nothing is rounded on the way.
public struct Calibration: Sendable, Equatable {
    // Where each sensor axis points in the mounted frame: columns, so that a vector is turned lane by lane.
    private let imageOfX: SIMD4<Double>
    private let imageOfY: SIMD4<Double>
    private let imageOfZ: SIMD4<Double>
    private let largestAccelerationSquared: Double
    private let largestRateSquared: Double

    /// For a sensor mounted like `mount`; limits in g and degrees per second.
    ///
    /// With `up` alone some forward axis is chosen; undeclared keeps the sensor's axes.
    public init(mount: Mount, largestAccelerationG: Double = 16.1, largestRateDps: Double = 2100) {
        let forward: Vector3<SensorFrame>
        let left: Vector3<SensorFrame>
        let up: Vector3<SensorFrame>
        if let upAxis = mount.up {
            let forwardAxis = mount.forward ?? SensorAxis(index: (upAxis.index + 1) % 3, isNegative: false)
            up = upAxis.direction
            forward = forwardAxis.direction
            left = up.cross(forward)
        } else {
            forward = Vector3(1, 0, 0)
            left = Vector3(0, 1, 0)
            up = Vector3(0, 0, 1)
        }
        imageOfX = SIMD4(forward.x, left.x, up.x, 0)
        imageOfY = SIMD4(forward.y, left.y, up.y, 0)
        imageOfZ = SIMD4(forward.z, left.z, up.z, 0)
        let rate = largestRateDps * radiansPerDegree
        largestAccelerationSquared = largestAccelerationG * largestAccelerationG
        largestRateSquared = rate * rate
    }

    /// Whether a reading is finite and within the range of any wearable sensor.
    @inline(__always)
    public func isPlausible(_ reading: Reading) -> Bool {
        // NaN fails every comparison.
        let a = reading.acceleration.lengthSquared
        let w = reading.angularRate.lengthSquared
        return a <= largestAccelerationSquared && (w <= largestRateSquared || !reading.hasAngularRate)
    }

    /// A vector of the sensor's frame in the mounted frame, exactly.
    @inline(__always)
    public func toBody(_ v: Vector3<SensorFrame>) -> Vector3<BodyFrame> {
        let turned = imageOfX * v.x + imageOfY * v.y + imageOfZ * v.z
        return Vector3(turned.x, turned.y, turned.z)
    }

    /// A vector of the mounted frame in the sensor's own, exactly.
    @inline(__always)
    public func toSensor(_ v: Vector3<BodyFrame>) -> Vector3<SensorFrame> {
        Vector3(along(imageOfX, v), along(imageOfY, v), along(imageOfZ, v))
    }

    private func along(_ image: SIMD4<Double>, _ v: Vector3<BodyFrame>) -> Double {
        image.x * v.x + image.y * v.y + image.z * v.z
    }
}

/// Whether |a| at rest says that the sensor's scale is wrong; with hysteresis, so that one odd second does not decide.
struct ScaleGate: Sendable, Equatable {
    private(set) var hasFault = false
    private var badSeconds = 0.0
    private var goodSeconds = 0.0
    let lowest: Double
    let highest: Double

    /// Seconds of rest that decide, either way.
    static let decisionSeconds = 3.0

    init(lowest: Double, highest: Double) {
        self.lowest = lowest
        self.highest = highest
    }

    /// Takes a frame's mean |a| and whether the sensor is at rest, both over the last second.
    mutating func update(meanG: Double, isStill: Bool, seconds: Double) {
        guard isStill else { return }
        if meanG >= lowest && meanG <= highest {
            goodSeconds += seconds
            badSeconds = max(0, badSeconds - seconds)
        } else {
            badSeconds += seconds
            goodSeconds = 0
        }
        if badSeconds >= Self.decisionSeconds { hasFault = true }
        if hasFault && goodSeconds >= Self.decisionSeconds {
            hasFault = false
            badSeconds = 0
        }
    }
}
