import LumbarCore

/// How long to wait before the next attempt: 1, 2, 4, ... seconds, and 30 at most.
public struct Backoff: Sendable, Equatable {
    /// Attempts since the last success.
    public private(set) var attempts = 0
    /// The longest wait.
    public static let longest = Elapsed.seconds(30)

    /// Nothing has failed yet.
    public init() {}

    /// An attempt failed: how long to wait before the next.
    public mutating func next() -> Elapsed {
        let wait = min(Elapsed.seconds(Double(1 << min(attempts, 5))), Backoff.longest)
        attempts += 1
        return wait
    }

    /// It worked: the next failure begins at one second again.
    public mutating func succeed() { attempts = 0 }
}
