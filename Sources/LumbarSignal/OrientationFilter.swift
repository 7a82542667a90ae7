import LumbarCore

/// Where up is, from gyroscope and accelerometer: VQF-6D with rest bias estimation.
///
/// Method: Laidig and Seel, "VQF: Highly accurate IMU orientation estimation with bias estimation and magnetic disturbance
/// rejection", Information Fusion 91 (2023) 187-204, arXiv 2203.17024: strapdown integration of the angular rate with the
/// exact rotation per sample (see `turn` for what one sample stands for); low-pass of the accelerometer *in the
/// inertial frame of that integration* (so that movement of the sensor does not enter), averaged over the first time
/// constant, second-order Butterworth after it; inclination correction that takes the filtered direction to vertical.
/// Gyroscope bias is learned at rest by a Kalman filter with the paper's rest detector.
///
/// Only up is asked for here, not heading. The paper's accelerometer quaternion is exactly the rotation that takes
/// the filtered direction to vertical, so up in the sensor frame is that direction rotated back by the strapdown
/// quaternion: same result, less work.
public struct OrientationFilter: Sendable, Equatable {
    /// What does not change while the filter runs.
    public struct Parameters: Sendable, Equatable {
        /// Time constant of the accelerometer low-pass, seconds.
        public var accelerationTime = 3.0
        /// Expected size of the bias at the start, degrees per second, one standard deviation.
        public var initialBiasSigmaDps = 0.5
        /// Seconds in which the bias may wander by 0.1 degrees per second.
        public var biasForgettingSeconds = 100.0
        /// No bias is larger, degrees per second.
        public var largestBiasDps = 2.0
        /// How well rest tells the bias, degrees per second.
        public var restBiasSigmaDps = 0.03
        /// Seconds of stillness that make rest.
        public var restSeconds = 1.5
        /// Time constant of the rest detector's low-pass, seconds.
        public var restFilterTime = 0.5
        /// Rate away from its low-pass that ends rest, degrees per second.
        public var restRateDps = 2.0
        /// Acceleration away from its low-pass that ends rest, g (0.5 m/s² in the paper).
        public var restAccelerationG = 0.051

        /// The paper's values.
        public init() {}
    }

    /// What follows from the parameters and the sample period.
    struct Coefficients: Sendable, Equatable {
        var period: Double
        var acceleration: ButterworthCoefficients
        var rest: ButterworthCoefficients
        /// Growth of the bias variance per sample, (0.01 deg/s)².
        var biasGrowth: Double
        /// Variance of one rest measurement such that the steady state is `restBiasSigmaDps`.
        var restVariance: Double

        init(_ p: Parameters, period: Double) {
            self.period = period
            acceleration = ButterworthCoefficients(timeConstant: p.accelerationTime, period: period)
            rest = ButterworthCoefficients(timeConstant: p.restFilterTime, period: period)
            biasGrowth = 0.1 * 100 * 0.1 * 100 * period / p.biasForgettingSeconds
            let settled = p.restBiasSigmaDps * 100 * p.restBiasSigmaDps * 100
            restVariance = settled * settled / biasGrowth + settled
        }
    }

    /// What a sample changes.
    struct State: Sendable, Equatable {
        // Strapdown quaternion, sensor to inertial frame.
        var w = 1.0
        var x = 0.0
        var y = 0.0
        var z = 0.0
        var bias = Vector3<BodyFrame>.zero
        var biasVariance: Double
        /// Seconds since the filter (re)started.
        var age = 0.0
        var samples = 0.0
        var meanAcceleration = Vector3<RoomFrame>.zero
        var acceleration = ButterworthVector(settledOn: Vector3<RoomFrame>.zero)
        var restRate = ButterworthVector(settledOn: Vector3<BodyFrame>.zero)
        var restAcceleration = ButterworthVector(settledOn: Vector3<BodyFrame>.zero)
        var restAge = 0.0
        // The last two rates, bias taken off, and how many there were.
        var lastRate = Vector3<BodyFrame>.zero
        var rateBefore = Vector3<BodyFrame>.zero
        var rates = 0
    }

