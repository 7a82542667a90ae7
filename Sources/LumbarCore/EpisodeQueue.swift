/// What the detectors found in one pass, in order; emptied and reused.
public struct EpisodeQueue: Sendable {
    /// The episodes so far.
    public private(set) var episodes: [Episode] = []

    /// An empty queue with room for `capacity` episodes.
    public init(capacity: Int = 64) { episodes.reserveCapacity(capacity) }

    /// Appends an episode.
    public mutating func append(_ episode: Episode) { episodes.append(episode) }

    /// Says of the episodes from `first` on which sensors they come from.
    public mutating func mark(from first: Int, _ tier: (Episode.Kind) -> SensorTier) {
        for i in first..<episodes.count { episodes[i].tier = tier(episodes[i].kind) }
    }

    /// Empties the queue and keeps its room.
    public mutating func removeAll() { episodes.removeAll(keepingCapacity: true) }

    /// Whether nothing was found.
    public var isEmpty: Bool { episodes.isEmpty }
}
