import LumbarCore
import Testing

@testable import LumbarSimulation

/// The accelerometer and the gyroscope of a simulated back belong to one and the same movement.
@Suite struct KinematicsTests {
    private let everything = """
        stand 4 s, sit 12 s, stand 3 s, walk 9 s, bend 60 deg for 1 s, lift 70 deg hard then twist 45 deg,
        turn 120 deg right, squat, lie 12 s on left, stand 4 s, fall right for 5 s, stand 5 s, take off 15 s, put on
        """

    /// Turns a set of axes by `rate` for `dt` (a rotation about the body's own axes).
    private func turned(_ axes: [Vector3<RoomFrame>], by rate: Vector3<BodyFrame>, _ dt: Double) -> [Vector3<
        RoomFrame
    >] {
        let angle = rate.length * dt
        guard angle > 0 else { return axes }
        let n = rate * (1 / rate.length)
        let axis = axes[0] * n.x + axes[1] * n.y + axes[2] * n.z
        let (s, c) = Elementary.sincos(angle)
        return axes.map { $0 * c + axis.cross($0) * s + axis * (axis.dot($0) * (1 - c)) }
    }

    @Test(arguments: [1, 2] as [UInt64])
    func gyroscopeIntegratesToTheAttitude(_ seed: UInt64) throws {
        var wearer = SimulatedWearer(scenario: try Scenario(parsing: everything), seed: seed)
        let dt = 0.001
        var axes: [Vector3<RoomFrame>] = []
        var worst = 1.0
        var k = 0
        while let half = wearer.motion(at: Double(k) * 0.5 * dt) {
            let truth = [half.forwardAxis, half.leftAxis, half.upAxis]
            if k == 0 { axes = truth }
            // Odd half steps are midpoints: integrate with their rate; compare at whole steps.
            if k % 2 == 1 {
                axes = turned(axes, by: half.angularRate, dt)
            } else {
                for (a, b) in zip(axes, truth) { worst = min(worst, a.dot(b)) }
            }
            k += 1
        }
        #expect(k > 100_000)
        // 0.15 degrees after two minutes of everything.
        #expect(worst > 1 - 3.4e-6)
    }

    /// Integrated twice, with the speed taken to be zero at both ends, as transition detectors do it.
    @Test(arguments: [4, 5, 6, 7] as [UInt64])
    func verticalAccelerationIntegratesToTheDrop(_ seed: UInt64) throws {
        let scenario = try Scenario(parsing: "stand 3 s, sit 6 s")
        let body = WearerBody(seed: seed)
        var wearer = SimulatedWearer(scenario: scenario, seed: seed, body: body)
        let dt = 0.0025
        var speeds = [0.0]
        var heights: [Double] = []
        var k = 1000
        while let motion = wearer.motion(at: Double(k) * dt), motion.time < 6.5 {
            let vertical = (motion.acceleration.dot(motion.up) - 1) * standardGravityMetresPerSecondSquared
            speeds.append(speeds[speeds.count - 1] + vertical * dt)
            heights.append(motion.sensorHeight)
            k += 1
        }
        let drift = speeds[speeds.count - 1] / Double(speeds.count - 1)
        let moved = speeds.enumerated().reduce(0) { $0 + ($1.element - drift * Double($1.offset)) * dt }
        let truth = try #require(heights.last) - heights[0]
        #expect(truth < -0.8 * body.seatDropMetres)
        #expect((moved - truth).magnitude < 0.02)
        #expect(speeds[speeds.count - 1].magnitude < 0.03)
    }

    /// The formulas for acceleration against second differences of where the sensor is.
    @Test func accelerationIsTheSecondDerivativeOfHeight() throws {
        let scenario = try Scenario(parsing: "stand 2 s, lift 60 deg hard then twist 40 deg, sit 5 s")
        var wearer = SimulatedWearer(scenario: scenario, seed: 9)
        let dt = 0.0005
        var heights: [Double] = []
        var vertical: [Double] = []
        while let motion = wearer.motion(at: Double(heights.count) * dt) {
            heights.append(motion.sensorHeight)
            vertical.append((motion.acceleration.dot(motion.up) - 1) * standardGravityMetresPerSecondSquared)
        }
        var worst = 0.0
        for i in 1..<heights.count - 1 {
            let second = (heights[i + 1] - 2 * heights[i] + heights[i - 1]) / (dt * dt)
            worst = max(worst, (second - vertical[i]).magnitude)
        }
        // Tremor and heart beat are not part of the height; the rest agrees.
        #expect(worst < 0.6)
        #expect(vertical.max() ?? 0 > 3)
    }

    @Test func quietTimeWeighsOneG() throws {
        var source = SampleSource(
            scenario: try Scenario(parsing: "sit 20 min shifting each 2 min, lie 10 min"), seed: 3)
        var sum = 0.0
        var count = 0
        while let reading = source.nextReading() {
            sum += reading.acceleration.length
            count += 1
        }
        #expect(count == 180_000)
        #expect((sum / Double(count) - 1).magnitude < 0.002)
    }

    /// A person does not move differently because a sensor looks more often.
    @Test func sampleRateDoesNotChangeTheMovement() throws {
        let scenario = try Scenario(parsing: everything)
        var slow = SimulatedWearer(scenario: scenario, seed: 12)
        var fast = SimulatedWearer(scenario: scenario, seed: 12)
        var k = 0
        while let a = slow.motion(at: Double(k) * 0.1) {
            if k > 0 { for i in 1..<40 { _ = fast.motion(at: Double(k - 1) * 0.1 + Double(i) * 0.0025) } }
            let same = fast.motion(at: Double(k) * 0.1)
            let motion = try #require(same)
            #expect((a.acceleration - motion.acceleration).length < 1e-6)
            #expect((a.angularRate - motion.angularRate).length < 1e-6)
            k += 1
        }
        while fast.motion(at: Double(k) * 0.1) != nil { k += 1 }
        #expect(slow.truth == fast.truth)
    }

    /// Magnitudes that a belt sensor shows on real people.
    @Test func movementsHaveRealisticSizes() throws {
        let walk = try extremes("walk 30 s")
        #expect((1.3...2.3).contains(walk.largestG))
        #expect((0.3...0.85).contains(walk.smallestG))
        let fall = try extremes("stand 2 s, fall forward for 3 s")
        #expect((3...7.5).contains(fall.largestG))
        #expect(fall.smallestG < 0.5)
        #expect(fall.largestPitch > 75)
        let chair = try extremes("stand 2 s, sit 5 s, stand 4 s")
        #expect((18...42).contains(chair.largestPitch))
        #expect(chair.largestG < 2)
        let stoop = try extremes("stand 2 s, stoop, stand 2 s")
        #expect((60...67).contains(stoop.largestPitch))
    }

    private func extremes(_ text: String) throws -> (
        largestG: Double, smallestG: Double, largestPitch: Double
    ) {
        var wearer = SimulatedWearer(scenario: try Scenario(parsing: text), seed: 1, body: .average)
        var out = (largestG: 0.0, smallestG: 9.0, largestPitch: 0.0)
        var k = 0
        while let motion = wearer.motion(at: Double(k) * 0.01) {
            out.largestG = max(out.largestG, motion.acceleration.length)
            out.smallestG = min(out.smallestG, motion.acceleration.length)
            out.largestPitch = max(out.largestPitch, motion.pitch * degreesPerRadian)
            k += 1
        }
        return out
    }
}
