/// What the detectors found in one pass, in order; emptied and reused.
public struct EpisodeQueue: Sendable {
    /// The episodes so far.
    public private(set) var episodes: [Episode] = []

    /// An empty queue with room for `capacity` episodes.
    public init(capacity: Int = 64) { episodes.reserveCapacity(capacity) }

    /// Appends an episode.
    public mutating func append(_ episode: Episode) { episodes.append(episode) }

    /// Empties the queue and keeps its room.
    public mutating func removeAll() { episodes.removeAll(keepingCapacity: true) }

    /// Whether nothing was found.
    public var isEmpty: Bool { episodes.isEmpty }
}
