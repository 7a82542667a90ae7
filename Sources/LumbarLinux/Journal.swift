import CSystemd
import Glibc
import LumbarCore

/// The journal. Sending can block for as long as journald is stuck, so only the writer thread does it.
///
/// On a terminal the message is printed too. Without a journal it goes to standard error with the priority in front,
/// `<4>`, which is what systemd and containers understand. Somebody who wants no journal gets plain lines there.
public struct Journal: Sendable {
    /// Where journald listens.
    public static let socketPath = "/run/systemd/journal/socket"

    /// One field of an entry.
    public struct Field: Sendable, Equatable {
        /// The name: capital letters, digits and underscores.
        public var name: String
        /// The value; anything, also several lines.
        public var value: String

        /// A field.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How lines on a terminal begin, and the journal's SYSLOG_IDENTIFIER.
    public let identifier: String
    private let hasJournal: Bool
    private let isForPeople: Bool

    /// The journal of this machine, as far as there is one; or only lines on standard error, if it is not to be used.
    public init(identifier: String, isUsed: Bool = true) {
        self.identifier = identifier
        hasJournal = isUsed && access(Journal.socketPath, W_OK) == 0
        isForPeople = !isUsed || isatty(STDERR_FILENO) == 1
    }

    /// Sends one entry: MESSAGE, PRIORITY and SYSLOG_IDENTIFIER, MESSAGE_ID when there is one, and `fields`.
    public func send(_ message: String, priority: Int, messageID: String? = nil, fields: [Field] = []) {
        let all = Journal.assemble(
            message, priority: priority, identifier: identifier, messageID: messageID, fields: fields)
        let sent =
            hasJournal && Journal.withVectors(all) { sd_journal_sendv($0.baseAddress, Int32($0.count)) } >= 0
        if isForPeople {
            Journal.print("\(identifier): \(Journal.printable(message, indent: "    "))\n")
        } else if !sent {
            Journal.print("<\(priority)>\(identifier): \(Journal.printable(message, indent: "    "))\n")
        }
    }

    /// The fields of an entry as bytes, `NAME=value` each; fields whose name the journal would refuse are left out.
    ///
    /// What a device says of itself may be in any of them: what could disturb a terminal is written out here, so that
    /// it is safe however the journal is read.
    static func assemble(
        _ message: String, priority: Int, identifier: String, messageID: String?, fields: [Field]
    ) -> [[UInt8]] {
        var all = [
            Field("MESSAGE", message), Field("PRIORITY", String(min(max(priority, 0), 7))),
            Field("SYSLOG_IDENTIFIER", identifier),
        ]
        if let messageID { all.append(Field("MESSAGE_ID", messageID)) }
        all += fields.filter { isValid($0.name) }
        return all.map { Array($0.name.utf8) + [UInt8(ascii: "=")] + Array(printable($0.value).utf8) }
    }

    /// Hands `body` the fields as `iovec`s. They point into `fields`, and are valid only during the call.
    static func withVectors<Result>(
        _ fields: [[UInt8]], _ body: (UnsafeBufferPointer<iovec>) -> Result
    ) -> Result {
        // One block for all bytes: the vectors may point into it for as long as it is borrowed.
        var block = fields.flatMap { $0 }
        return block.withUnsafeMutableBytes { bytes in
            var vectors: [iovec] = []
            vectors.reserveCapacity(fields.count)
            var offset = 0
            for field in fields {
                vectors.append(iovec(iov_base: bytes.baseAddress.map { $0 + offset }, iov_len: field.count))
                offset += field.count
            }
            return vectors.withUnsafeBufferPointer(body)
        }
    }

    private static func isValid(_ name: String) -> Bool {
        guard let first = name.utf8.first, first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z") else {
            return false
        }
        return name.utf8.count <= 64
            && name.utf8.allSatisfy { byte in
                (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                    || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || byte == UInt8(ascii: "_")
            }
    }

    // Each line of a message is made safe by itself, so that a summary keeps its lines.
    private static func printable(_ message: String, indent: String = "") -> String {
        message.split(separator: "\n", omittingEmptySubsequences: false)
            .map { Printable.text(String($0), limit: 1024) }
            .joined(separator: "\n" + indent)
    }

    private static func print(_ line: String) {
        let bytes = Array(line.utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
