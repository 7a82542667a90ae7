/// One setting, declared once: the default, the range, the unit and the help text.
///
/// From this declaration come the validation, the error texts, the commented sample file and the manual page.
/// Copies are independent: assigning replaces the box, and only the loader writes into a box, right after it made it.
@propertyWrapper
public struct Setting<Value: SettingValue>: Sendable {
    private var box: Box
    /// What values are allowed.
    public let limits: Value.Limits
    /// The unit, for people and for parsing.
    public let unit: SettingUnit
    /// One sentence on what it does.
    public let help: String

    // Written only by `assign`, which the loader calls on a section it has just made and not yet shared.
    final class Box: @unchecked Sendable {
        var value: Value
        let initial: Value
        init(value: Value, initial: Value) {
            self.value = value
            self.initial = initial
        }
    }

    /// A setting with limits.
    public init(wrappedValue: Value, _ limits: Value.Limits, _ unit: SettingUnit, _ help: String) {
        box = Box(value: wrappedValue, initial: wrappedValue)
        self.limits = limits
        self.unit = unit
        self.help = help
    }

    /// The value.
    public var wrappedValue: Value {
        get { box.value }
        set { box = Box(value: newValue, initial: box.initial) }
    }
}

extension Setting where Value.Limits == Unlimited {
    /// A setting that any value of its type fits.
    public init(wrappedValue: Value, _ help: String) {
        self.init(wrappedValue: wrappedValue, Unlimited(), .none, help)
    }
}

/// A setting seen without its type: what the loader and the manual work with.
public protocol AnySetting {
    /// The unit.
    var unit: SettingUnit { get }
    /// One sentence on what it does.
    var help: String { get }
    /// The built-in value, as it would stand in a file.
    var defaultText: String { get }
    /// The present value, as it would stand in a file.
    var currentText: String { get }
    /// What is allowed, for people, such as `10...90 deg`.
    var limitsText: String { get }
    /// Reads `text` into the setting, or says in one clause what is wrong with it.
    func assign(_ text: String) throws(SettingError)
}

/// Why a text does not fit a setting; one clause for people.
public struct SettingError: Error, Equatable, Sendable {
    /// The clause.
    public let reason: String
    /// An error.
    public init(_ reason: String) { self.reason = reason }
}

extension Setting: AnySetting {
    public var defaultText: String { Value.text(box.initial, unit: unit) }
    public var currentText: String { Value.text(box.value, unit: unit) }
    public var limitsText: String { Value.limitsText(limits, unit: unit) }
    public func assign(_ text: String) throws(SettingError) {
        box.value = try Value.parse(text, limits: limits, unit: unit)
    }
}

/// A type that a setting can have.
public protocol SettingValue: Sendable {
    /// What restricts it.
    associatedtype Limits: Sendable
    /// Reads `text`, which may carry the unit, and checks it.
    static func parse(_ text: String, limits: Limits, unit: SettingUnit) throws(SettingError) -> Self
    /// The value as it would stand in a file.
    static func text(_ value: Self, unit: SettingUnit) -> String
    /// The limits for people.
    static func limitsText(_ limits: Limits, unit: SettingUnit) -> String
}

/// No limits.
public struct Unlimited: Sendable {
    /// No limits.
    public init() {}
}

/// The units of settings, with the spelling used in files.
public enum SettingUnit: String, Sendable {
    /// A plain number, a text or a switch.
    case none = ""
    /// Degrees.
    case degrees = "deg"
    /// Degrees per second.
    case degreesPerSecond = "deg/s"
    /// Standard gravity.
    case g = "g"
    /// g per second.
    case gPerSecond = "g/s"
    /// Seconds.
    case seconds = "s"
    /// Minutes.
    case minutes = "min"
    /// Hours.
    case hours = "h"
    /// Metres.
    case metres = "m"
    /// Metres per second.
    case metresPerSecond = "m/s"
    /// Kilograms.
    case kilograms = "kg"
    /// Newton metres.
    case newtonMetres = "Nm"
    /// Hertz.
    case hertz = "Hz"
    /// Bytes.
    case bytes = "B"
}
