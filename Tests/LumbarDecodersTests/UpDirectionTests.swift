import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct UpDirectionTests {
    private func close(_ a: Vector3<SensorFrame>, _ b: Vector3<SensorFrame>) -> Bool {
        (a - b).length < 1e-12
    }

    @Test func levelIsTheDeclaredAxis() {
        #expect(UpDirection().up(roll: 0, pitch: 0, yaw: 1.2) == Vector3(0, 0, 1))
        #expect(close(UpDirection(levelUp: .minusZ).up(roll: 0, pitch: 0, yaw: 2), Vector3(0, 0, -1)))
        #expect(UpDirection(levelUp: .plusX).up(w: 1, x: 0, y: 0, z: 0) == Vector3(1, 0, 0))
    }

    /// A right-handed rotation about y takes x down when z is up, and up when z is down.
    @Test func pitchTipsTheNose() {
        let half = Elementary.pi / 6
        #expect(close(UpDirection().up(roll: 0, pitch: half, yaw: 3), Vector3(-0.5, 0, 3.0.squareRoot() / 2)))
        let down = UpDirection(levelUp: .minusZ).up(roll: 0, pitch: half, yaw: 3)
        #expect(close(down, Vector3(0.5, 0, -(3.0.squareRoot()) / 2)))
    }

    @Test func anglesAndTheirQuaternionAgreeInEveryOrderOfRotations() {
        var random = SplitMix64(seed: 8)
        for order in UpDirection.Order.allCases {
            for _ in 0..<50 {
                let angles = (0..<3).map { _ in Double.random(in: -3...3, using: &random) }
                let convention = UpDirection(order: order)
                var q = (w: 1.0, x: 0.0, y: 0.0, z: 0.0)
                let (a, b, c) = order.axes
                for axis in [a, b, c] {
                    let (s, k) = Elementary.sincos(angles[axis] / 2)
                    let r = (w: k, x: axis == 0 ? s : 0, y: axis == 1 ? s : 0, z: axis == 2 ? s : 0)
                    q = (
                        q.w * r.w - q.x * r.x - q.y * r.y - q.z * r.z,
                        q.w * r.x + q.x * r.w + q.y * r.z - q.z * r.y,
                        q.w * r.y - q.x * r.z + q.y * r.w + q.z * r.x,
                        q.w * r.z + q.x * r.y - q.y * r.x + q.z * r.w
                    )
                }
                let byAngles = convention.up(roll: angles[0], pitch: angles[1], yaw: angles[2])
                let byQuaternion = convention.up(w: q.w, x: q.x, y: q.y, z: q.z)
                #expect((byAngles - byQuaternion).length < 1e-9)
                let inverse = UpDirection(order: order, isToSensor: true).up(
                    w: q.w, x: -q.x, y: -q.y, z: -q.z)
                #expect((inverse - byQuaternion).length < 1e-9)
            }
        }
    }

    /// i2cdevlib prints a pitch beyond 90 degrees when the z axis points down, and a roll that says so already.
    @Test func foldedPitchSaysTheSameAsTheRoll() {
        let roll = 170 * radiansPerDegree
        let folds = UpDirection(foldsPitch: true)
        let plain = UpDirection().up(roll: roll, pitch: -0.3, yaw: 0)
        #expect(close(folds.up(roll: roll, pitch: -(Elementary.pi - 0.3), yaw: 0), plain))
        #expect(close(folds.up(roll: roll, pitch: -0.3, yaw: 0), plain))
    }
}
