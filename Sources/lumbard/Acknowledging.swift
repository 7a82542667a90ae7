import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarStore

/// An answer to an alert that came over the socket and is to be stored.
struct Acknowledging: Sendable {
    /// What the client called its request.
    var request: LiveID
    /// Who waits for an answer.
    var client: Int
    /// What was typed for the alert's name.
    var alert: String
    /// What was said.
    var verdict: AlertVerdict

    init(request: LiveID, client: Int, alert: String, _ verdict: AlertVerdict?) {
        self.request = request
        self.client = client
        self.alert = alert
        self.verdict = verdict ?? .later
    }

    /// Stores it beside the history at `historyPath`, and returns the line that answers the client.
    func store(beside historyPath: String, of history: HistoryKeeper, host: LinuxStoreHost) -> String {
        do throws(LiveRefusal) {
            let found = try find(in: history)
            let key = AlertKey(found.alert, bootID: found.place.bootID)
            var random = SystemRandomNumberGenerator()
            let said = Acknowledgement(
                uniqueID: UniqueID(using: &random), alert: key, alertTime: found.place.wall, verdict: verdict,
                time: WallClockReader.anchor().wall)
            do throws(StoreError) {
                try Entries(writingBeside: historyPath, host: host).append(said)
            } catch {
                throw LiveRefusal(.unavailable, "It could not be noted: \(error). Try it again.", id: request)
            }
            return LiveReply.acknowledged(request, alert: found.id, rule: key.rule, verdict: verdict)
        } catch {
            return LiveReply.error(error)
        }
    }

    private func find(in history: HistoryKeeper) throws(LiveRefusal) -> StoredAlert {
        let match: AlertMatch
        do throws(StoreError) {
            match = try history.alert(named: alert)
        } catch {
            throw LiveRefusal(.unavailable, "The history cannot be read: \(error).", id: request)
        }
        let typed = Printable.text(alert, limit: 40)
        switch match {
        case .one(let found): return found
        case .none:
            throw LiveRefusal(
                .notFound, "There is no alert \(typed); lumbarctl alerts shows their names.", id: request)
        case .several(let found):
            let names = found.suffix(4).map(\.id.text).joined(separator: ", ")
            throw LiveRefusal(
                .notFound, "\(typed) may be one of \(found.count), such as \(names). Give more letters.",
                id: request)
        }
    }
}
