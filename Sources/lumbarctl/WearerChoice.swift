import LumbarCore
import LumbarSettings
import LumbarStore

/// Whom a command about the history is for, when it is not said or when nobody of that name is in it.
extension Store {
    /// Those to show: the one that was named, or everyone.
    func wearers(named name: String?) throws -> [WearerID] {
        let known = try wearers()
        guard let name else { return known }
        guard known.isEmpty || known.contains(WearerID(name)) else {
            throw Failure(
                .usage, "nobody called \(Printable.text(name)) is in the history" + guess(name, known))
        }
        return [WearerID(name)]
    }

    /// The one that was named, or the only one there is.
    func wearer(named name: String?, for purpose: String) throws -> WearerID {
        if let name { return WearerID(name) }
        let known = try wearers()
        guard known.count > 1 else { return known.first ?? .sole }
        throw Failure(.usage, "there are several wearers: \(Self.list(known)); say \(purpose)")
    }

    private func guess(_ name: String, _ known: [WearerID]) -> String {
        let near = nearest(to: name, in: known.map(\.text)).map { "; did you mean \(Printable.text($0))?" }
        return near ?? ("; there are: " + Self.list(known))
    }

    private static func list(_ known: [WearerID]) -> String {
        known.map { Printable.text($0.text, limit: 64) }.joined(separator: ", ")
    }
}
