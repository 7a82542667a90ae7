import LumbarCore
import LumbarSettings

/// Lines of text as some sketch prints them, described in a file: what a line begins with, which column holds what in which
/// unit, and what cannot be true.
///
///     [profile]
///     name=my-sketch
///     prefix=IMU:
///     [columns]
///     ax=1 g
///     ay=2 g
///     az=3 g
///
/// The file has the form of lumbard.conf; lumbard.profile(5) explains each key. A unit is never guessed. `ProfileDecoder`
/// reads the lines.
public struct TextProfile: Sendable, Equatable {
    /// The protocol's name.
    public let name: String
    /// One line for people.
    public let description: String
    /// The file as it was read.
    public let text: String
    /// What a recording carries of it: the file without comments, which reads back as the same profile.
    public let source: ProfileSource
    /// Whether it may be tried on a line whose protocol was not declared.
    public let isSniffed: Bool
    /// What to tell whoever plugs in a sensor that prints such lines; empty when they can be used.
    public let advice: String
    /// Whether readings have an acceleration, and not only a direction.
    public var hasAcceleration: Bool { has(ProfileQuantity.acceleration) }
    /// Whether readings have an angular rate.
    public var hasAngularRate: Bool { has(ProfileQuantity.rate) }
    /// What each line gives, as `ax from column 2 in mg`.
    public let columns: [String]

    let prefix: [UInt8]
    let delimiter: ProfileDelimiter
    let hasHeader: Bool
    let allowsMore: Bool
    let checksum: ProfileChecksum
    let ignored: [[UInt8]]
    let breaks: Bool
    let isJSON: Bool
    /// Place of each quantity, by raw value; nil when it is not there.
    let places: [ProfilePlace?]
    /// Multiply by this, sign included, by raw value; for the time, the power of ten to nanoseconds.
    let scales: [Double]
    let requirements: [ProfileRequirement]
    /// The texts of the requirements.
    let requiredTexts: [[UInt8]]
    let up: UpDirection
    let gates: Gates
    /// Quantities that the lines hold.
    let found: UInt32

    /// What cannot be true, in the core's units.
    struct Gates: Sendable, Equatable {
        var acceleration, rate, pitch, roll, normError: Double
    }

    /// Reads the profile in `bytes`, the content of the file called `file`; every error in it is reported.
    public init(file: String, bytes: [UInt8]) throws(TextProfileError) {
        let profile = ProfileSection()
        let columns = ProfileColumns()
        let angles = ProfileAngles()
        let gates = ProfileGates()
        var loader = ConfigLoader(sections: [profile, columns, angles, gates])
        loader.load(file: file, bytes: bytes)
        loader.finish()
        var check = ProfileCheck(file: file, values: loader.values, profile: profile, columns: columns)
        if loader.errors.isEmpty { check.run() }
        let errors = loader.errors + check.errors
        guard errors.isEmpty else { throw TextProfileError(errors: errors) }

        name = profile.name
        description = profile.description
        text = String(decoding: bytes, as: UTF8.self)
        source = ProfileSource(name: profile.name, text: Self.withoutComments(file, bytes))
        isSniffed = profile.sniff
        advice = profile.advice
        prefix = Array(profile.prefix.utf8)
        delimiter = profile.delimiter
        hasHeader = profile.header
        allowsMore = profile.more
        checksum = profile.checksum
        ignored = profile.ignore.map { Array($0.utf8) }
        breaks = profile.breaks
        isJSON = check.isJSON
        places = ProfileQuantity.allCases.map { columns.column($0).place }
        scales = check.scales
        requirements = profile.require
        requiredTexts = profile.require.map { Array($0.text.utf8) }
        found = check.found
        self.columns = check.descriptions
        up = UpDirection(
            order: angles.order, levelUp: angles.up, foldsPitch: angles.foldedPitch,
            isToSensor: angles.toSensor)
        self.gates = Gates(
            acceleration: gates.largestAcceleration, rate: gates.largestRate * radiansPerDegree,
            pitch: gates.largestPitch * radiansPerDegree, roll: gates.largestRoll * radiansPerDegree,
            normError: gates.normError)
    }

    /// The sections of a profile, for the manual.
    public static var sections: [any SettingsSection] {
        [ProfileSection(), ProfileColumns(), ProfileAngles(), ProfileGates()]
    }

    /// What is wrong with a profile that has the name of a decoder written in Swift.
    public static func nameIsTaken(_ name: String, _ file: String) -> String {
        "\(file): profile.name: the program has a protocol \(name) already that is no profile: choose another name"
    }

    func has(_ quantities: UInt32) -> Bool { found & quantities == quantities }

    /// The settings alone, one a line.
    private static func withoutComments(_ file: String, _ bytes: [UInt8]) -> String {
        let text = ConfigText(file: file, bytes: bytes)
        var out = ""
        var section = ""
        for entry in text.entries {
            if entry.section != section { out += "[\(entry.section)]\n" }
            section = entry.section
            out += entry.key + "=" + entry.value + "\n"
        }
        return out
    }
}

/// Everything that is wrong with a profile, in file order.
public struct TextProfileError: Error, Equatable, CustomStringConvertible {
    /// The errors, each with its line and what to do.
    public let errors: [ConfigError]

