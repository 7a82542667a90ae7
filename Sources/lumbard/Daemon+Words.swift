import LumbarCore
import LumbarLinux

/// What the daemon says about sensors.
extension Daemon {
    func title(_ sensor: Sensor) -> String {
        sensor.device.name == sensor.device.id.text ? Printable.text(sensor.path) : sensor.device.name
    }

    /// Says something about a sensor, unless it was the last thing said about it.
    func say(_ sensor: Sensor, _ notice: Notice) {
        guard sensor.said != notice.message else { return }
        sensor.said = notice.message
        var about = notice
        about.device = sensor.device.id
        router.say(about)
    }

    /// One line for `systemctl status`.
    func statusText() -> String {
        let attached = sensors.filter(\.isAttached)
        let waiting = sensors.count(where: \.isPending)
        let rest = waiting == 0 ? "" : "; pending, see lumbarctl devices: \(waiting)"
        guard let first = attached.first else {
            if let pauseText { return pauseText + rest }
            let listening = sensors.first { if case .listening = $0.state { true } else { false } }
            return (listening.map { "Listening to \(title($0))" } ?? "Waiting for a sensor") + rest
        }
        let silent = attached.count { if case .attached = $0.state { false } else { true } }
        let what = attached.count == 1 ? title(first) : "\(attached.count) sensors"
        return "Reading \(what)" + (silent == 0 ? "" : ", silent: \(silent)") + rest
    }
}
