import LumbarCore
import LumbarSimulation

/// What was found of what happened, counted over wearers.
struct WearerTally: Sendable, CustomStringConvertible {
    /// Found and missed, right and wrong.
    struct Count: Sendable, CustomStringConvertible {
        var happened = 0.0
        var found = 0.0
        var told = 0.0
        var right = 0.0

        var recall: Double { happened > 0 ? found / happened : 1 }
        var precision: Double { told > 0 ? right / told : 1 }
        var description: String { "\(found)/\(happened) found, \(right)/\(told) right" }

        mutating func add(_ other: Count) {
            happened += other.happened
            found += other.found
            told += other.told
            right += other.right
        }

        /// Counts spans that overlap, give or take a second.
        mutating func match(_ truth: [TruthSpan], _ told: [Episode], among plausible: [TruthSpan]? = nil) {
            happened += Double(truth.count)
            found += Double(truth.filter { span in told.contains { Self.overlaps(span, $0) } }.count)
            self.told += Double(told.count)
            right += Double(
                told.filter { episode in (plausible ?? truth).contains { Self.overlaps($0, episode) } }.count)
        }

        private static func overlaps(_ span: TruthSpan, _ episode: Episode) -> Bool {
            span.start < episode.end + .seconds(1) && episode.start < span.end + .seconds(1)
        }
    }

    private static let postures: [Posture] = [.sitting, .standing, .walking, .lying, .notWorn]
    /// Seconds of each of `postures`.
    private var seconds = [Count](repeating: Count(), count: Self.postures.count)
    /// Bouts of sitting of a minute and more.
    var bouts = Count()
    /// Bends of 48 degrees and more; those from 40 on are not wrong.
    var bends = Count()
    /// Lifts under strain.
    var strains = Count()
    /// Twists of 30 degrees and more.
    var twists = Count()
    /// Falls.
    var falls = Count()

    /// Seconds not worn.
    var wear: Count { seconds[4] }

    init() {}

    /// Scores one wearer.
    init(truth: [TruthSpan], episodes: [Episode]) {
        countSeconds(truth, episodes)
        countBouts(truth, episodes)
        bends.match(
            truth.filter { if case .bend(let peak, _) = $0.kind { peak >= 48 } else { false } },
            episodes.filter { if case .bend = $0.kind { true } else { false } },
            among: truth.filter { if case .bend(let peak, _) = $0.kind { peak >= 40 } else { false } })
        strains.match(
            truth.filter { if case .lift(let lift) = $0.kind { lift.isStrained } else { false } },
            episodes.filter { if case .lift(let lift) = $0.kind { lift.isUnderStrain } else { false } })
        twists.match(
            truth.filter {
                if case .twist(let degrees, let late) = $0.kind {
                    late && degrees.magnitude >= 30
                } else {
                    false
                }
            },
            episodes.filter { if case .twist = $0.kind { true } else { false } },
            among: truth.filter { if case .twist = $0.kind { true } else { false } })
        falls.match(
            truth.filter { if case .fall = $0.kind { true } else { false } },
            episodes.filter { if case .fall = $0.kind { true } else { false } })
    }

    mutating func add(_ other: WearerTally) {
        for i in seconds.indices { seconds[i].add(other.seconds[i]) }
        bouts.add(other.bouts)
        bends.add(other.bends)
        strains.add(other.strains)
        twists.add(other.twists)
        falls.add(other.falls)
    }

    func recall(of posture: Posture) -> Double { count(posture).recall }
    func precision(of posture: Posture) -> Double { count(posture).precision }

    private func count(_ posture: Posture) -> Count {
        Self.postures.firstIndex(of: posture).map { seconds[$0] } ?? Count()
    }

    private mutating func countSeconds(_ truth: [TruthSpan], _ episodes: [Episode]) {
        for (index, posture) in Self.postures.enumerated() {
            let real = truth.filter { if case .posture(posture, _) = $0.kind { true } else { false } }
            let told = episodes.filter { $0.kind == .posture(posture) }
            let shared = real.reduce(0) { sum, span in sum + told.reduce(0) { $0 + Self.overlap(span, $1) } }
            seconds[index].happened = real.reduce(0) { $0 + ($1.end - $1.start).seconds }
            seconds[index].told = told.reduce(0) { $0 + $1.duration.seconds }
            seconds[index].found = shared
            seconds[index].right = shared
        }
    }

    /// A bout is found when nine tenths of it are told, and right when nine tenths of it were spent seated.
    private mutating func countBouts(_ truth: [TruthSpan], _ episodes: [Episode]) {
        let real = truth.filter {
            if case .posture(.sitting, _) = $0.kind { $0.end - $0.start >= .seconds(60) } else { false }
        }
        let seated = truth.filter { if case .posture(.sitting, _) = $0.kind { true } else { false } }
        let told = episodes.filter { if case .sitting = $0.kind { true } else { false } }
        for span in real {
            let covered = told.reduce(0) { $0 + Self.overlap(span, $1) }
            bouts.happened += 1
            if covered >= 0.9 * (span.end - span.start).seconds { bouts.found += 1 }
        }
        for episode in told {
            let covered = seated.reduce(0) { $0 + Self.overlap($1, episode) }
            bouts.told += 1
            if covered >= 0.9 * episode.duration.seconds { bouts.right += 1 }
        }
    }

    private static func overlap(_ span: TruthSpan, _ episode: Episode) -> Double {
        max(0, (min(span.end, episode.end) - max(span.start, episode.start)).seconds)
    }

    var description: String {
        var lines = zip(Self.postures, seconds).map { "\($0.rawValue) s: \($1)" }
        lines += [
            "bouts: \(bouts)", "bends: \(bends)", "strains: \(strains)", "twists: \(twists)",
            "falls: \(falls)",
        ]
        return lines.joined(separator: "\n")
    }
}
