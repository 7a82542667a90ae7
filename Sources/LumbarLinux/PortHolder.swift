import CLinux
import Glibc
import LumbarCore

/// A process that has a device open.
public struct PortHolder: Sendable, Equatable, CustomStringConvertible {
    /// Process id.
    public var process: Int32
    /// Its name, as the kernel has it; at most 15 bytes.
    public var name: String

    /// A process by number and name.
    public init(process: Int32, name: String) {
        self.process = process
        self.name = name
    }

    /// `minicom (process 4711)`.
    public var description: String { "\(Printable.text(name)) (process \(process))" }

    /// Some process other than this one that has the device at `path` open.
    ///
    /// Looks through /proc/*/fd, so it sees only what this user may see: without privileges, only the own processes.
    public static func find(_ path: String) -> PortHolder? {
        var wanted = stat()
        guard stat(path, &wanted) == 0 else { return nil }
        let own = getpid()
        for entry in directoryEntries("/proc") {
            guard let process = Int32(entry), process != own else { continue }
            let folder = "/proc/\(entry)/fd"
            for descriptor in directoryEntries(folder) where isOpen(folder + "/" + descriptor, wanted) {
                return PortHolder(process: process, name: commandName(process))
            }
        }
        return nil
    }

    private static func isOpen(_ link: String, _ wanted: stat) -> Bool {
        var found = stat()
        guard stat(link, &found) == 0, found.st_mode & S_IFMT == wanted.st_mode & S_IFMT else { return false }
        if wanted.st_mode & S_IFMT == S_IFCHR { return found.st_rdev == wanted.st_rdev }
        return found.st_dev == wanted.st_dev && found.st_ino == wanted.st_ino
    }

    private static func commandName(_ process: Int32) -> String {
        guard let bytes = try? readSmallFile("/proc/\(process)/comm", limit: 64) else { return "a program" }
        return String(decoding: bytes.prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
    }
}

/// The names in a directory, in no order; empty when it cannot be read.
func directoryEntries(_ path: String) -> [String] {
    guard let directory = opendir(path) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: tuple.pointee)) {
                String(cString: $0)
            }
        }
        if name != "." && name != ".." { names.append(name) }
    }
    return names
}
