import LumbarCore

/// Adds up one wearer's local day, minute by minute.
///
/// A minute is closed `lag` after its end, because a posture is often known only seconds later; what becomes known
/// about a closed minute after that changes it no more. The rules for what lies across a boundary:
///
/// - A posture is split by time, at minutes and at midnight. If its record comes after the minute (or the day) was
///   closed, the closed part keeps what was believed then: the ongoing record, or `unknown`.
/// - A bout of sitting across midnight counts on both days, each with its own part.
/// - A bend or lift counts in the minute in which it ended; if that minute is closed, in the oldest open one.
/// - Time over 30, 45 and 60 degrees counts while the sensor is worn and the wearer does not lie, as then believed.
/// - How the trunk is held and moved counts while the wearer is believed to sit, stand or walk, as then believed.
///
/// Of every minute, the seconds in all postures and the seconds without data are its length, and so for the day. Minutes
/// without anything in them are not handed out, except the first of a day: a rebuilt day begins where it began.
public struct DayLedger: Sendable {
    /// How long after its end a minute is closed.
    public static let lag = Elapsed.seconds(60)
    static let minute = Elapsed.seconds(60)

    let wearer: WearerID
    private var date: CivilDate?
    private var dayStart: Instant
    /// Where the minutes are counted from.
    private var origin: Instant
    /// Everything before is in `totals` and was handed out.
    private var closedThrough: Instant
    private var totals = DayTally()
    /// Minutes that something was noted in and that are not closed, in time order; two or three in practice.
    private var open: [OpenMinute] = []
    private var timeline = PostureTimeline()
    private var sitting = SittingTally()
    private var recorder = ExposureRecorder()
    private var entryRate = EntryRate()
    private let body: BodySize

    private struct OpenMinute: Sendable {
        var start: Instant
        var tally = DayTally()
    }

    /// A ledger that begins at `start`, on `date` if the wall clock is known.
    ///
    /// `body` is for the model of the load on the low back.
    public init(wearer: WearerID, start: Instant, date: CivilDate?, body: BodySize = BodySize()) {
        self.wearer = wearer
        self.body = body
        self.date = date
        dayStart = start
        origin = start
        closedThrough = start
        open.reserveCapacity(8)
        open.append(OpenMinute(start: start))
    }

    // MARK: What comes in

    /// Takes the feature frame, for steps and for how the trunk is held.
    public mutating func receive(_ features: Features) {
        timeline.receive(features)
        let place = place(of: features.start)
        open[place].tally.steps += features.steps
        recorder.record(features, posture: timeline.posture, into: &open[place].tally.exposure)
        // A frame lasts a tenth of a second; more would be an error before us.
        let length = min(max(0, (features.end - features.start).nanoseconds), 1_000_000_000)
        if !features.hasAcceleration { open[place].tally.anglesOnly += length }
        if features.companions.thighInclinationDegrees != nil { open[place].tally.thigh += length }
        if features.companions.spine != nil { open[place].tally.thorax += length }
        guard isUpright(features) else { return }
        if features.flexionDegrees > 30 { open[place].tally.over30 += length }
        if features.flexionDegrees > 45 { open[place].tally.over45 += length }
        if features.flexionDegrees > 60 { open[place].tally.over60 += length }
    }

    /// Takes an episode, ongoing or complete.
    public mutating func receive(_ episode: Episode) {
        switch episode.kind {
        case .posture(let posture):
            if let span = timeline.receive(posture, episode) {
                credit(posture, from: span.start, to: span.end)
            } else if episode.isOngoing {
                _ = place(of: episode.end)
            }
        case .sitting(let bout):
            let shifts = sitting.receive(bout, episode, dayStart: dayStart)
            if shifts > 0 { open[place(of: episode.end)].tally.posturalShifts += shifts }
        case .bend(let bend):
            guard !episode.isOngoing else { return }
            let place = place(of: episode.end)
            open[place].tally.bends += 1
            if bend.peakDegrees > 60 { open[place].tally.deepBends += 1 }
        case .lift(let lift):
            guard !episode.isOngoing else { return }
            let place = place(of: episode.end)
            open[place].tally.lifts += 1
            if lift.isUnderStrain { open[place].tally.strainedLifts += 1 }
        case .transition, .sustainedFlexion, .twist, .fall, .rising, .ride: break
        }
    }

    /// Counts an alert, if it was told.
    public mutating func receive(_ alert: Alert) {
        guard alert.delivery == .told else { return }
        open[place(of: alert.time)].tally.alerts += 1
    }

    /// The wall clock became known or was set: the day is `date`.
    public mutating func setDate(_ date: CivilDate?) { self.date = date }

    // MARK: Time

    /// Lets time pass and appends the minutes that can be closed.
    public mutating func advance(to now: Instant, into epochs: inout [MinuteEpoch]) {
        let minutes = (now - DayLedger.lag - origin).nanoseconds / DayLedger.minute.nanoseconds
        guard minutes > 0 else { return }
        close(before: origin + Elapsed(nanoseconds: minutes * DayLedger.minute.nanoseconds), into: &epochs)
    }

    /// When `advance` next has something to do.
    public var nextDeadline: Instant? { open.first.map { $0.start + DayLedger.minute + DayLedger.lag } }

