import LumbarCore

/// A sensor: how it is worn, how well it measures, what it speaks and how its bytes arrive.
public struct SensorModel: Sendable, Equatable {
    /// Where it is worn.
    public var role = SensorRole.lumbar
    /// The bytes it sends.
    public var wire = Wire.witMotion
    /// Samples a second by its data sheet, 10...400.
    public var rateHz = 100.0
    /// How much faster its clock runs than true time, parts per million.
    public var clockErrorPpm = 0.0
    /// Which of its axes point up and forward on the upright wearer; both must be given.
    public var mount = Mount(
        up: SensorAxis(index: 2, isNegative: false), forward: SensorAxis(index: 0, isNegative: false))
    /// How far the mount is off, degrees: tilted forward, to the right, turned left.
    public var mountErrorDegrees = (forward: 0.0, right: 0.0, turned: 0.0)
    /// White noise of the accelerometer, g/√Hz.
    public var accelerationNoise = 0.0
    /// White noise of the gyroscope, degrees/s/√Hz.
    public var rateNoise = 0.0
    /// Constant error of the accelerometer, g, per axis.
    public var accelerationBias = Vector3<SensorFrame>.zero
    /// Constant error of the gyroscope, degrees/s, per axis.
    public var rateBias = Vector3<SensorFrame>.zero
    /// Relative error of the accelerometer's scale.
    public var accelerationScaleError = 0.0
    /// Relative error of the gyroscope's scale.
    public var rateScaleError = 0.0
    /// Whether the gyroscope reports exact zeros after half a second below 0.3 degrees/s, as some WitMotion models do.
    public var zeroesRestingGyro = false
    /// How the bytes arrive.
    public var delivery = Delivery.serial
    /// What goes wrong on the way.
    public var faults = SensorFaults()

    /// A perfect WitMotion sensor, x forward and z up, at 100 Hz.
    public init() {}

    /// A sensor as people buy them: noise, bias, scale, clock and mounting errors drawn from `seed`.
    public static func typical(seed: UInt64) -> SensorModel {
        var random = SeededRandom(seed: seed, purpose: 3)
        var model = SensorModel()
        func vector(_ size: Double) -> Vector3<SensorFrame> {
            Vector3(random.normal() * size, random.normal() * size, random.normal() * size)
        }
        model.clockErrorPpm = random.uniform(-200, 200)
        model.mountErrorDegrees = (random.normal() * 3, random.normal() * 2, random.normal() * 3)
        model.accelerationNoise = 0.0002
        model.rateNoise = 0.01
        model.accelerationBias = vector(0.008)
        model.rateBias = vector(0.3)
        model.accelerationScaleError = random.normal() * 0.004
        model.rateScaleError = random.normal() * 0.006
        return model
    }

    /// What a sensor speaks; the raw value is the name of the decoder that reads it.
    public enum Wire: String, Sendable, CaseIterable {
        /// WitMotion 11-byte frames 51, 52 and 53, 33 bytes a sample.
        case witMotion = "witmotion"
        /// The WitMotion combined frame `55 61`, 20 bytes a sample.
        case witMotionCombined = "witmotion-ble"
        /// A header with units, then one line of decimal numbers a sample.
        case text = "text"
        /// The BNO08x's UART-RVC frame, 19 bytes a sample, without angular rate.
        case rvc = "bno08x-rvc"
        /// x-IMU3 inertial and Euler angle messages in binary, about 56 bytes a sample.
        case xIMU3 = "x-imu3"
        /// One MIP packet of times, acceleration, rate and Euler angles, 68 bytes a sample.
        case mip = "microstrain-mip"
        /// One MTData2 message of counter, time, angles, acceleration and rate, 62 bytes a sample.
        case mtData2 = "xsens-mtdata2"
        /// i2cdevlib's yaw, pitch and roll: angles only.
        case ypr = "ypr"
        /// NMEA 0183 XDR sentences: angles only.
        case nmea = "nmea"
        /// VectorNav VNYMR messages.
        case vectorNav = "vectornav"
        /// JSON lines that say their units.
        case json = "json"
        /// OpenLog Artemis rows under a header.
        case openLog = "openlog"
        /// x-IMU3 inertial messages in ASCII.
        case xIMU3Text = "x-imu3-ascii"
        /// HID reports 1 and 2 of a sensor that describes itself, 29 bytes a sample with their packets.
        case hid = "hid"
        /// Scans of two IIO devices, 42 bytes a sample with their packets.
        case iio = "iio"

        /// Those that made-up days are played with: the sensors that most people wear.
        public static let ofDays: [Wire] = [.witMotion, .witMotionCombined, .text]

        /// Whether it says more than angles.
        public var hasAcceleration: Bool { self != .ypr && self != .nmea }
        /// Whether it carries angular rate.
        public var hasAngularRate: Bool { hasAcceleration && self != .rvc }
        /// Whether it carries the device's own angles beside the acceleration.
        public var hasDeviceAngles: Bool {
            hasAcceleration && ![.text, .json, .openLog, .xIMU3Text, .hid, .iio].contains(self)
        }
    }

    /// How bytes get from the sensor to `read(2)`.
    public enum Delivery: Sendable, Equatable {
        /// One chunk per sample, at once.
        case immediate
        /// A USB serial adapter at 115200 baud: every 10...16 ms what has come so far, frames cut anywhere.
        case serial
        /// A Bluetooth serial link: every 20...60 ms, now and then 200 ms late.
        case bluetooth
    }

    /// The 24 ways in which a box can sit square on the body: any axis up, any other axis forward.
    public static let squareMounts: [Mount] = axes.flatMap { up in
        axes.filter { $0.index != up.index }.map { Mount(up: up, forward: $0) }
    }

    private static let axes = (0...2).flatMap {
        [SensorAxis(index: $0, isNegative: false), SensorAxis(index: $0, isNegative: true)]
    }

    /// Compares all fields.
    public static func == (a: SensorModel, b: SensorModel) -> Bool {
        a.role == b.role && a.wire == b.wire && a.rateHz == b.rateHz && a.clockErrorPpm == b.clockErrorPpm
            && a.mount == b.mount
            && a.mountErrorDegrees == b.mountErrorDegrees && a.accelerationNoise == b.accelerationNoise
            && a.rateNoise == b.rateNoise && a.accelerationBias == b.accelerationBias
            && a.rateBias == b.rateBias && a.accelerationScaleError == b.accelerationScaleError
            && a.rateScaleError == b.rateScaleError && a.zeroesRestingGyro == b.zeroesRestingGyro
            && a.delivery == b.delivery && a.faults == b.faults
    }
}
