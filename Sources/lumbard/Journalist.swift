import LumbarAlerts
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor

/// Says conclusions in the journal.
final class Journalist {
    private let journal: Journal
    /// Everyone who may wear a sensor: with several, what concerns one of them begins with the name.
    var wearers: [WearerID] = []
    // A handful at most.
    private var devices: [Device] = []

    init(journal: Journal) { self.journal = journal }

    /// Remembers what a sensor is called, and who wears it.
    func learn(_ device: Device) {
        devices.removeAll { $0.id == device.id }
        devices.append(device)
    }

    /// Says what is worth saying.
    func report(_ output: Output) {
        switch output {
        case .alert(let alert):
            // Of a rule on trial: in the history, and said to nobody.
            if alert.delivery == .told { send(JournalEntry(alert: alert), to: alert.wearer) }
        case .summary(let summary):
            if summary.wornSeconds > 0 { send(JournalEntry(summary: summary), to: summary.wearer) }
        case .device(let event): if let entry = entry(event) { send(entry) }
        case .episode, .epoch, .attitude, .trace, .trust: break
        }
    }

    /// Says what the shell has to say.
    func say(_ notice: Notice) {
        var fields = [Journal.Field("LUMBARD_EVENT", notice.event)]
        if let device = notice.device { fields.append(Journal.Field("LUMBARD_DEVICE", device.text)) }
        journal.send(
            notice.message, priority: notice.priority, messageID: notice.id?.rawValue, fields: fields)
    }

    private func send(_ entry: JournalEntry, to wearer: WearerID? = nil) {
        let name = wearer.flatMap { wearers.count > 1 ? Printable.text($0.text) + ": " : nil } ?? ""
        journal.send(
            name + entry.message, priority: entry.priority, messageID: entry.id.rawValue,
            fields: entry.fields.map { Journal.Field($0.name, $0.value) })
    }

    // MARK: Sensors

    private func entry(_ event: DeviceEvent) -> JournalEntry? {
        let device = devices.first { $0.id == event.device }
        let name = Printable.text(device?.name ?? event.device.text)
        func entry(_ id: MessageID, _ priority: Int, _ message: String) -> JournalEntry {
            JournalEntry(id, message: name + ": " + message, priority: priority, device: event.device)
        }
        switch event.kind {
        case .attached: return entry(.deviceAttached, 6, "opened.")
        case .locked(let protocolName):
            return entry(.deviceLocked, 5, "a sensor speaks \(protocolName)\(device.map(place) ?? "").")
        case .anglesOnly: return entry(.deviceLocked, 5, MountText.anglesOnly + ".")
        // Two seconds are nothing to read about, unless one looks for them.
        case .degraded: return entry(.deviceDegraded, 7, "no valid data for two seconds.")
        case .stalled:
            return entry(
                .deviceStalled, 4, "no valid data for five seconds. Closing it and opening it again.")
        case .recovered(let silence):
            let wasLong = silence > .seconds(5)
            return entry(
                .deviceRecovered, wasLong ? 5 : 7,
                "valid data again after \(DecimalText.fixed(silence.seconds, 0)) s.")
        case .detached(let outcomes, _):
            // Unplugged, or closed by the program itself: the Monitor is not told which.
            return entry(.deviceDetached, 5, "no longer read. " + account(outcomes))
        case .notUnderstood(let reason):
            return JournalEntry(
                .configurationError, message: Notice.notUnderstood(name, reason), priority: 4,
                device: event.device)
        case .mount(let news):
            return MountText.text(news).map { entry(kind(of: news).id, kind(of: news).priority, $0) }
        case .calibration: return nil
        case .trouble(let trouble, let begins):
            let isUseless = begins && trouble.forbidsUse
            return entry(
                .sensorDoubt, isUseless ? 4 : begins ? 5 : 6,
                begins ? SensorTroubleText.begins(trouble) : SensorTroubleText.ends(trouble))
        case .deadAccelerometer:
            return entry(
                .deviceDeadAccelerometer, 4,
                "its accelerometer reads zero on all axes, so nothing can be made of its data. Unplug it and plug it in "
                    + "again; if that does not help, it is broken or needs its settings back.")
        case .scaleFault:
            return entry(
                .deviceScaleFault, 4,
                "what it measures at rest is far from 1 g, so angles would be wrong and none are given. Check its range "
                    + "setting.")
        }
    }

    /// Who wears a sensor and where, as far as that is not a matter of course.
    private func place(_ device: Device) -> String {
        let who = wearers.count > 1 ? ", worn by " + Printable.text(device.wearer.text) : ""
        return device.role == .lumbar ? who : who + ", role " + device.role.rawValue
    }

    private func kind(of news: MountNews) -> (id: MessageID, priority: Int) {
        switch news {
        case .moved(_, let relearned): (.sensorMoved, relearned ? 5 : 4)
        case .turnedAround: (.sensorMoved, 5)
        case .gesture: (.calibration, 5)
        case .stale, .confirmed: (.calibration, 6)
        }
    }

    private func account(_ outcomes: DecodeOutcomes) -> String {
        let bad = outcomes.rejects
        return "\(outcomes.readings) readings" + (bad == 0 ? "." : ", \(bad) damaged frames.")
    }
}
