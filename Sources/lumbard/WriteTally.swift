import LumbarStore
import Synchronization

/// What was written so far, from the writer thread, which counts it, to the main thread, which is asked.
final class WriteTally: Sendable {
    private let known = Mutex(CardWrites())

    /// What is known now.
    var value: CardWrites { known.withLock { $0 } }

    func set(_ value: CardWrites) { known.withLock { $0 = value } }
}
