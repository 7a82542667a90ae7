import LumbarCore

/// Which of some alerts a name, or the beginning of one, means.
public enum AlertMatch: Sendable, Equatable {
    /// Exactly one.
    case one(StoredAlert)
    /// Several, in their order.
    case several([StoredAlert])
    /// None of them.
    case none

    /// Looks `typed` up among `alerts`; case does not matter.
    public init(_ typed: String, among alerts: [StoredAlert]) {
        guard let beginning = AlertID.beginning(typed) else {
            self = .none
            return
        }
        let found = alerts.filter { $0.id.text.hasPrefix(beginning) }
        switch found.count {
        case 0: self = .none
        case 1: self = .one(found[0])
        default: self = .several(found)
        }
    }
}

extension StoredAlert {
    /// Its short name.
    public var id: AlertID { AlertID(of: alert, bootID: place.bootID) }
}
