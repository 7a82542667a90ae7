/// A named group of settings: one `[section]` of the configuration.
public protocol SettingsSection: Sendable {
    /// The name between the brackets, lower case.
    static var name: String { get }
    /// One sentence on what the section is about.
    static var summary: String { get }
    /// The defaults.
    init()
}

extension SettingsSection {
    /// The settings in declaration order, by the key they have in a file: `enterAngle` is `enter_angle`.
    public var settings: [(key: String, setting: any AnySetting)] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let label = child.label, let setting = child.value as? any AnySetting else { return nil }
            return (snakeCase(label.hasPrefix("_") ? String(label.dropFirst()) : label), setting)
        }
    }
}

/// `enterAngleDegrees` as `enter_angle_degrees`; a run of capitals stays one word.
func snakeCase(_ name: String) -> String {
    var out = ""
    var previousWasLower = false
    for character in name {
        if character.isUppercase {
            if previousWasLower { out += "_" }
            out += character.lowercased()
            previousWasLower = false
        } else {
            out.append(character)
            previousWasLower = true
        }
    }
    return out
}
