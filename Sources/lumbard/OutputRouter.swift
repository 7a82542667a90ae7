import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarRecording
import LumbarStore

/// Sends what the Monitor concludes, and what the shell has to say, to the writer thread.
struct OutputRouter {
    private let mailbox: Mailbox<WriterMessage>
    private var recorder: RecordingWriter?
    private var transcript: Transcript?
    private let writesTranscript: Bool
    private var recorded: [UInt8] = []
    private var recordedSince = Instant.zero
    private var recordedUntil = Instant(nanoseconds: .min)

    init(mailbox: Mailbox<WriterMessage>, records: Bool, writesTranscript: Bool) {
        self.mailbox = mailbox
        self.writesTranscript = writesTranscript
        if records {
            recorder = RecordingWriter(
                header: RecordingHeader(
                    version: RecordingFormat.versionWithControls, isSimulated: false,
                    recordedBy: "lumbard " + ReleaseName.version,
                    notes: ["As the daemon read it."]))
        }
    }

    /// Sends a conclusion on.
    func route(_ output: Output) {
        if isForWriter(output) { mailbox.send(.output(output)) }
        if let line = transcript?.line(output) { mailbox.send(.transcript(line)) }
    }

    // What only the moment concerns would wake the writer for nothing.
    private func isForWriter(_ output: Output) -> Bool {
        switch output {
        case .episode(let episode, _): !episode.isOngoing
        case .attitude: false
        case .alert, .trace, .epoch, .summary, .device, .trust: true
        }
    }

    /// Says something.
    func say(_ notice: Notice) { mailbox.send(.notice(notice)) }

    /// Has it remembered which serial numbers several devices have.
    func remember(_ identities: SensorIdentities) { mailbox.send(.remember(identities)) }

    /// Has it kept what was asked for on a wearer's behalf, or forgotten when it is over.
    func keep(_ control: AskedControl) { mailbox.send(.control(control)) }

    /// Has an answer to an alert kept.
    func acknowledge(_ said: Acknowledging) { mailbox.send(.acknowledge(said)) }

    /// Notes an event for the recording, in the order of time.
    mutating func note(_ event: RecordingEvent) {
        begin(at: event.time)
        if case .attach(let device) = event.kind { mailbox.send(.device(device)) }
        guard recorder != nil else { return }
        flush()
        // What a client asks for is stamped when its turn began, and a clock may have been read since.
        recordedUntil = max(recordedUntil, event.time)
        recorder?.write(RecordingEvent(event.kind, at: recordedUntil), to: &recorded)
        // What gives the bytes their meaning is never dropped, only bytes are.
        mailbox.send(.recording(recorded))
        recorded.removeAll(keepingCapacity: true)
    }

    /// Notes a chunk for the recording.
    mutating func note(_ bytes: UnsafeRawBufferPointer, from device: DeviceID, at time: Instant) {
        guard recorder != nil else { return }
        recordedUntil = max(recordedUntil, time)
        recorder?.write(bytes, from: device, at: recordedUntil, to: &recorded)
        if time - recordedSince >= .seconds(1) || recorded.count >= 16_384 {
            recordedSince = time
            flush()
        }
    }

    // Once a second and not with every chunk: each piece wakes the writer.
    private mutating func flush() {
        guard !recorded.isEmpty else { return }
        mailbox.offer(.recording(recorded))
        recorded.removeAll(keepingCapacity: true)
    }

    // Times in a transcript count from the first event, as the replayer counts them.
    private mutating func begin(at time: Instant) {
        if writesTranscript, transcript == nil { transcript = Transcript(origin: time) }
    }
}
