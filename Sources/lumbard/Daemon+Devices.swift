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
        var names = configuration.daemon.wearers
        for name in options.lines.compactMap(\.wearer).map(WearerID.init) where !names.contains(name) {
            names.append(name)
        }
        return names
    }

    private var planner: SensorPlanner {
        SensorPlanner(
            daemon: configuration.daemon, decoders: configuration.monitor.decoders, lines: options.lines)
    }

    /// Cares from now on for the sensors given by hand and those udev knows, and for no others.
    ///
    /// A sensor about which nothing has changed is not disturbed.
    func arrangeSensors() {
        if options.usesUdev { startWatching() }
        let planner = planner
        var plans = planner.given
        for found in watcher?.present ?? [] {
            guard let watcher, let plan = planner.plan(found, called: identity(of: found, by: watcher)) else {
                continue
            }
            if !plans.contains(where: { $0.device.id == plan.device.id }) { plans.append(plan) }
        }
        let now = BootClock.now()
        let gone = sensors.filter { !plans.contains($0.plan) }
        for sensor in gone { close(sensor, at: now) }
        sensors.removeAll { !plans.contains($0.plan) }
        for plan in plans where !sensors.contains(where: { $0.plan == plan }) {
            add(plan)
            // What was found out about its line still holds.
            let before = gone.first { $0.systemPath != nil && $0.systemPath == plan.systemPath }?.knownRate
            if let before, plan.rates.contains(before) { sensors.last?.knownRate = before }
        }
        // Now, and not a moment ago: what was just added is due.
        let later = BootClock.now()
        tendSensors(at: later)
        takeSensorEvents(at: later)
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
        _ = watcher?.scan()
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
        guard let watcher, let plan = planner.plan(found, called: identity(of: found, by: watcher)) else {
            return
        }
        guard makesWay(for: plan.device.id, at: BootClock.now()) else { return }
        add(plan)
    }

    private func add(_ plan: SensorPlan) {
        sensorKeys += 1
        let sensor = Sensor(key: sensorKeys, plan: plan)
        sensor.deadline = BootClock.now()
        // The nodes of such a sensor come one after another, and go again when a driver takes over.
        if plan.systemPath != nil, plan.source != .serial {
            sensor.deadline = BootClock.now() + Daemon.lookEvery
        }
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
            case .attached, .released, .pending: break
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
            sensor.firstRate = sensor.rates.firstIndex(of: rate) ?? 0
            listen(sensor, rate: sensor.firstRate, at: now)
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
            guard sensor.isTrusted else {
                let rate = sensor.rates[rate]
                return setAside(sensor, decoder.protocolName, heard: " at \(rate) baud")
            }
            attach(sensor, protocolName: decoder.protocolName, at: now)
        case .closed, .released, .pending: break
        }
    }

    /// A sensor that nobody said is to be used: what it is is told, and nothing else is done with it.
    func setAside(_ sensor: Sensor, _ protocolName: String, heard rate: String = "") {
        shut(sensor)
        sensor.state = .pending(protocolName: protocolName)
        sensor.deadline = nil
        let words = Notice.pending(title(sensor), protocolName + rate, sensor.device.id)
        // A line is plugged in by somebody; a motion sensor may be part of the machine.
        say(
            sensor,
            sensor.source == .serial ? .note(.devicePending, words) : .info(.devicePending, words))
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
            if sensor.isGuess { return release(sensor, at: now) }
            sensor.deadline = now + Daemon.listenFor
            return
        }
        let next = (index + 1) % sensor.rates.count
        if next == sensor.firstRate {
            if sensor.isGuess { return release(sensor, at: now) }
            say(
                sensor,
                .note(
                    .lineTrouble,
                    "\(title(sensor)): no sensor speaks yet. Listening on; check that it is switched on."))
        }
        guard let line = sensor.line as? SerialLine else { return }
        do {
            try line.port.setBaud(sensor.rates[next])
            listen(sensor, rate: next, at: now)
        } catch {
            hangUp(sensor, at: now, because: error)
        }
    }

    func release(_ sensor: Sensor, at now: Instant) {
        shut(sensor)
        sensor.state = .released
        let next =
            sensor.saidComplaint != nil
            ? "let go. Plug it in again when that is put right."
            : "no sensor speaks, so it is let go. If it is one, plug it in again while it is switched on, or say so: "
                + Notice.trust(sensor.device.id)
        say(sensor, .info(.lineTrouble, "\(title(sensor)): \(next)"))
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
        // What was found out in its last moment is no news of whatever goes by its name next.
        pendingEvents.removeAll { $0.device == sensor.device.id }
    }

    func shut(_ sensor: Sensor) {
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
        if sensor.isGuess, !sensor.isAttached {
            // Somebody else's, it seems: nothing to complain about, and nothing to wait for but a program that looks at
            // every port that is plugged in.
            sensor.state = .released
            sensor.deadline = nil
            if error.number == EBUSY, now - sensor.found < Daemon.probedFor {
                sensor.state = .closed
                awaitRelease(of: sensor, at: now)
            }
            if !error.isAbsence {
                say(sensor, .info(.lineTrouble, "\(title(sensor)): left alone: \(error)."))
            }
        } else if error.isAbsence {
            if sensor.systemPath == nil {
                say(sensor, .note(.lineTrouble, "Waiting for \(Printable.text(sensor.path)) to appear."))
            }
        } else {
            if error.number == EBUSY { awaitRelease(of: sensor, at: now) }
            say(sensor, .warning(.lineTrouble, "\(error). Trying again, at most every 30 s."))
        }
    }
}
