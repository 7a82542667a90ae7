import LumbarCore
import LumbarDecoders
import Testing

@testable import LumbarSimulation

@Suite("A simulated sensor that obeys commands")
struct ConfigurableSensorTests {
    private func sensor(
        _ wire: SensorModel.Wire = .witMotion, ignoring ignored: [WitMotionSetting] = []
    ) throws -> ConfigurableWitMotion {
        var model = SensorModel()
        model.wire = wire
        model.rateHz = 10
        return ConfigurableWitMotion(
            scenario: try Scenario(parsing: "stand 1 min"), seed: 1, model: model, baud: 9600,
            ignored: ignored)
    }

    private func say(
        _ commands: [UInt8]..., to sensor: inout ConfigurableWitMotion, at seconds: Double = 0
    ) -> [UInt8] {
        var answer: [UInt8] = []
        for command in commands { sensor.receive(command, at: seconds, answer: &answer) }
        return answer
    }

    @Test("a setting needs the unlock command, less than ten seconds before")
    func unlock() throws {
        var sensor = try sensor()
        _ = say(WitMotionSetting.rate.command(9), to: &sensor)
        #expect(sensor.rateHz == 10)
        _ = say(WitMotionSetting.unlock, to: &sensor, at: 1)
        _ = say(WitMotionSetting.rate.command(9), to: &sensor, at: 11)
        #expect(sensor.rateHz == 10)
        _ = say(WitMotionSetting.rate.command(9), to: &sensor, at: 10.9)
        #expect(sensor.rateHz == 100)
    }

    @Test("what is not saved is in force and not kept")
    func save() throws {
        var sensor = try sensor()
        _ = say(WitMotionSetting.unlock, WitMotionSetting.baud.command(6), to: &sensor)
        #expect(sensor.baud == 115_200 && sensor.saved[4] == 2)
        _ = say(WitMotionSetting.save, to: &sensor)
        #expect(sensor.saved[4] == 6)
    }

    @Test("codes it does not know and settings it ignores change nothing")
    func refusals() throws {
        var sensor = try sensor(ignoring: [.rate])
        _ = say(
            WitMotionSetting.unlock, WitMotionSetting.rate.command(9), WitMotionSetting.baud.command(99),
            to: &sensor)
        #expect(sensor.rateHz == 10 && sensor.baud == 9600)
    }

    @Test("a read is answered with four registers and a sum, also in the middle of noise")
    func read() throws {
        var sensor = try sensor()
        let answer = say([0x00, 0xFF, 0xFF], WitMotionSetting.output.read, to: &sensor)
        #expect(answer == [0x55, 0x5F, 0x1E, 0, 6, 0, 2, 0, 0, 0, 0xDA])
        var combined = try self.sensor(.witMotionCombined)
        let long = say(WitMotionSetting.rate.read, to: &combined)
        #expect(long.count == 20)
        #expect(long.prefix(8) == [0x55, 0x71, 0x03, 0x00, 6, 0, 2, 0])
    }

    @Test("it sends the frames it was told to, and the decoder understands them")
    func frames() throws {
        var sensor = try sensor()
        _ = say(WitMotionSetting.unlock, WitMotionSetting.output.command(0x0E), to: &sensor)
        var bytes: [UInt8] = []
        for index in 0..<20 {
            let goesOn = sensor.appendSample(at: Double(index) / 10, to: &bytes)
            #expect(goesOn)
        }
        #expect(bytes.count == 20 * 33)
        var decoder = WitMotionDecoder()
        var buffer = ReadingBuffer()
        bytes.withUnsafeBytes { decoder.push($0, at: .zero, into: &buffer) }
        #expect(decoder.outcomes.readings >= 19 && decoder.outcomes.rejects == 0)
    }

    @Test("bytes read at the rate they were sent at are the same, and others are not")
    func mismatchedLine() {
        let bytes: [UInt8] = (0...255).map { $0 }
        #expect(MismatchedLine.receive(bytes, sent: 9600, received: 9600) == bytes)
        // A line a third too fast or slow for its receiver is within no tolerance; one off by a hundredth is.
        #expect(MismatchedLine.receive(bytes, sent: 9600, received: 9700) == bytes)
        #expect(MismatchedLine.receive(bytes, sent: 9600, received: 12_800) != bytes)
        // One start bit lasts twelve bits of a line twelve times as fast: a byte without a stop bit, handed over as 0.
        #expect(MismatchedLine.receive([0xFF], sent: 9600, received: 115_200) == [0x00])
        #expect(MismatchedLine.receive([0x55, 0x51], sent: 115_200, received: 9600).count <= 1)
    }
}
