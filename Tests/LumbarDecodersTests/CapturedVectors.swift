import Foundation

/// Bytes captured from real sensors; their licences do not let them live here, so tests on them need a folder.
enum CapturedVectors {
    /// The folder that holds `vectors/`, from the environment variable `LUMBAR_SHARED`.
    static let folder = ProcessInfo.processInfo.environment["LUMBAR_SHARED"]

    /// The text of `vectors/witmotion/<name>`.
    static func text(_ name: String) throws -> String {
        try String(contentsOfFile: (folder ?? "") + "/vectors/witmotion/" + name, encoding: .utf8)
    }

    /// The bytes of a `.hex` file.
    static func bytes(_ name: String) throws -> [UInt8] {
        hex(try text(name).split(separator: "\n").filter { !$0.hasPrefix("#") }.joined(separator: " "))
    }

    /// Bytes from hexadecimal digits; anything between them is dropped.
    static func hex(_ text: String) -> [UInt8] {
        let digits = text.compactMap(\.hexDigitValue)
        return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// What a Python package made of the same frames: file name to (frame, printed message).
    static func peer() throws -> [String: [(frame: [UInt8], message: String)]] {
        let json = try JSONDecoder().decode(
            [String: [[String: String]]].self, from: Data(text("peer_witmotion_0.0.1.json").utf8))
        return json.mapValues { $0.map { (hex($0["hex"] ?? ""), $0["peer"] ?? "") } }
    }
}
