import LumbarDecoders
import Testing

@Suite("WitMotion's settings, by the manual's commands")
struct WitMotionSettingTests {
    @Test("commands are the manual's bytes")
    func commands() {
        #expect(WitMotionSetting.unlock == [0xFF, 0xAA, 0x69, 0x88, 0xB5])
        #expect(WitMotionSetting.save == [0xFF, 0xAA, 0x00, 0x00, 0x00])
        #expect(WitMotionSetting.rate.command(0x09) == [0xFF, 0xAA, 0x03, 0x09, 0x00])
        #expect(WitMotionSetting.output.command(0x020E) == [0xFF, 0xAA, 0x02, 0x0E, 0x02])
        #expect(WitMotionSetting.bandwidth.read == [0xFF, 0xAA, 0x27, 0x1F, 0x00])
    }

    @Test("codes stand for what the manual's tables say")
    func codes() {
        #expect(WitMotionSetting.rateHz(0x06) == 10)
        #expect(WitMotionSetting.rateHz(0x0B) == 200)
        #expect(WitMotionSetting.rateHz(0x0C) == nil)
        #expect(WitMotionSetting.baud(0x02) == 9600)
        #expect(WitMotionSetting.baud(0x09) == 921_600)
        #expect(!WitMotionSetting.baud.accepts(0) && !WitMotionSetting.bandwidth.accepts(7))
        #expect(WitMotionSetting.output.accepts(0x07FF) && !WitMotionSetting.output.accepts(0x0800))
    }

    @Test("frames are named, counted and told apart")
    func outputs() {
        #expect(WitMotionOutput(names: "acc,gyro,angle,mag") == .factory)
        #expect(WitMotionOutput(names: "acc,quaternion")?.rawValue == 0x0202)
        #expect(WitMotionOutput(names: "acc,") == nil && WitMotionOutput(names: "gyros") == nil)
        #expect(WitMotionOutput.factory.frames == 4 && WitMotionOutput.all.frames == 11)
        #expect(WitMotionOutput.factory.text == "acc,gyro,angle,mag")
    }

    @Test("a line of 9600 baud carries four frames 20 times a second and not 50 times")
    func load() {
        let tight = WitMotionLineLoad(rateHz: 20, frames: 4, baud: 9600)
        #expect(tight.bytesNeeded == 880 && tight.bytesCarried == 960 && tight.fits)
        let over = WitMotionLineLoad(rateHz: 50, frames: 4, baud: 9600)
        #expect(!over.fits && over.fastestRate == 20 && over.slowestBaud == 38_400)
        // As measured on a captured line: seven frames at 100 Hz need 115200 baud.
        #expect(WitMotionLineLoad(rateHz: 100, frames: 7, baud: 57_600).slowestBaud == 115_200)
        #expect(WitMotionLineLoad(rateHz: 200, frames: 0, baud: 115_200).bytesNeeded == 4000)
        #expect(WitMotionLineLoad(rateHz: 200, frames: 11, baud: 4800).fastestRate == 2)
    }
}
