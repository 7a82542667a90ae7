import LumbarCore

/// Makes readings of acceleration, angular rate and orientation that arrive apart.
///
/// A reading needs acceleration, and has the angular rate that came with it:
///
///     A G A G ...     held until its rate comes, then handed out
///     G A G A ...     handed out at once, with the rate before it
///     A A G A A G     one of two has no rate of its own, and takes the last one
///
/// A sensor that is said to have a gyroscope, but sends no rate for four accelerations, is taken for one without until
/// a rate comes. An orientation goes with the next four accelerations. A device without an accelerometer gives a
/// reading for each orientation.
///
/// Known weakness: opened between the two, an `A G` sensor is taken for a `G A` one, and each acceleration is paired
/// with the rate one sample before it.
struct MotionPairing: Sendable {
    /// For how many accelerations a rate, or an orientation, stays good.
    private static let staysGoodFor = 4

    private let hasAcceleration: Bool
    private var expectsRate: Bool
    /// The last rate, until it is too old.
    private var rate: Vector3<SensorFrame>?
    private var isRateNew = false
    /// Accelerations since the last rate.
    private var missedRates = 0
    /// The last orientation, until it is too old.
    private var up: Vector3<SensorFrame>?
    private var upAge = 0
    private var held: Reading?

    init(hasAcceleration: Bool, hasAngularRate: Bool) {
        self.hasAcceleration = hasAcceleration
        expectsRate = hasAngularRate
    }

    /// What one report holds; what is missing is nil.
    struct Piece {
        var acceleration: Vector3<SensorFrame>?
        var rate: Vector3<SensorFrame>?
        var up: Vector3<SensorFrame>?
        var deviceNanoseconds = Reading.noDeviceTime
        var arrival: Instant
    }

    /// Takes a piece; returns the reading that it completes or sets free.
    mutating func take(_ piece: Piece) -> Reading? {
        if let new = piece.rate {
            rate = new
            isRateNew = true
            missedRates = 0
            expectsRate = true
        }
        if let new = piece.up {
            guard hasAcceleration else { return angleReading(new, piece) }
            up = new
            upAge = 0
        }
        if let acceleration = piece.acceleration { return take(acceleration, piece) }
        return piece.rate == nil ? nil : settleHeld(at: piece.arrival)
    }

    /// Forgets what is held: what comes next is not a continuation.
    mutating func interrupt() {
        held = nil
        rate = nil
        isRateNew = false
        up = nil
    }

    private mutating func angleReading(_ up: Vector3<SensorFrame>, _ piece: Piece) -> Reading {
        let hasRate = isRateNew
        isRateNew = false
        return Reading(
            acceleration: up, angularRate: hasRate ? rate ?? .zero : .zero, hasAngularRate: hasRate,
            hasAcceleration: false, deviceNanoseconds: piece.deviceNanoseconds, arrival: piece.arrival)
    }

    /// The rate that a held acceleration waited for has come.
    private mutating func settleHeld(at arrival: Instant) -> Reading? {
        guard var reading = held else { return nil }
        held = nil
        addRate(to: &reading)
        reading.arrival = arrival
        return reading
    }

    private mutating func addRate(to reading: inout Reading) {
        isRateNew = false
        guard let rate else { return }
        reading.angularRate = rate
        reading.hasAngularRate = true
    }

    private mutating func take(_ acceleration: Vector3<SensorFrame>, _ piece: Piece) -> Reading? {
        var reading = Reading(
            acceleration: acceleration, hasAngularRate: false, deviceNanoseconds: piece.deviceNanoseconds,
            arrival: piece.arrival)
        addOrientation(to: &reading)
        if isRateNew {
            // An acceleration is held only while no rate is new, so none is lost here.
            held = nil
            addRate(to: &reading)
            return reading
        }
        guard expectsRate else { return reading }
        guard var late = held else {
            held = reading
            return nil
        }
        held = reading
        missedRates += 1
        addRate(to: &late)
        if missedRates >= Self.staysGoodFor {
            expectsRate = false
            rate = nil
        }
        return late
    }

    /// Which way a HID device counts gravity is not settled: some say +1 g along the axis that points up, some -1 g. A
    /// second opinion takes the side of the accelerometer here, which calibration follows.
    private mutating func addOrientation(to reading: inout Reading) {
        guard let up else { return }
        reading.deviceUp = up.dot(reading.acceleration) < 0 ? -up : up
        upAge += 1
        if upAge >= Self.staysGoodFor { self.up = nil }
    }
}
