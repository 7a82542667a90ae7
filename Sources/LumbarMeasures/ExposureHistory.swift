import LumbarCore

/// A wearer's days by wall time, as far as windows before episodes of pain need them.
public struct ExposureHistory: Sendable {
    /// What a minute holds.
    public struct Minute: Sendable {
        /// When it began.
        public var time: WallTime
        /// How much of it the sensor was worn, seconds.
        public var wornSeconds: Double
        /// How much of it the trunk was bent more than 30 degrees, seconds.
        public var over30Seconds: Double
        /// Moment of the unloaded upper body, added up, N·m·h.
        public var momentNewtonMetreHours: Double

        /// A minute.
        public init(
            time: WallTime, wornSeconds: Double, over30Seconds: Double, momentNewtonMetreHours: Double
        ) {
            self.time = time
            self.wornSeconds = wornSeconds
            self.over30Seconds = over30Seconds
            self.momentNewtonMetreHours = momentNewtonMetreHours
        }

        /// The minute that `epoch` holds, begun at `time`, of a wearer of size `body`.
        public init(_ epoch: MinuteEpoch, time: WallTime, body: BodySize) {
            let all = epoch.postureSeconds.reduce(0, +)
            let moment = epoch.exposure.table.map { CumulativeMoment($0, body: body).newtonMetreHours }
            self.init(
                time: time, wornSeconds: all - epoch.postureSeconds[Posture.notWorn.index],
                over30Seconds: epoch.over30Seconds, momentNewtonMetreHours: moment ?? 0)
        }
    }

    /// A bout of sitting.
    public struct Sitting: Sendable {
        /// When it began.
        public var start: WallTime
        /// When it was over.
        public var end: WallTime
        /// Time seated within it, seconds.
        public var seatedSeconds: Double

        /// A bout.
        public init(start: WallTime, end: WallTime, seatedSeconds: Double) {
            self.start = start
            self.end = end
            self.seatedSeconds = seatedSeconds
        }
    }

    /// The two hours after getting up, when the discs are swollen (Snook et al. 1998, Spine 23:2601).
    public static let morning = Elapsed.hours(2)

    private let times: [WallTime]
    // Sums of everything before a minute, so that a window costs two searches.
    private var worn: [Double] = [0]
    private var over30: [Double] = [0]
    private var moment: [Double] = [0]
    private let deepBends: [WallTime]
    private let liftsThenTwist: [WallTime]
    private let sittings: [Sitting]
    private let risings: [WallTime]

    /// A history; the times in any order.
    public init(
        minutes: [Minute], deepBends: [WallTime], liftsThenTwist: [WallTime], sittings: [Sitting],
        risings: [WallTime]
    ) {
        let ordered = minutes.sorted { $0.time < $1.time }
        times = ordered.map(\.time)
        for minute in ordered {
            worn.append((worn.last ?? 0) + minute.wornSeconds)
            over30.append((over30.last ?? 0) + minute.over30Seconds)
            moment.append((moment.last ?? 0) + minute.momentNewtonMetreHours)
        }
        self.deepBends = deepBends.sorted()
        self.liftsThenTwist = liftsThenTwist.sorted()
        self.sittings = sittings
        self.risings = risings.sorted()
    }

    /// What the back did in [window.lowerBound, window.upperBound); minutes belong to the window they begin in.
    public func exposure(in window: Range<WallTime>) -> WindowExposure {
        WindowExposure(
            wornSeconds: sum(worn, window),
            values: [
                Double(Self.count(deepBends, window)), Double(Self.count(liftsThenTwist, window)),
                Self.tenths(longestSitting(window) / 60), Self.tenths(sum(moment, window)),
                morningFlexion(window).map { Self.tenths($0 / 60) },
            ])
    }

    /// Days that are alike to a tenth are alike: how sums round must not make one of them higher.
    private static func tenths(_ value: Double) -> Double { (value * 10).rounded() / 10 }

    private func sum(_ sums: [Double], _ window: Range<WallTime>) -> Double {
        let first = Self.firstIndex(in: times, from: window.lowerBound)
        let end = Self.firstIndex(in: times, from: window.upperBound)
        return sums[end] - sums[first]
    }

    private func longestSitting(_ window: Range<WallTime>) -> Double {
        var longest = 0.0
        for bout in sittings where bout.start < window.upperBound && bout.end > window.lowerBound {
            let inside = min(bout.end, window.upperBound) - max(bout.start, window.lowerBound)
            longest = max(longest, min(bout.seatedSeconds, inside.seconds))
        }
        return longest
    }

    private func morningFlexion(_ window: Range<WallTime>) -> Double? {
        let first = Self.firstIndex(in: risings, from: window.lowerBound)
        let end = Self.firstIndex(in: risings, from: window.upperBound)
        guard first < end else { return nil }
        return risings[first..<end].reduce(0) { total, rising in
            total + sum(over30, rising..<min(rising + Self.morning, window.upperBound))
        }
    }

    private static func count(_ times: [WallTime], _ window: Range<WallTime>) -> Int {
        firstIndex(in: times, from: window.upperBound) - firstIndex(in: times, from: window.lowerBound)
    }

    /// The index of the first of `times`, in rising order, that is not before `time`.
    private static func firstIndex(in times: [WallTime], from time: WallTime) -> Int {
        var low = 0
        var high = times.count
        while low < high {
            let middle = (low + high) / 2
            if times[middle] < time { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
