import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarRecording
import LumbarStore

/// The event loop: the only place with a clock, and the only thread that knows the Monitor.
///
/// It sleeps until a sensor sends, a device comes or goes, a signal arrives, or something is due. What is due is looked
/// at on whole seconds of the boot clock, so nothing but sensors wakes the machine more than once a second.
final class Daemon {
    /// What may want attention.
    enum Token: Sendable {
        case signals, timer, wallClock, udev, ports
        /// The writer thread has something to tell.
        case news
        case sensor(Int)
        /// Somebody wants to connect to the live socket, or has connected and sends something.
        case callers
        case client(Int)
    }

    let options: Options
    var configuration: Configuration
    var monitor: Monitor
    var poller: Poller<Token>
    var router: OutputRouter
    var sensors: [Sensor] = []
    var watcher: DeviceWatcher?
    let portWatch: PortWatch
    var sensorKeys = 0
    var anchor: WallAnchor
    /// What the Monitor said about sensors since the last look: the shell has to act on it.
    var pendingEvents: [DeviceEvent] = []
    /// Who answers at the live socket; nil when there is none.
    var desk: LiveDesk?
    /// What the writer thread says was written.
    let tally: WriteTally
    /// When the daemon was started.
    let started = BootClock.now()
    /// When the Monitor there is was begun, for the history.
    var programRun = ProgramRun(from: .zero)
    /// What is known from before of how sensors sit.
    var calibrations: [StoredCalibration] = []
    /// Everyone whose day the Monitor has, as far as it was stored, and what that rests on.
    var restored: [WearerID] = []
    var dayBasis = DayBasis()
    /// The boot, as the history names it.
    let bootID: String
    /// What wearers asked for.
    var controls = HeldControls()
    /// How much was asked for lately.
    var asking = AskingRate()
    /// When it is said again that a pause holds.
    var pauseReminder = PauseReminder()
    /// Whose pause has begun or ended and has yet to take effect.
    var pausesChanged: [WearerID] = []
    /// What the Monitor was told of what wearers say.
    var saidOfThemselves: [WearerSaid] = []
    let news: Mailbox<WriterNews>

