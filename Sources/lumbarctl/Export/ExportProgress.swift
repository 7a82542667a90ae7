import Glibc
import LumbarCore

/// How many rows of a long export are done, on the standard error when that is a terminal; silent otherwise.
struct ExportProgress {
    private let isShown = StandardError.isTerminal
    private let begun = time(nil)
    private var lastShown = time_t(0)
    private var rows = 0
    private var isOnScreen = false

    /// Another row is done.
    mutating func add() {
        rows += 1
        guard isShown, rows % 4096 == 0 else { return }
        let now = time(nil)
        // What is over in a second needs no progress.
        guard now > begun + 1, now != lastShown else { return }
        lastShown = now
        isOnScreen = true
        StandardError.put("\r\u{1B}[K\(rows) rows exported")
    }

    /// Takes the line off the screen.
    mutating func finish() {
        if isOnScreen { StandardError.put("\r\u{1B}[K") }
        isOnScreen = false
    }
}
