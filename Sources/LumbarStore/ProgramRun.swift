import LumbarCore

/// A stretch of time in which the program that watches was running: what it knew only in memory ends with it.
public struct ProgramRun: Sendable, Equatable {
    /// When it was started, or began anew with other settings.
    public var from: Instant
    /// When it ended; nil while it goes on, and when nobody saw its end.
    public var until: Instant?

    /// A run.
    public init(from: Instant, until: Instant? = nil) {
        self.from = from
        self.until = until
    }
}

extension Store {
    func insert(_ run: ProgramRun, boot: Int64, while action: String) throws(StoreError) {
        try database.run(
            "INSERT OR REPLACE INTO run (boot, from_ns, until_ns) VALUES (?, ?, ?)",
            [
                .int(boot), .int(run.from.nanoseconds), run.until.map { .int($0.nanoseconds) } ?? .null,
            ], while: action)
    }

    /// The runs of the program in a boot, in the order of time.
    func eachRun(boot: Int64, _ body: (ProgramRun) throws(StoreError) -> Void) throws(StoreError) {
        try database.each(
            "SELECT from_ns, until_ns FROM run WHERE boot = ?1 ORDER BY from_ns", [.int(boot)],
            while: "reading when the program ran"
        ) { row throws(StoreError) in
            try body(
                ProgramRun(
                    from: Instant(nanoseconds: row.int(0)),
                    until: row.isNull(1) ? nil : Instant(nanoseconds: row.int(1))))
        }
    }
}
