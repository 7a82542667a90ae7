import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// Looks what people said in the file beside the history, whenever it has changed. It belongs to the writer thread.
///
/// Looking whether it has changed is one stat(2) a minute, with other work; nothing is opened and nothing written.
final class EntriesWatch {
    private let historyPath: String
    private var seen: Mark?
    private var due = Instant(nanoseconds: .min)
    private var readAgain = Instant(nanoseconds: .min)
    private var complaint = ""

    /// How often it is looked whether the file has changed.
    private static let interval = Elapsed.seconds(60)
    /// How often it is read though it has not changed, since answers grow old.
    private static let longest = Elapsed.hours(24)
    /// Answers to alerts older than this say little of the rules of today; a rule that they silenced gets another try.
    private static let answersCount = Elapsed.hours(90 * 24)

    /// What tells one state of a file from another.
    private struct Mark: Equatable {
        var inode: UInt64
        var size: Int64
        var seconds: Int
        var nanoseconds: Int
    }

    init(historyPath: String) { self.historyPath = historyPath }

    /// What was said, when it has changed since the last look, or on the first.
    func look(at now: Instant, say: (Notice) -> Void) -> [WearerSaid]? {
        guard now >= due else { return nil }
        due = now + EntriesWatch.interval
        let mark = mark()
        guard mark != seen || now >= readAgain else { return nil }
        let isFirst = readAgain.nanoseconds == .min
        do {
            let said = try read()
            seen = mark
            readAgain = now + EntriesWatch.longest
            complaint = ""
            // Nothing was ever said, and that is known.
            return isFirst && said.isEmpty ? nil : said
        } catch {
            // Looked at again in a minute: somebody may be writing just now.
            if complaint != error.reason {
                say(.warning(.storeTrouble, "What was said of alerts cannot be read: \(error)."))
            }
            complaint = error.reason
            return nil
        }
    }

    /// Has the file looked at with the next work, changed or not long ago.
    func hurry() { due = Instant(nanoseconds: .min) }

    private func mark() -> Mark? {
        var status = stat()
        guard stat(Entries.path(beside: historyPath), &status) == 0 else { return nil }
        return Mark(
            inode: UInt64(status.st_ino), size: Int64(status.st_size), seconds: status.st_mtim.tv_sec,
            nanoseconds: status.st_mtim.tv_nsec)
    }

    private func read() throws(StoreError) -> [WearerSaid] {
        guard let entries = try Entries(readingBeside: historyPath) else { return [] }
        let now = WallClockReader.anchor().wall
        return try entries.said(
            answersSince: now + Elapsed(nanoseconds: -EntriesWatch.answersCount.nanoseconds))
    }
}
