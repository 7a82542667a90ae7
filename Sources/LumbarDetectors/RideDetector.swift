import LumbarCore

/// Rides: sitting or standing in a vehicle that moves, told by how the vehicle shakes the trunk.
///
/// ```text
///   shaken      ▁▁▁████████▁▁██████████████▁▁▁▁▁▁     a frame is shaken above `shaking` and below what steps do
///   share       ──────╱‾‾‾‾‾‾╲╱‾‾‾‾‾‾‾‾‾‾‾‾╲─────     of shaken frames, exponentially forgotten
///                     ^ 0.8: a ride, since it began   ^ no shake for `stopTime`: over, since the last one
///   walk, lying, taken off: over at once
/// ```
///
/// What a road does to a seat is broad shaking at 1 to 30 Hz that goes on for minutes while the trunk hardly turns;
/// somebody who sits or stands by themselves is far stiller between their moves, and somebody who walks turns with
/// each step. The thresholds are choices of this program: no recordings of people in vehicles were at hand, so this is
/// unvalidated beyond the simulation and beyond not being told on recordings of people at home.
///
/// Data needed: acceleration. Known weaknesses: smooth rails, and an engine that idles, look like a chair; a massage
/// chair looks like a car.
public struct RideDetector: Detector {
    private let settings: RideSettings
    private var share = 0.0
    /// The same over the last seconds: a move of the wearer's own shakes too, but not for long.
    private var recent = 0.0
    /// Since when the share has been rising from nothing.
    private var risingSince: Instant?
    private var lastShaken: Instant?
    private var ride: Ongoing?

    private struct Ongoing: Sendable {
        var start: Instant
        var squares: Double
        var seconds: Double
        var told: Instant
    }

    /// Angular speed over a second that a road does not reach and steps do, degrees per second.
    static let turning = 25.0
    /// Shaking over a second that walking exceeds, g.
    static let steps = GaitTracker.shaking
    /// Share of shaken frames at which a ride begins.
    static let sure = 0.8
    /// Share below which nothing has begun.
    static let nothing = 0.05
    /// Time over which `recent` forgets, seconds.
    static let recently = 5.0
    /// For how long the trunk was shaken when `recent` passes a half: 5 s times ln 2.
    static let shakenByThen = Elapsed.seconds(3.5)
    /// How often a ride that goes on is told.
    static let reportEvery = Elapsed.minutes(5)

    /// A detector with these settings.
    public init(settings: RideSettings) { self.settings = settings }

    /// Takes one frame, in time order.
    public mutating func update(
        _ features: Features, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        guard features.hasAcceleration, mayRide(body.posture) else {
            finish(features.end, into: &episodes)
            forget()
            return
        }
        let shaking = features.accelerationDeviation1sG
        let isShaken =
            shaking >= settings.shaking && shaking < Self.steps
            && features.angularSpeedRMS1sDps < Self.turning
        // After `enterTime` of nothing but shaking the share reaches `sure`: 1 - e^(-1.61) = 0.8.
        let weight = min(1, 1.61 * features.duration / settings.enterTime)
        share += ((isShaken ? 1 : 0) - share) * weight
        recent += ((isShaken ? 1 : 0) - recent) * min(1, features.duration / Self.recently)
        if share < Self.nothing { risingSince = nil }
        if isShaken, recent > 0.5 {
            risingSince = risingSince ?? features.end - Self.shakenByThen
            lastShaken = features.end
            ride?.squares += shaking * shaking * features.duration
            ride?.seconds += features.duration
        }
        follow(features, shaking, into: &episodes)
    }

    private func mayRide(_ posture: Posture) -> Bool {
        switch posture {
        case .sitting, .standing, .unknown: true
        case .walking, .lying, .notWorn: false
        }
    }

    private mutating func follow(
        _ features: Features, _ shaking: Double, into episodes: inout EpisodeQueue
    ) {
        guard let known = ride else {
            guard share >= Self.sure, let start = risingSince else { return }
            ride = Ongoing(start: start, squares: shaking * shaking, seconds: 1, told: features.end)
            tell(features.end, into: &episodes)
            return
        }
        if let last = lastShaken, features.end - last >= .seconds(settings.stopTime) {
            finish(features.end, into: &episodes)
        } else if features.end - known.told >= Self.reportEvery {
            ride?.told = features.end
            tell(features.end, into: &episodes)
        }
    }

    private func tell(_ now: Instant, into episodes: inout EpisodeQueue) {
        guard let ride else { return }
        episodes.append(record(ride, until: now, decided: now, isOngoing: true))
    }

    private mutating func finish(_ now: Instant, into episodes: inout EpisodeQueue) {
        guard let known = ride else { return }
        ride = nil
        let end = max(known.start, min(lastShaken ?? now, now))
        episodes.append(record(known, until: end, decided: now, isOngoing: false))
    }

    private func record(_ ride: Ongoing, until end: Instant, decided: Instant, isOngoing: Bool) -> Episode {
        let vibration = (ride.squares / max(ride.seconds, 0.1)).squareRoot()
        return Episode(
            .ride(Ride(vibrationG: vibration)), start: ride.start, end: end, decided: decided,
            confidence: 0.7,
            isOngoing: isOngoing)
    }

    /// The stream broke off at `time`: closes what is open.
    public mutating func interrupt(
        at time: Instant, _ body: inout BodyState, into episodes: inout EpisodeQueue
    ) {
        finish(time, into: &episodes)
        forget()
    }

    private mutating func forget() {
        share = 0
        recent = 0
        risingSince = nil
    }
}
