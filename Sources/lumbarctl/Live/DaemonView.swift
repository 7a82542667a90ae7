import LumbarCore
import LumbarLinux
import LumbarLive

/// The sensors that the running daemon cares for, or why they are not known.
struct DaemonView {
    private(set) var sensors: [LiveDevice] = []
    /// Why the daemon was not asked; nil when it was.
    private(set) var absence: String?

    /// Asks the daemon at `path`.
    init(asking path: String) {
        do throws(DaemonConnection.Absence) {
            var connection = try DaemonConnection.open(path)
            let answer = try connection.ask(.devices)
            sensors = (answer["devices"]?.elements ?? []).compactMap { LiveDevice($0) }
        } catch {
            absence = error.reason
        }
    }

    /// What the daemon says of the sensor with this identity, or at this node.
    func sensor(_ identity: DeviceID, node: String) -> LiveDevice? {
        sensors.first { $0.id == identity } ?? sensors.first { resolvedPath($0.node) == resolvedPath(node) }
    }
}
