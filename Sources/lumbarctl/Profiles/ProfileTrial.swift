import LumbarCore
import LumbarDecoders

/// What a profile makes of a capture.
struct ProfileTrial {
    /// Lines of one kind, with the first of them.
    struct Kind {
        let fate: ProfileDecoder.LineFate
        let words: String
        var count = 0
        var first = 0
        var example = ""
    }

    /// One number of a reading, and what it was between.
    struct Range {
        let name: String
        let unit: String
        var low = Double.infinity
        var high = -Double.infinity
    }

    let profile: TextProfile
    private var decoder: ProfileDecoder
    private var line: [UInt8] = []
    private(set) var lineCount = 0
    private(set) var readings: [Reading] = []
    private(set) var accepted = 0
    private(set) var kinds: [Kind]
    private(set) var ranges: [Range]
    private var breaks = 0

    private static let shownReadings = 5

    init(_ profile: TextProfile) {
        self.profile = profile
        decoder = ProfileDecoder(profile)
        kinds = [
            Kind(fate: .header, words: "headers"),
            Kind(fate: .passed, words: "passed over, as the profile says"),
            Kind(fate: .notData, words: "no data"),
            Kind(fate: .badLength, words: "wrong number of cells, too long, or no JSON"),
            Kind(fate: .badChecksum, words: "checksum does not fit"),
            Kind(fate: .insane, words: "no number, missing, not the required text, or beyond a gate"),
        ]
        ranges = []
        if profile.hasAcceleration {
            ranges += ["ax", "ay", "az", "length of it"].map { Range(name: $0, unit: "g") }
        } else {
            ranges += ["up x", "up y", "up z"].map { Range(name: $0, unit: "") }
        }
        if profile.hasAngularRate { ranges += ["gx", "gy", "gz"].map { Range(name: $0, unit: "deg/s") } }
    }

    /// Takes a piece of the capture.
    mutating func push(_ bytes: UnsafeRawBufferPointer) {
        for byte in bytes { take(byte) }
    }

    /// The capture is over; a last line without its end still counts.
    mutating func finish() {
        if !line.isEmpty { take(UInt8(ascii: "\n")) }
    }

    private mutating func take(_ byte: UInt8) {
        let reading = decoder.push(byte, at: .zero)
        guard byte == UInt8(ascii: "\n") else {
            // One more than a line may have tells one that is too long.
            if line.count <= 512 { line.append(byte) }
            return
        }
        lineCount += 1
        if let reading { note(reading) } else { noteFate() }
        line.removeAll(keepingCapacity: true)
    }

    private mutating func noteFate() {
        let fate = line.count > 512 ? .badLength : decoder.lastLine
        guard !line.isEmpty, line != [0x0D], let index = kinds.firstIndex(where: { $0.fate == fate })
        else { return }
        if kinds[index].count == 0 {
            kinds[index].first = lineCount
            let text = line.last == 0x0D ? line.dropLast() : line[...]
            kinds[index].example = Printable.text(String(decoding: text, as: UTF8.self), limit: 72)
        }
        kinds[index].count += 1
    }

    private mutating func note(_ reading: Reading) {
        accepted += 1
        if reading.followsBreak { breaks += 1 }
        if readings.count < Self.shownReadings { readings.append(reading) }
        for (index, value) in Self.values(reading, profile).enumerated() where index < ranges.count {
            ranges[index].low = min(ranges[index].low, value)
            ranges[index].high = max(ranges[index].high, value)
        }
    }

    private static func values(_ reading: Reading, _ profile: TextProfile) -> [Double] {
        let a = reading.acceleration
        var out = [a.x, a.y, a.z]
        if profile.hasAcceleration { out.append(a.length) }
        if reading.hasAngularRate {
            let w = reading.angularRate * degreesPerRadian
            out += [w.x, w.y, w.z]
        }
        return out
    }

    // MARK: Words

