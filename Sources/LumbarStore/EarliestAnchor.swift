import LumbarCore

extension Store {
    /// The earliest moment whose wall time is known, and the first boot; nil in a history without a wall clock.
    public func earliestAnchor() throws(StoreError) -> (wall: WallTime, bootID: String)? {
        let spans = try timeline().spans
        guard let first = spans.first, let wall = spans.map(\.clock.wall).min() else { return nil }
        return (wall, first.bootID)
    }
}
