/// A length of time in nanoseconds, signed.
@frozen
public struct Elapsed: Comparable, Hashable, Sendable {
    /// The length in nanoseconds.
    public var nanoseconds: Int64

    /// A length of `nanoseconds`.
    @inlinable
    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// No time at all.
    @inlinable
    public static var zero: Elapsed { Elapsed(nanoseconds: 0) }

    /// `value` seconds, rounded to the nanosecond; clamped to what fits, and zero for NaN.
    @inlinable
    public static func seconds(_ value: Double) -> Elapsed {
        let scaled = (value * 1e9).rounded()
        if scaled != scaled { return .zero }
        if scaled >= 9.2e18 { return Elapsed(nanoseconds: .max) }
        if scaled <= -9.2e18 { return Elapsed(nanoseconds: .min) }
        return Elapsed(nanoseconds: Int64(scaled))
    }

    /// `value` whole milliseconds; saturates instead of trapping.
    @inlinable
    public static func milliseconds(_ value: Int64) -> Elapsed {
        let (product, overflow) = value.multipliedReportingOverflow(by: 1_000_000)
        return Elapsed(nanoseconds: overflow ? (value > 0 ? .max : .min) : product)
    }

    /// `value` minutes.
    @inlinable
    public static func minutes(_ value: Double) -> Elapsed { .seconds(value * 60) }

    /// `value` hours.
    @inlinable
    public static func hours(_ value: Double) -> Elapsed { .seconds(value * 3600) }

    /// The length in seconds.
    @inlinable
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// The length in minutes.
    @inlinable
    public var minutes: Double { Double(nanoseconds) / 60e9 }

    /// Orders by length.
    @inlinable
    public static func < (a: Elapsed, b: Elapsed) -> Bool { a.nanoseconds < b.nanoseconds }

    /// The sum of two lengths; saturates instead of trapping.
    @inlinable
    public static func + (a: Elapsed, b: Elapsed) -> Elapsed {
        let (sum, overflow) = a.nanoseconds.addingReportingOverflow(b.nanoseconds)
        return Elapsed(nanoseconds: overflow ? (b.nanoseconds > 0 ? .max : .min) : sum)
    }

    /// The difference of two lengths; saturates instead of trapping.
    @inlinable
    public static func - (a: Elapsed, b: Elapsed) -> Elapsed {
        let (difference, overflow) = a.nanoseconds.subtractingReportingOverflow(b.nanoseconds)
        return Elapsed(nanoseconds: overflow ? (b.nanoseconds > 0 ? .min : .max) : difference)
    }

    /// Lengthens `a` by `b`.
    @inlinable
    public static func += (a: inout Elapsed, b: Elapsed) { a = a + b }
}