    /// For people.
    var lines: [String] {
        var out = ["\(lineCount) lines read, \(accepted) readings"]
        for kind in kinds where kind.count > 0 {
            out.append("  \(kind.count) \(kind.words); the first is line \(kind.first): \(kind.example)")
        }
        if breaks > 0 {
            out.append("  \(breaks) readings follow a message, and do not continue what came before")
        }
        if let complaint = decoder.complaint { out.append("  " + Printable.text(complaint, limit: 400)) }
        out.append("")
        out += profile.columns.map { "  " + $0 }
        guard accepted > 0 else { return out }
        out.append("")
        for range in ranges where range.low <= range.high {
            let unit = range.unit.isEmpty ? "" : " " + range.unit
            let name = range.name + String(repeating: " ", count: max(0, 14 - range.name.count))
            out.append("  \(name)\(cell(range.low)) to \(cell(range.high))\(unit)")
        }
        out += [
            "",
            "  the first readings" + (profile.hasAcceleration ? "" : " (angles only: the direction of up)"),
        ]
        out.append("  " + head)
        for reading in readings { out.append("  " + row(reading)) }
        return out
    }

    private var head: String {
        var names = ["time s"] + ranges.filter { $0.name != "length of it" }.map(\.name)
        names = names.map { String(repeating: " ", count: max(0, 10 - $0.count)) + $0 }
        return names.joined()
    }

    private func row(_ reading: Reading) -> String {
        let hasTime = reading.deviceNanoseconds != Reading.noDeviceTime
        var out = pad(hasTime ? DecimalText.fixed(Double(reading.deviceNanoseconds) * 1e-9, 3) : "-")
        for (index, value) in Self.values(reading, profile).enumerated()
        where index >= ranges.count || ranges[index].name != "length of it" {
            out += pad(cell(value))
        }
        return out
    }

    private func cell(_ value: Double) -> String { DecimalText.fixed(value, 3) }

    private func pad(_ text: String) -> String {
        String(repeating: " ", count: max(1, 10 - text.count)) + text
    }

    /// For programs.
    var json: String {
        var object = JSONObject()
        object.add("type", "profile_test")
        object.add("profile", profile.name)
        object.add("lines", lineCount)
        object.add("readings", accepted)
        object.add("breaks", breaks)
        var refused: [String] = []
        for kind in kinds where kind.count > 0 {
            var one = JSONObject()
            one.add("kind", "\(kind.fate)")
            one.add("count", kind.count)
            one.add("first_line", kind.first)
            one.add("example", kind.example)
            refused.append(one.text)
        }
        object.addRaw("others", "[" + refused.joined(separator: ",") + "]")
        object.addRaw(
            "columns", "[" + profile.columns.map(JSONObject.quoted).joined(separator: ",") + "]")
        var found: [String] = []
        for range in ranges where range.low <= range.high {
            var one = JSONObject()
            one.add("name", range.name)
            one.add("unit", range.unit)
            one.add("low", range.low, decimals: 6)
            one.add("high", range.high, decimals: 6)
            found.append(one.text)
        }
        object.addRaw("ranges", "[" + found.joined(separator: ",") + "]")
        object.addRaw("first", "[" + readings.map(Self.json).joined(separator: ",") + "]")
        return object.text
    }

    private static func json(_ reading: Reading) -> String {
        var object = JSONObject()
        if reading.deviceNanoseconds != Reading.noDeviceTime {
            object.add("time_s", Double(reading.deviceNanoseconds) * 1e-9, decimals: 6)
        }
        object.addRaw(reading.hasAcceleration ? "acceleration_g" : "up", vector(reading.acceleration))
        if reading.hasAngularRate {
            object.addRaw("rate_dps", vector(reading.angularRate * degreesPerRadian))
        }
        return object.text
    }

    private static func vector(_ v: Vector3<SensorFrame>) -> String {
        "[" + [v.x, v.y, v.z].map { DecimalText.fixed($0, 6) }.joined(separator: ",") + "]"
    }
}
