/// The newest `capacity` elements, oldest overwritten first.
///
/// Storage is one array of a power of two, made once: appending never allocates.
@frozen
public struct RingBuffer<Element> {
    // Inlinable throughout: an unspecialised generic across modules costs thirty times as much.
    @usableFromInline var storage: [Element?]
    @usableFromInline var written = 0
    @usableFromInline let mask: Int
    /// How many elements are kept.
    public let capacity: Int

    /// An empty ring that keeps `capacity` elements.
    @inlinable
    public init(capacity: Int) {
        precondition(capacity > 0, "a ring holds at least one element")
        self.capacity = capacity
        var size = 1
        while size < capacity { size *= 2 }
        mask = size - 1
        storage = Array(repeating: nil, count: size)
    }

    /// Elements held now, at most `capacity`.
    @inlinable
    public var count: Int { min(written, capacity) }

    /// Whether nothing is held.
    @inlinable
    public var isEmpty: Bool { written == 0 }

    /// Appends, and returns the element that fell out, if one did.
    @inlinable
    @discardableResult
    public mutating func append(_ element: Element) -> Element? {
        let dropped = written >= capacity ? storage[(written - capacity) & mask] : nil
        storage[written & mask] = element
        written += 1
        return dropped
    }

    /// The element `index` places after the oldest held.
    @inlinable
    public subscript(index: Int) -> Element {
        precondition(index >= 0 && index < count, "ring index out of range")
        guard let element = storage[(written - count + index) & mask] else {
            preconditionFailure("a held slot is never empty")
        }
        return element
    }

    /// The element appended last.
    @inlinable
    public var newest: Element? { isEmpty ? nil : self[count - 1] }

    /// The oldest element held.
    @inlinable
    public var oldest: Element? { isEmpty ? nil : self[0] }

    /// Forgets everything and keeps the storage.
    @inlinable
    public mutating func removeAll() {
        written = 0
        for i in storage.indices { storage[i] = nil }
    }
}

extension RingBuffer: Sendable where Element: Sendable {}
