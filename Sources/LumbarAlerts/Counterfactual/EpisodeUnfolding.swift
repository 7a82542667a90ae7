import LumbarCore

/// Makes of complete episodes again what was heard while they went on.
///
/// Detectors tell the policy of what goes on; the history keeps each episode once, complete. What is between follows from
/// the detectors' rules and from what is stored beside it:
///
/// - A posture is heard of from when it was decided, and its end when the next one is. Until it was decided, the one before
///   it is believed to go on, unless it was another one at first (`KnownPosture.Guess`).
/// - Where no posture is known for a second or longer, the sensor was silent. It is believed lost five seconds into that,
///   as for a line that falls silent; who unplugs it is noticed up to five seconds earlier.
/// - A bout of sitting is heard of after `sittingAfter` and then as often as `sittingEvery`, while seated. Time seated is
///   counted from the postures in it, and shifts of the trunk from the minutes, to which they were added as they were
///   heard of. Both are within a tenth of a second and within a minute.
/// - A held bend is heard of when its holding time reaches 0.8, 1, 2 and so on. It is believed to fill evenly from the
///   beginning to the end, which errs by seconds where the depth varied. That a hold began with what the one before it
///   had left is known only if that one was stored too.
/// - A bend near the end of the range is heard of after ten seconds of that, believed to be the last ones in it.
/// - Who fell is down until a posture is stored that is not lying.
/// - A ride is heard of once it has lasted for `rideAfter`.
/// - Everything else is told once, when it was decided.
struct EpisodeUnfolding {
    /// What was heard, and when.
    struct Heard {
        var time: Instant
        /// Of several at one moment, the lower first: as detectors stand in their catalog.
        var rank: Int
        var fact: Fact

        enum Fact {
            case connected
            case lost
            case episode(Episode)
        }
    }

    let pace: ReportPace
    private let postures: [KnownPosture]
    private let others: [Episode]
    private let epochs: [MinuteEpoch]
    private var heard: [Heard] = []

    private init(_ boot: RecordedBoot, _ pace: ReportPace) {
        self.pace = pace
        postures = KnownPosture.all(of: boot.episodes, until: boot.stop)
        others = boot.episodes.filter { !$0.isPosture }.sorted {
            ($0.decided, $0.start) < ($1.decided, $1.start)
        }
        epochs = boot.epochs.sorted { $0.start < $1.start }
        heard.reserveCapacity(4 * boot.episodes.count)
    }

    /// Everything that was heard in `boot`, in order.
    static func heard(in boot: RecordedBoot, pace: ReportPace) -> [Heard] {
        var unfolding = EpisodeUnfolding(boot, pace)
        unfolding.unfoldPostures()
        var held: Hold?
        for episode in unfolding.others { unfolding.unfold(episode, &held) }
        return unfolding.heard.enumerated().sorted {
            ($0.element.time, $0.element.rank, $0.offset) < ($1.element.time, $1.element.rank, $1.offset)
        }.map(\.element)
    }

    private mutating func hear(_ episode: Episode, at time: Instant) {
        heard.append(Heard(time: time, rank: episode.kind.rank, fact: .episode(episode)))
    }

    // MARK: Postures

    private mutating func unfoldPostures() {
        for (place, span) in postures.enumerated() {
            let before = place > 0 ? postures[place - 1] : nil
            if before.map({ span.start - $0.end > KnownPosture.silence }) ?? true {
                heard.append(Heard(time: span.start, rank: -1, fact: .connected))
            }
            if let guess = span.guess {
                var guessed = span.episode.told(until: guess.heard)
                guessed.kind = .posture(guess.posture)
                hear(guessed, at: guess.heard)
            }
            var ongoing = span.episode
            ongoing.end = span.known
            ongoing.isOngoing = true
            hear(ongoing, at: span.known)
            hear(span.episode, at: span.heardToEnd)
            guard let after = span.lost else { continue }
            heard.append(Heard(time: after, rank: 100, fact: .lost))
        }
    }

