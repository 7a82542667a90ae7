import LumbarCore
import LumbarDecoders

/// What the profile reader and the engine behind it promise about any file and any line at all.
enum ProfileCheck {
    private static let shipped = DecoderCatalog.builtIn.profiles
    /// Keys that exist, under their sections.
    private static let keys: [(section: String, key: String)] = TextProfile.sections.flatMap { section in
        section.settings.map { (type(of: section).name, $0.key) }
    }

    /// Any bytes give a profile or errors that are safe to print; a profile reads back as itself, and decodes anything.
    static func readsAnyFile(_ input: inout FuzzInput) -> Int {
        let bytes = input.isRaw(oneIn: 4) ? input.rest() : file(&input)
        do throws(TextProfileError) {
            let profile = try TextProfile(file: "fuzz.profile", bytes: bytes)
            let again = try TextProfile(file: "fuzz.profile", bytes: Array(profile.source.text.utf8))
            precondition(again.source == profile.source, "a profile reads back otherwise")
            precondition(again.columns == profile.columns)
            var decoder = ProfileDecoder(profile)
            for byte in bytes { _ = decoder.push(byte, at: .zero) }
            for line in profile.columns { check(line) }
            return 1
        } catch {
            precondition(!error.errors.isEmpty)
            for error in error.errors { check(error.description) }
            return 0
        }
    }

    /// Lines that fit one of the shipped profiles more or less.
    static func decodesAnyLine(_ input: inout FuzzInput) -> Int {
        let profile = input.pick(shipped)
        // Two angles at least, each a digit and what ends it.
        return DecoderCheck.run(
            ProfileDecoder(profile), FuzzStream(&input) { $0.profileLine(profile.name) }, shortestReading: 4)
    }

    private static func check(_ text: String) {
        precondition(text.unicodeScalars.allSatisfy { Printable.isSafe($0) }, text)
    }

    private static func file(_ input: inout FuzzInput) -> [UInt8] {
        if input.number(below: 3) == 0 {
            var bytes = Array(input.pick(shipped).source.text.utf8)
            for _ in 0..<input.number(below: 6) {
                bytes[(input.number(below: 256) * 256 + input.number(below: 256)) % bytes.count] =
                    input.byte()
            }
            return bytes
        }
        let values = [
            "", "yes", "no", "1 g", "2 mg", "-3 deg", "aX dps", "/a/x g", "/a/0 mps2", "4 raw/131", "5 1",
            "6 rad",
            "/////", "65 g", "0 g", "zyx", "-z", "blanks", "tab", "xor", "$A,", "#YPR=", "x", "/u=g, 2=a",
            "1e308",
            "99999999999999999999 g", "\u{202E}", "0.02", "90 deg",
        ]
        var file: [UInt8] = Array("[profile]\nname=a\n".utf8)
        while !input.isUsedUp && file.count < 8192 {
            let (section, key) = input.pick(keys)
            switch input.number(below: 8) {
            case 0: file += "[\(section)]\n".utf8
            case 1: file += input.bytes(input.number(below: 16)) + [0x0A]
            default: file += "[\(section)]\n\(key)=\(input.pick(values))\n".utf8
            }
        }
        return file
    }
}

extension FuzzInput {
    /// A line of the shipped profile called `name`, or something near it.
    mutating func profileLine(_ name: String) -> [UInt8] {
        let numbers = [
            "0", "1", "-0.5", "90.0", "0.7071", "1e5", "1e-300", "1e999", "nan", "", "18446744073709551616",
            "0,5", "x",
            "FIFO overflow!",
        ]
        let prefixes = [
            "ypr": "ypr\t", "quat": "quat\t", "areal": "areal\t", "razor-ypr": "#YPR=",
            "razor-yprag": "#YPRAG=",
            "ang": "!ANG:", "x-imu3-ascii": "I,", "x-imu3-quaternion": "Q,", "x-imu3-angles": "A,",
        ]
        if name == "json" { return jsonLine(numbers) }
        if number(below: 8) == 0 {
            let headers = [
                "rtcDate,rtcTime,aX,aY,aZ,gX,gY,gZ,", "aX,aY,aZ", "t_ms\tax_g\tay_g\taz_g\tgx_dps", "aX,aX",
            ]
            return Array((pick(headers) + "\r\n").utf8)
        }
        let delimiter = name == "tabs" || name == "ypr" || name == "quat" ? "\t" : ","
        let good = ["0", "1", "-0.5", "0.25", "0.7071", "12"]
        let isGood = number(below: 2) == 0
        let count = isGood ? pick([3, 3, 4, 6, 7, 9]) : number(below: 14)
        let cells = (0..<count).map { _ in pick(isGood ? good : numbers) }
        return Array(
            ((prefixes[name] ?? "") + cells.joined(separator: delimiter) + pick(["\n", "\r\n"])).utf8)
    }

    private mutating func jsonLine(_ numbers: [String]) -> [UInt8] {
        if number(below: 3) == 0 {
            let tokens = [
                "{", "}", "[", "]", ",", ":", "\"axes\"", "\"accel\"", "\"x\"", "1", "null", "\"", "\\",
            ]
            return Array(((0..<number(below: 64)).map { _ in pick(tokens) }.joined() + "\n").utf8)
        }
        let a = (0..<6).map { _ in pick(numbers + ["1", "0", "0"]) }
        let accel = "{\"x\":\(a[0]),\"y\":\(a[1]),\"z\":\(a[2]),\"unit\":\"\(pick(["g", "g", "mg"]))\"}"
        let gyro = "{\"x\":\(a[3]),\"y\":\(a[4]),\"z\":\(a[5]),\"unit\":\"dps\"}"
        return Array("{\"axes\":{\"accel\":\(accel),\"gyro\":\(gyro)},\"uptime_ms\":5}\n".utf8)
    }
}
