/// What a field or a collection means: a usage page and a number within it, as the HID Usage Tables list them.
public struct HIDUsage: Hashable, Sendable, Comparable, CustomStringConvertible {
    /// Page in the high 16 bits, number in the low ones.
    public var raw: UInt32

    /// A usage.
    public init(raw: UInt32) { self.raw = raw }

    /// A usage of a page.
    public init(page: UInt16, id: UInt16) { raw = UInt32(page) << 16 | UInt32(id) }

    /// The page.
    public var page: UInt16 { UInt16(truncatingIfNeeded: raw >> 16) }

    /// The number within the page.
    public var id: UInt16 { UInt16(truncatingIfNeeded: raw) }

    /// By number.
    public static func < (a: HIDUsage, b: HIDUsage) -> Bool { a.raw < b.raw }

    /// `20:0453`, both in hexadecimal.
    public var description: String {
        let digits = String(id, radix: 16)
        let padding = String(repeating: "0", count: 4 - digits.count)
        return String(page, radix: 16) + ":" + padding + digits
    }
}

/// The usages of the sensor page (0x20) that matter here; numbers from the HID Usage Tables 1.4, chapter 22.
enum SensorUsage {
    static let page: UInt16 = 0x20

    // Kinds of sensors: they name collections.
    static let accelerometer3D: UInt16 = 0x73
    static let gyrometer3D: UInt16 = 0x76
    static let gravity: UInt16 = 0x7B
    static let inclinometer3D: UInt16 = 0x86
    static let deviceOrientation: UInt16 = 0x8A
    static let relativeOrientation: UInt16 = 0x8E
    /// Below this and from `firstKind`, a usage names a kind of sensor and cannot be a quantity.
    static let kinds: ClosedRange<UInt16> = 0x10...0xFF

    // Quantities: they name fields.
    static let accelerationX: UInt16 = 0x453
    static let angularVelocityX: UInt16 = 0x457
    static let tiltX: UInt16 = 0x47F
    static let rotationMatrix: UInt16 = 0x482
    static let quaternion: UInt16 = 0x483
    static let timestamp: UInt16 = 0x529

    // Properties: they name fields of feature reports.
    static let reportInterval: UInt16 = 0x30E
    static let reportingState: UInt16 = 0x316
    static let powerState: UInt16 = 0x319
    static let reportsAllEvents: UInt16 = 0x841
    static let fullPower: UInt16 = 0x851

    /// What a kind of sensor is called, for people; nil for one that is not named here.
    static func name(ofKind id: UInt16) -> String? {
        switch id {
        case accelerometer3D: "accelerometer"
        case gyrometer3D: "gyroscope"
        case gravity: "gravity sensor"
        case inclinometer3D: "inclinometer"
        case deviceOrientation, relativeOrientation: "orientation sensor"
        case 0x11...0x13: "proximity sensor"
        case 0x31...0x35: "environment sensor"
        case 0x41: "light sensor"
        case 0x70...0x7F: "motion sensor"
        case 0x80...0x8F, 0xC1: "compass or orientation sensor"
        case 0xE1...0xE3: "custom sensor"
        default: nil
        }
    }
}
