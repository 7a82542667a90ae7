import LumbarCore
import LumbarReport
import LumbarSettings
import LumbarStore

/// Which alert is meant by what people type.
extension Store {
    /// The alert of the name `typed`, or whose name alone begins with it.
    func alert(named typed: String) throws -> StoredAlert {
        let alerts = try alerts(withShadows: true)
        switch AlertMatch(typed, among: alerts) {
        case .one(let alert): return alert
        case .none:
            let near = nearest(to: typed, in: alerts.reversed().map(\.id.text))
            let advice = near.map { "did you mean \($0)?" } ?? "`lumbarctl alerts` shows the names"
            throw Failure(.data, "there is no alert \"\(Printable.text(typed, limit: 40))\"; " + advice)
        case .several(let found):
            // The newest is the one that people have in mind most often.
            let shown = found.suffix(4).reversed().map { "\($0.id) of \(Self.time($0))" }
            let rest = found.count > shown.count ? " and \(found.count - shown.count) more" : ""
            let list = shown.joined(separator: ", ") + rest
            throw Failure(.data, "\"\(typed)\" may be \(list); write more letters of the one you mean")
        }
    }

    private static func time(_ stored: StoredAlert) -> String {
        stored.place.wall.map { LocalTimeText.minute($0, zone: stored.place.zone) } ?? "an unknown time"
    }
}
