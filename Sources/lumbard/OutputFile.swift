import LumbarCore
import LumbarLinux

/// A file that grows: a recording, a transcript. Written in pieces.
///
/// When the disk refuses, the file ends there, which is said once: a recording with a hole would mislead.
final class OutputFile {
    private let file: PrivateFile
    private let purpose: String
    private let patience: Elapsed
    private var waiting: [UInt8] = []
    private var hasFailed = false
    /// When the next piece wants to be written.
    private(set) var due: Instant?

    /// Takes over a file made for `purpose`, such as "recording"; what comes waits `patience` for more.
    init(_ file: consuming PrivateFile, purpose: String, patience: Elapsed) {
        self.file = file
        self.purpose = purpose
        self.patience = patience
    }

    /// Lets bytes wait for the next piece.
    func append(_ bytes: [UInt8], at now: Instant) {
        guard !hasFailed else { return }
        waiting += bytes
        due = waiting.count >= 65_536 ? now : due ?? now + patience
    }

    /// Writes what is due at `now`, or everything with nil.
    func flush(at now: Instant?, say: (Notice) -> Void) {
        guard let due else { return }
        if let now, now < due { return }
        self.due = nil
        do {
            try file.write(waiting)
        } catch {
            hasFailed = true
            say(.warning(.storeTrouble, "The \(purpose) ends here: \(error)."))
        }
        waiting.removeAll(keepingCapacity: true)
    }
}
