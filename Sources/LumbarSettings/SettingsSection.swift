/// A named group of settings: one `[section]` of the configuration.
///
/// A section is a struct whose `@Setting` properties are found by reflection, so that declaring one is all there is to
/// do. Reflection costs microseconds per section and happens at load time only.
public protocol SettingsSection: Sendable {
    /// The name between the brackets, lower case.
    static var name: String { get }
    /// One sentence on what the section is about.
    static var summary: String { get }
    /// What does not fit together, such as a release threshold above its trigger; nothing when all does.
    var conflicts: [SettingConflict] { get }
    /// The settings in declaration order, by the key they have in a file; found by reflection unless there is a reason.
    var settings: [(key: String, setting: any AnySetting)] { get }
    /// The defaults.
    init()
}

/// Two settings that do not fit together.
public struct SettingConflict: Equatable, Sendable {
    /// The key to complain about, as in the file.
    public let key: String
    /// One clause for people.
    public let reason: String

    /// A conflict about `key`.
    public init(_ key: String, _ reason: String) {
        self.key = key
        self.reason = reason
    }
}

extension SettingsSection {
    /// Nothing: most settings stand alone.
    public var conflicts: [SettingConflict] { [] }

    /// The settings in declaration order, by the key they have in a file: `enterAngle` is `enter_angle`.
    public var settings: [(key: String, setting: any AnySetting)] {
        Mirror(reflecting: self).children.compactMap { child in
            guard let label = child.label, let setting = child.value as? any AnySetting else { return nil }
            return (snakeCase(label.hasPrefix("_") ? String(label.dropFirst()) : label), setting)
        }
    }
}

/// `enterAngleDegrees` as `enter_angle_degrees`; a run of capitals is one word: `rateHZLimit` is `rate_hz_limit`.
func snakeCase(_ name: String) -> String {
    // By bytes: names in Swift are letters of English here, and every start of a program goes through all of them.
    let letters = Array(name.utf8)
    func isCapital(_ letter: UInt8) -> Bool { letter >= 0x41 && letter <= 0x5A }
    var out: [UInt8] = []
    for (index, letter) in letters.enumerated() {
        guard isCapital(letter) else {
            out.append(letter)
            continue
        }
        if index > 0 {
            let next = index + 1 < letters.count ? letters[index + 1] : 0x41
            let endsRun = next >= 0x61 && next <= 0x7A
            if !isCapital(letters[index - 1]) || endsRun { out.append(0x5F) }
        }
        out.append(letter | 0x20)
    }
    return String(decoding: out, as: UTF8.self)
}
