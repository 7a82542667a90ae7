import CLinux
import Glibc

/// A Linux system's files below some folder: `/` for the one that runs, another for a copy or for tests.
///
/// Whatever cannot be read is absent: whoever asks wants to know what is there, not why something is not.
public struct SystemTree: Sendable {
    /// The folder, without a slash at the end; empty for the running system.
    public let root: String

    /// The system below `root`.
    public init(root: String = "") {
        self.root = root.hasSuffix("/") ? String(root.dropLast()) : root
    }

    /// Whether this is the system that runs.
    public var isLive: Bool { root.isEmpty }

    /// Where the file at `path` really is.
    public func path(_ path: String) -> String { root + path }

    /// Whether there is anything at `path`, links followed.
    public func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

    /// The names in a folder, sorted; empty when it cannot be read.
    public func entries(_ path: String) -> [String] { directoryEntries(root + path).sorted() }

    /// What stands in a small file, without the line end; nil when it cannot be read.
    public func text(_ path: String) -> String? {
        guard let bytes = try? readSmallFile(root + path) else { return nil }
        var text = String(decoding: bytes, as: UTF8.self)
        while text.last == "\n" { text.removeLast() }
        return text
    }

    /// The lines of a small file; empty when it cannot be read.
    public func lines(_ path: String) -> [String] {
        text(path)?.split(separator: "\n").map(String.init) ?? []
    }

    /// The last part of what a link points to; nil when it is no link.
    public func linkName(_ path: String) -> String? {
        linkTarget(root + path)?.split(separator: "/").last.map(String.init)
    }

    /// The path that `path` leads to when links are followed, below the root; nil when there is nothing.
    public func resolved(_ path: String) -> String? {
        guard let real = realpath(root + path, nil) else { return nil }
        defer { free(real) }
        let text = String(cString: real)
        guard !root.isEmpty, let base = realpath(root, nil) else { return text }
        defer { free(base) }
        let prefix = String(cString: base)
        return text.hasPrefix(prefix) ? String(text.dropFirst(prefix.count)) : text
    }
}
