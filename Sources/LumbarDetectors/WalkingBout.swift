import LumbarCore

/// The walk that the wearer is on, short halts included.
///
/// ```text
///   1) | | | |                four possible steps within 2.5 s: a bout, from the first of them
///   2) | | | · · · | | |      a halt of less than 3 s belongs to it: a door, a turn on the spot, a chair pulled out
///   3) | | | | |· · · · ·     over 3 s after the last step, dated back to the step before it
///   4) | | | | ╲__            over when the wearer sits down, at the last step before that
/// ```
///
/// A walking bout is a consensus of the field (Kluge et al. 2021, PLoS ONE 16:e0256541): strides of both feet, with breaks
/// of less than 3 s. Most walking in a home is short, turning and irregular, so steps need not keep a beat here, as
/// they do for `GaitTracker`, which says whether the wearer steps at this very moment. The bout ends one step before the
/// last lobe of the vertical acceleration, because that one sets the second foot beside the first, or is the turn after
/// the walk: reference systems count whole strides only.
///
/// Known weakness: steps weaker than 0.05 g are not seen; treading on the spot is walking.
struct WalkingBout: Sendable {
    /// Possible steps that make a bout: two of each foot.
    static let steps = 4
    /// They lie within this: slower than 1.2 steps a second only a regular beat is walking.
    static let span = Elapsed.milliseconds(2500)
    /// A step later than this after the one before begins a new chain: slow walkers take a second.
    static let longestInterval = Elapsed.milliseconds(1600)
    /// Breaks shorter than this belong to a bout.
    static let pause = Elapsed.seconds(3)
    /// No step for this long is a halt: steps take up to a second.
    static let halt = Elapsed.seconds(1)
    /// Standard deviation of |a| over a second in which a foot comes down, g.
    static let shaking = 0.04
    /// How long before the end of its frame a possible step was: half a lobe, and the delay of the filters.
    static let lag = Elapsed.milliseconds(250)
    /// How long before its first step a walk begins.
    static let beforeFirst = Elapsed.milliseconds(100)
    /// Shaking reaches this much further than the last foot that came down: the window looks back over it.
    static let window = Elapsed.seconds(1)

    /// Start of the present bout.
    private(set) var start: Instant?
    /// End of the last bout.
    private(set) var end: Instant?
    /// Steps and cadence of the present bout, or of the last one.
    private(set) var measures = WalkMeasures()
    private var feet = RingBuffer<Instant>(capacity: 16)
    /// Steps of the present chain, at most those held.
    private var chain = 0
    /// Regular steps since the chain began.
    private var chainSteps = 0
    private var lastActive: Instant?
    private var lastShaken: Instant?

    /// Takes a frame; `stepping` is since when `GaitTracker` sees a walk, if it does.
    mutating func update(_ features: Features, stepping: Instant?, isUpright: Bool) {
        let hasStepped = features.stepCandidates > 0 || features.steps > 0
        let isShaken = features.accelerationDeviation1sG > Self.shaking || features.cadenceHz > 0
        if hasStepped && isShaken && isUpright { note(features.end - Self.lag) }
        chainSteps += features.steps
        if stepping != nil {
            // `GaitTracker` says so for a while after the last step.
            let active = features.end - GaitTracker.pause
            lastActive = max(lastActive ?? active, active)
            if features.accelerationDeviation1sG > GaitTracker.shaking {
                lastShaken = features.end - Self.window
            }
        }
        if start != nil {
            measures.note(features)
            if features.end - Self.lag - (lastActive ?? features.start) >= Self.pause {
                finish(before: features.end)
            }
        } else if isDense {
            begin(at: feet[feet.count - chain] - Self.beforeFirst, now: features.end)
        } else if let stepping {
            let hasChain = chain >= Self.steps
            begin(at: hasChain ? feet[feet.count - chain] - Self.beforeFirst : stepping, now: features.end)
        }
    }

    /// The wearer began to do something else at `time`: the bout was over before.
    mutating func finish(before time: Instant) {
        if let start { end = max(start, lastStep(before: time)) }
        start = nil
        chain = 0
        chainSteps = 0
        feet.removeAll()
        lastActive = nil
        lastShaken = nil
    }

    /// The wearer rose until `time`: what came before it were no steps.
    mutating func begin(after time: Instant) {
        var kept = 0
        while kept < chain, feet[feet.count - 1 - kept] >= time { kept += 1 }
        chain = kept
        if let start, start < time {
            self.start = kept > 0 ? feet[feet.count - kept] - Self.beforeFirst : time
        }
    }

    /// Whether the next step is overdue at `time`.
    func isHalting(at time: Instant) -> Bool {
        guard start != nil, let last = feet.newest else { return false }
        return time - last > Self.halt
    }

    /// Starts afresh after a gap.
    mutating func reset() {
        finish(before: .zero)
        end = nil
    }

    /// The step before the last one before `time`; shaking without steps counts up to its end.
    private func lastStep(before time: Instant) -> Instant {
        var last: Instant?
        var earlier: Instant?
        for i in (0..<feet.count).reversed() where feet[i] < time {
            if last != nil {
                earlier = feet[i]
                break
            }
            last = feet[i]
        }
        // The last step only sets the second foot beside the first, and a lone movement after a halt is none.
        let step = earlier ?? last ?? time
        guard let shaken = lastShaken.map({ min($0, time) }) else { return step }
        return shaken - (last ?? step) > Self.longestInterval ? shaken : step
    }

    private mutating func note(_ time: Instant) {
        if let last = feet.newest, time - last <= Self.longestInterval {
            chain = min(chain + 1, feet.capacity)
        } else {
            chain = 1
            chainSteps = 0
        }
        feet.append(time)
        lastActive = time
    }

    private var isDense: Bool {
        guard chain >= Self.steps, let last = feet.newest else { return false }
        return last - feet[feet.count - Self.steps] <= Self.span
    }

    private mutating func begin(at time: Instant, now: Instant) {
        measures = WalkMeasures(steps: chainSteps)
        start = max(time, end ?? time)
        lastActive = now
    }
}
