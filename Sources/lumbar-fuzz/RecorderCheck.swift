import LumbarCore
import LumbarMonitor
import LumbarRecording
import LumbarSimulation

/// What the readers of recorders' files promise about any file at all: no trap, and the same however it is cut.
enum RecorderCheck {
    private static let place: @Sendable (Int64) -> (wall: WallTime, zone: ZoneRule) = {
        (WallTime(nanoseconds: $0), .utc)
    }
    private static let device = Device(id: DeviceID("fuzz"))

    static func cwa(_ input: inout FuzzInput) -> Int {
        let file = input.isRaw(oneIn: 4) ? input.rest() : cwaFile(&input)
        let run = { (chunk: Int) -> (RecorderFindings, RecordingError?) in
            var source = CWASource(device: device, place: place)
            let error = play(&source, file, chunk: chunk)
            return (source.findings, error)
        }
        let (whole, pieces) = (run(max(1, file.count)), run(97))
        precondition(whole.0 == pieces.0 && whole.1 == pieces.1, "chunks give another outcome")
        precondition(whole.0.samples <= file.count / 4, "more samples than bytes can hold")
        return whole.0.samples
    }

    static func gt3x(_ input: inout FuzzInput) -> Int {
        let file = input.isRaw(oneIn: 4) ? input.rest() : gt3xFile(&input)
        let run = { (chunk: Int) -> (RecorderFindings, RecordingError?) in
            var source = GT3XSource(device: device, place: place)
            let error = play(&source, file, chunk: chunk)
            return (source.findings, error)
        }
        let (whole, pieces) = (run(max(1, file.count)), run(13))
        precondition(whole.0 == pieces.0, "chunks give another outcome")
        var reader = GT3XInfoReader()
        _ = file.withUnsafeBytes { reader.push($0) }
        return whole.0.samples
    }

    /// The unpacking alone: an archive of one file, so that no other check stands before it.
    static func inflate(_ input: inout FuzzInput) -> Int {
        var bytes: [UInt8] = Array("log.bin".utf8)
        let packed =
            input.number(below: 3) == 0 ? Deflater.fixed(input.bytes(200)) + input.rest() : input.rest()
        bytes =
            [0x50, 0x4B, 3, 4, 20, 0, 8, 0, 8, 0] + [UInt8](repeating: 0, count: 16) + [7, 0, 0, 0] + bytes
            + packed
        var source = GT3XSource(device: device, place: place)
        _ = play(&source, bytes, chunk: 1 + input.number(below: 64))
        return packed.count
    }

    private static func play(_ source: inout some StreamSource, _ file: [UInt8], chunk: Int)
        -> RecordingError?
    {
        var replayer = Replayer(monitor: Monitor())
        do throws(RecordingError) {
            var start = 0
            while start < file.count {
                let piece = Array(file[start..<min(file.count, start + chunk)])
                var failure: RecordingError?
                piece.withUnsafeBytes { raw in
                    do throws(RecordingError) { try source.push(raw, to: &replayer) } catch {
                        failure = error
                    }
                }
                if let failure { throw failure }
                start += chunk
            }
            try source.finish(to: &replayer)
            replayer.drain { _ in }
            return nil
        } catch { return error }
    }

    // MARK: Files as they should be, and nearly

    private static func cwaFile(_ input: inout FuzzInput) -> [UInt8] {
        let form = input.pick([CWAWriter.Form.packed, .wide, .withGyroscope])
        var writer = CWAWriter(
            form, rateCode: 6 + UInt8(input.number(below: 10)), hasFraction: input.byte() & 1 == 0)
        var file = writer.header
        var time: Int64 = 1_795_258_800_000_000_000
        while !input.isUsedUp && file.count < 8192 {
            let sample: CWAWriter.Sample = (
                (Double(input.byte()) / 64 - 2, 0.1, 0.9), (Double(input.byte()), 0, 0)
            )
            let count = 1 + input.number(below: form.samplesPerBlock)
            var block = writer.block(Array(repeating: sample, count: count), at: time)
            time += Int64(input.number(below: 1 << 16)) * 20_000_000 - (input.byte() == 0 ? 9_000_000_000 : 0)
            if input.byte() < 16 { writer.loseBlock() }
            if input.byte() < 64 { alter(&block, &input) }
            file += block
        }
        return file
    }

    /// Changes a byte of a block, mostly under a sum that fits again.
    private static func alter(_ block: inout [UInt8], _ input: inout FuzzInput) {
        block[input.number(below: 510)] = input.byte()
        guard input.byte() > 32 else { return }
        let sum = stride(from: 0, to: 510, by: 2).reduce(UInt16(0)) {
            $0 &+ (UInt16(block[$1]) | UInt16(block[$1 + 1]) << 8)
        }
        block[510] = UInt8(truncatingIfNeeded: 0 &- sum)
        block[511] = UInt8(truncatingIfNeeded: (0 &- sum) >> 8)
    }

    private static func gt3xFile(_ input: inout FuzzInput) -> [UInt8] {
        var writer = GT3XWriter(
            input.pick([.packed, .wide]), rate: 1 + input.number(below: 100),
            hasParameters: input.byte() & 1 == 0)
        var time: Int64 = 1_795_258_800
        while !input.isUsedUp && writer.log.count < 8192 {
            time += Int64(input.number(below: 4)) - (input.byte() == 0 ? 3600 : 0)
            switch input.number(below: 8) {
            case 0: writer.append(type: input.byte(), time: time, input.bytes(input.number(below: 64)))
            case 1: writer.append(type: 0x15, time: time, [0, 0, 0x37, 0] + input.bytes(4))
            default:
                let value = Double(input.byte()) / 64 - 2
                writer.append(second: time, Array(repeating: (value, 0, 1), count: input.number(below: 40)))
            }
        }
        let packing = input.pick([
            ZIPWriter.Packing.stored, .deflatedAsIs, .deflated, .deflatedWithDescriptor,
        ])
        var file = writer.file(packing, infoFirst: input.byte() & 1 == 0)
        for _ in 0..<input.number(below: 3) { file[input.number(below: file.count)] = input.byte() }
        return file
    }
}
