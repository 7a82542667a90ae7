import LumbarCore

/// Where in a device's input reports acceleration, angular rate and orientation are, and in which units.
///
/// A quantity counts when it stands in a collection of its own kind: an acceleration in an accelerometer or in an
/// orientation sensor, not in a stylus. All three axes must be in one report. Of several sensors of a kind the first
/// counts. Units: acceleration 0 and 0x1A are g, 0x11E0 and 0xE011 m/s²; angular rate 0, 0x15 and 0xF014 deg/s, 0x12F0
/// and 0xF012 rad/s; angles 0 and 0x14 degrees, 0x12 radians. The sensor page's own codes have their bytes swapped
/// against the HID coding of the same units; devices use both.
///
/// The angle of a laptop's lid is refused, though it is an orientation sensor by its usage: one angle about a hinge
/// does not tell where up is.
public struct HIDSensorLayout: Equatable, Sendable {
    /// Where one number is in a report, and what to make of it.
    struct Number: Equatable, Sendable {
        var bitOffset: Int
        var size: Int
        var isSigned: Bool
        var scale: Double
        var offset: Double

        /// The first bit behind it.
        var end: Int { bitOffset + size }

        func raw(in report: UnsafeRawBufferPointer) -> Int64 {
            HIDBits.extended(HIDBits.read(report, at: bitOffset, count: size), size: size, isSigned: isSigned)
        }

        func value(in report: UnsafeRawBufferPointer) -> Double { Double(raw(in: report)) * scale + offset }
    }

    /// Three numbers along x, y and z.
    struct Triple: Equatable, Sendable {
        var x: Number
        var y: Number
        var z: Number

        var end: Int { max(x.end, y.end, z.end) }

        func vector(in report: UnsafeRawBufferPointer) -> Vector3<SensorFrame> {
            Vector3(x.value(in: report), y.value(in: report), z.value(in: report))
        }
    }

    /// What a report says about where up is.
    enum Orientation: Equatable, Sendable {
        /// Turned by y about its x axis, then by x about its y axis, in radians.
        case tilts(x: Number, y: Number)
        /// x, y, z, w.
        case quaternion([Number])
        /// Its last row: the room's vertical in the device's axes.
        case matrix(Triple)
        /// The gravity vector.
        case gravity(Triple)

        var end: Int {
            switch self {
            case .tilts(let x, let y): max(x.end, y.end)
            case .quaternion(let parts): parts.reduce(0) { max($0, $1.end) }
            case .matrix(let row), .gravity(let row): row.end
            }
        }
    }

    /// One input report.
    struct Report: Equatable, Sendable {
        var id: UInt8
        var acceleration: Triple?
        var rate: Triple?
        var orientation: Orientation?
        var timestamp: Number?

        /// Bits that a report must have to be used.
        var end: Int { max(acceleration?.end ?? 0, rate?.end ?? 0, orientation?.end ?? 0) }
    }

    /// The reports that matter, in the order of their numbers.
    private(set) var reports: [Report] = []
    /// Whether the first byte of a report is its number.
    let numbersReports: Bool

    /// Whether it measures acceleration.
    public var hasAcceleration: Bool { reports.contains { $0.acceleration != nil } }
    /// Whether it measures angular rate.
    public var hasAngularRate: Bool { reports.contains { $0.rate != nil } }
    /// Whether it says by itself where up is.
    public var hasOrientation: Bool { reports.contains { $0.orientation != nil } }

    /// What it measures, for people: `acceleration, angular rate`.
    public var summary: String { MotionSummary.text(hasAcceleration, hasAngularRate, hasOrientation) }

    /// Whether a device has anything of the sensor page, worth listing even when it is refused.
    public static func concernsSensors(_ bytes: [UInt8]) -> Bool {
        guard let descriptor = try? HIDReportDescriptor(bytes) else { return false }
        return descriptor.collections.contains { $0.usage.page == SensorUsage.page }
            || descriptor.fields.contains { field in
                field.usages.contains { $0.lowerBound.page == SensorUsage.page }
            }
    }

    /// Finds the quantities in a descriptor's bytes, or says why they cannot be used.
    public init(_ bytes: [UInt8]) throws(HIDSensorRefusal) {
        let descriptor: HIDReportDescriptor
        do throws(HIDDescriptorError) {
            descriptor = try HIDReportDescriptor(bytes)
        } catch {
            throw .descriptor(error)
        }
        try self.init(descriptor)
    }

    /// Finds the quantities, or says why they cannot be used.
    public init(_ descriptor: HIDReportDescriptor) throws(HIDSensorRefusal) {
        numbersReports = descriptor.numbersReports
        var finder = HIDQuantityFinder(descriptor)
        try finder.find()
        reports = finder.reports.sorted { $0.id < $1.id }
        if hasAcceleration || hasOrientation { return }
        throw hasAngularRate ? .angularRateOnly : finder.refusal
    }
}
