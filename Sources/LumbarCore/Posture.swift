/// What the wearer's body is doing, as far as one lumbar sensor can tell.
public enum Posture: String, Sendable, CaseIterable {
    /// Trunk near horizontal at rest.
    case lying
    /// Seated.
    case sitting
    /// On the feet, not walking.
    case standing
    /// Walking or running, stairs included.
    case walking
    /// A sensor is there but the program cannot tell.
    case unknown
    /// Nobody wears the sensor.
    case notWorn = "not_worn"

    /// A dense index, for tables: the order of the cases.
    public var index: Int {
        switch self {
        case .lying: 0
        case .sitting: 1
        case .standing: 2
        case .walking: 3
        case .unknown: 4
        case .notWorn: 5
        }
    }

    /// The posture of an index; nil for a number that is none.
    public init?(index: Int) {
        guard let posture = Posture.allCases.first(where: { $0.index == index }) else { return nil }
        self = posture
    }
}
