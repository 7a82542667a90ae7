/// A moment on the boot clock (CLOCK_BOOTTIME), in nanoseconds.
///
/// The boot clock never jumps and counts time asleep, so an hour of suspend is seen as a gap
/// and never as an hour of sitting. Wall time is a separate matter: see `WallAnchor`.
@frozen
public struct Instant: Comparable, Hashable, Sendable {
    /// Nanoseconds since boot (or since the start of the stream, in a replay).
    public var nanoseconds: Int64

    /// The moment `nanoseconds` after boot.
    @inlinable
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// The clock's origin.
    @inlinable
    public static var zero: Instant { Instant(nanoseconds: 0) }

    /// Orders by time.
    @inlinable
    public static func < (a: Instant, b: Instant) -> Bool { a.nanoseconds < b.nanoseconds }

    /// The later moment `span` after `a`; saturates instead of trapping.
    @inlinable
    public static func + (a: Instant, span: Elapsed) -> Instant {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(span.nanoseconds)
        return Instant(nanoseconds: overflow ? (span.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The earlier moment `span` before `a`; saturates instead of trapping.
    @inlinable
    public static func - (a: Instant, span: Elapsed) -> Instant {
        let (sum, overflow) = a.nanoseconds.subtractingReportingOverflow(span.nanoseconds)
        return Instant(nanoseconds: overflow ? (span.nanoseconds > 0 ? .min : .max) : sum)
    }

    /// The time from `b` to `a`; saturates instead of trapping.
    @inlinable
    public static func - (a: Instant, b: Instant) -> Elapsed {
        let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return Elapsed(nanoseconds: overflow ? (a > b ? .max : .min) : difference)
    }
}