    private let signals: SignalSource
    private let wallClock: ClockSetWatch
    private var timer: WakeTimer
    let notifier = ServiceNotifier()
    let mailbox: Mailbox<WriterMessage>
    let replies: Mailbox<WriterReply>
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 4096, alignment: 16)
    var watchdogDue: Instant?
    var anchorDue: Instant
    var startupEnds: Instant?
    private var keepDue: Instant?
    private var isStopping = false
    var status = ""

    /// How much of the day a crash may lose.
    private static let keepInterval = Elapsed.seconds(60)

    init(
        options: Options, configuration: Configuration, mailbox: Mailbox<WriterMessage>,
        replies: Mailbox<WriterReply>, news: Mailbox<WriterNews>, desk: LiveDesk?, tally: WriteTally,
        bootID: String
    ) throws(SystemError) {
        self.options = options
        self.configuration = configuration
        self.mailbox = mailbox
        self.replies = replies
        self.news = news
        self.bootID = bootID
        signals = try SignalSource.open()
        monitor = Monitor(settings: configuration.monitor)
        poller = try Poller<Token>.open()
        timer = try WakeTimer.open()
        wallClock = try ClockSetWatch.open()
        portWatch = try PortWatch.open()
        anchor = WallClockReader.anchor()
        anchorDue = anchor.instant + Daemon.anchorInterval
        router = OutputRouter(
            mailbox: mailbox, records: options.recording != nil, writesTranscript: options.transcript != nil)
        _ = try poller.add(self.signals.descriptor, token: .signals)
        _ = try poller.add(timer.descriptor, token: .timer)
        _ = try poller.add(wallClock.descriptor, token: .wallClock)
        _ = try poller.add(portWatch.descriptor, token: .ports)
        _ = try poller.add(news.descriptor, token: .news)
        self.desk = desk
        self.tally = tally
        try desk?.listen(in: &poller)
    }

    deinit { buffer.deallocate() }

    // MARK: The loop

    /// Runs until a signal asks to stop.
    func run() throws(SystemError) {
        begin()
        while !isStopping {
            timer.set(nextWake())
            if try poller.wait(timeout: desk?.hasWork == true ? .zero : nil) {
                while let event = poller.next() { handle(event) }
            }
            settle(BootClock.now())
        }
        end()
    }

    private func handle(_ event: Poller<Token>.Event) {
        switch event.token {
        case .sensor(let key): readSensor(key)
        case .timer: timer.acknowledge()
        case .udev: takeDeviceChanges()
        case .ports: takeReleases()
        case .news: takeNews()
        // Sensors first: clients are looked at when the turn is over.
        case .callers: desk?.noteCallers()
        case .client(let key): desk?.noteVisitor(key, isHungUp: event.isHungUp)
        case .wallClock:
            if wallClock.acknowledge() { takeAnchor(reason: .clockSet) }
        case .signals:
            while let request = signals.next() {
                switch request {
                case .stop: isStopping = true
                case .reload: reload()
                }
            }
        }
    }

    private func readSensor(_ key: Int) {
        guard let sensor = sensors.first(where: { $0.key == key }), let line = sensor.line else { return }
        let now = BootClock.now()
        switch line.read(into: buffer) {
        case .bytes(let count):
            receive(UnsafeRawBufferPointer(rebasing: buffer[..<count]), from: sensor, at: now)
        case .nothing: break
        case .hangUp: hangUp(sensor, at: now, because: nil)
        case .failure(let error): hangUp(sensor, at: now, because: error)
        }
    }

    /// Hands a chunk to the Monitor; the same call the replayer makes.
    func deliver(_ bytes: UnsafeRawBufferPointer, from device: DeviceID, at now: Instant) {
        router.note(bytes, from: device, at: now)
        monitor.receive(bytes, from: device, at: now)
        drain()
    }

    /// Sends on what the Monitor concluded.
    func drain(keepsSummaries: Bool = true) {
        monitor.drain { output in
            if case .summary(let summary) = output {
                guard keepsSummaries else { return }
                // Nothing of an earlier boot is in the day that begins.
                if summary.isComplete { dayBasis = DayBasis() }
            }
            router.route(output)
            desk?.take(output)
            if case .device(let event) = output { pendingEvents.append(event) }
        }
        if let desk, monitor.reportsFrames { monitor.drainFrames { desk.take($0) } }
    }

    // MARK: What is due

    /// Does what is due at `now`.
    private func settle(_ now: Instant) {
        if let due = monitor.nextDeadline, due <= now {
            monitor.advance(to: now)
            drain()
        }
        takeSensorEvents(at: now)
        tendControls(at: now)
        tendSensors(at: now)
        if now >= anchorDue { takeAnchor(reason: .routine) }
        if let due = watchdogDue, now >= due {
            notifier.feedWatchdog()
            watchdogDue = notifier.watchdogInterval.map { now + Elapsed(nanoseconds: $0.nanoseconds / 2) }
        }
        if let due = keepDue, now >= due { keepDay(at: now) }
        if let due = startupEnds, now >= due {
            startupEnds = nil
            ProcessMemory.releaseStartupCode()
        }
        tellStatus()
        serveClients(at: now)
    }

    private func nextWake() -> Instant {
        var next = anchorDue
        if let due = desk?.nextDeadline { next = min(next, due) }
        if let due = watchdogDue { next = min(next, due) }
        if let due = startupEnds { next = min(next, due) }
        if let due = keepDue { next = min(next, due) }
        if let due = nextControlDeadline { next = min(next, due) }
        if let due = monitor.nextDeadline { next = min(next, due) }
        for sensor in sensors {
            if let due = sensor.deadline { next = min(next, due) }
        }
        // The next whole second: many deadlines, one awakening.
        let second: Int64 = 1_000_000_000
        let rounded = (next.nanoseconds + second - 1) / second * second
        return Instant(nanoseconds: max(rounded, 1))
    }

    /// Has everything stored that is known of the day, minutes that are not over included.
    ///
    /// While no sensor is read nothing becomes known, and it is not called.
    private func keepDay(at now: Instant) {
        keepDue = sensors.contains(where: \.isAttached) ? now + Daemon.keepInterval : nil
        mailbox.send(.keep(restored.flatMap { monitor.openEpochs(of: $0, at: now) }))
    }

    /// A sensor is read from now on: what it tells is to be stored from time to time.
    func beginKeeping(at now: Instant) {
        guard configuration.daemon.store.keep else { return }
        keepDue = keepDue ?? now + Daemon.keepInterval
    }

    private func tellStatus() {
        let text = statusText()
        guard text != status else { return }
        status = text
        notifier.status(text)
    }
}
