import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarReport
import LumbarStore

/// The writer thread: owns everything that may block. The journal's socket, the history, recordings.
///
/// It sleeps until a message comes, or until the batch of minutes is due: once a minute at most while nothing happens.
final class StoreWriter {
    private let mailbox: Mailbox<WriterMessage>
    private let replies: Mailbox<WriterReply>
    private let news: Mailbox<WriterNews>
    private let entries: EntriesWatch?
    private let historyPath: String?
    private let journalist: Journalist
    private let history: HistoryKeeper?
    private let stateFolder: String?
    private let recording: OutputFile?
    private let transcript: OutputFile?
    private let tally: WriteTally
    private var writes = CardWrites()
    /// What the history had written when that was last noted.
    private var written = WriteCount()
    private var wearLog = WearLog()
    private var isStopping = false

    init(
        mailbox: Mailbox<WriterMessage>, replies: Mailbox<WriterReply>, news: Mailbox<WriterNews>,
        files: Files,
        journal: Journal, plan: HistoryPlan, tally: WriteTally
    ) {
        self.tally = tally
        self.mailbox = mailbox
        self.replies = replies
        self.news = news
        historyPath = files.historyPath
        entries = files.historyPath.map { EntriesWatch(historyPath: $0) }
        history = files.historyPath.map {
            let keeper = HistoryKeeper(path: $0, bootID: files.bootID, host: LinuxStoreHost())
            keeper.plan = plan
            return keeper
        }
        journalist = Journalist(journal: journal)
        stateFolder = files.stateFolder
        recording = files.recording
        transcript = files.transcript
    }

    /// Works until it is told to stop.
    func run() {
        history?.open(say: tell)
        replies.send(.isOpen)
        while !isStopping {
            let now = BootClock.now()
            mailbox.wait(
                timeout: [history?.nextDue, recording?.due, transcript?.due].compactMap { $0 }.min().map {
                    $0 - now
                })
            work()
            history?.tend(at: BootClock.now(), goesOn: workOn, say: tell)
        }
        history?.flush(at: nil, say: tell)
        recording?.flush(at: nil, say: say)
        transcript?.flush(at: nil, say: say)
    }

    /// Takes what has come and stores what is due.
    private func work() {
        for message in mailbox.take() { handle(message) }
        noteDropped()
        let now = BootClock.now()
        history?.flush(at: now, say: tell)
        recording?.flush(at: now, say: say)
        transcript?.flush(at: now, say: say)
        countWrites(at: now)
        if let said = entries?.look(at: now, say: say) { news.send(.said(said)) }
    }

    /// The same, in the middle of something long; false when it has to be put off.
    private func workOn() -> Bool {
        work()
        return !isStopping
    }

    private func countWrites(at now: Instant) {
        guard let history, history.writes != written || history.date(at: now) != writes.today.date else {
            return
        }
        written = history.writes
        writes.note(written, bytes: ProcessWrites.bytes(), on: history.date(at: now))
        tally.set(writes)
    }

    private func handle(_ message: WriterMessage) {
        switch message {
        case .notice(let notice): say(notice)
        case .wearers(let wearers): journalist.wearers = wearers
        case .device(let device):
            journalist.learn(device)
            wearLog.learn(device)
        case .output(let output):
            journalist.report(output)
            if case .device(let event) = output {
                for row in wearLog.rows(event) { history?.append(row, at: BootClock.now()) }
            }
            if let history, let row = StoreRow(output, bootID: history.bootID) {
                history.append(row, at: BootClock.now())
            }
        case .anchor(let anchor, let isSynchronized):
            history?.append(.anchor(anchor, isSynchronized: isSynchronized), at: BootClock.now())
        case .keep(let minutes):
            let now = BootClock.now()
            for minute in minutes { history?.append(.epoch(minute), at: now) }
            history?.hurry(at: now)
        case .plan(let plan): history?.plan = plan
        case .settings(let settings, let time):
            history?.append(.settings(settings, time), at: BootClock.now())
        case .run(let run): history?.append(.run(run), at: BootClock.now())
        case .remember(let identities): remember(identities)
        case .recording(let text): recording?.append(text, at: BootClock.now())
        case .transcript(let line): transcript?.append(Array((line + "\n").utf8), at: BootClock.now())
        case .loadDay(let wearer, let date, let anchor):
            history?.flush(at: nil, say: tell)
            replies.send(
                .day(
                    wearer, date, history?.day(date, by: anchor, wearer: wearer, say: tell) ?? StoredDay(),
                    before: history?.week(before: date, wearer: wearer, say: tell) ?? []))
        case .loadCalibrations:
            history?.flush(at: nil, say: tell)
            replies.send(.calibrations(history?.calibrations(say: tell) ?? []))
        case .control(let control): history?.append(.control(control), at: BootClock.now())
        case .loadControls:
            history?.flush(at: nil, say: tell)
            replies.send(.controls(history?.controls(say: tell) ?? []))
        case .loadTraining(let wearer, let plan, let isNews):
            history?.flush(at: nil, say: tell)
            let log = training(plan, of: wearer)
            if isNews { news.send(.training(wearer, log)) } else { replies.send(.training(wearer, log)) }
        case .acknowledge(let said): acknowledge(said)
        case .stop: isStopping = true
        }
    }

    private func training(_ plan: TrainingPlan, of wearer: WearerID) -> TrainingLog {
        let none = TrainingLog(plan: plan)
        guard let history, let today = history.date(at: BootClock.now()) else { return none }
        let log = history.read(.training, say: tell) { store throws(StoreError) in
            try store.trainingLog(plan, wearer: wearer, today: today) { WallClockReader.rule(of: $0) }
        }
        return log ?? none
    }

    private func acknowledge(_ said: Acknowledging) {
        guard let history, let historyPath else { return }
        // An alert may be answered before it is stored.
        history.flush(at: nil, say: tell)
        news.send(
            .answer(said.store(beside: historyPath, of: history, host: LinuxStoreHost()), client: said.client)
        )
        entries?.hurry()
    }

    private func remember(_ identities: SensorIdentities) {
        guard let stateFolder else { return }
        do throws(SystemError) {
            try identities.store(in: stateFolder)
        } catch {
            say(
                .warning(
                    .storeTrouble, "\(error). After a restart it may not be known which sensor is which."))
        }
    }

    private func say(_ notice: Notice) { journalist.say(notice) }

    private func tell(_ news: HistoryKeeper.News) { say(Notice(news)) }

    private func noteDropped() {
        let count = mailbox.takeDropped()
        guard count > 0 else { return }
        recording?.append(
            Array("# \(count) pieces are missing here: the disk was too slow\n".utf8), at: BootClock.now())
        say(
            .warning(
                .storeTrouble, "The disk is too slow for the recording; \(count) pieces of it were dropped."))
    }
}

extension StoreRow {
    /// What is kept of a conclusion; nothing of what concerns only the moment.
    init?(_ output: Output, bootID: String) {
        switch output {
        case .episode(let episode, let wearer): self = .episode(episode, wearer)
        case .alert(let alert): self = .alert(alert)
        case .trace(let trace, let alert): self = .trace(trace, AlertKey(alert, bootID: bootID))
        case .epoch(let epoch): self = .epoch(epoch)
        case .summary(let summary): self = .summary(summary)
        case .device(let event):
            guard case .calibration(let known, let wearer) = event.kind else { return nil }
            self = .calibration(known, event.device, wearer, event.time)
        case .trust(let trust, let wearer, let time): self = .trust(trust, wearer, time)
        case .attitude: return nil
        }
    }
}
