import LumbarCore

/// Where the boots of a database lie in wall time, by their anchors.
///
/// A boot's anchors cut it into spans. The zone of a span is that of the anchor it begins with. Its wall time comes from
/// the latest anchor at or before it whose clock was known to be right, or else from the first such after it; in a boot
/// that never had one, from its last anchor, because a clock that is set was wrong before:
///
///     boot    ----A1(fake)------A2(synchronized)-------A3(new zone)----->
///     time        by A2   |   by A2               |   by A3
///     zone        of A1   |   of A2               |   of A3
///
/// A boot without any anchor cannot be placed: its rows stay, and no query by wall time finds them.
struct Timeline {
    /// A stretch of one boot, [from, until), with one relation to wall time.
    struct Span {
        var boot: Int64
        var bootID: String
        var from: Instant
        var until: Instant
        /// Gives the wall time.
        var clock: WallAnchor
        /// Gives local time.
        var zone: ZoneRule

        func wall(at instant: Instant) -> WallTime { clock.wall(at: instant) }

        /// The part of the span in [start, end) of wall time, as instants; nil when there is none.
        func instants(from start: WallTime, until end: WallTime) -> (from: Instant, until: Instant)? {
            let first = max(from, clock.instant(at: Span.sane(start)))
            let last = min(until, clock.instant(at: Span.sane(end)))
            return first < last ? (first, last) : nil
        }

        /// Keeps the arithmetic far from overflow: 1677 to 2200 or so.
        private static func sane(_ time: WallTime) -> WallTime {
            WallTime(
                nanoseconds: min(max(time.nanoseconds, -9_000_000_000_000_000), 7_258_118_400_000_000_000))
        }
    }

    /// An anchor as it is stored.
    struct StoredAnchor {
        var boot: Int64
        var bootID: String
        var anchor: WallAnchor
        var isSynchronized: Bool
    }

    /// In the order of boots and instants.
    private(set) var spans: [Span] = []

    /// `anchors` in the order of boots and, within one, of instants.
    init(_ anchors: [StoredAnchor]) {
        var rest = anchors[...]
        while let first = rest.first {
            let ofBoot = rest.prefix { $0.boot == first.boot }
            rest = rest.dropFirst(ofBoot.count)
            append(Array(ofBoot))
        }
    }

    private mutating func append(_ anchors: [StoredAnchor]) {
        guard let last = anchors.last else { return }
        let firstKnown = anchors.first { $0.isSynchronized }
        var clock = firstKnown ?? last
        for (index, anchor) in anchors.enumerated() {
            if anchor.isSynchronized { clock = anchor }
            let from = index == 0 ? Instant(nanoseconds: .min) : anchor.anchor.instant
            let isLast = index == anchors.count - 1
            let until = isLast ? Instant(nanoseconds: .max) : anchors[index + 1].anchor.instant
            spans.append(
                Span(
                    boot: anchor.boot, bootID: anchor.bootID, from: from, until: until, clock: clock.anchor,
                    zone: anchor.anchor.zone))
        }
    }

    /// The span that holds `instant` of `boot`.
    func span(of boot: Int64, at instant: Instant) -> Span? {
        spans.first { $0.boot == boot && $0.from <= instant && instant < $0.until }
    }
}
