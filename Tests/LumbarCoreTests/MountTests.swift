import LumbarCore
import Testing

@Suite struct MountTests {
    @Test func axesReadAndPrint() {
        for (text, index, isNegative) in [
            ("x", 0, false), ("+y", 1, false), ("-z", 2, true), ("-x", 0, true),
        ] {
            let axis = SensorAxis(text)
            #expect(axis == SensorAxis(index: index, isNegative: isNegative))
            #expect(SensorAxis(axis?.text ?? "") == axis)
        }
        for text in ["", "+", "xy", "X", "--x", "+-x", " x", "w", "x "] { #expect(SensorAxis(text) == nil) }
    }

    @Test func directionsAreUnitVectors() {
        #expect(SensorAxis(index: 1, isNegative: true).direction == Vector3(0, -1, 0))
        #expect(SensorAxis(index: 2, isNegative: false).direction == Vector3(0, 0, 1))
    }

    @Test func mountsReadAndPrint() throws {
        let mount = try #require(Mount("up=-y,forward=+z"))
        #expect(mount.up == SensorAxis(index: 1, isNegative: true))
        #expect(mount.forward == SensorAxis(index: 2, isNegative: false))
        #expect(mount.text == "up=-y,forward=+z")
        #expect(Mount("forward=z,up=-y") == mount)
        #expect(Mount("up=x")?.text == "up=+x")
        #expect(Mount.undeclared.text == "")
    }

    @Test(arguments: [
        "", "up", "up=", "up=w", "forward=+z", "up=x,forward=-x", "up=x,", ",up=x", "up=x,up=y", "Up=x",
        "up=x;forward=y",
        "up=x,forward=y,left=z", "up==x", "up=x,forward=y,forward=y",
    ])
    func refusesEverythingElse(text: String) {
        #expect(Mount(text) == nil)
    }

    @Test func impossibleForwardIsDropped() {
        let x = SensorAxis(index: 0, isNegative: false)
        #expect(Mount(up: x, forward: SensorAxis(index: 0, isNegative: true)).forward == nil)
        #expect(Mount(up: nil, forward: x) == .undeclared)
    }

    @Test func vectorsFollowTheRightHand() {
        let x = Vector3<SensorFrame>(1, 0, 0)
        let y = Vector3<SensorFrame>(0, 1, 0)
        #expect(x.cross(y) == Vector3(0, 0, 1))
        #expect(x.dot(y) == 0)
        #expect((x * 3 + y * 4).length == 5)
        #expect(
            (x * 3 + y * 4).normalized.map { abs($0.length - 1) < 1e-15 && abs($0.x - 0.6) < 1e-15 } == true)
        #expect(Vector3<SensorFrame>.zero.normalized == nil)
        #expect(Vector3<SensorFrame>(.infinity, 0, 0).normalized == nil)
        #expect(!Vector3<SensorFrame>(0, .nan, 0).isFinite)
    }

    @Test func unitsConvertToTheCores() {
        #expect(AccelerationUnit.metresPerSecondSquared.inG * 9.80665 == 1)
        #expect(AccelerationUnit.milliG.inG * 1000 == 1)
        #expect(AngularRateUnit.degreesPerSecond.inRadiansPerSecond * 180 == Double.pi)
        #expect(radiansPerDegree * degreesPerRadian == 1)
    }
}
