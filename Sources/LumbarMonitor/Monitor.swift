import LumbarCore
import LumbarDecoders

/// The whole program between bytes and facts, without clock, descriptor or thread.
///
/// It is told what happened and when, says when it next wants to be called, and hands out what it concluded. Live and
/// replay differ only in who calls it. It is a plain value: a copy is a saved state.
///
/// One ordering rule holds everywhere: deadlines at or before a moment fire before what happens at that moment.
public struct Monitor: Sendable {
    let settings: MonitorSettings
    var links: [Link] = []
    /// Identity of each link and the wearer it feeds, beside `links`, so that finding one copies no link.
    private var linkIDs = DeviceIndex()
    private var feeds: [Int] = []
    private var roles: [SensorRole] = []
    var wearers: [Wearer] = []
    /// No deadline is due before this, though the next may be later; lets a chunk pass without asking every part.
    var quietUntil = Instant(nanoseconds: .max)
    var anchor: WallAnchor?
    var outbox: [Output] = []
    private var frames: [Features] = []
    /// What was known of sensors when they were detached, the latest last; a handful.
    private var remembered: [(device: DeviceID, wearer: WearerID, calibration: MountCalibration)] = []
    private static let mostRemembered = 16
    private var recorder = FlightRecorder()

    /// Whether an `Output.attitude` is given for every sample.
    public var reportsAttitude = false {
        didSet {
            for i in links.indices { links[i].collectsAttitudes = reportsAttitude }
        }
    }

    /// Whether frames are kept for `drainFrames`: while somebody looks on live.
    public var reportsFrames = false
    private var frameReports: [FrameReport] = []

    /// A monitor that knows nothing yet.
    public init(settings: MonitorSettings = MonitorSettings()) {
        self.settings = settings
        frames.reserveCapacity(256)
    }

    // MARK: What happened

    /// A sensor was attached.
    ///
    /// - Precondition: no sensor of this identity is attached.
    public mutating func attach(_ device: Device, at now: Instant) {
        advance(to: now)
        precondition(link(device.id) == nil, "attached twice without a detach")
        var known = device
        let memory = remembered.last { $0.device == device.id && $0.wearer == device.wearer }
        if let memory { known.calibration = memory.calibration }
        var link = Link(device: known, settings: settings, at: now)
        link.collectsAttitudes = reportsAttitude
        links.append(link)
        linkIDs.append(device.id)
        roles.append(device.role)
        feeds.append(wearer(device.wearer) ?? appendWearer(device.wearer, at: now))
        noteQuiet()
        outbox.append(.device(DeviceEvent(.attached, device: device.id, time: now)))
    }

    /// Bytes were read from a sensor; unknown sensors are ignored, since a last read can race with a detach.
    public mutating func receive(_ bytes: UnsafeRawBufferPointer, from device: DeviceID, at now: Instant) {
        advance(to: now)
        guard let index = link(device) else { return }
        recorder.record(bytes, from: device, at: now)
        if !frames.isEmpty { frames.removeAll(keepingCapacity: true) }
        let received = links[index].receive(bytes, at: now, into: &frames)
        for kind in received.events { outbox.append(.device(DeviceEvent(kind, device: device, time: now))) }
        let person = feeds[index]
        if roles[index] == .lumbar {
            if received.begins { wearers[person].connected(at: now) }
            if !frames.isEmpty, wearers[person].claim(device, at: now) {
                for frame in frames { wearers[person].update(frame, at: now, into: &outbox) }
            }
        } else {
            for frame in frames { wearers[person].take(frame, from: device, role: roles[index]) }
        }
        if reportsAttitude {
            for report in links[index].takeAttitudes() { outbox.append(.attitude(report, device)) }
        }
        if reportsFrames {
            for frame in frames {
                frameReports.append(
                    FrameReport(frame, device: device, wearer: wearers[person].id, role: roles[index]))
            }
        }
        if !frames.isEmpty || !received.events.isEmpty {
            noteDeadline(links[index].nextDeadline)
            noteDeadline(wearers[person].nextDeadline)
        }
    }

    /// A sensor was unplugged, or closed by the shell for good.
    public mutating func detach(_ device: DeviceID, at now: Instant) {
        advance(to: now)
        guard let index = link(device) else { return }
        letGo(of: index, at: now)
        remember(links[index])
        let gone = links.remove(at: index)
        linkIDs.remove(at: index)
        feeds.remove(at: index)
        roles.remove(at: index)
        noteQuiet()
        let kind = DeviceEvent.Kind.detached(gone.outcomes, gone.status)
        outbox.append(.device(DeviceEvent(kind, device: device, time: now)))
    }

    /// Keeps what is known of how a sensor sits until it comes back.
    private mutating func remember(_ link: Link) {
        let calibration = link.chain.mountCalibration
        remembered.removeAll { $0.device == link.device.id }
        guard calibration.quality > 0 else { return }
        remembered.append((link.device.id, link.device.wearer, calibration))
        if remembered.count > Monitor.mostRemembered { remembered.removeFirst() }
    }