    /// What a sample of the gyroscope tells the mean over, seconds: the delay of an output filter of about 40 Hz.
    static let outputTime = 0.012

    let parameters: Parameters
    private(set) var coefficients: Coefficients
    private(set) var state: State
    private let restRateSquared: Double
    private let restAccelerationSquared: Double
    private let largestBias: Double

    /// A filter for samples `period` seconds apart.
    public init(parameters: Parameters = Parameters(), period: Double = 0.01) {
        self.parameters = parameters
        coefficients = Coefficients(parameters, period: period)
        let sigma = parameters.initialBiasSigmaDps * 100
        state = State(biasVariance: sigma * sigma)
        let rate = parameters.restRateDps * radiansPerDegree
        restRateSquared = rate * rate
        restAccelerationSquared = parameters.restAccelerationG * parameters.restAccelerationG
        largestBias = parameters.largestBiasDps * radiansPerDegree
    }

    /// Gyroscope bias in rad/s.
    public var bias: Vector3<BodyFrame> { state.bias }

    /// Whether the sensor has been at rest for `restSeconds`.
    public var isAtRest: Bool { state.restAge >= parameters.restSeconds }

    /// Seconds since the filter (re)started.
    public var age: Double { state.age }

    /// Follows the fitted sample period; cheap when it changed by less than 2 %.
    public mutating func follow(period: Double) {
        let ratio = period / coefficients.period
        if ratio > 1.02 || ratio < 0.98 { coefficients = Coefficients(parameters, period: period) }
    }

    /// Forgets orientation after a gap; the bias stays.
    public mutating func restart() {
        var fresh = State(biasVariance: state.biasVariance)
        fresh.bias = state.bias
        state = fresh
    }

    /// Takes a sample and returns up in the mounted frame, unit length.
    ///
    /// `rate` is the measured angular rate; on return it has the bias taken off.
    @inline(__always)
    public mutating func update(
        acceleration a: Vector3<BodyFrame>, rate: inout Vector3<BodyFrame>, interval: Double
    ) -> Vector3<BodyFrame> {
        updateRest(a, rate, interval)
        rate = rate - state.bias
        rotate(by: turn(rate, interval))

        // Rotation matrix of the strapdown quaternion.
        let (w, x, y, z) = (state.w, state.x, state.y, state.z)
        let (x2, y2, z2) = (x + x, y + y, z + z)
        let (xx, yy, zz) = (x * x2, y * y2, z * z2)
        let (xy, xz, yz) = (x * y2, x * z2, y * z2)
        let (wx, wy, wz) = (w * x2, w * y2, w * z2)
        let rowX = Vector3<BodyFrame>(1 - (yy + zz), xy - wz, xz + wy)
        let rowY = Vector3<BodyFrame>(xy + wz, 1 - (xx + zz), yz - wx)
        let rowZ = Vector3<BodyFrame>(xz - wy, yz + wx, 1 - (xx + yy))

        let inertial = Vector3<RoomFrame>(rowX.dot(a), rowY.dot(a), rowZ.dot(a))
        let gravity = smooth(inertial, interval)
        let squared = gravity.lengthSquared
        guard squared > 1e-12 else { return Vector3(0, 0, 1) }
        let k = 1 / squared.squareRoot()
        return rowX * (gravity.x * k) + rowY * (gravity.y * k) + rowZ * (gravity.z * k)
    }

    /// The rotation vector of the interval that ends with this sample, radians.
    ///
    /// A sensor's output is low-passed: a sample tells the mean rate of about the last 12 ms, whatever the interval. At
    /// 100 Hz and faster it stands for its interval. Below, the rest of the interval is filled in by the parabola
    /// through the last three samples, without which the attitude runs up to half an interval ahead (4.1 against 2.1
    /// degrees at 19 Hz on optical truth). The cross product is the first coning term (Bortz 1971): successive
    /// rotations do not commute.
    @inline(__always)
    private mutating func turn(_ rate: Vector3<BodyFrame>, _ interval: Double) -> Vector3<BodyFrame> {
        let last = state.lastRate
        state.lastRate = rate
        var mean = rate + last.cross(rate) * (interval * (1.0 / 12))
        if interval > Self.outputTime { mean += late(rate, last, interval) }
        state.rateBefore = last
        state.rates &+= 1
        return mean * interval
    }

