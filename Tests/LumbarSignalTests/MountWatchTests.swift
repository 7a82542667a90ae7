import LumbarCore
import LumbarSignal
import Testing

/// A wearer who walks, with pauses, and a sensor that slips: what the chain says of it.
private struct Wearing {
    var chain: SignalChain
    var motion = TrunkMotion(accelerationNoise: 0.005, gyroNoise: 0.1)
    private var clock = 0.0
    private(set) var frames: [Features] = []

    init(mount: Mount = Mount("up=+z,forward=+x") ?? .undeclared, known: MountCalibration? = nil) {
        chain = SignalChain(mount: mount, settings: SignalSettings(), known: known)
    }

    /// Walks for so long, then stands for 6 s.
    mutating func walk(_ seconds: Double, lean: Double = 0) {
        let start = clock
        motion.vertical = { $0 - start < seconds ? gait($0, cadence: 1.8) : 0 }
        motion.flexion = { $0 - start < seconds ? lean : 0 }
        play(seconds + 6)
    }

    mutating func stand(_ seconds: Double, leaning: Double = 0) {
        motion.vertical = { _ in 0 }
        motion.flexion = { _ in leaning }
        play(seconds)
    }

    /// Nothing comes for so long.
    mutating func pause(_ seconds: Double) {
        clock += seconds
        // As a clock stamps it, the device's own going on.
        chain.interrupt(at: Instant(nanoseconds: Int64(clock * 1e9)))
    }

    /// The sensor sits tilted by so much now, about the left axis.
    mutating func tilt(_ degrees: Double) {
        let (s, c) = Elementary.sincos(degrees * radiansPerDegree)
        motion.forward = Vector3(c, 0, -s)
        motion.up = Vector3(s, 0, c)
    }

    private mutating func play(_ seconds: Double) {
        frames = chain.frames(motion.readings(from: clock, to: clock + seconds))
        clock += seconds
    }

    mutating func news() -> [MountNews] { chain.takeMountNews() }

    var offUpright: Double {
        let up = chain.mountCalibration.up
        return Elementary.atan2(up.cross(motion.up).length, up.dot(motion.up)) * degreesPerRadian
    }
}

private func isMove(_ news: MountNews?, _ degrees: ClosedRange<Double>, relearned: Bool = true) -> Bool {
    guard case .moved(let by, relearned) = news else { return false }
    return degrees.contains(by)
}

@Suite("A sensor that moves is noticed") struct MountWatchTests {
    @Test func threeWalksAstrayMoveUprightAndAreToldOnce() throws {
        var day = Wearing()
        for _ in 0..<4 { day.walk(60) }
        #expect(day.news().isEmpty)
        day.tilt(18)
        day.walk(40)
        #expect(day.chain.mountCalibration.trust == .trusted)
        day.walk(40)
        #expect(day.chain.mountCalibration.trust == .moved)
        #expect(day.frames.last?.mountTrust == .moved)
        day.walk(40)
        let news = day.news()
        #expect(news.count == 1 && isMove(news.first, 15...20), "\(news)")
        #expect(day.offUpright < 3)
        #expect(day.chain.mountCalibration.trust == .trusted)
        for _ in 0..<4 { day.walk(40) }
        #expect(day.news().isEmpty)
    }

    @Test func oneWalkWithARucksackIsNoMove() {
        var day = Wearing()
        for _ in 0..<4 { day.walk(60) }
        for _ in 0..<3 {
            day.walk(40, lean: 18)
            day.walk(40)
        }
        #expect(day.news().isEmpty)
        #expect(day.chain.mountCalibration.trust == .trusted)
        #expect(day.offUpright < 6)
    }

    @Test func shortWalksAndSmallShiftsSayNothing() {
        var day = Wearing()
        for _ in 0..<3 { day.walk(60) }
        day.tilt(10)
        for _ in 0..<8 { day.walk(40) }
        #expect(day.news().isEmpty)
        // It follows all the same.
        #expect(day.offUpright < 4)
    }

    @Test func aSensorThatHangsLooseIsToldOnceAndNothingIsBelieved() {
        var day = Wearing()
        for _ in 0..<5 { day.walk(60) }
        for degrees in [17.0, -18, 33] {
            day.tilt(degrees)
            day.walk(32)
        }
        let news = day.news()
        #expect(news.count == 1 && isMove(news.first, 15...40, relearned: false), "\(news)")
        #expect(day.chain.mountCalibration.trust == .moved)
        day.tilt(0)
        day.walk(40)
        #expect(day.news() == [.confirmed])
        #expect(day.chain.mountCalibration.trust == .trusted)
    }

    @Test func aFlipIsKnownAfterTenSecondsOfTheNextWalk() throws {
        var day = Wearing()
        day.walk(60)
        // Upside down, its face still outward.
        day.motion.up = Vector3(0, 0, -1)
        day.stand(20)
        #expect(day.news().isEmpty)
        day.walk(12)
        let news = day.news()
        #expect(news.count == 1 && isMove(news.first, 170...180), "\(news)")
        #expect(day.offUpright < 4)
        // A bend still goes forward.
        day.stand(10, leaning: 40)
        let flexion = try #require(day.frames.last?.flexionDegrees)
        #expect((flexion - 40).magnitude < 5, "\(flexion)")
    }

