import LumbarCore

extension Posture {
    /// What a person does in it: `sitting`; for sentences that begin with somebody's name.
    var words: String {
        switch self {
        case .lying: "lying"
        case .sitting: "sitting"
        case .standing: "standing"
        case .walking: "walking"
        case .unknown: "posture not known"
        case .notWorn: "sensor not worn"
        }
    }
}
