import Glibc
import LumbarCore

/// How far a long replay is, on the standard error when that is a terminal; silent otherwise.
struct ReplayProgress {
    private let name: String
    private let size: Int?
    private let isShown = StandardError.isTerminal
    private var isOnScreen = false
    private let begun = ReplayProgress.clock()
    private var lastShown = Instant.zero

    // A replay that is over sooner than this needs no progress.
    private static let patience = Elapsed.milliseconds(700)
    private static let interval = Elapsed.milliseconds(200)

    init(name: String, size: Int?) {
        self.name = Printable.text(name, limit: 40)
        self.size = size
    }

    private static func clock() -> Instant {
        var time = timespec()
        clock_gettime(CLOCK_BOOTTIME, &time)
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }

    /// `position` bytes of the file are read, `stream` is how long the stream has run.
    mutating func update(position: Int, stream: Elapsed) {
        guard isShown else { return }
        let now = Self.clock()
        guard now - begun >= Self.patience, now - lastShown >= Self.interval else { return }
        lastShown = now
        isOnScreen = true
        let part = size.map { $0 > 0 ? "\(min(99, position * 100 / $0)) %, " : "" } ?? ""
        let hours = DecimalText.fixed(stream.seconds / 3600, 1)
        StandardError.put("\r\u{1B}[K\(Printable.text(name)): \(part)\(hours) h of the stream")
    }

    /// Takes the line off the screen.
    mutating func finish() {
        if isOnScreen { StandardError.put("\r\u{1B}[K") }
        isOnScreen = false
    }
}
