import Glibc

/// How much of its work a test does that repeats itself over many trials.
public enum Trials {
    /// Whether another processor's programs are being emulated, at a thirtieth of this one's speed.
    ///
    /// The emulator hides behind `/proc/self/exe`; the same link of the first thread still names it.
    public static let areEmulated: Bool = {
        var path = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/task/\(getpid())/exe", &path, path.count - 1)
        guard count > 0 else { return false }
        let program = path.prefix(count).map { UInt8(bitPattern: $0) }.split(separator: UInt8(ascii: "/"))
            .last
        return program.map { $0.starts(with: "qemu-".utf8) } ?? false
    }()

    /// `full` trials, or a tenth of them under emulation.
    public static func count(_ full: Int) -> Int { areEmulated ? max(1, full / 10) : full }

    /// All of the cases, or every fifth of them under emulation.
    public static func some<Case>(of all: [Case]) -> [Case] {
        areEmulated ? stride(from: 0, to: all.count, by: 5).map { all[$0] } : all
    }
}