    /// What the mean rate over a long interval is more than the rate at its end.
    @inline(never)
    private func late(
        _ rate: Vector3<BodyFrame>, _ last: Vector3<BodyFrame>, _ interval: Double
    ) -> Vector3<BodyFrame> {
        guard state.rates >= 1 else { return .zero }
        let share = 1 - Self.outputTime / interval
        let line = (rate - last) * (-0.5 * share)
        // Across lost samples the three are not evenly spaced: a line has to do.
        guard state.rates >= 2, interval < 1.6 * coefficients.period else { return line }
        let bend = rate - last * 2 + state.rateBefore
        return line - bend * (share * (1.0 / 12))
    }

    @inline(__always)
    private mutating func rotate(by angle: Vector3<BodyFrame>) {
        let (c, sinc) = Elementary.cosSinc(squared: angle.lengthSquared * 0.25)
        let k = 0.5 * sinc
        let (sx, sy, sz) = (angle.x * k, angle.y * k, angle.z * k)
        let (w, x, y, z) = (state.w, state.x, state.y, state.z)
        let nw = w * c - x * sx - y * sy - z * sz
        let nx = w * sx + x * c + y * sz - z * sy
        let ny = w * sy - x * sz + y * c + z * sx
        let nz = w * sz + x * sy - y * sx + z * c
        // The norm never strays further than rounding, so one Newton step is exact normalisation.
        let n = 1.5 - 0.5 * (nw * nw + nx * nx + ny * ny + nz * nz)
        state.w = nw * n
        state.x = nx * n
        state.y = ny * n
        state.z = nz * n
    }

    @inline(__always)
    private mutating func smooth(_ inertial: Vector3<RoomFrame>, _ interval: Double) -> Vector3<RoomFrame> {
        if state.age < parameters.accelerationTime { return average(inertial, interval) }
        return state.acceleration.lowPass(inertial, coefficients.acceleration)
    }

    /// The plain mean over the first time constant, as the paper starts its low-pass.
    @inline(never)
    private mutating func average(_ inertial: Vector3<RoomFrame>, _ interval: Double) -> Vector3<RoomFrame> {
        state.samples += 1
        state.age += max(interval, 0.1 * coefficients.period)
        state.meanAcceleration += (inertial - state.meanAcceleration) * (1 / state.samples)
        state.acceleration = ButterworthVector(settledOn: state.meanAcceleration)
        return state.meanAcceleration
    }

    // MARK: Rest and bias

    @inline(__always)
    private mutating func updateRest(_ a: Vector3<BodyFrame>, _ rate: Vector3<BodyFrame>, _ interval: Double)
    {
        if state.samples == 0 {
            state.restRate = ButterworthVector(settledOn: rate)
            state.restAcceleration = ButterworthVector(settledOn: a)
        }
        let slowRate = state.restRate.lowPass(rate, coefficients.rest)
        let slowAcceleration = state.restAcceleration.lowPass(a, coefficients.rest)
        state.biasVariance = min(state.biasVariance + coefficients.biasGrowth, initialVariance)
        let isStill =
            (rate - slowRate).lengthSquared < restRateSquared
            && (a - slowAcceleration).lengthSquared < restAccelerationSquared
            && slowRate.x.magnitude < largestBias && slowRate.y.magnitude < largestBias
            && slowRate.z.magnitude < largestBias
        state.restAge = isStill ? state.restAge + interval : 0
        if state.restAge >= parameters.restSeconds { learnBias(slowRate) }
    }

    @inline(__always)
    private var initialVariance: Double {
        let sigma = parameters.initialBiasSigmaDps * 100
        return sigma * sigma
    }

    @inline(__always)
    private mutating func learnBias(_ slowRate: Vector3<BodyFrame>) {
        let gain = state.biasVariance / (coefficients.restVariance + state.biasVariance)
        state.biasVariance -= gain * state.biasVariance
        // The paper clips innovation and bias; at rest the low-pass rate is already within the clip.
        state.bias += (slowRate - state.bias) * gain
    }
}
