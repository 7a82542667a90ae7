import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarRecording
import LumbarReport
import LumbarStore

/// What wearers ask for: quiet, a pause, another profile.
extension Daemon {
    // MARK: Asked over the socket

    /// Does what is asked and returns the answer; nil when it comes later.
    func answer(
        _ request: LiveRequest, of key: Int, at now: Instant
    ) throws(LiveRefusal) -> String? {
        let ask = request.ask
        guard asking.allows(at: now) else {
            throw LiveRefusal(
                .unavailable,
                "More than \(AskingRate.most) things were asked for within a minute. Wait for one, and ask again.",
                id: request.id)
        }
        if request.verb == .ack {
            guard configuration.daemon.store.keep else {
                throw LiveRefusal(
                    .unavailable, "No history is kept, so there is no alert to answer.", id: request.id)
            }
            router.acknowledge(Acknowledging(request: request.id, client: key, alert: ask.alert, ask.verdict))
            return nil
        }
        let wearer = try wearer(named: ask.wearer, request.id)
        switch request.verb {
        case .snooze, .pause: try begin(request, wearer, at: now)
        case .wake: end(.snooze, of: wearer, at: now)
        case .resume: end(.pause, of: wearer, at: now)
        case .profile:
            let term = ask.profile.map { AskedControl.Term(since: now, until: nil, detail: $0.rawValue) }
            // Asked for again in a flare, the same one is in force from now on.
            let isInForce = ask.profile == nil || monitor.profileInForce(of: wearer)?.reason != .spasm
            if controls.profile(of: wearer) != ask.profile || !isInForce {
                take(AskedControl(wearer: wearer, kind: .profile, term: term), at: now)
            }
        case .training: try train(request, wearer, at: now)
        case .ping, .status, .devices, .subscribe, .unsubscribe, .ack: break
        }
        return LiveReply.asked(request.id, verb: request.verb, wearer: wearer, liveControl(of: wearer))
    }

    private func wearer(named name: WearerID?, _ id: LiveID) throws(LiveRefusal) -> WearerID {
        let known = wearers()
        let list = known.map { Printable.text($0.text, limit: 64) }.joined(separator: ", ")
        guard let name else {
            if known.count <= 1 { return known.first ?? .sole }
            throw LiveRefusal(.badRequest, "Say for whom, with wearer: \(list).", id: id)
        }
        guard known.contains(name) else {
            let said = Printable.text(name.text, limit: 64)
            throw LiveRefusal(.notFound, "Nobody called \(said) wears a sensor here: \(list).", id: id)
        }
        return name
    }

    private func begin(_ request: LiveRequest, _ wearer: WearerID, at now: Instant) throws(LiveRefusal) {
        let isPause = request.verb == .pause
        let last = isPause ? now + HeldControls.longestPause : endOfTomorrow(at: now)
        let end = request.ask.term?.end(at: now, by: anchor) ?? last
        // A second of grace: whoever asks for seven days may have begun to ask a moment ago.
        guard end <= last + .seconds(1) else {
            let most = LocalTimeText.minute(anchor.wall(at: last), zone: anchor.zone)
            let what = isPause ? "A pause lasts seven days" : "A snooze lasts until the end of tomorrow"
            throw LiveRefusal(.badRequest, "\(what) at most, until \(most). Ask for less.", id: request.id)
        }
        guard end > now else {
            throw LiveRefusal(.badRequest, "That is over already. Ask for a time to come.", id: request.id)
        }
        let until = min(end, last)
        let term = AskedControl.Term(
            since: isPause ? controls.term(.pause, of: wearer)?.since ?? now : now, until: until,
            untilWall: anchor.wall(at: until),
            detail: request.ask.endsUpright ? AskedControl.Term.upright : "")
        take(AskedControl(wearer: wearer, kind: isPause ? .pause : .snooze, term: term), at: now)
    }

    /// When the day after this one is over.
    private func endOfTomorrow(at now: Instant) -> Instant {
        anchor.nextMidnight(after: anchor.nextMidnight(after: now))
    }

    private func end(_ kind: AskedControl.Kind, of wearer: WearerID, at now: Instant) {
        guard controls.term(kind, of: wearer) != nil else { return }
        take(AskedControl(wearer: wearer, kind: kind, term: nil), at: now)
    }

    // MARK: Taking effect

    /// From now on this holds, or is over: it is stored, done, told and said.
    func take(_ asked: AskedControl, at now: Instant) {
        var control = asked
        control.asked = now
        controls.hold(control)
        router.keep(control)
        put(in: control, at: now)
        tell(control, at: now)
    }

    /// Does what `control` says.
    private func put(in control: AskedControl, at now: Instant) {
        if let told = WearerControl(control) {
            apply(told, to: control.wearer, at: now)
            drain()
        }
        if control.kind == .pause { pausesChanged.append(control.wearer) }
    }

    /// Tells the Monitor, and the recording: what is replayed is to come to the same alerts.
    func apply(_ control: WearerControl, to wearer: WearerID, at now: Instant) {
        router.note(RecordingEvent(.control(control, wearer), at: now))
        monitor.apply(control, to: wearer, at: now)
    }

    private func tell(_ control: AskedControl, at now: Instant) {
        desk?.tell(control.change, liveControl(of: control.wearer), wearer: control.wearer, at: now)
        router.say(.note(.asked, whose(control.wearer) + words(control)))
    }

    /// Closes sensors whose pause has begun, and has those opened whose pause is over; not while clients are served, who
    /// ask for it, since both need the poller.
    func arrangePauses(at now: Instant) {
        guard !pausesChanged.isEmpty else { return }
        for wearer in pausesChanged { arrangePause(of: wearer, at: now) }
        pausesChanged.removeAll()
        pauseReminder.arrange(isPaused: controls.all.contains { $0.kind == .pause }, at: now)
    }