    /// The wall clock became known, was set, or its zone rule changed.
    public mutating func setAnchor(_ new: WallAnchor) {
        advance(to: new.instant)
        anchor = new
        for i in wearers.indices { wearers[i].setAnchor(new) }
        noteQuiet()
    }

    /// Something was asked for on a wearer's behalf.
    public mutating func apply(_ control: WearerControl, to id: WearerID, at now: Instant) {
        advance(to: now)
        let person = wearer(id) ?? appendWearer(id, at: now)
        wearers[person].apply(control, at: now)
        noteQuiet()
    }

    /// The stream ends: everything open is closed and summed up. The monitor is not used afterwards.
    public mutating func finish(at now: Instant) {
        advance(to: now)
        for index in links.indices {
            // The end of the stream is no news about the mount; what was learned is worth keeping.
            let known = links[index].chain.mountCalibration
            let kind = DeviceEvent.Kind.calibration(known, links[index].device.wearer)
            if known.quality > 0 {
                outbox.append(.device(DeviceEvent(kind, device: linkIDs[index], time: now)))
            }
            letGo(of: index, at: now, tells: false)
        }
        for i in wearers.indices { wearers[i].finish(at: now, into: &outbox) }
    }

    /// Puts back what was stored of a wearer's present day before a restart.
    public mutating func restore(
        epochs: [MinuteEpoch], episodes: [Episode], alerts: [Alert], wearer id: WearerID, at now: Instant
    ) {
        advance(to: now)
        let person = wearer(id) ?? appendWearer(id, at: now)
        wearers[person].restore(epochs: epochs, episodes: episodes, alerts: alerts, at: now)
        noteQuiet()
    }

    /// What a wearer's last days were like, the latest last: what is said to go well is held against them.
    public mutating func recentDays(_ days: [DailySummary], wearer id: WearerID, at now: Instant) {
        advance(to: now)
        let person = wearer(id) ?? appendWearer(id, at: now)
        wearers[person].recentDays(days)
        noteQuiet()
    }

    // MARK: What it concluded

    /// Hands out everything concluded since the last call, in order.
    public mutating func drain(_ body: (Output) -> Void) {
        if outbox.isEmpty { return }
        for output in outbox { body(output) }
        outbox.removeAll(keepingCapacity: true)
    }

    /// Hands out the frames since the last call, while `reportsFrames`.
    public mutating func drainFrames(_ body: (FrameReport) -> Void) {
        for report in frameReports { body(report) }
        frameReports.removeAll(keepingCapacity: true)
    }

    /// Whether the protocol of `device` is certain.
    public func isLocked(_ device: DeviceID) -> Bool { link(device).map { links[$0].isLocked } ?? false }

    /// The protocol that `device` speaks, once that is certain.
    public func protocolName(of device: DeviceID) -> String? {
        link(device).flatMap { links[$0].protocolName }
    }

    /// What became of the bytes of `device`, and what is known about its signal.
    public func status(of device: DeviceID) -> (outcomes: DecodeOutcomes, signal: SignalStatus)? {
        link(device).map { (links[$0].outcomes, links[$0].status) }
    }

    /// How far a calibration gesture of the wearer of `device` has come.
    public func gestureProgress(of device: DeviceID) -> GestureProgress? {
        link(device).map { links[$0].chain.gestureProgress }
    }

    /// The wearer's day so far.
    public func summary(of id: WearerID, at now: Instant) -> DailySummary? {
        wearer(id).map { wearers[$0].summary(at: now) }
    }

    /// The minutes of the wearer that are not closed yet, as they stand at `now`; a closed minute later replaces the one
    /// handed out here under the same start.
    public func openEpochs(of id: WearerID, at now: Instant) -> [MinuteEpoch] {
        wearer(id).map { wearers[$0].ledger.openEpochs(at: now) } ?? []
    }

    /// The raw chunks of the last minute, oldest first.
    public func recentChunks(at now: Instant) -> [FlightRecorder.Chunk] { recorder.chunks(at: now) }

    // MARK: Finding

    private func link(_ id: DeviceID) -> Int? { linkIDs.place(of: id) }

    private func wearer(_ id: WearerID) -> Int? { wearers.indices.first { wearers[$0].id == id } }

    private mutating func appendWearer(_ id: WearerID, at now: Instant) -> Int {
        wearers.append(Wearer(id: id, settings: settings, at: now, anchor: anchor))
        return wearers.count - 1
    }

    /// The link no longer feeds its wearer: what its detectors hold open is closed.
    mutating func letGo(of index: Int, at now: Instant, tells: Bool = true) {
        let known = links[index].knownUntil
        links[index].interrupt(at: now)
        for kind in links[index].takeMountEvents() where tells {
            outbox.append(.device(DeviceEvent(kind, device: linkIDs[index], time: now)))
        }
        wearers[feeds[index]].interrupt(from: linkIDs[index], knownUntil: known, at: now, into: &outbox)
    }
}
