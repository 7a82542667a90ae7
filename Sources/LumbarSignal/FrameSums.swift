import LumbarCore

/// What is summed over the samples of one frame; plain numbers, so that the sample loop touches no array.
struct FrameSums: Sendable, Equatable {
    var samples = 0
    var seconds = 0.0
    var acceleration = 0.0
    var accelerationSquared = 0.0
    var accelerationMin = Double.infinity
    var accelerationMax = 0.0
    var accelerationVector = Vector3<BodyFrame>.zero
    var rate = 0.0
    var rateSquared = 0.0
    var ratePeakSquared = 0.0
    /// ∫ ω dt in radians.
    var turn = Vector3<BodyFrame>.zero
    /// ∫ ω·up dt in radians.
    var heading = 0.0
    var velocity = 0.0
    var height = 0.0
    var verticalSquared = 0.0
    var jerkPeak = 0.0
    var jerkSquared = 0.0
    var ahead = 0.0
    var aheadSquared = 0.0
    var aside = 0.0
    var asideSquared = 0.0
    var up = Vector3<BodyFrame>(0, 0, 1)
    var hasAngularRate = true
}