    private func arrangePause(of wearer: WearerID, at now: Instant) {
        let isPaused = controls.isPaused(wearer)
        for sensor in sensors where sensor.device.wearer == wearer {
            switch sensor.state {
            case .closed, .listening, .attached, .stalled, .relistening:
                if isPaused { close(sensor, at: now) } else if sensor.line == nil { sensor.deadline = now }
            case .released, .pending: break
            }
        }
    }

    /// Whether the sensor is not to be opened for now.
    func isPaused(_ sensor: Sensor) -> Bool { controls.isPaused(sensor.device.wearer) }

    // MARK: What is due

    /// When something about it has to be looked at.
    var nextControlDeadline: Instant? { [controls.nextEnd, pauseReminder.due].compactMap { $0 }.min() }

    /// Ends what is over, and reminds of pauses.
    func tendControls(at now: Instant) {
        defer { arrangePauses(at: now) }
        guard !controls.all.isEmpty else { return }
        for control in controls.over(at: now) {
            var ended = control
            ended.term = nil
            controls.hold(ended)
            // The history is not told: it knows the end, and that is no reason to wake a card.
            put(in: ended, at: now)
            tell(ended, at: now)
        }
        for control in controls.all where control.kind == .snooze && control.term?.endsUpright == true {
            // The policy alone knows how long the wearer has been upright.
            if monitor.snoozedUntil(of: control.wearer) <= now { end(.snooze, of: control.wearer, at: now) }
        }
        if pauseReminder.isDue(at: now) {
            for control in controls.all where control.kind == .pause {
                router.say(.note(.asked, whose(control.wearer) + words(control)))
            }
        }
    }

    // MARK: Kept across restarts

    /// Takes up again what was asked of an earlier run of the daemon.
    func restore(_ stored: [StoredControl], at now: Instant) {
        for row in stored {
            let control = row.control
            guard let placed = row.placed(in: bootID, at: now, by: anchor) else {
                drop(row, at: now)
                continue
            }
            controls.hold(row, as: placed, isOfThisBoot: row.bootID == bootID)
            put(in: placed, at: now)
            if control.kind != .profile, control.kind != .training {
                router.say(.note(.asked, whose(placed.wearer) + words(placed)))
            }
        }
    }

    private func drop(_ row: StoredControl, at now: Instant) {
        let control = row.control
        router.keep(AskedControl(wearer: control.wearer, kind: control.kind, term: nil))
        // That something is over needs no words; that it cannot be known does.
        guard row.untilWall == nil, row.bootID != bootID else { return }
        router.say(
            .note(
                .asked,
                "\(whose(control.wearer))A \(control.kind.rawValue) was asked for before the restart, but not by a clock "
                    + "that was right, so it is over."))
    }

    /// The wall clock says something new: what came from another boot goes by it.
    func replaceControls(at now: Instant) {
        for row in controls.fromBefore {
            var control = row.control
            if let placed = row.placed(in: bootID, at: now, by: anchor) {
                let held = controls.term(control.kind, of: control.wearer)
                let hasMoved = control.kind == .profile && placed.term?.since != held?.since
                guard placed.term?.until != held?.until || hasMoved else { continue }
                controls.hold(row, as: placed, isOfThisBoot: false)
                put(in: placed, at: now)
            } else {
                control.term = nil
                take(control, at: now)
            }
        }
    }

    /// Tells a new Monitor what holds.
    func repeatControls(at now: Instant) {
        for control in controls.all {
            if let told = WearerControl(control) { apply(told, to: control.wearer, at: now) }
        }
        drain()
    }

    // MARK: In words

    /// What holds for a wearer, as clients are told.
    func liveControl(of wearer: WearerID) -> LiveControl {
        var live = LiveControl()
        if let snooze = controls.term(.snooze, of: wearer), let until = snooze.until {
            live.snoozedUntil = moment(until)
            live.snoozeEndsUpright = snooze.endsUpright
        }
        if let pause = controls.term(.pause, of: wearer), let until = pause.until {
            live.pausedUntil = moment(until)
            live.pausedSince = moment(pause.since)
        }
        live.profile = controls.profile(of: wearer)
        live.inForce = monitor.profileInForce(of: wearer).map { known in
            LiveControl.InForce(
                profile: known.profile, reason: known.reason, until: known.until.map(moment))
        }
        live.training = controls.training(of: wearer)
        live.isTrainingOver = live.training != nil && monitor.isTrainingOver(of: wearer)
        return live
    }

    private func whose(_ wearer: WearerID) -> String {
        wearers().count > 1 ? Printable.text(wearer.text) + ": " : ""
    }

    private func words(_ control: AskedControl) -> String {
        let holds = liveControl(of: control.wearer)
        switch (control.kind, control.term == nil) {
        case (.snooze, false): return holds.snoozeWords
        case (.snooze, true): return "No longer snoozed."
        case (.pause, false): return holds.pauseWords
        case (.pause, true): return "No longer paused: the sensors are opened again."
        case (.profile, _): return holds.profileWords
        case (.training, false): return holds.trainingWords
        case (.training, true): return "Training no more."
        }
    }

    /// `2026-11-21 14:30`, by the machine's clock and zone.
    func minute(_ instant: Instant) -> String {
        LocalTimeText.minute(anchor.wall(at: instant), zone: anchor.zone)
    }

    /// Of `systemctl status`: that sensors are closed because somebody asked for it; nil when none are.
    var pauseText: String? {
        let ends = controls.all.filter { $0.kind == .pause }.compactMap { $0.term?.until }
        return ends.max().map { "Paused until \(minute($0)); lumbarctl resume ends it" }
    }
}
