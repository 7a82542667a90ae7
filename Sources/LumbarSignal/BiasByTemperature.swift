import LumbarCore

/// How a gyroscope's zero moves with its temperature: a straight line through what was seen at rest, axis by axis.
///
/// Makers give 0.005 to 0.05 degrees/s per degree for such chips. The bias itself is learned at every rest, so the line
/// corrects nothing; it says how much a sensor that warms up on a body drifts between two rests. Least squares over all
/// rests, each frame with the same weight; frames of before an hour fade.
struct BiasByTemperature: Sendable {
    /// Temperatures have to span this much before a slope means something, degrees.
    static let leastSpanCelsius = 3.0
    /// Frames of 0.1 s after which what was seen before counts for 1/e.
    static let memoryFrames = 36_000.0

    private var weight = 0.0
    private var mean = 0.0
    private var spread = 0.0
    private var lowest = Double.infinity
    private var highest = -Double.infinity
    private var meanBias = Vector3<BodyFrame>.zero
    private var together = Vector3<BodyFrame>.zero

    /// Takes the bias of a frame at rest, any unit, at a temperature.
    mutating func add(_ bias: Vector3<BodyFrame>, at celsius: Double) {
        let kept = 1 - 1 / Self.memoryFrames
        weight = weight * kept + 1
        spread *= kept
        together = together * kept
        let away = celsius - mean
        mean += away / weight
        let biasAway = bias - meanBias
        meanBias += biasAway * (1 / weight)
        // Welford's way: no difference of two large sums.
        spread += away * (celsius - mean)
        together += biasAway * (celsius - mean)
        lowest = min(lowest, celsius)
        highest = max(highest, celsius)
    }

    /// Change of the bias with a degree, in the unit it was given in; nil before temperatures differed enough.
    var slope: Vector3<BodyFrame>? {
        guard highest - lowest >= Self.leastSpanCelsius, spread > 0 else { return nil }
        return together * (1 / spread)
    }
}