    /// When what was decided at `time` was heard: at the end of a silence's beginning, when that was noticed.
    private func heardAt(_ time: Instant) -> Instant {
        guard let span = place(at: time).map({ postures[$0] }), let lost = span.lost, time >= span.end,
            time - span.end < KnownPosture.noticedAfter
        else { return time }
        return lost
    }

    /// The place of the last posture that begins before `time`.
    private func place(at time: Instant) -> Int? {
        let place = postures.firstPlace { $0.start >= time }
        return place > 0 ? place - 1 : nil
    }

    // MARK: The rest

    private mutating func unfold(_ episode: Episode, _ held: inout Hold?) {
        let end = heardAt(episode.decided)
        switch episode.kind {
        case .sitting(let bout): unfold(bout, episode, until: end)
        case .sustainedFlexion(let flexion): unfold(flexion, episode, until: end, &held)
        case .bend(let bend): unfold(bend, episode, until: end)
        case .ride:
            let first = episode.start + .seconds(pace.rideAfter)
            if first < end { hear(episode.told(until: first), at: first) }
        case .fall(let fall): unfold(fall, episode)
        case .posture, .transition, .lift, .twist, .rising: break
        }
        hear(episode, at: end)
    }

    private mutating func unfold(_ bout: SittingBout, _ episode: Episode, until end: Instant) {
        var time = episode.start + .seconds(pace.sittingAfter)
        guard time < end, pace.sittingEvery > 0 else { return }
        var shifts = ShiftsByMinute(epochs, from: episode.start, of: bout.posturalShifts)
        while time < end {
            guard let seated = seatedSince(time), seated < end else { return }
            time = max(time, seated)
            var report = episode.told(until: time)
            report.kind = .sitting(
                SittingBout(
                    seatedSeconds: min(secondsSeated(from: episode.start, at: time), bout.seatedSeconds),
                    posturalShifts: shifts.count(at: time), meanFlexionDegrees: bout.meanFlexionDegrees))
            hear(report, at: time)
            let reports = Int((time - episode.start).seconds / pace.sittingEvery)
            time = episode.start + .seconds(Double(reports + 1) * pace.sittingEvery)
        }
    }

    /// The first moment from `time` on at which the wearer was known to sit: `time` while they do.
    private func seatedSince(_ time: Instant) -> Instant? {
        guard var index = place(at: time + Elapsed(nanoseconds: 1)) else { return nil }
        // The one believed at `time` may be an earlier one.
        while index > 0, postures[index].heard > time { index -= 1 }
        if KnownPosture.isSeat(postures[index].believed(at: time)) { return time }
        for span in postures[index...] {
            if let moment = span.seatHeard(from: time) { return moment }
        }
        return nil
    }

    /// Time seated since `start`, as it was counted at `time`.
    private func secondsSeated(from start: Instant, at time: Instant) -> Double {
        guard let first = place(at: start + Elapsed(nanoseconds: 1)) else { return (time - start).seconds }
        var sum = Elapsed.zero
        for span in postures[first...] {
            guard span.start < time, span.heard <= time else { break }
            guard span.believed(at: time) == .sitting else { continue }
            let end = span.heardToEnd <= time ? span.end : time
            sum = sum + max(.zero, min(end, time) - max(span.start, start))
        }
        return sum.seconds
    }

    private mutating func unfold(
        _ flexion: SustainedFlexion, _ episode: Episode, until end: Instant, _ held: inout Hold?
    ) {
        let carried = held?.left(at: episode.start) ?? 0
        let used = flexion.budgetUsed - carried
        held = Hold(end: episode.end, budget: flexion.budgetUsed, seconds: episode.duration.seconds, pace)
        guard used > 0 else { return }
        var level = pace.flexionWarning
        while level <= flexion.budgetUsed {
            let share = (level - carried) / used
            if share >= 0 {
                let time = episode.start + .seconds(share * episode.duration.seconds)
                guard time < end else { return }
                var report = episode.told(until: time)
                report.kind = .sustainedFlexion(
                    SustainedFlexion(
                        meanDegrees: flexion.meanDegrees, peakDegrees: flexion.peakDegrees, budgetUsed: level)
                )
                hear(report, at: time)
            }
            level = level < 1 ? 1 : level + 1
            if level > 1000 { return }
        }
    }

