import LumbarCore
import LumbarDecoders
import LumbarTestKit

/// A byte of a test stream and when it was read.
struct TimedByte {
    var value: UInt8
    var arrival: Instant
}

extension [UInt8] {
    /// All bytes read at one instant.
    func read(at milliseconds: Int64) -> [TimedByte] {
        map { TimedByte(value: $0, arrival: Instant(nanoseconds: milliseconds * 1_000_000)) }
    }

    /// Bytes read in bursts of random length, a random time apart; some bursts share an instant.
    func readInBursts(_ random: inout SplitMix64, longest: Int) -> [TimedByte] {
        var out: [TimedByte] = []
        var now: Int64 = 1_000_000_000
        var index = 0
        while index < count {
            let end = Swift.min(count, index + Int.random(in: 1...longest, using: &random))
            for value in self[index..<end] {
                out.append(TimedByte(value: value, arrival: Instant(nanoseconds: now)))
            }
            if Bool.random(using: &random) { now += Int64.random(in: 1...20_000_000, using: &random) }
            index = end
        }
        return out
    }
}

extension StreamDecoder {
    /// The readings of a stream given byte by byte.
    mutating func readings(of stream: [TimedByte]) -> [Reading] {
        stream.compactMap { push($0.value, at: $0.arrival) }
    }

    /// The readings of a stream given in chunks: cut wherever the instant changes, and at random besides.
    mutating func readings(of stream: [TimedByte], cutBy random: inout SplitMix64, longest: Int) -> [Reading]
    {
        var buffer = ReadingBuffer()
        var index = 0
        while index < stream.count {
            var end = index + 1
            let limit = Swift.min(stream.count, index + Int.random(in: 1...longest, using: &random))
            while end < limit, stream[end].arrival == stream[index].arrival { end += 1 }
            let chunk = stream[index..<end].map(\.value)
            chunk.withUnsafeBytes { push($0, at: stream[index].arrival, into: &buffer) }
            index = end
        }
        return buffer.readings
    }

    /// How many readings there are in bytes given as one chunk.
    mutating func count(of bytes: [UInt8]) -> Int { readings(of: bytes).count }

    /// The readings of bytes given as one chunk.
    mutating func readings(of bytes: [UInt8], at milliseconds: Int64 = 1000) -> [Reading] {
        var buffer = ReadingBuffer()
        bytes.withUnsafeBytes {
            push($0, at: Instant(nanoseconds: milliseconds * 1_000_000), into: &buffer)
        }
        return buffer.readings
    }
}

/// Damages a stream the way lines do: lost, doubled, changed and inserted bytes, and runs of garbage.
func corrupted(_ bytes: [UInt8], onceIn rarity: Int, using random: inout SplitMix64) -> [UInt8] {
    var out: [UInt8] = []
    for byte in bytes {
        guard Int.random(in: 0..<rarity, using: &random) == 0 else {
            out.append(byte)
            continue
        }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: break
        case 1: out += [byte, byte]
        case 2: out.append(byte ^ 1 << UInt8.random(in: 0..<8, using: &random))
        case 3: out += [byte, UInt8.random(in: 0...255, using: &random)]
        default: out += random.bytes(Int.random(in: 1...300, using: &random))
        }
    }
    return out
}

/// Frames in WitMotion's two layouts, built from the manual and not from the decoder.
enum WitMotionFrames {
    static func words(_ values: [Int16]) -> [UInt8] {
        values.flatMap { [UInt8(truncatingIfNeeded: $0), UInt8(truncatingIfNeeded: $0 >> 8)] }
    }

    static func standard(_ type: UInt8, _ values: [Int16]) -> [UInt8] {
        let body = [0x55, type] + words(values)
        return body + [body.reduce(0, &+)]
    }

    static func combined(_ values: [Int16]) -> [UInt8] { [0x55, 0x61] + words(values) }

    /// Groups of standard frames with random contents; the acceleration counts its group in x.
    static func stream(types: [UInt8], groups: Int, using random: inout SplitMix64) -> [UInt8] {
        (0..<groups).flatMap { group in
            types.flatMap { type in
                var values = (0..<4).map { _ in Int16.random(in: -32768...32767, using: &random) }
                if type == 0x51 { values[0] = Int16(truncatingIfNeeded: group + 100) }
                return standard(type, values)
            }
        }
    }

    static func combinedStream(frames: Int, using random: inout SplitMix64) -> [UInt8] {
        (0..<frames).flatMap { frame in
            let g: [Int16] = [Int16(truncatingIfNeeded: frame % 500), -100, 2040]
            return combined(g + (0..<6).map { _ in Int16.random(in: -32768...32767, using: &random) })
        }
    }
}
