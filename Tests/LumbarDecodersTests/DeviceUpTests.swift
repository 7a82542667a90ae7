import LumbarCore
import Testing

@testable import LumbarDecoders

@Suite struct DeviceUpTests {
    @Test func wholeNumbersGiveWhatAnglesGive() {
        let counts =
            stride(from: -32768, through: 32767, by: 257).map { Int16($0) }
            + [8191, 8192, 8193, -8192, -8193, 16384, -16384, 24575, 24576, 32767]
        for roll in counts {
            for pitch in counts {
                let exact = DeviceUp.from(
                    roll: Double(roll) * Elementary.pi / 32768, pitch: Double(pitch) * Elementary.pi / 32768)
                #expect((DeviceUp.from(rollCount: roll, pitchCount: pitch) - exact).length < 3e-5)
            }
        }
    }

    @Test func whatIsNoRotationSaysNothing() {
        #expect(DeviceUp.from(roll: .nan, pitch: 0) == .zero)
        #expect(DeviceUp.from(roll: 0, pitch: .infinity) == .zero)
        #expect(DeviceUp.from(w: 1.1, x: 0, y: 0, z: 0) == .zero)
        #expect(DeviceUp.from(w: .nan, x: 0, y: 0, z: 0) == .zero)
        #expect(DeviceUp.from(row: Vector3(0, 0, 0.9)) == .zero)
    }

    /// A sensor turned by 90 degrees about each of its axes in turn, and what must then point up.
    @Test func quaternionsAnglesAndRowsAgree() {
        let h = 0.5.squareRoot()
        #expect((DeviceUp.from(w: h, x: h, y: 0, z: 0) - Vector3(0, 1, 0)).length < 1e-12)
        #expect((DeviceUp.from(roll: .pi / 2, pitch: 0) - Vector3(0, 1, 0)).length < 1e-12)
        #expect((DeviceUp.from(w: h, x: 0, y: h, z: 0) - Vector3(-1, 0, 0)).length < 1e-12)
        #expect((DeviceUp.from(roll: 0, pitch: .pi / 2) - Vector3(-1, 0, 0)).length < 1e-12)
        #expect((DeviceUp.from(w: h, x: 0, y: 0, z: h) - Vector3(0, 0, 1)).length < 1e-12)
    }
}
