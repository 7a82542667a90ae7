/// The deepest bend this wearer has shown: what their bends are a share of.
///
/// End range is personal; a share of it compares better between people than degrees do. The bow of a calibration is known
/// from the first bend on and outlives a restart. Without one, three bends have to be seen of which the deepest passes 60
/// degrees, so that the first bend of a day is not its own maximum. A bend deeper than the bow is the new maximum.
///
/// Known weakness: not the maximum a clinician would measure, only the largest shown.
struct OwnMaximum: Sendable {
    private var deepest = 0.0
    private var bends = 0

    /// Bends before a maximum is believed.
    static let leastBends = 3
    /// Least flexion that may be a maximum, degrees.
    static let leastDegrees = 60.0
    /// No trunk flexes further, degrees.
    static let mostDegrees = 130.0

    /// Takes a bend's peak; returns it as a share of the maximum, when that is known. `bow` is the calibration's, degrees,
    /// 0 without one.
    mutating func share(of peak: Double, bow: Double = 0) -> Double? {
        guard peak <= Self.mostDegrees else { return nil }
        deepest = max(deepest, peak)
        bends += 1
        return known(bow: bow).map { peak / $0 }
    }

    /// The maximum, degrees, when it is known.
    func known(bow: Double) -> Double? {
        guard bow > 0 || bends >= Self.leastBends && deepest >= Self.leastDegrees else { return nil }
        return max(deepest, bow)
    }
}
