import Glibc
import LumbarCore
import LumbarLinux

/// The files in which a sensor is declared: a drop-in of the daemon's configuration, and for HID and IIO sensors a udev
/// rule that lets the service open it.
struct TrustFiles {
    /// Identity or path.
    let id: String
    /// The daemon's main configuration.
    let configuration: String
    /// Where udev's rules of this machine are.
    let rulesFolder: String

    static let standardRulesFolder = "/etc/udev/rules.d"
    private static let mark =
        "# Written by lumbarctl device trust; lumbarctl device distrust takes it back.\n"

    /// The drop-in.
    var section: String { configuration + ".d/50-sensor-" + slug + ".conf" }

    /// The rule.
    var rule: String { rulesFolder + "/61-lumbard-" + slug + ".rules" }

    /// The identity as a file name: what is not plain is a dash, and a checksum keeps such names apart.
    var slug: String {
        let plain = id.utf8.map { byte in
            (48...57).contains(byte) || (97...122).contains(byte | 32) || [45, 46, 95].contains(byte)
                ? byte : UInt8(ascii: "-")
        }
        let name = String(decoding: plain.prefix(80), as: UTF8.self)
        if name == id, !name.hasPrefix(".") { return name }
        // FNV-1a, 32 bits.
        let sum = id.utf8.reduce(UInt32(2_166_136_261)) { ($0 ^ UInt32($1)) &* 16_777_619 }
        let digits = String(sum, radix: 16)
        let trimmed = name.drop { $0 == "-" || $0 == "." }
        return trimmed + "-" + String(repeating: "0", count: 8 - digits.count) + digits
    }

    /// What stands in the drop-in.
    func text(title: String, _ values: [(key: String, value: String)]) -> String {
        let about = title.isEmpty ? "" : "# \(Printable.text(title, limit: 200))\n"
        let lines = values.map { "\($0.key)=\($0.value)\n" }.joined()
        return Self.mark + about + "[sensor \(id)]\n" + lines
    }

    /// What stands in the rule's file.
    func text(rule: String) -> String { Self.mark + rule + "\n" }

    /// Whether whoever asks may write there.
    func mayWrite(withRule: Bool) -> Bool {
        Self.mayWrite(section) && (!withRule || Self.mayWrite(rule))
    }

    private static func mayWrite(_ path: String) -> Bool {
        var folder = path
        repeat {
            guard let slash = folder.lastIndex(of: "/") else { return access(".", W_OK | X_OK) == 0 }
            folder = String(folder[..<slash])
        } while !folder.isEmpty && access(folder, F_OK) != 0
        return access(folder.isEmpty ? "/" : folder, W_OK | X_OK) == 0
    }

    /// Writes the drop-in, and the rule where there is one. The service must be able to read the drop-in: it is open to
    /// the same as the main file.
    func write(section text: String, rule: String?) throws {
        do throws(SystemError) {
            if let rule { try Self.write(self.rule, self.text(rule: rule), FileAccess(mode: 0o644)) }
            try Self.write(section, text, FileAccess(of: configuration) ?? FileAccess(mode: 0o644))
        } catch {
            throw Failure(error, otherwise: .cannotCreate)
        }
    }

    private static func write(_ path: String, _ text: String, _ access: FileAccess) throws(SystemError) {
        if let slash = path.lastIndex(of: "/") { try makePublicDirectory(String(path[..<slash])) }
        try replaceFile(path, with: Array(text.utf8), access: access)
    }

    /// Removes what `write` wrote, and nothing else; returns what was removed.
    func remove() throws -> [String] {
        var removed: [String] = []
        for path in [section, rule] {
            guard let bytes = try? readSmallFile(path), bytes.starts(with: Self.mark.utf8) else { continue }
            guard unlink(path) == 0 else {
                throw Failure(.cannotCreate, "cannot remove it", path, errno: errno)
            }
            removed.append(path)
        }
        return removed
    }
}
