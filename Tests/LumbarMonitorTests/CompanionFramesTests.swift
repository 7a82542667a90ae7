import LumbarCore
import Testing

@testable import LumbarMonitor

@Suite struct CompanionFramesTests {
    private let thigh = DeviceID("thigh")
    private let thorax = DeviceID("thorax")

    private func frame(_ end: Double, inclination: Double = 0) -> Features {
        var frame = Features()
        frame.start = Script.at(end - 0.1)
        frame.end = Script.at(end)
        frame.wear = .worn
        frame.poseQuality = 0.5
        frame.inclinationDegrees = inclination
        frame.flexionIsSigned = true
        frame.hasAngularRate = true
        return frame
    }

    @Test func theFrameOfTheSameMomentIsTaken() {
        var kept = CompanionFrames()
        for (end, degrees) in [(9.93, 10.0), (10.03, 20), (10.13, 30)] {
            kept.take(frame(end, inclination: degrees), from: thigh, role: .thigh)
        }
        #expect(kept.companions(of: frame(10)).thighInclinationDegrees == 20)
        #expect(kept.companions(of: frame(10.1)).thighInclinationDegrees == 30)
    }

    @Test func aLateOneStandsInForHalfASecondAndNoLonger() {
        var kept = CompanionFrames()
        kept.take(frame(10, inclination: 80), from: thigh, role: .thigh)
        #expect(kept.companions(of: frame(10.5)).thighInclinationDegrees == 80)
        #expect(kept.companions(of: frame(10.6)).thighInclinationDegrees == nil)
    }

    @Test func whatLiesAheadByMoreIsNotOfThisMoment() {
        var kept = CompanionFrames()
        kept.take(frame(10.4, inclination: 80), from: thigh, role: .thigh)
        #expect(kept.companions(of: frame(10)).thighInclinationDegrees == nil)
    }

    @Test func oneThatIsNotWornOrOfUnknownMountSaysNothing() {
        var kept = CompanionFrames()
        var off = frame(10, inclination: 80)
        off.wear = .notWorn
        kept.take(off, from: thigh, role: .thigh)
        var unknown = frame(10, inclination: 80)
        unknown.poseQuality = 0
        kept.take(unknown, from: thigh, role: .thigh)
        var moved = frame(10, inclination: 80)
        moved.mountTrust = .moved
        kept.take(moved, from: thigh, role: .thigh)
        #expect(kept.companions(of: frame(10)) == Companions())
    }

    @Test func aSecondSensorOnTheSamePlaceWaitsUntilTheFirstFallsSilent() {
        var kept = CompanionFrames()
        kept.take(frame(10, inclination: 80), from: thigh, role: .thigh)
        kept.take(frame(10, inclination: 5), from: DeviceID("other"), role: .thigh)
        #expect(kept.companions(of: frame(10)).thighInclinationDegrees == 80)
        kept.interrupt(thigh)
        #expect(kept.isEmpty)
        kept.take(frame(10.1, inclination: 5), from: DeviceID("other"), role: .thigh)
        #expect(kept.companions(of: frame(10.1)).thighInclinationDegrees == 5)
    }

    /// The up vector in the axes of a segment that leans forward by `degrees`.
    private func up(leaning degrees: Double) -> Vector3<BodyFrame> {
        let (sin, cos) = Elementary.sincos(degrees * radiansPerDegree)
        return Vector3(-sin, 0, cos)
    }

    private func segment(_ end: Double, leaning: Double, turning rotation: Vector3<BodyFrame>) -> Features {
        var result = frame(end)
        result.flexionDegrees = leaning
        result.upInPose = up(leaning: leaning)
        result.rotationInPose = rotation
        result.axialRotationDegrees = rotation.z
        return result
    }

    @Test(arguments: [(0.0, 0.0), (30, 50), (60, 84), (45, 10)])
    func feetThatTurnTheWholeBodyTurnNoSpine(pelvis: Double, chest: Double) throws {
        var kept = CompanionFrames()
        // 9 degrees about the vertical, as each sees it.
        kept.take(segment(10, leaning: chest, turning: up(leaning: chest) * 9), from: thorax, role: .thorax)
        let lumbar = segment(10, leaning: pelvis, turning: up(leaning: pelvis) * 9)
        let spine = try #require(kept.companions(of: lumbar).spine)
        #expect(spine.axialRotationDegrees.magnitude < 1e-9)
        #expect((spine.flexionDegrees - (chest - pelvis)).magnitude < 1e-9)
    }

    @Test func aThoraxThatTurnsOnAStillPelvisTurnsTheSpine() throws {
        var kept = CompanionFrames()
        kept.take(segment(10, leaning: 50, turning: Vector3(0, 0, 6)), from: thorax, role: .thorax)
        let spine = try #require(
            kept.companions(of: segment(10, leaning: 30, turning: .zero)).spine)
        // About what lies between the two long axes, 10 degrees from either.
        #expect(
            (spine.axialRotationDegrees - 6 * Elementary.sincos(10 * radiansPerDegree).cos).magnitude < 1e-9)
    }

    @Test func bendingFurtherIsNoTurn() throws {
        var kept = CompanionFrames()
        kept.take(segment(10, leaning: 50, turning: Vector3(0, 8, 0)), from: thorax, role: .thorax)
        let spine = try #require(
            kept.companions(of: segment(10, leaning: 30, turning: Vector3(0, 3, 0))).spine)
        #expect(spine.axialRotationDegrees.magnitude < 1e-9)
    }

    @Test func withoutAForwardAxisTheSpineIsUnknown() {
        var kept = CompanionFrames()
        var unsigned = segment(10, leaning: 50, turning: .zero)
        unsigned.flexionIsSigned = false
        kept.take(unsigned, from: thorax, role: .thorax)
        #expect(kept.companions(of: segment(10, leaning: 30, turning: .zero)).spine == nil)
    }
}
