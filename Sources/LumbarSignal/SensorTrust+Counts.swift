import LumbarCore

extension SensorTrust {
    /// For how much movement each axis has kept its value.
    struct StuckAxes: Sendable, Equatable {
        private var acceleration = Vector3<SensorFrame>.zero
        private var rate = Vector3<SensorFrame>.zero
        private var held = Vector3<SensorFrame>.zero
        private var turned = Vector3<SensorFrame>.zero
        private var isFirst = true

        /// The longest, seconds.
        var longest: Double { max(max(held.x, held.y, held.z), max(turned.x, turned.y, turned.z)) }

        mutating func update(_ look: Look) {
            if isFirst || !look.isMoving {
                // What kept still at rest is no news, and what changed at rest is alive.
                held = Self.count(held, 0, look.acceleration, acceleration)
                turned = Self.count(turned, 0, look.angularRate, rate)
            } else {
                held = Self.count(held, look.seconds, look.acceleration, acceleration)
                turned =
                    look.hasAngularRate
                    ? Self.count(turned, look.seconds, look.angularRate, rate) : .zero
            }
            isFirst = false
            acceleration = look.acceleration
            rate = look.angularRate
        }

        private static func count(
            _ held: Vector3<SensorFrame>, _ seconds: Double, _ new: Vector3<SensorFrame>,
            _ old: Vector3<SensorFrame>
        ) -> Vector3<SensorFrame> {
            Vector3(
                new.x == old.x ? held.x + seconds : 0, new.y == old.y ? held.y + seconds : 0,
                new.z == old.z ? held.z + seconds : 0)
        }
    }

    /// A sum that fades, and the time since something was added.
    struct Leaky: Sendable, Equatable {
        var sum = 0.0
        private(set) var quiet = 0.0

        mutating func add(_ amount: Double, seconds: Double, memory: Double) {
            sum += amount - sum * min(1, seconds / memory)
            quiet = amount > 0 ? 0 : quiet + seconds
        }
    }

    /// What is judged once a minute.
    struct Minute: Sendable, Equatable {
        private var seconds = 0.0
        private var samples = 0
        private var lost = 0
        private var lead = 0.0
        private var hasClock = false

        /// Share of the samples that never came.
        var lostShare: Double { samples + lost == 0 ? 0 : Double(lost) / Double(samples + lost) }
        /// By what share the device's clock is off; nil without one.
        var drift: Double? { hasClock && seconds > 0 ? lead.magnitude / seconds : nil }

        mutating func isOver(after look: Look) -> Bool {
            seconds += look.seconds
            samples += look.samples
            lost += look.lost
            if let more = look.clockLead {
                hasClock = true
                lead += more
            }
            return seconds >= 60
        }
    }

    /// The rate the sensor had, and for how long it has had another.
    struct RateWatch: Sendable, Equatable {
        private var usual = 0.0
        private var settling = 0.0
        private var other = 0.0
        private(set) var hasChanged = false

        mutating func interrupt() { settling = 0 }

        mutating func update(_ look: Look) {
            guard look.rateHz > 0 else { return }
            settling += look.seconds
            // The fit needs its first seconds.
            guard settling > 10 else { return }
            if usual == 0 { usual = look.rateHz }
            guard (look.rateHz - usual).magnitude > 0.2 * usual else {
                other = 0
                hasChanged = false
                return
            }
            other += look.seconds
            if other >= 5 { hasChanged = true }
            if other >= 60 {
                usual = look.rateHz
                other = 0
                hasChanged = false
            }
        }
    }
}
