/// What this process has written.
public enum ProcessWrites {
    /// Bytes that it caused to be written to a medium since it was started, in whole pages; nil when the kernel does not
    /// count them.
    public static func bytes() -> Int? {
        guard let text = try? readSmallFile("/proc/self/io") else { return nil }
        return bytes(in: String(decoding: text, as: UTF8.self))
    }

    /// The number of that name in the text of `/proc/self/io`.
    static func bytes(in text: String) -> Int? {
        let name = "write_bytes: "
        let line = text.split(separator: "\n").first { $0.hasPrefix(name) }
        return line.flatMap { Int($0.dropFirst(name.count)) }
    }
}
