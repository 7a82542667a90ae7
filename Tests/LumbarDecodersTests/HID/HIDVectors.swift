import Foundation

/// Report descriptors of real devices, and what another program reads in them; their licences do not let them live
/// here.
enum HIDVectors {
    /// The folder that holds `hid/`, from the environment variable `LUMBAR_VECTORS`.
    static let folder = ProcessInfo.processInfo.environment["LUMBAR_VECTORS"]

    /// One report as hid-tools 0.12 reads it.
    struct OracleReport: Decodable {
        var bytes: Int
        var fields: [OracleField]
    }

    /// One field: hid-tools gives each value of a variable field a field of its own.
    struct OracleField: Decodable {
        var usages: [String]
        var start_bit: Int
        var size: Int
        var count: Int
        var logical_min: Int64
        var logical_max: Int64
        var physical_min: Int64
        var physical_max: Int64
        var unit: UInt32
        var unit_exp: Int
        var const: Bool
        var array: Bool
    }

    /// By file, kind of report and report number; -1 when reports are not numbered.
    static func oracle() throws -> [String: [String: [String: OracleReport]]] {
        let data = try Data(contentsOf: URL(fileURLWithPath: path("hidtools_0.12_fields.json")))
        return try JSONDecoder().decode([String: [String: [String: OracleReport]]].self, from: data)
    }

    /// The descriptor in a file: the bytes of a `.bin`, or the `R:` line of a `.hid`.
    static func descriptor(_ name: String) throws -> [UInt8] {
        if name.hasSuffix(".bin") { return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path(name)))) }
        return try lines(name).filter { $0.hasPrefix("R: ") }.flatMap { bytes(after: 2, in: $0) }
    }

    /// The reports in the `E:` lines of a `.hid`.
    static func reports(_ name: String) throws -> [[UInt8]] {
        try lines(name).filter { $0.hasPrefix("E: ") }.map { bytes(after: 3, in: $0) }
    }

    static func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: path(name)) }

    private static func path(_ name: String) -> String { (folder ?? "") + "/hid/" + name }

    private static func lines(_ name: String) throws -> [Substring] {
        try String(contentsOfFile: path(name), encoding: .utf8).split(separator: "\n")
    }

    private static func bytes(after words: Int, in line: Substring) -> [UInt8] {
        line.split(separator: " ").dropFirst(words).compactMap { UInt8($0, radix: 16) }
    }
}
