/// Why a HID device is not read as a wearable sensor; reads as a clause after "left alone: ".
public enum HIDSensorRefusal: Error, Equatable, Sendable, CustomStringConvertible {
    /// Its descriptor cannot be read.
    case descriptor(HIDDescriptorError)
    /// Nothing in it is a sensor.
    case noSensor
    /// Fields of motion, but within something that is no motion sensor, such as a stylus.
    case partOfSomethingElse(HIDUsage)
    /// The usages that name kinds of sensors stand where quantities belong.
    case kindsAsQuantities(HIDUsage)
    /// It measures one angle only: a hinge.
    case oneAngle
    /// It is a sensor, but of something else.
    case otherSensor(String)
    /// A gyroscope without anything that tells where up is.
    case angularRateOnly
    /// A unit that this quantity cannot have.
    case unknownUnit(HIDUsage, UInt32)

    /// One clause for people.
    public var description: String {
        switch self {
        case .descriptor(let error): "its report descriptor cannot be read: \(error)"
        case .noSensor: "it is no sensor"
        case .partOfSomethingElse(let usage):
            "its acceleration belongs to something else (usage \(usage)), such as a stylus"
        case .kindsAsQuantities(let usage):
            "its descriptor names a kind of sensor (usage \(usage)) where a quantity belongs, so its numbers have no meaning"
        case .oneAngle: "it measures one angle only, as the hinge of a lid does: that says nothing of a body"
        case .otherSensor(let kind): "it is a sensor of another kind (\(kind))"
        case .angularRateOnly: "a gyroscope alone does not tell where up is"
        case .unknownUnit(let usage, let unit):
            "its quantity \(usage) has a unit that is not known (0x\(String(unit, radix: 16)))"
        }
    }
}
