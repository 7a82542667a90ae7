import LumbarCore
import LumbarDecoders

/// What is to be changed on a sensor, and the commands that do it.
struct ConfigurePlan {
    /// One setting and the value it shall have.
    struct Change {
        var setting: WitMotionSetting
        var value: UInt16
    }

    /// A command and what it does.
    struct Step {
        var bytes: [UInt8]
        var meaning: String

        /// `FF AA 03 09 00  rate: 100 Hz`.
        var line: String { ConfigurePlan.hex(bytes) + "  " + meaning }
    }

    private(set) var changes: [Change]

    /// The changes in the order in which they are sent; `baud` is the line's rate now, when it is known.
    ///
    /// A faster line comes before the samples that need it, a slower one after those that did not fit it.
    init(_ changes: [Change], baud: Int?) {
        self.changes = changes
        guard let index = changes.firstIndex(where: { $0.setting == .baud }) else { return }
        let change = self.changes.remove(at: index)
        let isFaster = baud.map { WitMotionSetting.baud(change.value) ?? 0 > $0 } ?? false
        isFaster ? self.changes.insert(change, at: 0) : self.changes.append(change)
    }

    /// The value asked for, or nil when the setting stays as it is.
    func value(_ setting: WitMotionSetting) -> UInt16? { changes.first { $0.setting == setting }?.value }

    /// Everything that is sent, in order.
    var steps: [Step] {
        let unlock = Step(bytes: WitMotionSetting.unlock, meaning: "unlock the settings for ten seconds")
        let save = Step(bytes: WitMotionSetting.save, meaning: "save: keep the settings without power")
        var steps = [unlock] + WitMotionSetting.allCases.map { Self.read($0, "read") } + [unlock]
        for change in changes {
            steps.append(
                Step(
                    bytes: change.setting.command(change.value),
                    meaning: "\(change.setting.name): \(Self.text(change.setting, change.value))"))
            // Whether it took the rate shows only at that rate, and saving is for whoever has found it there.
            if change.setting == .baud { steps += [Self.read(.baud, "at the new rate: read"), unlock] }
        }
        return steps + [save] + WitMotionSetting.allCases.map { Self.read($0, "read back") }
    }

    private static func read(_ setting: WitMotionSetting, _ verb: String) -> Step {
        Step(bytes: setting.read, meaning: "\(verb) \(setting.name)")
    }

    /// A value for people.
    static func text(_ setting: WitMotionSetting, _ value: UInt16) -> String {
        switch setting {
        case .output: return WitMotionOutput(rawValue: value).text
        case .rate: return WitMotionSetting.rateHz(value).map { hertz($0) } ?? "code \(value)"
        case .baud: return WitMotionSetting.baud(value).map(String.init) ?? "code \(value)"
        case .bandwidth:
            let known = WitMotionSetting.bandwidths
            return Int(value) < known.count ? "\(known[Int(value)]) Hz" : "code \(value)"
        }
    }

    static func hertz(_ value: Double) -> String {
        (value == value.rounded() ? DecimalText.fixed(value, 0) : DecimalText.fixed(value, 1)) + " Hz"
    }

    static func hex(_ bytes: [UInt8]) -> String {
        bytes.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return digits.count == 1 ? "0" + digits : digits
        }.joined(separator: " ")
    }

    /// Why the line cannot carry what would be sent, with the arithmetic; nil when it can.
    static func overload(_ load: WitMotionLineLoad) -> String? {
        guard !load.fits else { return nil }
        let what = load.frames == 0 ? "a frame of 20 bytes" : "\(load.frames) frames of 11 bytes"
        var text =
            "\(what) at \(hertz(load.rateHz)) are \(DecimalText.fixed(load.bytesNeeded, 0)) bytes per second, and "
            + "\(load.baud) baud carry \(load.bytesCarried)"
        let rate = load.fastestRate.map { "at most --rate \(DecimalText.fixed($0, $0 < 1 ? 1 : 0))" }
        let baud = load.slowestBaud.map { "--baud \($0) or more" }
        let ways = [rate, baud].compactMap { $0 }.joined(separator: ", or ")
        if !ways.isEmpty { text += "; " + ways }
        return text
    }
}