    /// All of them, one a line.
    public var description: String { errors.map(\.description).joined(separator: "\n") }
}

/// What a profile says as a whole, beyond what each key may hold.
private struct ProfileCheck {
    let file: String
    let values: [ConfigLoader.Value]
    let profile: ProfileSection
    let columns: ProfileColumns
    private(set) var errors: [ConfigError] = []
    private(set) var isJSON = false
    private(set) var scales = [Double](repeating: 1, count: ProfileQuantity.count)
    private(set) var found: UInt32 = 0
    private(set) var descriptions: [String] = []

    init(file: String, values: [ConfigLoader.Value], profile: ProfileSection, columns: ProfileColumns) {
        self.file = file
        self.values = values
        self.profile = profile
        self.columns = columns
    }

    mutating func run() {
        var used: [(place: ProfilePlace, key: String)] = []
        for quantity in ProfileQuantity.allCases {
            let column = columns.column(quantity)
            guard let place = column.place else { continue }
            guard let scale = quantity.scale(of: column.unit) else {
                fail(
                    "columns", quantity.key,
                    "\(Printable.text(column.unit, limit: 40)) is no unit of it: write \(quantity.units)")
                continue
            }
            if let twin = used.first(where: { $0.place == place }) {
                fail("columns", quantity.key, "\(place.text) is where \(twin.key) stands already")
            }
            used.append((place, quantity.key))
            found |= quantity.bit
            // The scale of the time is a power of ten, which has no sign.
            scales[quantity.rawValue] = column.isNegated && quantity != .time ? -scale : scale
            descriptions.append(describe(quantity, column, place))
        }
        checkForm(used.map(\.place) + profile.require.map(\.place))
        if errors.isEmpty { checkWhatItGives() }
    }

    private func describe(_ quantity: ProfileQuantity, _ column: ProfileColumn, _ place: ProfilePlace)
        -> String
    {
        let sign = column.isNegated ? ", sign turned" : ""
        let what: String
        switch place {
        case .number(let number): what = "column \(number)"
        case .name(let name): what = "column " + Printable.text(name, limit: 40)
        case .pointer: what = Printable.text(place.text, limit: 80)
        }
        let unit = column.unit == "1" ? "" : " in " + Printable.text(column.unit, limit: 40)
        return quantity.key + " from " + what + unit + sign
    }

    private mutating func checkForm(_ places: [ProfilePlace]) {
        var numbers = 0
        var names = 0
        var pointers = 0
        for place in places {
            switch place {
            case .number: numbers += 1
            case .name: names += 1
            case .pointer: pointers += 1
            }
        }
        isJSON = pointers > 0
        if pointers > 0, numbers + names > 0 {
            fail("columns", "", "JSON pointers and columns do not mix: a line is one or the other")
        }
        if names > 0, !profile.header {
            fail("profile", "header", "columns are given by name: write header=yes, or give their numbers")
        }
        if profile.header, pointers > 0 {
            fail("profile", "header", "JSON lines name their values themselves: leave header out")
        }
        if profile.header, numbers > 0 {
            fail("profile", "header", "with a header, give every column by its name")
        }
    }

    private mutating func checkWhatItGives() {
        let acceleration = found & ProfileQuantity.acceleration
        let rate = found & ProfileQuantity.rate
        let tilt = found & ProfileQuantity.tilt
        let quaternion = found & ProfileQuantity.quaternion
        if acceleration != 0, acceleration != ProfileQuantity.acceleration {
            fail(
                "columns", missing(acceleration, [.ax, .ay, .az]), "it is missing: an acceleration has three")
        }
        if rate != 0, rate != ProfileQuantity.rate {
            fail("columns", missing(rate, [.gx, .gy, .gz]), "it is missing: an angular rate has three")
        }
        if tilt != 0, tilt != ProfileQuantity.tilt {
            fail("columns", missing(tilt, [.pitch, .roll]), "it is missing: up takes both pitch and roll")
        }
        if quaternion != 0, quaternion != ProfileQuantity.quaternion {
            fail(
                "columns", missing(quaternion, [.qw, .qx, .qy, .qz]), "it is missing: a quaternion has four")
        }
        guard profile.advice.isEmpty else {
            if profile.prefix.isEmpty {
                fail("profile", "advice", "it needs a prefix, or nothing would be recognised")
            }
            return
        }
        if acceleration == 0, tilt == 0, quaternion == 0, errors.isEmpty {
            fail(
                "columns", "",
                "nothing says which way is up: give ax, ay and az, or pitch and roll, or qw, qx, qy and qz")
        }
    }

    private func missing(_ found: UInt32, _ of: [ProfileQuantity]) -> String {
        of.first { found & $0.bit == 0 }?.key ?? ""
    }

    private mutating func fail(_ section: String, _ key: String, _ reason: String) {
        let here = values.first { $0.section == section && $0.key == key }?.origin
        let near = values.first { $0.section == section && $0.origin != nil }?.origin
        let origin = here ?? ConfigOrigin(file: file, line: near?.line ?? 0)
        errors.append(ConfigError(origin, subject: key.isEmpty ? section : "\(section).\(key)", reason))
    }
}
