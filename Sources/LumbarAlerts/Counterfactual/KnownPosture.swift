import LumbarCore

/// A posture as it was heard of.
struct KnownPosture {
    var episode: Episode
    var posture: Posture
    /// When it was first heard of by its name, and when its end was.
    var known: Instant
    var heardToEnd: Instant
    /// When the silence after it was noticed, where there is one.
    var lost: Instant?
    /// What it was taken for at first.
    var guess: Guess?

    /// A posture that was taken for another one at first.
    ///
    /// It is stored under its final name only, decided when that was found. Detectors know within seconds that somebody sat
    /// down or stood up. Where it took them longer they had believed the other of the two, as that people stand after a walk,
    /// until the next transition told them better. And what bears the name of the one before it had another one at first, or
    /// both would be one; which, nobody knows.
    struct Guess {
        var posture: Posture
        var heard: Instant
    }

    /// A transition that was seen is decided sooner than this.
    private static let seenWithin = Elapsed.seconds(20)
    /// So long after its beginning a guess is heard of, as the end of a walk is.
    private static let guessedAfter = Elapsed.seconds(4)
    /// Longer than this without a posture is a silence, which is noticed later.
    static let silence = Elapsed.seconds(1)
    static let noticedAfter = Elapsed.seconds(5)

    var start: Instant { episode.start }
    var end: Instant { episode.end }
    /// When anything was heard of it.
    var heard: Instant { guess?.heard ?? known }

    /// What it was taken for at `time`.
    func believed(at time: Instant) -> Posture {
        if let guess, time < known { return guess.posture }
        return posture
    }

    /// Whether a bout goes on in it.
    static func isSeat(_ posture: Posture) -> Bool { posture == .sitting || posture == .unknown }

    /// The first moment from `time` on at which it was heard of as a seat.
    func seatHeard(from time: Instant) -> Instant? {
        if let guess, guess.heard >= time, Self.isSeat(guess.posture) { return guess.heard }
        return known >= time && Self.isSeat(posture) ? known : nil
    }

    private init(_ episode: Episode, _ posture: Posture, after before: KnownPosture?) {
        self.episode = episode
        self.posture = posture
        known = min(max(episode.decided, episode.start), episode.end)
        heardToEnd = episode.end
        guard episode.decided - episode.start > Self.seenWithin else { return }
        let isApart = before.map { episode.start - $0.end > Self.silence } ?? true
        let last = isApart ? nil : before?.posture
        let other: Posture
        switch posture {
        case .sitting: other = .standing
        case .standing: other = .sitting
        default:
            guard last == posture else { return }
            other = .unknown
        }
        // Where the other one is before it, that was believed to go on.
        guard other != last else { return }
        guess = Guess(posture: other, heard: episode.start + Self.guessedAfter)
    }

    /// The postures among `episodes`, in order; all that was open was closed at `stop`.
    static func all(of episodes: [Episode], until stop: Instant?) -> [KnownPosture] {
        let spans = episodes.filter(\.isPosture).sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        var all: [KnownPosture] = []
        all.reserveCapacity(spans.count)
        for span in spans {
            guard case .posture(let posture) = span.kind else { continue }
            all.append(KnownPosture(span, posture, after: all.last))
        }
        for place in all.indices {
            all[place].hearEnd(before: place + 1 < all.count ? all[place + 1] : nil, until: stop)
        }
        return all
    }

    private mutating func hearEnd(before next: KnownPosture?, until stop: Instant?) {
        if let next, next.start - end <= Self.silence {
            let told = next.guess?.heard ?? next.episode.decided
            heardToEnd = min(max(told, end), max(end, next.end))
        } else {
            let noticed = end + Self.noticedAfter
            var noticing = next.map { min(noticed, $0.start) } ?? noticed
            if let stop { noticing = max(end, min(noticing, stop)) }
            lost = noticing
            heardToEnd = noticing
        }
    }
}
