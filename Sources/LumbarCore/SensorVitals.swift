/// How a sensor says it is; nil for what it does not say.
public struct SensorVitals: Sendable, Equatable {
    /// Temperature of the chip, degrees Celsius.
    public var temperatureCelsius: Double?
    /// Charge of its battery, 0...100 percent.
    public var batteryPercent: Double?
    /// Voltage of its battery, V.
    public var batteryVolts: Double?

    /// Nothing said.
    public init() {}

    /// What such chips work in; beyond is a word that means something else, or damage.
    public static let workingCelsius = -40.0...125.0
}
