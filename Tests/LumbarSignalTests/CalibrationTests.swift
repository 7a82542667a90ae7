import LumbarCore
import LumbarSignal
import Testing

@Suite struct CalibrationTests {
    @Test(arguments: 0..<24) func everyOrientationIsExact(_ index: Int) {
        let (forward, up) = orientations[index]
        let calibration = Calibration(mount: Mount(up: up, forward: forward))
        let v = Vector3<SensorFrame>(0.1, -0.2003, 0.97)
        let body = calibration.toBody(v)
        #expect(body.x == v.dot(forward.direction))
        #expect(body.z == v.dot(up.direction))
        #expect(body.y == v.dot(up.direction.cross(forward.direction)))
        #expect(calibration.toSensor(body) == v)
        #expect(calibration.toBody(up.direction) == Vector3(0, 0, 1))
        #expect(calibration.toBody(forward.direction) == Vector3(1, 0, 0))
    }

    @Test func upAloneIsARotationAndUndeclaredIsIdentity() {
        for up in orientations.map(\.up) {
            let calibration = Calibration(mount: Mount(up: up, forward: nil))
            #expect(calibration.toBody(up.direction) == Vector3(0, 0, 1))
            let x = calibration.toSensor(Vector3(1, 0, 0))
            let y = calibration.toSensor(Vector3(0, 1, 0))
            #expect(x.cross(y) == up.direction)
        }
        let identity = Calibration(mount: .undeclared)
        #expect(identity.toBody(Vector3(1, 2, 3)) == Vector3(1, 2, 3))
    }

    private func reading(_ a: Vector3<SensorFrame>, _ w: Vector3<SensorFrame> = .zero, gyro: Bool = true)
        -> Reading
    {
        Reading(acceleration: a, angularRate: w, hasAngularRate: gyro, arrival: .zero)
    }

    @Test func gates() {
        let calibration = Calibration(mount: .undeclared)
        let fine = Vector3<SensorFrame>(0, 0, 1)
        #expect(calibration.isPlausible(reading(fine)))
        #expect(calibration.isPlausible(reading(Vector3(0, 0, 16))))
        #expect(!calibration.isPlausible(reading(Vector3(0, 0, 16.2))))
        #expect(!calibration.isPlausible(reading(Vector3(.nan, 0, 1))))
        #expect(!calibration.isPlausible(reading(Vector3(0, .infinity, 1))))
        #expect(!calibration.isPlausible(reading(fine, Vector3(0, 2101 * radiansPerDegree, 0))))
        #expect(!calibration.isPlausible(reading(fine, Vector3(0, 0, .nan))))
        #expect(calibration.isPlausible(reading(fine, Vector3(0, 0, .nan), gyro: false)))
    }

    @Test func refusedReadingsAreCountedAndLeaveNoTrace() {
        var motion = TrunkMotion()
        motion.flexion = { 30 * Elementary.sin($0) }
        var readings = motion.readings(to: 20)
        for i in stride(from: 50, to: 2000, by: 97) { readings[i].acceleration = Vector3(.nan, 40, 0) }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let frames = chain.frames(readings)
        #expect(chain.status.implausible == 21)
        #expect(chain.status.samples == 2000 - 21)
        #expect(frames.allSatisfy { $0.inclinationDegrees.isFinite && $0.accelerationMaxG < 2 })
    }

    @Test func aWrongScaleStopsAnglesAndComesBackWithAGapMark() {
        let motion = TrunkMotion(accelerationNoise: 0.001)
        var readings = motion.readings(to: 40)
        for i in 1000..<2500 { readings[i].acceleration = readings[i].acceleration * 1.5 }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        let before = chain.frames(Array(readings[..<1000]))
        #expect(!chain.status.hasScaleFault)
        #expect(before.count == 99)
        _ = chain.frames(Array(readings[1000..<2000]))
        #expect(chain.status.hasScaleFault)
        let during = chain.frames(Array(readings[2000..<2500]))
        #expect(during.isEmpty)
        let after = chain.frames(Array(readings[2500...]))
        #expect(!chain.status.hasScaleFault)
        #expect(after.first?.followsGap == true)
        #expect(after.count > 100)
    }

    @Test func oneOddSecondIsNoScaleFault() {
        let motion = TrunkMotion(accelerationNoise: 0.001)
        var readings = motion.readings(to: 20)
        for i in 1000..<1150 { readings[i].acceleration = readings[i].acceleration * 1.5 }
        var chain = SignalChain(mount: .undeclared, settings: SignalSettings())
        #expect(chain.frames(readings).count == 199)
        #expect(!chain.status.hasScaleFault)
    }
}
