/// Applies configuration files to sections of settings and reports every error in them, not only the first.
///
/// The shell reads the files and gives them in order: the main file, then the drop-ins by name. A later value
/// overrides an earlier one. A bad value is reported and the earlier (or built-in) value stays; an empty value puts
/// the built-in one back. The loader writes through to the settings the sections were taken from:
///
///     var settings = MonitorSettings()                       // freshly made, held by nobody else
///     var loader = ConfigLoader(sections: settings.sections)
///     loader.load(file: "lumbard.conf", bytes: bytes)
///     loader.finish()                                        // settings now hold what the files say
public struct ConfigLoader {
    /// A setting as it stands after loading.
    public struct Value: Equatable, Sendable {
        /// Section, with its argument where it has one: `sensor usb-...`.
        public let section: String
        /// Key.
        public let key: String
        /// Value, as it would stand in a file.
        public let text: String
        /// Built-in value, as it would stand in a file.
        public let defaultText: String
        /// Where the value was set, or nil when it is the built-in one.
        public let origin: ConfigOrigin?
    }

    private struct Slot {
        let section: String
        let key: String
        let setting: any AnySetting
        var origin: ConfigOrigin?
    }

    private let sections: [any SettingsSection]
    private let lists: [any SectionTemplate]
    private let names: [String]
    private var slots: [Slot] = []
    private var lastFile = ""
    /// Sections with an argument that were made, and where.
    private var headers: [String: [ConfigOrigin]] = [:]
    /// Everything wrong so far, in file order.
    public private(set) var errors: [ConfigError] = []

    /// A loader for sections that were just made and that nobody else holds.
    public init(sections: [any SettingsSection]) {
        lists = sections.compactMap { $0 as? any SectionTemplate }
        self.sections = sections.filter { !($0 is any SectionTemplate) }
        names = self.sections.map { type(of: $0).name }
        for section in self.sections { addSlots(type(of: section).name, section) }
    }

    private mutating func addSlots(_ name: String, _ section: any SettingsSection) {
        for (key, setting) in section.settings {
            slots.append(Slot(section: name, key: key, setting: setting))
        }
    }

    /// Loads `files` in order and checks how the values fit together.
    public mutating func load(_ files: [(path: String, text: String)]) {
        for file in files { load(file: file.path, bytes: Array(file.text.utf8)) }
        finish()
    }

    /// Applies one file.
    public mutating func load(file: String, bytes: [UInt8]) {
        lastFile = file
        let text = ConfigText(file: file, bytes: bytes)
        var found = text.errors
        for header in text.headers where !names.contains(header.name) {
            if let error = open(header) { found.append(error) }
        }
        for entry in text.entries {
            if let error = apply(entry) { found.append(error) }
        }
        // Parsing and applying are two passes; people read a file from the top.
        found.sort { $0.origin.line < $1.origin.line }
        errors += found
    }

    /// Checks how the values fit together, once all files are loaded.
    public mutating func finish() {
        for section in sections { check(type(of: section).name, section) }
        for list in lists {
            for element in list.made {
                check(SectionName.text(type(of: list).name, element.argument), element.section)
            }
        }
    }

    private mutating func check(_ name: String, _ section: any SettingsSection) {
        for conflict in section.conflicts {
            let slot = slots.first { $0.section == name && $0.key == conflict.key }
            let origin = slot?.origin ?? headers[name]?.first ?? ConfigOrigin(file: lastFile, line: 0)
            errors.append(ConfigError(origin, subject: "\(bare(name)).\(conflict.key)", conflict.reason))
        }
    }

    /// Where the section with an argument called `name`, as `sensor ID`, begins, in every file that has it.
    public func origins(ofSection name: String) -> [ConfigOrigin] { headers[name] ?? [] }

    /// Makes the section with an argument that a header opens, or says what is wrong with the header.
    private mutating func open(_ header: ConfigText.Header) -> ConfigError? {
        let name = SectionName(header.name)
        guard let list = lists.first(where: { type(of: $0).name == name.word }) else {
            return unknownSection(header)
        }
        let form = "[\(SectionName.text(name.word, type(of: list).argumentName))]"
        guard !name.argument.isEmpty else { return ConfigError(header.origin, "a section is \(form)") }
        if let reason = list.refusal(of: name.argument) {
            return ConfigError(header.origin, "[\(bare(header.name))]: \(reason)")
        }
        if headers[name.text] == nil { addSlots(name.text, list.make(name.argument)) }
        headers[name.text, default: []].append(header.origin)
        return nil
    }

    /// Every setting with its value and where that came from, in declaration order.
    public var values: [Value] {
        slots.map {
            Value(
                section: $0.section, key: $0.key, text: $0.setting.currentText,
                defaultText: $0.setting.defaultText, origin: $0.origin)
        }
    }

    private mutating func apply(_ entry: ConfigText.Entry) -> ConfigError? {
        // An unknown section was reported once, at its header; its keys add nothing.
        let section = SectionName(entry.section).text
        guard names.contains(section) || headers[section] != nil else { return nil }
        guard let index = slots.firstIndex(where: { $0.section == section && $0.key == entry.key })
        else { return unknownKey(entry, in: section) }
        let slot = slots[index]
        do throws(SettingError) {
            if entry.value.isEmpty { slot.setting.reset() } else { try slot.setting.assign(entry.value) }
        } catch {
            return ConfigError(
                entry.origin, subject: "\(bare(slot.section)).\(slot.key)", error.reason + hint(entry.value))
        }
        slots[index].origin = entry.value.isEmpty ? nil : entry.origin
        return nil
    }

    /// The likeliest cause of a bad value that looks commented.
    private func hint(_ value: String) -> String {
        zip(value.unicodeScalars, value.unicodeScalars.dropFirst()).contains {
            $0 == " " && ($1 == "#" || $1 == ";")
        }
            ? " (a comment needs a line of its own)" : ""
    }

    private func unknownSection(_ header: ConfigText.Header) -> ConfigError {
        let name = SectionName(header.name)
        var guess = nearest(to: header.name, in: names)
        if guess == nil, let list = nearest(to: name.word, in: lists.map { type(of: $0).name }) {
            guess = SectionName.text(list, bare(name.argument))
        }
        let advice = guess.map { "; did you mean [\($0)]?" } ?? ""
        return ConfigError(header.origin, "there is no section [\(bare(header.name))]\(advice)")
    }

    private func unknownKey(_ entry: ConfigText.Entry, in section: String) -> ConfigError {
        let own = slots.filter { $0.section == section }.map(\.key)
        let elsewhere = slots.first { $0.key == entry.key && names.contains($0.section) }
        var guess = ""
        if let elsewhere {
            guess = "; it belongs under [\(elsewhere.section)]"
        } else if let near = nearest(to: entry.key, in: own) {
            guess = "; did you mean \(near)?"
        }
        return ConfigError(
            entry.origin, subject: bare(section), "there is no setting \(shown(entry.key))\(guess)")
    }

    /// `name` escaped and cut like `shown`, without the quotes.
    private func bare(_ name: String) -> String { String(shown(name).dropFirst().dropLast()) }
}

/// The words between the brackets of a header: `sensor` and, where there is one, an argument.
private struct SectionName {
    let word: String
    let argument: String

    init(_ text: String) {
        let blank = text.firstIndex { $0 == " " || $0 == "\t" } ?? text.endIndex
        word = String(text[..<blank])
        argument = trimmed(text[blank...])
    }

    /// However many blanks the file has between them.
    var text: String { SectionName.text(word, argument) }

    static func text(_ word: String, _ argument: String) -> String {
        argument.isEmpty ? word : word + " " + argument
    }
}
