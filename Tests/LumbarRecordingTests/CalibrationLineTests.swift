import LumbarCore
import LumbarRecording
import Testing

@Suite struct CalibrationLineTests {
    private func roundTrip(_ known: MountCalibration) -> MountCalibration? {
        let device = Device(id: DeviceID("a"), calibration: known)
        let text = RecordingSamples.text([
            RecordingEvent(.attach(device), at: .zero), RecordingEvent(.end, at: .zero),
        ])
        let (events, error) = RecordingSamples.read(text)
        #expect(error == nil)
        guard case .attach(let read) = events.first?.kind else { return nil }
        return read.calibration
    }

    @Test func whatIsKnownOfASensorIsPartOfItsRecording() {
        let third = (1.0 / 3).squareRoot()
        let known = MountCalibration(
            up: Vector3(third, -third, third), forward: Vector3(0.5.squareRoot(), 0.5.squareRoot(), 0),
            source: .guided, quality: 0.987654321, forwardQuality: 0.5, largestFlexionDegrees: 81.25,
            trust: .stale
        ).rounded
        #expect(roundTrip(known) == known)
        let inclinationOnly = MountCalibration(
            up: Vector3(0, 0, -1), forward: nil, source: .walks, quality: 0.7)
        #expect(roundTrip(inclinationOnly) == inclinationOnly)
    }

    @Test(arguments: [
        "guided", "guided trusted 1 1 up=0,0,2", "guided trusted 1 1 up=0,0,1 forward=0,0,1",
        "guided trusted nan 1 up=0,0,1", "magic trusted 1 1 up=0,0,1",
        "walks trusted 1 1 up=0,0,1 flexion=inf",
        "walks trusted 1 1 up=0,1", "walks trusted 1 1 up=0,0,1 sideways=1",
    ])
    func whatCannotBeIsRefused(_ line: String) {
        let text = "lumbar-recording 1\nsimulated: yes\ndevice: 1 a\ncalibration: \(line)\n0.0 attach 1\n"
        let error = RecordingSamples.read(Array(text.utf8)).error
        #expect(error?.reason == "a calibration that cannot be read")
        #expect(error?.line == 4)
    }
}
