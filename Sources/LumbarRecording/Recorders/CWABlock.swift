import LumbarCore

/// A sector of samples of an Axivity AX3 or AX6, as openmovement's cwa.h describes it: 512 bytes, little-endian.
///
/// | at | bytes | what |
/// |---|---|---|
/// | 0 | 2 | `AX` |
/// | 2 | 2 | 508: bytes that follow |
/// | 4 | 2 | with the top bit: fraction of the time's second, in 1/32768 |
/// | 6, 10 | 4, 4 | session, and number of the block |
/// | 14 | 4 | local time: six bits of years since 2000, then 4, 5, 5, 6, 6 of month, day, hour, minute, second |
/// | 18 | 2 | light in the low 10 bits; 3 of the gyroscope's range; 3 of the accelerometer's scale |
/// | 24 | 1 | rate: 3200 Hz / 2^(15 - low four bits) |
/// | 25 | 1 | axes, and 2 for int16 or 0 for three ten-bit numbers under one exponent |
/// | 26 | 2 | number of the sample that the time is of; may be outside of the block |
/// | 28 | 2 | samples |
/// | 30 | 480 | the samples: gyroscope first, then accelerometer, then magnetometer |
/// | 510 | 2 | makes the sum of all 16-bit words 0 |
struct CWABlock: Sendable {
    static let size = 512

    let session: UInt32
    let number: UInt32
    let rateHz: Double
    let count: Int
    /// Local time of the first sample, nanoseconds since 1970, at the nominal rate.
    let start: Int64
    /// Whether there is a gyroscope.
    let hasRate: Bool

    private let axes: Int
    private let isPacked: Bool
    private let accelerationUnit: Double
    private let rateUnit: Double
    private let bytes: [UInt8]

    /// The block in 512 bytes; nil when they are none, or damaged.
    init?(_ sector: UnsafeRawBufferPointer) {
        guard sector.count == CWABlock.size, sector.starts(with: [0x41, 0x58, 0xFC, 0x01]) else { return nil }
        bytes = Array(sector)
        let sum = stride(from: 0, to: CWABlock.size, by: 2).reduce(UInt16(0)) {
            $0 &+ (UInt16(sector[$1]) | UInt16(sector[$1 + 1]) << 8)
        }
        guard sum == 0 else { return nil }
        func word(_ offset: Int) -> Int { Int(sector[offset]) | Int(sector[offset + 1]) << 8 }
        func long(_ offset: Int) -> UInt32 { UInt32(word(offset)) | UInt32(word(offset + 2)) << 16 }
        session = long(6)
        number = long(10)
        var offset = Int(Int16(truncatingIfNeeded: word(26)))
        if sector[24] == 0 {
            // Very old files have the rate where the number of the sample is now.
            guard offset > 0, offset <= 3200 else { return nil }
            rateHz = Double(offset)
            offset = 0
        } else {
            guard sector[24] & 0x0F >= 6 else { return nil }
            rateHz = 3200 / Double(1 << (15 - Int(sector[24] & 0x0F)))
        }
        axes = Int(sector[25] >> 4)
        isPacked = sector[25] & 0x0F == 0
        guard isPacked ? axes == 3 : sector[25] & 0x0F == 2 && (axes == 3 || axes == 6 || axes == 9) else {
            return nil
        }
        count = word(28)
        guard count > 0, count <= 480 / (isPacked ? 4 : 2 * axes) else { return nil }
        hasRate = axes >= 6
        let scales = word(18)
        accelerationUnit = 1 / Double(1 << (8 + (scales >> 13)))
        let range = scales >> 10 & 7
        rateUnit = (range == 0 ? 2000 : 8000 / Double(1 << range)) / 32768

        guard var time = CWABlock.time(long(14)) else { return nil }
        let fraction = word(4)
        if fraction & 0x8000 != 0 {
            // For readers that know no fraction, the number of the sample was moved by it: that is taken back.
            let of65536 = (fraction & 0x7FFF) * 2
            offset += (of65536 * Int(rateHz)) >> 16
            time += (Int64(of65536) * 1_000_000_000) >> 16
        }
        start = time - Int64((Double(offset) * 1e9 / rateHz).rounded())
    }

    /// A packed local time as nanoseconds since 1970; nil when it is none.
    static func time(_ packed: UInt32) -> Int64? {
        let (year, month) = (Int(packed >> 26) + 2000, Int(packed >> 22 & 15))
        let (day, hour) = (Int(packed >> 17 & 31), Int64(packed >> 12 & 31))
        let (minute, second) = (Int64(packed >> 6 & 63), Int64(packed & 63))
        let date = CivilDate(year: year, month: month, day: day)
        guard (1...12).contains(month), (1...31).contains(day), hour < 24, minute < 60, second < 60,
            CivilDate(daysSinceEpoch: date.daysSinceEpoch) == date
        else { return nil }
        return (date.daysSinceEpoch * 86_400 + hour * 3600 + minute * 60 + second) * 1_000_000_000
    }

    /// Sample `index` of the block, at `time`.
    func sample(_ index: Int, at time: Int64) -> RecorderSample {
        guard !isPacked else { return RecorderSample(localNanoseconds: time, acceleration: packed(index)) }
        let first = 30 + index * 2 * axes
        return RecorderSample(
            localNanoseconds: time, acceleration: vector(first + (hasRate ? 6 : 0), accelerationUnit),
            rate: hasRate ? vector(first, rateUnit) : nil)
    }

    private func vector(_ offset: Int, _ unit: Double) -> (Double, Double, Double) {
        (number(offset) * unit, number(offset + 2) * unit, number(offset + 4) * unit)
    }

    private func number(_ offset: Int) -> Double {
        Double(Int16(bitPattern: UInt16(bytes[offset]) | UInt16(bytes[offset + 1]) << 8))
    }

    private func packed(_ index: Int) -> (Double, Double, Double) {
        let at = 30 + index * 4
        let value = (0..<4).reduce(UInt32(0)) { $0 | UInt32(bytes[at + $1]) << UInt32(8 * $1) }
        let exponent = Int32(value >> 30)
        func axis(_ shift: UInt32) -> Double {
            // Ten bits with a sign, moved up by the exponent they share.
            let ten = Int32(bitPattern: (value >> shift) << 22) >> 22
            return Double(ten << exponent) * accelerationUnit
        }
        return (axis(0), axis(10), axis(20))
    }
}
