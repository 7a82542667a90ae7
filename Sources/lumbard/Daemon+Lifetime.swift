import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarRecording
import LumbarStore

// How the daemon begins, reads its configuration again, and ends.
extension Daemon {
    func begin() {
        takeAnchor(reason: .start)
        beginRun()
        mailbox.send(.settings(configuration.settingsInForce, anchor.instant))
        waitForReply { if case .isOpen = $0 { true } else { false } }
        restoreToday()
        restoreControls()
        arrangeSensors()
        let now = BootClock.now()
        watchdogDue = notifier.watchdogInterval.map { _ in now }
        startupEnds = now + .seconds(10)
        status = statusText()
        notifier.ready(status: status)
        router.say(.note(.started, "Watching. \(status)."))
    }

    /// Puts back what was stored of the present day of everyone whose day is not there yet.
    private func restoreToday() {
        let names = wearers()
        mailbox.send(.wearers(names))
        let new = names.filter { !restored.contains($0) }
        restored += new
        guard configuration.daemon.store.keep else { return }
        for wearer in new {
            let date = anchor.date(at: BootClock.now())
            mailbox.send(.loadDay(wearer, date, anchor))
            waitForReply { reply in
                // One that comes too late to be waited for is of another day, perhaps.
                guard case .day(wearer, date, let day, let week) = reply else { return false }
                dayBasis.take(day)
                if !week.isEmpty { monitor.recentDays(week, wearer: wearer, at: BootClock.now()) }
                if day != StoredDay() {
                    monitor.restore(
                        epochs: day.epochs, episodes: day.episodes, alerts: day.alerts, wearer: wearer,
                        at: BootClock.now())
                }
                return true
            }
        }
        mailbox.send(.loadCalibrations)
        waitForReply { reply in
            guard case .calibrations(let stored) = reply else { return false }
            calibrations = stored
            return true
        }
        drain()
    }

    /// Takes up what was asked for before the daemon was started.
    private func restoreControls() {
        guard configuration.daemon.store.keep else { return }
        mailbox.send(.loadControls)
        waitForReply { reply in
            guard case .controls(let stored) = reply else { return false }
            restore(stored, at: BootClock.now())
            return true
        }
        restoreTrainings()
    }

    /// Waits for the writer's answer; gives up after ten seconds, since a slow disk is no reason not to measure.
    func waitForReply(_ isIt: (WriterReply) -> Bool) {
        let limit = BootClock.now() + .seconds(10)
        while BootClock.now() < limit {
            replies.wait(timeout: limit - BootClock.now())
            for reply in replies.take() where isIt(reply) { return }
        }
        router.say(.warning(.storeTrouble, "The disk is slow; today's history is not taken into account."))
    }

    /// Reads the configuration again. A wrong one changes nothing, and neither does the same one; a new one begins the
    /// day's sums from the store.
    func reload() {
        notifier.reloading()
        defer { notifier.ready(status: status) }
        let new: Configuration
        do {
            new = try Configuration.load(options.configuration)
        } catch {
            for line in error.lines { router.say(.warning(.configurationError, line)) }
            router.say(
                .warning(.configurationError, "The configuration is wrong; the one before stays in force."))
            return
        }
        guard new.files != configuration.files else {
            router.say(.note(.configurationRead, "The configuration has not changed; nothing was done."))
            return
        }
        if new.agreesButForSensors(with: configuration) { return rearrange(new) }
        endMonitor(at: BootClock.now())
        configuration = new
        mailbox.send(.plan(HistoryPlan(new.daemon.store)))
        monitor = Monitor(settings: new.monitor)
        takeAnchor(reason: .start)
        beginRun()
        mailbox.send(.settings(new.settingsInForce, anchor.instant))
        goOnFromStore()
        router.say(
            .note(
                .configurationRead,
                "The configuration was read again. A short walk or a quiet stand confirms upright."))
    }

    /// Takes over what is said about single sensors; the others are read on, undisturbed.
    private func rearrange(_ new: Configuration) {
        configuration = new
        mailbox.send(.settings(new.settingsInForce, BootClock.now()))
        restoreToday()
        arrangeSensors()
        router.say(
            .note(
                .configurationRead,
                "What the configuration says about single sensors was read again; the others were left as they are."
            ))
    }

    /// The Monitor ends, and all that it knows is stored; another one is to follow.
    ///
    /// Without `keepsSummary` the day so far is not summed up: that is for a day that turns out to be none.
    func endMonitor(at now: Instant, keepsSummary: Bool = true) {
        for sensor in sensors { close(sensor, at: now) }
        sensors.removeAll()
        monitor.finish(at: now)
        drain(keepsSummaries: keepsSummary)
        endRun(at: now)
        pendingEvents.removeAll()
        restored.removeAll()
        dayBasis = DayBasis()
    }

    /// A new Monitor, which knows what time it is, takes up what is stored and what was asked for.
    func goOnFromStore() {
        restoreToday()
        repeatControls(at: BootClock.now())
        restoreTrainings()
        repeatWhatWasSaid(at: BootClock.now())
        arrangeSensors()
        startupEnds = BootClock.now() + .seconds(10)
    }

    func end() {
        notifier.stopping()
        let now = BootClock.now()
        router.note(RecordingEvent(.end, at: now))
        monitor.finish(at: now)
        drain()
        endRun(at: now)
        serveClients(at: now)
        desk = nil
        router.say(.note(.stopped, "Stopped."))
        mailbox.send(.stop)
    }
}
