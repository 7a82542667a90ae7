import Glibc
import LumbarCore
import LumbarDecoders
import LumbarLinux
import LumbarMonitor
import LumbarRecording

extension Daemon {
    /// How long a rate is listened to before the next is tried.
    private static let listenFor = Elapsed.seconds(2)
    /// How long a line that was opened again may stay silent.
    static let relistenFor = Elapsed.seconds(5)
    /// How often an absent line is looked for: every second, since what is due is looked at on whole seconds.
    static let lookEvery = Elapsed.seconds(0.5)

    // MARK: Which sensors there are

    /// Everyone who may wear a sensor.
    func wearers() -> [WearerID] {
        var names = [WearerID(configuration.daemon.device.wearer)]
        for name in options.lines.compactMap(\.wearer).map(WearerID.init) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    /// Lists the sensors given by hand, and those udev knows.
    func startSensors() {
        let known = configuration.daemon.device
        let given =
            options.lines
            + known.path.compactMap { path in
                options.lines.contains { $0.path == path } ? nil : try? Options.Line(path)
            }
        for line in given {
            let device = Device(
                id: DeviceID(line.path), protocolName: line.protocolName ?? named(known.protocol),
                mount: line.mount ?? Mount(known.mount) ?? .undeclared,
                wearer: WearerID(line.wearer ?? known.wearer))
            add(
                device, path: line.path, systemPath: nil, isCandidate: false,
                rates: line.baud.map { [$0] } ?? known.baud, source: Sensor.Source(path: line.path))
        }
        if options.usesUdev { startWatching() }
        let now = BootClock.now()
        tendSensors(at: now)
        takeSensorEvents(at: now)
    }

    private func startWatching() {
        do {
            if watcher == nil {
                let made = try DeviceWatcher()
                made.identities = rememberedIdentities()
                _ = try poller.add(made.descriptor, token: .udev)
                watcher = made
            }
        } catch {
            router.say(.warning(nil, "\(error). Only sensors given by their path are read."))
            return
        }
        // After a reload the watcher reports only what is new: what it knows is taken from its list.
        let before = watcher?.present ?? []
        for device in before { adopt(device) }
        for change in watcher?.scan() ?? [] { take(change) }
    }

    /// A device came or went.
    func takeDeviceChanges() {
        while let changes = watcher?.receive() {
            for change in changes { take(change) }
        }
    }

    private func take(_ change: DeviceWatcher.Change) {
        let now = BootClock.now()
        switch change {
        case .added(let device):
            // A line given by hand may be this one: look at once, and not at the next second.
            for sensor in sensors where sensor.systemPath == nil && sensor.line == nil {
                sensor.deadline = now
            }
            adopt(device)
        case .removed(let device):
            for sensor in sensors where sensor.systemPath == device.systemPath { close(sensor, at: now) }
            sensors.removeAll { $0.systemPath == device.systemPath }
        }
    }

    private func adopt(_ found: SensorDevice) {
        let known = configuration.daemon.device
        let given = sensors.filter { $0.systemPath == nil }.map { resolvedPath($0.path) }
        let choice = found.choice(adopt: known.adopt, pathsGiven: given)
        guard choice == .ours || choice == .candidate, let watcher else { return }
        let identity = identity(of: found, by: watcher)
        guard makesWay(for: identity, at: BootClock.now()) else { return }
        let device = Device(
            id: identity, name: found.title, protocolName: named(found.protocolName) ?? named(known.protocol),
            mount: Mount(found.mount) ?? Mount(known.mount) ?? .undeclared, wearer: WearerID(known.wearer))
        add(
            device, path: found.node, systemPath: found.systemPath, isCandidate: choice == .candidate,
            rates: found.baud.map { [$0] } ?? known.baud, source: Sensor.Source(found))
        // The nodes of such a sensor come one after another, and go again when a driver takes over.
        if found.kind != .serial { sensors.last?.deadline = BootClock.now() + Daemon.lookEvery }
    }

    private func named(_ name: String) -> String? {
        configuration.monitor.decoders.make(name) == nil ? nil : name
    }

    private func add(
        _ device: Device, path: String, systemPath: String?, isCandidate: Bool, rates: [Int],
        source: Sensor.Source
    ) {
        sensorKeys += 1
        let sensor = Sensor(
            key: sensorKeys, device: device, path: path, systemPath: systemPath, isCandidate: isCandidate,
            rates: rates, source: source)
        sensor.deadline = BootClock.now()
        sensors.append(sensor)
    }

    // MARK: What is due

    /// Does what is due for each sensor.
    func tendSensors(at now: Instant) {
        for sensor in sensors {
            guard let due = sensor.deadline, due <= now else { continue }
            sensor.deadline = nil
            switch sensor.state {
            case .closed, .stalled: open(sensor, at: now)
            case .listening(_, let rate): tryNextRate(sensor, after: rate, at: now)
            case .relistening: letRest(sensor, at: now)
            case .attached, .released: break
            }
        }
    }

    /// Acts on what the Monitor found out about sensors.
    func takeSensorEvents(at now: Instant) {
        guard !pendingEvents.isEmpty else { return }
        for event in pendingEvents {
            guard let sensor = sensors.first(where: { $0.device.id == event.device }) else { continue }
            switch event.kind {
            case .stalled: letRest(sensor, at: now)
            case .locked, .recovered:
                sensor.backoff.succeed()
                sensor.state = .attached
                sensor.deadline = nil
            case .attached, .anglesOnly, .degraded, .detached, .scaleFault, .deadAccelerometer, .trouble,
                .notUnderstood, .mount, .calibration:
                break
            }
        }
        pendingEvents.removeAll(keepingCapacity: true)
    }

    // MARK: One line

    func opened(_ sensor: Sensor, rate: Int, isPseudoTerminal: Bool, at now: Instant) {
        sensor.said = ""
        sensor.saidComplaint = nil
        if sensor.isAttached {
            sensor.state = .relistening
            sensor.deadline = now + Daemon.relistenFor
        } else if !sensor.isCandidate, isPseudoTerminal || sensor.rates.count == 1 {
            // Nothing is to be found out about the line; the protocol is the Monitor's business.
            attach(sensor, protocolName: sensor.device.protocolName, at: now)
        } else {
            listen(sensor, rate: 0, at: now)
        }
    }

    private func listen(_ sensor: Sensor, rate index: Int, at now: Instant) {
        let candidates = configuration.monitor.decoders.candidates(declared: sensor.device.protocolName)
        sensor.state = .listening(.live(candidates), rate: index)
        sensor.deadline = now + Daemon.listenFor
    }

    /// Bytes came from a line.
    func receive(_ bytes: UnsafeRawBufferPointer, from sensor: Sensor, at now: Instant) {
        switch sensor.state {
        case .attached, .relistening, .stalled: deliver(bytes, from: sensor.device.id, at: now)
        case .listening(var detector, let rate):
            // What is heard before it is certain what it means is not for the Monitor: half of it is at a wrong rate.
            var readings = ReadingBuffer()
            let decoder = detector.push(bytes, at: now, into: &readings)
            sensor.state = .listening(detector, rate: rate)
            guard let decoder else { return noteComplaint(detector.complaint, of: sensor) }
            sensor.knownRate = sensor.rates[rate]
            attach(sensor, protocolName: decoder.protocolName, at: now)
        case .closed, .released: break
        }
    }

    /// Words came that cannot be used: says once what is wrong with them.
    private func noteComplaint(_ complaint: String?, of sensor: Sensor) {
        guard let complaint, complaint != sensor.saidComplaint else { return }
        sensor.saidComplaint = complaint
        say(sensor, .warning(.configurationError, Notice.notUnderstood(title(sensor), complaint)))
    }

    func attach(_ sensor: Sensor, protocolName: String?, at now: Instant) {
        var device = sensor.device
        device.protocolName = protocolName
        device.profiles = configuration.monitor.decoders.sources(declared: protocolName)
        // As a recording spells it, so that a replay of the recording begins from the same.
        device.calibration =
            calibrations.first { $0.device == device.id && $0.wearer == device.wearer }?.calibration.rounded
        sensor.state = .attached
        sensor.deadline = nil
        router.note(RecordingEvent(.attach(device), at: now))
        monitor.attach(device, at: now)
        drain()
        beginKeeping(at: now)
    }

    private func tryNextRate(_ sensor: Sensor, after index: Int, at now: Instant) {
        if sensor.saidComplaint != nil {
            // It is legible, so this is its rate; what is to be waited for are other words.
            if sensor.isCandidate { return release(sensor, at: now) }
            sensor.deadline = now + Daemon.listenFor
            return
        }
        var next = index + 1
        if next == sensor.rates.count {
            if sensor.isCandidate { return release(sensor, at: now) }
            say(
                sensor,
                .note(
                    .lineTrouble,
                    "\(title(sensor)): no sensor speaks yet. Listening on; check that it is switched on."))
            next = 0
        }
        guard let line = sensor.line as? SerialLine else { return }
        do {
            try line.port.setBaud(sensor.rates[next])
            listen(sensor, rate: next, at: now)
        } catch {
            hangUp(sensor, at: now, because: error)
        }
    }

    private func release(_ sensor: Sensor, at now: Instant) {
        shut(sensor)
        sensor.state = .released
        say(
            sensor,
            .info(
                .lineTrouble,
                sensor.saidComplaint != nil
                    ? "\(title(sensor)): let go. Plug it in again when that is put right."
                    : "\(title(sensor)): no sensor speaks, so it is let go. If it is one, plug it in again while it is "
                        + "switched on, or name \(Printable.text(sensor.path)) in the configuration."))
    }

    /// The Monitor hears nothing valid: the line is closed, which drops DTR and resets some sensors, and opened later.
    private func letRest(_ sensor: Sensor, at now: Instant) {
        shut(sensor)
        if case .hidraw = sensor.source, configuration.daemon.device.reportInterval == 0 {
            say(
                sensor,
                .note(
                    .lineTrouble,
                    "\(title(sensor)): it sends nothing. It may wait to be told to: set report_interval under [device]."
                ))
        }
        sensor.state = .stalled
        sensor.deadline = now + sensor.backoff.next()
    }

    /// The line is gone.
    func hangUp(_ sensor: Sensor, at now: Instant, because error: SystemError?) {
        if let error { say(sensor, .warning(.lineTrouble, "\(title(sensor)): \(error). Opening it again.")) }
        close(sensor, at: now)
        // Opening a Bluetooth line calls its sensor over the air, whether it is in reach or not.
        let isCall = sensor.path.hasPrefix("/dev/rfcomm")
        sensor.deadline = now + (isCall ? sensor.backoff.next() : Daemon.lookEvery)
    }

    /// Closes a line for good, or until it is opened anew as if for the first time.
    func close(_ sensor: Sensor, at now: Instant) {
        shut(sensor)
        if sensor.isAttached { detach(sensor, at: now) }
        sensor.state = .closed
        sensor.deadline = nil
    }

    /// The Monitor need not know it any longer.
    func detach(_ sensor: Sensor, at now: Instant) {
        sensor.state = .closed
        router.note(RecordingEvent(.detach(sensor.device.id), at: now))
        monitor.detach(sensor.device.id, at: now)
        drain()
    }

    private func shut(_ sensor: Sensor) {
        stopAwaiting(sensor)
        for registration in sensor.registrations { poller.remove(registration) }
        sensor.registrations.removeAll()
        sensor.line = nil
    }

    func failed(_ sensor: Sensor, _ error: SystemError, at now: Instant) {
        let wait = error.isAbsence ? Daemon.lookEvery : sensor.backoff.next()
        sensor.deadline = now + wait
        if sensor.isAttached, error.isAbsence {
            // It fell silent, and now it is gone: that is a hang-up nobody told us of.
            close(sensor, at: now)
            sensor.deadline = now + wait
        }
        if sensor.isCandidate, !sensor.isAttached {
            // Somebody else's, it seems: nothing to complain about, and nothing to wait for but a program that looks at
            // every port that is plugged in.
            sensor.state = .released
            sensor.deadline = nil
            if error.number == EBUSY, now - sensor.found < Daemon.probedFor {
                sensor.state = .closed
                awaitRelease(of: sensor)
            }
            if !error.isAbsence {
                say(sensor, .info(.lineTrouble, "\(title(sensor)): left alone: \(error)."))
            }
        } else if error.isAbsence {
            if sensor.systemPath == nil {
                say(sensor, .note(.lineTrouble, "Waiting for \(Printable.text(sensor.path)) to appear."))
            }
        } else {
            if error.number == EBUSY { awaitRelease(of: sensor) }
            say(sensor, .warning(.lineTrouble, "\(error). Trying again, at most every 30 s."))
        }
    }

    // MARK: Words

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
        guard let first = attached.first else {
            let listening = sensors.first { if case .listening = $0.state { true } else { false } }
            return listening.map { "Listening to \(title($0))" } ?? "Waiting for a sensor"
        }
        let silent = attached.count { if case .attached = $0.state { false } else { true } }
        let what = attached.count == 1 ? title(first) : "\(attached.count) sensors"
        return "Reading \(what)" + (silent == 0 ? "" : ", silent: \(silent)")
    }
}