    /// Closes the day at `now` (its midnight, or the end of the stream), appends its last minutes, and begins the next.
    public mutating func closeDay(
        at now: Instant, next date: CivilDate?, into epochs: inout [MinuteEpoch]
    ) -> DailySummary {
        close(before: now, into: &epochs)
        let day = finished(at: now, isComplete: true)
        totals = DayTally()
        sitting.beginDay()
        recorder.cut()
        self.date = date
        dayStart = now
        origin = now
        closedThrough = now
        // What was noted for moments after `now` belongs to the new day's first minute.
        let rest = open.reduce(into: DayTally()) { $0 += $1.tally }
        open.removeAll(keepingCapacity: true)
        open.append(OpenMinute(start: now, tally: rest))
        return day
    }

    /// The day so far.
    public func summary(at now: Instant) -> DailySummary {
        var copy = self
        var ignored: [MinuteEpoch] = []
        copy.close(before: now, into: &ignored)
        return copy.finished(at: now, isComplete: false)
    }

    /// The minutes that are not closed yet, as they stand at `now`; the last one reaches to `now` only.
    ///
    /// To store them from time to time keeps what a crash would lose small: a closed minute replaces the one stored
    /// under the same start.
    public func openEpochs(at now: Instant) -> [MinuteEpoch] {
        var copy = self
        var epochs: [MinuteEpoch] = []
        copy.close(before: now, into: &epochs)
        return epochs
    }

    // MARK: After a restart

    /// Puts back what was stored of this day before a restart; to be called before anything else is received.
    ///
    /// Minutes and episodes come in time order. Minutes that were not stored any more are made up for as far as the
    /// episodes and alerts go, and are handed out by the next `advance`.
    public mutating func restore(epochs: [MinuteEpoch], episodes: [Episode], alerts: [Alert] = []) {
        let began = dayStart
        var through = epochs.isEmpty ? began : Instant(nanoseconds: .min)
        for epoch in epochs {
            dayStart = min(dayStart, epoch.start)
            through = max(through, min(epoch.start + epoch.length, began))
            totals += DayTally(epoch)
        }
        origin = through
        closedThrough = through
        if !epochs.isEmpty { open.removeAll(keepingCapacity: true) }
        // Minutes are half-open; one that was stored before its end holds its last moment too.
        let isWhole = epochs.last.map { $0.length == DayLedger.minute } ?? true
        func isLost(_ time: Instant) -> Bool {
            epochs.isEmpty || time > through || (isWhole && time == through)
        }
        for var episode in episodes {
            switch episode.kind {
            case .posture:
                // Nothing goes on across a restart: what was ongoing ended where it was last told.
                episode.isOngoing = false
                receive(episode)
            case .sitting(let bout):
                let shifts = sitting.receive(bout, episode, dayStart: dayStart)
                if shifts > 0, isLost(episode.end) {
                    open[place(of: episode.end)].tally.posturalShifts += shifts
                }
            case .bend, .lift: if isLost(episode.end) { receive(episode) }
            case .transition, .sustainedFlexion, .twist, .fall, .rising, .ride: break
            }
        }
        sitting.finish(dayStart: dayStart)
        for alert in alerts where isLost(alert.time) { receive(alert) }
    }

    // MARK: Parts

    private func isUpright(_ features: Features) -> Bool {
        switch (features.wear, timeline.posture) {
        case (.notWorn, _), (_, .notWorn), (_, .lying): false
        case (.worn, _): true
        // Wear takes minutes to be sure of; a posture that only a body takes says as much.
        case (.unknown, let posture): posture != .unknown
        }
    }

    /// The place in `open` of the minute that holds `time`, the oldest open one when it is closed; made when missing.
    private mutating func place(of time: Instant) -> Int {
        let since = max(0, (max(time, closedThrough) - origin).nanoseconds)
        let index = since / DayLedger.minute.nanoseconds
        let start = origin + Elapsed(nanoseconds: index * DayLedger.minute.nanoseconds)
        var place = open.count
        while place > 0, open[place - 1].start > start { place -= 1 }
        if place > 0, open[place - 1].start == start { return place - 1 }
        open.insert(OpenMinute(start: start), at: place)
        return place
    }

    /// Adds the part of [start, end) that is not closed to the minutes it lies in.
    private mutating func credit(_ posture: Posture, from start: Instant, to end: Instant) {
        var from = max(start, closedThrough)
        while from < end {
            let place = place(of: from)
            let to = min(end, open[place].start + DayLedger.minute)
            open[place].tally.add((to - from).nanoseconds, in: posture)
            from = to
        }
    }

    /// Closes what lies before `limit`, a minute that holds `limit` included, and hands it out.
    private mutating func close(before limit: Instant, into epochs: inout [MinuteEpoch]) {
        guard limit > closedThrough else { return }
        for span in timeline.believed(before: limit) { credit(span.posture, from: span.start, to: span.end) }
        closedThrough = limit
        var excess = DayTally()
        while let first = open.first, first.start < limit {
            var tally = first.tally
            let length = min(DayLedger.minute, limit - first.start)
            // Only where a limit cuts a minute can there be more in it than fits: the rest lies after the limit.
            excess += tally.takeOut(max(0, tally.covered - length.nanoseconds))
            entryRate.close(&tally.exposure, start: first.start)
            totals += tally
            open.removeFirst()
            guard tally != DayTally() || first.start == dayStart else { continue }
            epochs.append(tally.epoch(wearer: wearer, start: first.start, length: length))
        }
        if excess != DayTally() {
            let place = place(of: limit)
            open[place].tally += excess
        }
    }

    private func finished(at now: Instant, isComplete: Bool) -> DailySummary {
        var day = DailySummary(wearer: wearer, date: date, start: dayStart, end: now, isComplete: isComplete)
        totals.fill(&day)
        sitting.fill(&day, seated: timeline.seated)
        day.body = body
        return day
    }
}
