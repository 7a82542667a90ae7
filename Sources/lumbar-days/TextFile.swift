@preconcurrency import Glibc

/// Whole files of text.
enum TextFile {
    /// A file that cannot be read or written.
    struct Refused: Error, CustomStringConvertible {
        let path: String
        let number: Int32
        var description: String { path + ": " + String(cString: strerror(number)) }
    }

    static func read(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Refused(path: path, number: errno) }
        defer { fclose(file) }
        var text: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            text += piece.prefix(count)
            if count < piece.count { break }
        }
        guard ferror(file) == 0 else { throw Refused(path: path, number: errno) }
        return String(decoding: text, as: UTF8.self)
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Refused(path: path, number: errno) }
        let bytes = Array(text.utf8)
        let isWritten = fwrite(bytes, 1, bytes.count, file) == bytes.count
        guard fclose(file) == 0, isWritten else { throw Refused(path: path, number: errno) }
    }
}
