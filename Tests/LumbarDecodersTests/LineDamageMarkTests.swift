import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

/// Readings say whether something was refused before them, and what a bad line asks of frames.
@Suite struct LineDamageMarkTests {
    @Test(arguments: NumberedProtocol.all)
    func onlyReadingsThatFollowDamageSaySo(_ wire: NumberedProtocol) throws {
        var decoder = try #require(DecoderCatalog.builtIn.make(wire.name))
        func bytes(_ index: Int) -> [UInt8] { wire.frame(index).own + wire.frame(index).rest }
        var stream = (0..<20).flatMap(bytes)
        #expect(decoder.readings(of: stream).allSatisfy { !$0.followsDamage })
        // One frame with its end cut off.
        stream = bytes(20).dropLast(5) + (21..<40).flatMap(bytes)
        let marks = decoder.readings(of: stream).map(\.followsDamage)
        #expect(marks.count >= 16)
        #expect(marks.filter { $0 }.count == 1)
    }

    @Test func aRefusedLineMarksTheNext() {
        var decoder = PlainTextDecoder()
        let lines = "t_s,ax_g,ay_g,az_g\n0,0,0,1\n0.01,banana,0,1\n0.02,0,0,1\n0.03,0,0,1\n"
        #expect(decoder.readings(of: Array(lines.utf8)).map(\.followsDamage) == [false, true, false])
    }

    @Test func linesOfSomebodyElseAreNoDamage() {
        var decoder = NMEADecoder()
        let bodies = ["HCXDR,A,1,D,PITCH,A,3,D,ROLL", "GPHDT,,T", "HCXDR,A,1,D,PITCH,A,3,D,ROLL"]
        let marks = decoder.readings(of: bodies.flatMap(SentenceTests.sentence)).map(\.followsDamage)
        #expect(marks == [false, false])
    }

    // MARK: WitMotion

    private func frame(_ type: UInt8, _ x: Int16, last: Int16) -> [UInt8] {
        let body = [0x55, type] + WitMotionFrames.words([x, 0, 2048, last])
        return body + [body.reduce(0, &+)]
    }

    private func sample(_ index: Int, last: Int16) -> [UInt8] {
        frame(0x51, Int16(index), last: last) + frame(0x52, Int16(index), last: 0)
    }

    /// Good samples, every fourth followed by a stray byte where `isBad`; sample 60 ends in `odd`.
    private func readings(isBad: Bool, odd: Int16, usual: (Int) -> Int16 = { _ in 2920 }) -> (Int, Int) {
        var decoder = WitMotionDecoder()
        var stream: [UInt8] = []
        for index in 0..<100 {
            stream += sample(index, last: index == 60 ? odd : usual(index))
            if isBad, index % 4 == 0 { stream.append(0x00) }
        }
        return (decoder.count(of: stream), decoder.outcomes.insane)
    }

    @Test func onABadLineATemperatureThatJumpsRefusesTheFrame() {
        let calm = readings(isBad: true, odd: 2920)
        #expect(calm.1 == 0)
        #expect(readings(isBad: true, odd: 2923) == calm)
        let jumping = readings(isBad: true, odd: 2920 + 256)
        #expect(jumping.1 == 1 && jumping.0 == calm.0 - 1)
        // On a good one it is nobody's business.
        let good = readings(isBad: false, odd: 2920 + 256)
        #expect(good.1 == 0 && good.0 >= 98)
    }

    @Test func wordsThatAreGarbageAskForNothing() {
        var random = SplitMix64(seed: 9)
        let garbage = (0..<100).map { _ in Int16.random(in: .min...(.max), using: &random) }
        let (count, insane) = readings(isBad: true, odd: 7, usual: { garbage[$0] })
        #expect(insane == 0)
        #expect(count == readings(isBad: true, odd: 2920).0)
    }

    // MARK: MTData2

    private func message(_ number: Int, time: Int? = nil, withRate: Bool = true, x: Float = 0.1) -> [UInt8] {
        var items = [
            BinaryFrames.item(0x1020, BinaryFrames.big(UInt64(number & 0xFFFF), 2)),
            BinaryFrames.item(0x1060, BinaryFrames.big(UInt64(time ?? number * 100), 4)),
            BinaryFrames.item(0x4020, BinaryFrames.bigFloats([x, 0.2, 9.8])),
        ]
        if withRate { items.append(BinaryFrames.item(0x8020, BinaryFrames.bigFloats([0.1, 0.2, 0.3]))) }
        return BinaryFrames.xbus(items)
    }

    private func refused(isBad: Bool = true, _ odd: [UInt8]) -> Int {
        var decoder = XsensDecoder()
        var stream: [UInt8] = []
        for index in 0..<80 {
            if index == 60 { stream += odd } else { stream += message(index) }
            if isBad, index % 4 == 0 { stream.append(0x00) }
        }
        _ = decoder.readings(of: stream)
        return decoder.outcomes.insane
    }

    @Test func onABadLineMessagesGoOnInStep() {
        #expect(refused(message(60)) == 0)
        #expect(refused(message(60, time: 6001)) == 0)
        #expect(refused(message(60, time: 6020)) == 1)
        #expect(refused(message(60 + 256)) == 1)
        #expect(refused(message(20_000, time: 6000)) == 1)
        #expect(refused(message(60, withRate: false)) == 1)
        #expect(refused(message(60, x: 1e-30)) == 1)
        #expect(refused(message(60, x: 0)) == 0)
        #expect(refused(isBad: false, message(60, time: 6020, withRate: false, x: 1e-30)) == 0)
    }

    @Test func anotherStreamIsTakenUpSoon() {
        var decoder = XsensDecoder()
        var stream: [UInt8] = []
        for index in 0..<60 { stream += message(index) + (index % 4 == 0 ? [0x00] : []) }
        for index in 30_000..<30_060 {
            stream += message(index, time: 5 * index) + (index % 4 == 0 ? [0x00] : [])
        }
        #expect(decoder.count(of: stream) > 100)
        #expect(decoder.outcomes.insane < 10)
    }
}
