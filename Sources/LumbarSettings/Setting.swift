/// One setting, declared once: the default, the range, the unit and the help text.
///
/// From this declaration come the validation, the error texts, the commented sample file and the manual page.
///
/// The value lives in a box that copies of a section share, so that a loader can write through the copies that
/// `MonitorSettings.sections` hands out. Only `ConfigLoader` does, on sections that were just made and that nobody
/// else holds yet; after that a box never changes again. Assigning in code (`settings.enterAngle = 30`) replaces
/// the box, so one copy never alters another.
@propertyWrapper
public struct Setting<Value: SettingValue>: Sendable {
    // Seen by the inlined getter: detectors read settings on every frame, and an unspecialised generic call is dear.
    @usableFromInline
    var box: Box
    /// What values are allowed.
    public let limits: Value.Limits
    /// The unit, for people and for parsing.
    public let unit: SettingUnit
    /// One sentence on what it does.
    public let help: String

    // Written only by `assign` and `reset`, which the loader calls before the section is shared.
    @usableFromInline
    final class Box: @unchecked Sendable {
        @usableFromInline
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

    /// A setting with limits and no unit.
    public init(wrappedValue: Value, _ limits: Value.Limits, _ help: String) {
        self.init(wrappedValue: wrappedValue, limits, .none, help)
    }

    /// The value.
    public var wrappedValue: Value {
        @inlinable
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
    /// Reads `text` into the setting, or says in one clause what is wrong with it and leaves the value alone.
    func assign(_ text: String) throws(SettingError)
    /// Puts the built-in value back.
    func reset()
}

extension Setting: AnySetting {
    /// The built-in value, as it would stand in a file.
    public var defaultText: String { Value.text(box.initial, unit: unit) }

    /// The present value, as it would stand in a file.
    public var currentText: String { Value.text(box.value, unit: unit) }

    /// What is allowed, for people.
    public var limitsText: String { Value.limitsText(limits, unit: unit) }

    /// Reads `text` into the box that all copies share.
    public func assign(_ text: String) throws(SettingError) {
        box.value = try Value.parse(text, limits: limits, unit: unit)
    }

    /// Puts the built-in value back into the box that all copies share.
    public func reset() { box.value = box.initial }
}

/// Why a text does not fit a setting; one clause for people.
public struct SettingError: Error, Equatable, Sendable {
    /// The clause.
    public let reason: String
    /// An error.
    public init(_ reason: String) { self.reason = reason }
}
