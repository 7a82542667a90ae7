import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarStore

/// What the daemon tells of itself over its socket.
extension Daemon: LiveDesk.Source {
    func liveStatus(at now: Instant) -> LiveStatus {
        LiveStatus(
            time: moment(now),
            daemon: LiveStatus.Daemon(
                version: ReleaseName.version, started: moment(started), uptime: (now - started).seconds,
                keepsHistory: configuration.daemon.store.keep, text: statusText(),
                writes: configuration.daemon.store.keep ? LiveStatus.Writes(tally.value) : nil),
            wearers: wearers().map { liveStatus(of: $0, at: now) })
    }

    private func liveStatus(of wearer: WearerID, at now: Instant) -> LiveStatus.Wearer {
        var status = LiveStatus.Wearer(wearer)
        if let known = desk?.postures.posture(of: wearer) {
            status.posture = LiveStatus.PostureNow(
                known.posture, since: moment(known.since), seconds: max(0, (now - known.since).seconds))
        }
        status.today = monitor.summary(of: wearer, at: now).map { LiveStatus.Today($0) }
        status.budget = monitor.budgetUse(of: wearer, at: now)
        status.control = liveControl(of: wearer)
        status.mounts = sensors.filter { $0.device.wearer == wearer }.compactMap { sensor in
            monitor.status(of: sensor.device.id)?.signal.calibration.map { mount($0, of: sensor, at: now) }
        }
        return status
    }

    func liveDevices(at now: Instant) -> [LiveDevice] {
        sensors.map { sensor in
            let device = sensor.device
            var live = LiveDevice(
                id: device.id, name: title(sensor), node: sensor.path, state: LiveDevice.State(sensor.state),
                protocolName: device.protocolName, wearer: device.wearer, role: device.role,
                message: sensor.said)
            if case .closed = sensor.state, isPaused(sensor) { live.state = .paused }
            if case .pending(let protocolName) = sensor.state { live.protocolName = protocolName }
            if let known = monitor.status(of: device.id) {
                live.protocolName = monitor.protocolName(of: device.id) ?? live.protocolName
                live.signal = LiveDevice.Signal(
                    known.outcomes, known.signal,
                    mount: known.signal.calibration.map { mount($0, of: sensor, at: now) })
            }
            return live
        }
    }

    private func mount(_ known: MountCalibration, of sensor: Sensor, at now: Instant) -> LiveStatus.Mount {
        LiveStatus.Mount(
            device: sensor.device.id, known,
            age: known.established.map { (now - $0).seconds } ?? ageOfStored(sensor.device, at: now))
    }

    /// What was learned before this stream began is as old as its row in the history says.
    private func ageOfStored(_ device: Device, at now: Instant) -> Double? {
        let stored = calibrations.first { $0.device == device.id && $0.wearer == device.wearer }
        return stored?.established.wall.map { max(0, (anchor.wall(at: now) - $0).seconds) }
    }

    func moment(_ instant: Instant) -> String {
        LiveEvents(bootID: "", anchor: anchor).time(instant)
    }

    /// Looks at the clients of the socket.
    func serveClients(at now: Instant) {
        guard let desk else { return }
        desk.serve(in: &poller, at: now, from: self)
        arrangePauses(at: now)
        if monitor.reportsFrames != desk.wantsFrames { monitor.reportsFrames = desk.wantsFrames }
    }
}

extension LiveDevice.State {
    init(_ state: Sensor.State) {
        switch state {
        case .closed: self = .waiting
        case .listening: self = .listening
        case .attached: self = .attached
        case .stalled, .relistening: self = .silent
        case .released: self = .letGo
        case .pending: self = .pending
        }
    }
}