    private mutating func unfold(_ bend: Bend, _ episode: Episode, until end: Instant) {
        var told = 10.0
        while told <= bend.endRangeSeconds, told <= 600 {
            let time = episode.end + .seconds(told - bend.endRangeSeconds)
            var report = episode.told(until: time)
            var sofar = bend
            sofar.endRangeSeconds = told
            report.kind = .bend(sofar)
            if time > episode.start, time < end { hear(report, at: time) }
            told += 10
        }
    }

    private mutating func unfold(_ fall: Fall, _ episode: Episode) {
        for seconds in [30.0, 60] {
            let time = episode.start + .seconds(seconds)
            guard isDown(from: episode.decided, until: time) else { return }
            var report = episode.told(until: time)
            var longer = fall
            longer.downSeconds = seconds
            report.kind = .fall(longer)
            hear(report, at: time)
        }
    }

    /// Whether nothing but lying is known from `start` until `end`, and something is.
    private func isDown(from start: Instant, until end: Instant) -> Bool {
        guard let first = place(at: start), postures[first].heardToEnd > start else { return false }
        var until = start
        // What was not known yet was no reason to believe that they were up.
        for span in postures[first...] where span.start < end && span.heard < end {
            guard span.posture == .lying || span.posture == .unknown || span.end <= start else {
                return false
            }
            until = max(until, span.heardToEnd)
        }
        return until >= end
    }

    /// A hold that is over, for what it left of the next one's holding time.
    private struct Hold {
        var end: Instant
        var budget: Double
        var recovery: Double

        init(end: Instant, budget: Double, seconds: Double, _ pace: ReportPace) {
            self.end = end
            self.budget = budget
            recovery = pace.flexionRecovery * max(1, seconds)
        }

        func left(at time: Instant) -> Double { max(0, budget * (1 - (time - end).seconds / recovery)) }
    }
}

/// Shifts of the trunk as they were heard of: minutes have them. The one in which the bout begins may have those of the bout
/// before it.
private struct ShiftsByMinute {
    private let epochs: ArraySlice<MinuteEpoch>
    private var place: Int
    private var sum = 0
    private let most: Int

    private static let frame = Elapsed.milliseconds(100)

    init(_ epochs: [MinuteEpoch], from first: Instant, of most: Int) {
        place = epochs.firstPlace { $0.start >= first }
        self.epochs = epochs[place...]
        self.most = most
    }

    /// As the report that was due at `time` told it, which came with the next frame: into another minute where one ended.
    mutating func count(at time: Instant) -> Int {
        while place < epochs.endIndex, epochs[place].start <= time + Self.frame {
            sum += epochs[place].posturalShifts
            place += 1
        }
        return min(sum, most)
    }
}

extension Array {
    /// The first place from which on `isReached` holds; the count when it holds nowhere. Once it holds, it has to go on.
    fileprivate func firstPlace(where isReached: (Element) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if isReached(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension Episode {
    var isPosture: Bool {
        if case .posture = kind { true } else { false }
    }

    /// The same while it goes on, as far as it has come at `time`.
    fileprivate func told(until time: Instant) -> Episode {
        var told = self
        told.end = time
        told.decided = time
        told.isOngoing = true
        return told
    }
}

extension Episode.Kind {
    /// The order in which detectors see a frame.
    fileprivate var rank: Int {
        switch self {
        case .posture: 0
        case .transition: 1
        case .sitting: 2
        case .rising: 3
        case .bend: 4
        case .sustainedFlexion: 5
        case .lift: 6
        case .twist: 7
        case .fall: 8
        case .ride: 9
        }
    }
}
