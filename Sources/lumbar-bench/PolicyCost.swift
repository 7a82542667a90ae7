import LumbarAlerts
import LumbarCore
import LumbarDetectors

/// What the alert policy and the day's ledger cost: fed with all that a stream of frames leads to, as a wearer feeds them.
struct PolicyCost {
    /// What was heard behind a frame.
    private enum Fact {
        case episode(Episode)
        case minute(MinuteEpoch)
    }

    private let frames: [Features]
    private var facts: [(frame: Int, fact: Fact)] = []
    private let settings: AlertSettings

    /// Finds out what detectors and ledger make of `frames`, to have that ready.
    init(_ frames: [Features], settings: AlertSettings = AlertSettings()) {
        self.frames = frames
        self.settings = settings
        var bank = DetectorBank(settings: DetectorSettings())
        var ledger = DayLedger(wearer: .sole, start: frames.first?.start ?? .zero, date: nil)
        var queue = EpisodeQueue()
        var minutes: [MinuteEpoch] = []
        for (index, frame) in frames.enumerated() {
            ledger.receive(frame)
            bank.update(frame, into: &queue)
            for episode in queue.episodes {
                ledger.receive(episode)
                facts.append((index, .episode(episode)))
            }
            queue.removeAll()
            ledger.advance(to: frame.end, into: &minutes)
            for minute in minutes { facts.append((index, .minute(minute))) }
            minutes.removeAll(keepingCapacity: true)
        }
    }

    /// How many episodes and minutes the policy hears.
    var factCount: Int { facts.count }

    /// What is done at every frame, whatever happens: two comparisons.
    func atFrames(runs: Int) -> Double {
        var due = 0
        let seconds = CPUTime.median(runs) {
            var policy = policy
            for frame in frames {
                if policy.mountTrust != frame.mountTrust { policy.setTrust(frame.mountTrust, at: frame.end) }
                if let next = policy.nextDeadline, next <= frame.end { due &+= 1 }
            }
        }
        blackHole(due)
        return seconds
    }

    /// All of it: what is done at every frame, and every episode, minute and deadline; and how many alerts it comes to.
    func whole(runs: Int) -> (seconds: Double, alerts: Int) {
        var told = 0
        let seconds = CPUTime.median(runs) {
            var policy = policy
            var alerts: [Alert] = []
            var next = 0
            told = 0
            for (index, frame) in frames.enumerated() {
                if policy.mountTrust != frame.mountTrust { policy.setTrust(frame.mountTrust, at: frame.end) }
                while next < facts.count, facts[next].frame == index {
                    switch facts[next].fact {
                    case .episode(let episode): policy.receive(episode, at: frame.end, into: &alerts)
                    case .minute(let minute): policy.receive(minute, at: frame.end)
                    }
                    next += 1
                }
                if let due = policy.nextDeadline, due <= frame.end {
                    policy.advance(to: frame.end, into: &alerts)
                }
                told &+= alerts.count
                if !alerts.isEmpty { alerts.removeAll(keepingCapacity: true) }
            }
        }
        blackHole(told)
        return (seconds, told)
    }

    /// The sums of the day, which take in every frame.
    func ledger(runs: Int) -> Double {
        var closed = 0
        let seconds = CPUTime.median(runs) {
            var ledger = DayLedger(wearer: .sole, start: frames.first?.start ?? .zero, date: nil)
            var minutes: [MinuteEpoch] = []
            var next = 0
            for (index, frame) in frames.enumerated() {
                ledger.receive(frame)
                while next < facts.count, facts[next].frame == index {
                    if case .episode(let episode) = facts[next].fact { ledger.receive(episode) }
                    next += 1
                }
                if let due = ledger.nextDeadline, due <= frame.end {
                    ledger.advance(to: frame.end, into: &minutes)
                    closed &+= minutes.count
                    minutes.removeAll(keepingCapacity: true)
                }
            }
        }
        blackHole(closed)
        return seconds
    }

    private var policy: AlertPolicy {
        var policy = AlertPolicy(settings: settings, wearer: .sole)
        if let first = frames.first { policy.connected(at: first.start) }
        return policy
    }
}
