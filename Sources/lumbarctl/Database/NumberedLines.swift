import LumbarCore

/// The lines of a text file, counted from 1; empty ones are counted and passed over.
struct NumberedLines {
    private let file: InputFile
    /// Longer ones are no lines of ours.
    private static let longest = 1 << 20

    init(_ file: InputFile) { self.file = file }

    func each(_ body: (_ line: [UInt8], _ number: Int) throws -> Void) throws {
        var rest: [UInt8] = []
        var number = 1
        while let piece = try file.next() {
            rest.append(contentsOf: piece)
            var start = 0
            while let end = rest[start...].firstIndex(of: UInt8(ascii: "\n")) {
                if end > start { try body(Array(rest[start..<end]), number) }
                number += 1
                start = end + 1
            }
            rest.removeFirst(start)
            guard rest.count <= Self.longest else {
                throw Failure(.data, "\(file.name), line \(number): it is too long; nothing was taken in")
            }
        }
        if !rest.isEmpty { try body(rest, number) }
    }
}