    @Test func aSensorOnItsSideKeepsItsFaceAsForward() throws {
        var day = Wearing()
        day.walk(60)
        day.motion.up = Vector3(0, 1, 0)
        for _ in 0..<3 { day.walk(32) }
        #expect(day.offUpright < 4)
        let news = day.news()
        #expect(news.count == 1 && isMove(news.first, 85...95), "\(news)")
        day.stand(10, leaning: 40)
        #expect((try #require(day.frames.last?.flexionDegrees) - 40).magnitude < 5)
    }

    @Test func forwardThatPointsUpIsForgotten() {
        var day = Wearing()
        day.walk(60)
        day.motion.up = Vector3(1, 0, 0)
        day.motion.forward = Vector3(0, 0, -1)
        for _ in 0..<3 { day.walk(32) }
        #expect(day.offUpright < 4)
        #expect(day.chain.mountCalibration.forward == nil)
        #expect(day.frames.last?.flexionIsSigned == false)
    }
}

@Suite("After a gap what is known waits for confirmation") struct StalenessTests {
    @Test func aWalkConfirmsOnce() {
        var day = Wearing()
        day.walk(60)
        let learned = day.chain.mountCalibration.quality
        day.pause(30)
        #expect(day.news() == [.stale])
        day.pause(1)
        #expect(day.news().isEmpty)
        day.stand(10, leaning: 25)
        #expect(day.frames.allSatisfy { $0.mountTrust == .stale })
        day.walk(15)
        #expect(day.news() == [.confirmed])
        #expect(day.chain.mountCalibration.quality >= learned)
    }

    @Test func aQuietStandConfirmsButASlouchDoesNot() {
        var day = Wearing()
        day.walk(60)
        day.pause(30)
        day.stand(20, leaning: 14)
        #expect(day.news() == [.stale])
        day.stand(12, leaning: 3)
        #expect(day.news() == [.confirmed])
    }

    @Test func whatWasPutOnDifferentlyIsTakenFromTheNextWalk() {
        var day = Wearing()
        day.walk(60)
        day.pause(600)
        day.tilt(28)
        day.walk(15)
        let news = day.news()
        #expect(news.count == 2 && news.first == .stale && isMove(news.last, 20...30), "\(news)")
        #expect(day.offUpright < 4)
        #expect(day.chain.mountCalibration.trust == .trusted)
    }

    @Test func aShortGapAndAnUnknownUprightAreNoNews() {
        var day = Wearing()
        day.stand(5)
        day.pause(60)
        day.stand(5)
        #expect(day.news().isEmpty)
    }

    @Test func whatWasStoredIsTakenUpAndConfirmed() throws {
        let known = MountCalibration(
            up: Vector3(0, 1, 0), forward: Vector3(0, 0, 1), source: .guided, quality: 1, forwardQuality: 0.9,
            largestFlexionDegrees: 88)
        var day = Wearing(mount: .undeclared, known: known)
        day.motion.up = known.up
        day.motion.forward = Vector3(0, 0, 1)
        #expect(day.chain.mountCalibration.trust == .stale)
        day.stand(10)
        #expect(day.news() == [.confirmed])
        #expect(day.chain.mountCalibration.source == .guided)
        #expect(day.chain.mountCalibration.largestFlexionDegrees == 88)
        day.stand(10, leaning: 50)
        let frame = try #require(day.frames.last)
        #expect(frame.flexionIsSigned && (frame.flexionDegrees - 50).magnitude < 3)
        #expect(frame.mountTrust == .trusted)
    }

    @Test func damagedDirectionsAreNotTakenUp() {
        for up in [Vector3<SensorFrame>(0, 0, 0.2), Vector3(.nan, 0, 1)] {
            let known = MountCalibration(up: up, forward: nil, source: .walks, quality: 1)
            let day = Wearing(mount: .undeclared, known: known)
            #expect(day.chain.mountCalibration.quality == 0)
            #expect(day.chain.mountCalibration.trust == .trusted)
        }
    }

    @Test func aGestureSetsEverythingAtOnce() {
        var day = Wearing(mount: .undeclared)
        day.motion.flexion = { t in
            (0..<3).reduce(0) { $0 + bump(t, at: 8 + 3.5 * Double($1), seconds: 3, peak: 75) }
        }
        _ = day.chain.frames(day.motion.readings(to: 24))
        #expect(day.news() == [.gesture(.accepted)])
        let known = day.chain.mountCalibration
        #expect(known.source == .guided && known.trust == .trusted && known.quality == 1)
        #expect((known.largestFlexionDegrees ?? 0) > 70)
        #expect(known.forwardQuality > 0.8)
    }
}
