import LumbarCore
import LumbarMonitor
import LumbarSettings

/// What the configuration reader promises about any file at all.
enum ConfigCheck {
    /// Sections and keys that exist, with their defaults.
    private static let known = ConfigLoader(sections: sections).values

    private static var sections: [any SettingsSection] {
        MonitorSettings().sections + DaemonSettings().sections
    }

    static func run(_ input: inout FuzzInput) {
        let file = input.number(below: 3) == 0 ? input.rest() : file(&input)
        let text = ConfigText(file: "fuzz.conf", bytes: file)
        for error in text.errors { check(error) }
        for entry in text.entries {
            precondition(entry.origin.line >= 1)
            precondition(!entry.key.isEmpty)
        }

        var loader = ConfigLoader(sections: sections)
        loader.load(file: "fuzz.conf", bytes: file)
        loader.finish()
        for error in loader.errors { check(error) }
        // What a section with an argument adds is named after it.
        precondition(loader.values.count { !$0.section.hasPrefix("sensor ") } == known.count)
    }

    /// Errors go to a terminal and to the journal.
    private static func check(_ error: ConfigError) {
        precondition(error.description.unicodeScalars.allSatisfy { Printable.isSafe($0) }, error.description)
    }

    private static func file(_ input: inout FuzzInput) -> [UInt8] {
        var file: [UInt8] = []
        let values = [
            "", "yes", "no", "0", "-1", "45", "1e308", "nan", "45 deg", "1h 30min", "5min, 1h", "22:00-07:00",
            "24:00",
            "99999999999999999999", "\u{202E}", "a=b", "\"x\"",
        ]
        while !input.isUsedUp && file.count < 16_384 {
            let setting = known.isEmpty ? nil : input.pick(known)
            switch input.number(below: 9) {
            case 0: file += "[\(setting?.section ?? "bend")]\n".utf8
            case 1: file += "# \(setting?.key ?? "")\r\n".utf8
            case 2: file += input.bytes(input.number(below: 32))
            case 3: file += "[\(setting?.section ?? "")\n\n=\n".utf8
            case 4:
                file +=
                    "[\(setting?.section ?? "")]\n\(setting?.key ?? "")=\(setting?.defaultText ?? "")\n".utf8
            case 5:
                let id = input.pick(["usb-a", "/dev/x", "a b", "", "\u{202E}", "\t", "]["])
                let key = input.pick(["use", "wearer", "role", "mount", "protocol", "baud", "ues"])
                file += "[sensor \(id)]\n\(key)=\(input.pick(values))\n".utf8
            default:
                file += "\(setting?.key ?? "")\(input.pick(["=", " = ", ""]))\(input.pick(values))\n".utf8
            }
        }
        return file
    }
}
