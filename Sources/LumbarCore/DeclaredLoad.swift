/// A load that the wearer says they lifted: what no trunk sensor can see.
public struct DeclaredLoad: Sendable, Equatable {
    /// What it is known by, for taking it back; 0 before it is stored.
    public var id: Int64
    /// What it is known by everywhere.
    public var uniqueID: UniqueID
    /// Who lifted.
    public var wearer: WearerID
    /// When, about.
    public var time: WallTime
    /// How heavy, kg.
    public var kilograms: Double
    /// How far in front of the low back the hands were at their farthest, m.
    public var reach: Double
    /// How often.
    public var times: Int

    /// A declaration.
    public init(
        id: Int64 = 0, uniqueID: UniqueID, wearer: WearerID, time: WallTime, kilograms: Double, reach: Double,
        times: Int = 1
    ) {
        self.id = id
        self.uniqueID = uniqueID
        self.wearer = wearer
        self.time = time
        self.kilograms = kilograms
        self.reach = reach
        self.times = times
    }
}
