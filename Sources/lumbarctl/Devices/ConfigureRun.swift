import LumbarCore
import LumbarDecoders

/// Carries out a plan on a sensor, and says what became of it.
struct ConfigureRun {
    let sensor: SensorConversation
    let plan: ConfigurePlan
    let path: String

    /// Reads, checks, sets, saves and reads back.
    func run() throws -> ConfigureOutcome {
        let oldBaud = sensor.baud
        try sensor.send(WitMotionSetting.unlock)
        let before = try readAll()
        guard before.contains(where: { $0 != nil }) else {
            throw Failure(
                .data,
                "\(path): the sensor does not answer when its settings are read, and nothing was changed; "
                    + "the WT61 line has none that can be")
        }
        try check(before)
        try sensor.send(WitMotionSetting.unlock)
        var note: String?
        for change in plan.changes {
            try sensor.send(change.setting.command(change.value))
            if change.setting == .baud { note = try followBaud(to: change.value, from: oldBaud) }
        }
        try sensor.send(WitMotionSetting.save)
        let after = try readAll()
        let rateHz = after[1].flatMap(WitMotionSetting.rateHz) ?? 10
        // Enough for a few samples; a slow sensor is taken at its word.
        let heard = rateHz >= 5 ? try sensor.measureRate(for: .seconds(2)) : nil
        return ConfigureOutcome(
            path: path, plan: plan, before: before, after: after, baud: sensor.baud, heardHz: heard,
            note: note)
    }

    private func readAll() throws -> [UInt16?] {
        var values: [UInt16?] = []
        for setting in WitMotionSetting.allCases {
            // One that answers nothing at all is not asked four times over.
            if values.count == 1, values[0] == nil { return [nil, nil, nil, nil] }
            values.append(try sensor.read(setting))
        }
        return values
    }

    /// Refuses what the line could not carry: the sensor would take it and drop samples.
    private func check(_ before: [UInt16?]) throws {
        if sensor.isCombined, plan.value(.output) != nil {
            throw Failure(
                .usage,
                "this sensor sends one frame with everything in it, and --output is for others; nothing was changed"
            )
        }
        let rate = plan.value(.rate) ?? before[1]
        guard let rateHz = rate.flatMap(WitMotionSetting.rateHz) else { return }
        let baud = plan.value(.baud).flatMap(WitMotionSetting.baud) ?? sensor.baud
        let output = before[0].map(WitMotionOutput.init(rawValue:)) ?? .factory
        let frames = plan.value(.output).map { WitMotionOutput(rawValue: $0) } ?? output
        let load = WitMotionLineLoad(
            rateHz: rateHz, frames: sensor.isCombined ? 0 : frames.frames, baud: baud)
        if let overload = ConfigurePlan.overload(load) {
            throw Failure(.usage, overload + "; nothing was changed")
        }
    }

    /// Goes to the new rate with the sensor; returns what is to be said when it does not answer there.
    private func followBaud(to value: UInt16, from old: Int) throws -> String? {
        guard let new = WitMotionSetting.baud(value), new != old else { return nil }
        try sensor.setBaud(new)
        if try sensor.read(.baud) != nil {
            try sensor.send(WitMotionSetting.unlock)
            return nil
        }
        try sensor.setBaud(old)
        guard try sensor.read(.baud) != nil else {
            throw Failure(
                .io,
                "\(path): the sensor answers neither at \(new) nor at \(old) baud, and nothing was saved; "
                    + "take its power away for a moment and try lumbarctl sniff \(path)")
        }
        try sensor.send(WitMotionSetting.unlock)
        return
            "It still answers at \(old) baud: it keeps that rate, or takes the new one at its next power cycle."
    }
}

/// What became of a plan.
struct ConfigureOutcome {
    let path: String
    let plan: ConfigurePlan
    /// What the registers held before and after, in the order of `WitMotionSetting.allCases`; nil without an answer.
    let before: [UInt16?]
    let after: [UInt16?]
    /// Bits per second of the line now.
    let baud: Int
    /// Samples counted per second afterwards.
    let heardHz: Double?
    let note: String?

    /// Whether everything that was asked for is in force.
    var isComplete: Bool { plan.changes.allSatisfy { hasTakenEffect($0) } }

    private func index(_ setting: WitMotionSetting) -> Int {
        WitMotionSetting.allCases.firstIndex(of: setting) ?? 0
    }

    private func hasTakenEffect(_ change: ConfigurePlan.Change) -> Bool {
        guard after[index(change.setting)] == change.value else { return false }
        return change.setting != .baud || WitMotionSetting.baud(change.value) == baud
    }

    /// For people.
    var lines: [String] {
        var lines: [String] = []
        for (index, setting) in WitMotionSetting.allCases.enumerated() {
            let now = after[index].map { ConfigurePlan.text(setting, $0) } ?? "no answer"
            let was = before[index].map { ConfigurePlan.text(setting, $0) } ?? "no answer"
            var line = setting.name + String(repeating: " ", count: 11 - setting.name.count) + now
            if let change = plan.changes.first(where: { $0.setting == setting }) {
                let asked = ConfigurePlan.text(setting, change.value)
                line +=
                    hasTakenEffect(change)
                    ? (was == now ? ", as it was" : ", was \(was): took effect")
                    : ", was \(was): \(asked) did not take effect"
            }
            lines.append(line)
        }
        if let heardHz {
            lines.append("heard      \(DecimalText.fixed(heardHz, 1)) samples per second at \(baud) baud")
        }
        if let note { lines.append(note) }
        return lines
    }

    /// For programs.
    var json: String {
        var object = JSONObject()
        object.add("type", "configure")
        object.add("path", path)
        object.add("complete", isComplete)
        object.add("line_baud", baud)
        for (index, setting) in WitMotionSetting.allCases.enumerated() {
            var value = JSONObject()
            let change = plan.changes.first { $0.setting == setting }
            if let change { value.add("asked", ConfigurePlan.text(setting, change.value)) }
            if let was = before[index] { value.add("before", ConfigurePlan.text(setting, was)) }
            if let now = after[index] { value.add("now", ConfigurePlan.text(setting, now)) }
            if let change { value.add("took_effect", hasTakenEffect(change)) }
            object.addRaw(setting.name, value.text)
        }
        if let heardHz { object.add("heard_hz", heardHz, decimals: 1) }
        if let note { object.add("note", note) }
        return object.text
    }
}
