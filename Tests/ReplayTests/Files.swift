import Glibc

/// Files and folders, without Foundation.
enum Files {
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// The bytes of a file.
    static func read(_ path: String) throws -> [UInt8] {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { throw Failure(description: "\(path) cannot be opened") }
        defer { close(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            guard count >= 0 else { throw Failure(description: "\(path) cannot be read") }
            if count == 0 { return bytes }
            bytes += piece[..<count]
        }
    }

    /// Writes a file anew.
    static func write(_ text: String, to path: String) throws { try write(bytes: Array(text.utf8), to: path) }

    /// Writes a file anew.
    static func write(bytes: [UInt8], to path: String) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
        guard file >= 0 else { throw Failure(description: "\(path) cannot be written") }
        defer { close(file) }
        guard Glibc.write(file, bytes, bytes.count) == bytes.count else {
            throw Failure(description: "\(path) was not written whole")
        }
    }

    /// The names of the folders in a folder, sorted.
    static func folders(in path: String) -> [String] { entries(of: path, type: DT_DIR) }

    /// The names of the files in a folder, sorted.
    static func names(in path: String) -> [String] { entries(of: path, type: DT_REG) }

    private static func entries(of path: String, type: Int) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            guard entry.pointee.d_type == UInt8(type) else { continue }
            let name = withUnsafeBytes(of: entry.pointee.d_name) {
                String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names.sorted()
    }
}
