import Foundation
import LumbarCore
import LumbarDecoders

/// Bytes captured from real sensors; their licences do not let them live here, so tests on them need a folder.
enum CapturedVectors {
    /// The folder with one folder of captures per protocol, from the environment variable `LUMBAR_VECTORS`.
    static let folder = ProcessInfo.processInfo.environment["LUMBAR_VECTORS"]

    /// The contents of `<path>`, such as `witmotion/std_jy61p.hex`.
    static func data(_ path: String) throws -> Data {
        try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + "/" + path))
    }

    /// The text of `witmotion/<name>`, or of `<name>` when it names a folder itself.
    static func text(_ name: String) throws -> String {
        String(decoding: try data(name.contains("/") ? name : "witmotion/" + name), as: UTF8.self)
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

extension CapturedVectors {
    /// The packets of an MTi-300: name to bytes.
    static func xsens() throws -> [(name: String, bytes: [UInt8])] {
        struct Packet: Decodable {
            var name: String
            var hex: String
        }
        let packets = try JSONDecoder().decode([Packet].self, from: data("xsens_mti/mti300_packets.json"))
        return packets.map { ($0.name, hex($0.hex)) }
    }

    /// The files of a folder, by `<folder>/<name>`.
    static func files(in path: String) throws -> [String] {
        let names = try FileManager.default.contentsOfDirectory(atPath: (folder ?? "") + "/" + path)
        return names.sorted().filter { $0.contains(".") && !$0.hasSuffix(".md") }.map { path + "/" + $0 }
    }

    /// Which protocols claim these bytes.
    static func claims(_ bytes: [UInt8]) -> [String] {
        DecoderCatalog.all.filter { type in
            var decoder = type.init()
            return bytes.contains { byte in
                _ = decoder.push(byte, at: .zero)
                return decoder.isLocked
            }
        }
        .map { $0.protocolName }
    }
}
