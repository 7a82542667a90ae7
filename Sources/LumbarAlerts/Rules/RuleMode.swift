import LumbarSettings

/// Whether a rule speaks.
public enum RuleMode: String, Sendable, CaseIterable {
    /// It speaks.
    case on = "yes"
    /// It is on trial: its alerts go into the history and are said to nobody.
    case shadow
    /// It does nothing.
    case off = "no"
}

extension RuleMode: ExpressibleByBooleanLiteral {
    /// `true` is on, `false` is off.
    public init(booleanLiteral value: Bool) { self = value ? .on : .off }
}

extension RuleMode: SettingValue {
    /// Reads the words that systemd takes for a switch, or `shadow`.
    public static func parse(
        _ text: String, limits: Unlimited, unit: SettingUnit
    ) throws(SettingError) -> RuleMode {
        if text.lowercased() == "shadow" { return .shadow }
        do throws(SettingError) {
            return try Bool.parse(text, limits: limits, unit: unit) ? .on : .off
        } catch {
            throw SettingError(error.reason + ", nor shadow")
        }
    }

    /// `yes`, `shadow` or `no`.
    public static func text(_ value: RuleMode, unit: SettingUnit) -> String { value.rawValue }

    /// `yes, shadow or no`.
    public static func limitsText(_ limits: Unlimited, unit: SettingUnit) -> String { "yes, shadow or no" }
}

extension RuleMode {
    /// The quieter of both.
    func quieter(_ other: RuleMode) -> RuleMode { loudness < other.loudness ? self : other }

    private var loudness: Int {
        switch self {
        case .off: 0
        case .shadow: 1
        case .on: 2
        }
    }
}
