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

    static func run(_ input: inout FuzzInput) -> Int {
        // Some of the sections: to make all of them takes longer than everything else here.
        let all = MonitorSettings().sections
        let first = input.number(below: all.count)
        var sections = Array(all[first...min(all.count - 1, first + input.number(below: 2))])
        if input.number(below: 4) == 0 { sections.append(DaemonSettings().sensors) }
        let showsValues = input.number(below: 64) == 63

        let file = input.isRaw(oneIn: 3) ? input.rest() : file(&input, sections.map { type(of: $0).name })
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
        if showsValues {
            let names = sections.map { type(of: $0).name }
            // What a section with an argument adds is named after it.
            let plain = loader.values.filter { !$0.section.hasPrefix("sensor ") }
            precondition(plain.count == known.count { names.contains($0.section) })
        }
        return max(0, text.entries.count - loader.errors.count)
    }

    /// Errors go to a terminal and to the journal.
    private static func check(_ error: ConfigError) {
        precondition(error.description.unicodeScalars.allSatisfy { Printable.isSafe($0) }, error.description)
    }

    private static let texts = [
        "", "yes", "no", "0", "-1", "45", "1e308", "nan", "45 deg", "1h 30min", "5min, 1h", "22:00-07:00",
        "24:00", "99999999999999999999", "\u{202E}", "a=b", "\"x\"",
    ]

    /// A section with an argument.
    private static func sensor(_ input: inout FuzzInput) -> [UInt8] {
        let id = input.pick(["usb-a", "/dev/x", "a b", "", "\u{202E}", "\t", "]["])
        let key = input.pick(["use", "wearer", "role", "mount", "protocol", "baud", "ues"])
        return Array("[sensor \(id)]\n\(key)=\(input.pick(texts))\n".utf8)
    }

    /// Lines of the sections that are read, mostly, and of others.
    private static func file(_ input: inout FuzzInput, _ names: [String]) -> [UInt8] {
        let own = known.filter { names.contains($0.section) }
        var file: [UInt8] = []
        while !input.isUsedUp && file.count < 16_384 {
            let isOther = own.isEmpty || input.number(below: 16) == 0
            let setting = isOther ? known[input.number(below: 256) % known.count] : input.pick(own)
            switch input.number(below: names.contains("sensor") ? 10 : 8) {
            case 8, 9: file += sensor(&input)
            case 0: file += "[\(setting.section)]\n".utf8
            case 1: file += "# \(setting.key)\r\n".utf8
            case 2: file += input.bytes(input.number(below: 32))
            case 3: file += "[\(setting.section)\n\n=\n".utf8
            case 4, 5: file += "[\(setting.section)]\n\(setting.key)=\(setting.defaultText)\n".utf8
            default: file += "\(setting.key)\(input.pick(["=", " = ", ""]))\(input.pick(texts))\n".utf8
            }
        }
        return file
    }
}
