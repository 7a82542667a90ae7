import LumbarCore

/// What a sensor says of itself as a recording spells it, both ways: `descriptor: 0520...` or `attribute: a=b`.
enum DescriptorLine {
    /// The lines of a descriptor: as text where it is lines of text, otherwise in hexadecimal.
    static func lines(_ descriptor: [UInt8]) -> [String] {
        guard !descriptor.isEmpty else { return [] }
        if isText(descriptor) {
            return descriptor.dropLast().split(separator: newline, omittingEmptySubsequences: false).map {
                "attribute: " + RecordingText.escaped(String(decoding: $0, as: UTF8.self))
            }
        }
        return stride(from: 0, to: descriptor.count, by: RecordingFormat.descriptorBytesPerLine).map {
            start in
            let end = min(descriptor.count, start + RecordingFormat.descriptorBytesPerLine)
            var line = Array("descriptor: ".utf8)
            for byte in descriptor[start..<end] { RecordingText.appendHex(byte, to: &line) }
            return String(decoding: line, as: UTF8.self)
        }
    }

    /// Adds a line to what came before; false when it cannot be read or is too much.
    static func append(_ text: String, of key: String, to descriptor: inout [UInt8]) -> Bool {
        if key == "attribute" {
            descriptor += Array(text.utf8) + [newline]
        } else {
            var bytes: [UInt8] = []
            let problem = Array(text.utf8).withUnsafeBytes { RecordingText.readHex($0[...], into: &bytes) }
            guard problem == nil else { return false }
            descriptor += bytes
        }
        return descriptor.count <= RecordingFormat.longestDescriptor
    }

    private static let newline = UInt8(ascii: "\n")

    /// Whether it is lines that read back the same: printable, none empty, and the last one ended.
    private static func isText(_ descriptor: [UInt8]) -> Bool {
        guard descriptor.last == newline, descriptor.first == UInt8(ascii: "[") else { return false }
        return descriptor.allSatisfy { (0x20...0x7E).contains($0) || $0 == newline }
            && descriptor.split(separator: newline, omittingEmptySubsequences: false).dropLast()
                .allSatisfy { !$0.isEmpty && $0.count < 1000 }
    }
}
