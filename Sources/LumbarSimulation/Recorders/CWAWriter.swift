import LumbarCore

/// Writes samples as an Axivity AX3 or AX6 stores them (`.cwa`), so that a reader can be held to a simulated wearer.
public struct CWAWriter: Sendable {
    /// How samples are stored.
    public enum Form: Sendable, CaseIterable {
        /// An AX3's ten-bit numbers under one exponent, in 1/256 g.
        case packed
        /// 16-bit numbers, 1/4096 g.
        case wide
        /// An AX6: with gyroscope, 2000 degrees per second.
        case withGyroscope

        /// Samples in a block.
        public var samplesPerBlock: Int {
            switch self {
            case .packed: 120
            case .wide: 80
            case .withGyroscope: 40
            }
        }

        /// Counts per g.
        var perG: Double { self == .packed ? 256 : 4096 }
    }

    /// A sample: g, and degrees per second.
    public typealias Sample = (acceleration: (Double, Double, Double), rate: (Double, Double, Double))

    private let form: Form
    private let rateCode: UInt8
    private let rateHz: Double
    private let hasFraction: Bool
    private var number: UInt32 = 0
    private var session: UInt32 = 7

    /// A writer at 3200 / 2^(15 - code) Hz; 10 is 100 Hz, 9 is 50 Hz.
    public init(_ form: Form, rateCode: UInt8 = 10, hasFraction: Bool = true) {
        precondition((6...15).contains(rateCode), "the rates of these recorders")
        self.form = form
        self.rateCode = rateCode
        self.hasFraction = hasFraction
        rateHz = 3200 / Double(1 << (15 - Int(rateCode)))
    }

    /// What a file begins with.
    public var header: [UInt8] {
        var bytes = [UInt8](repeating: 0xFF, count: 1024)
        bytes.replaceSubrange(0..<5, with: [0x4D, 0x44, 0xFC, 0x03, form == .withGyroscope ? 0x64 : 0x17])
        bytes[35] = form == .withGyroscope ? 2 : 0
        bytes[36] = rateCode
        return bytes
    }

    /// The number of the next block is one higher: that one is lost.
    public mutating func loseBlock() { number += 1 }

    /// A block of samples, of which the first was taken at `time`: nanoseconds since 1970 of local time.
    public mutating func block(_ samples: [Sample], at time: Int64) -> [UInt8] {
        precondition(samples.count <= form.samplesPerBlock, "a block holds no more")
        var bytes = [UInt8](repeating: 0, count: 512)
        func put(_ offset: Int, _ value: Int, _ count: Int = 2) {
            for index in 0..<count { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
        }
        put(0, 0x5841)
        put(2, 508)
        put(6, Int(session), 4)
        put(10, Int(number), 4)
        number += 1
        // The time is that of a whole second, or of a fraction of one, within or near the block.
        let second = time / 1_000_000_000
        let nanoseconds = time % 1_000_000_000
        put(14, Int(CWAWriter.packed(second)), 4)
        if hasFraction {
            let fraction = Int(nanoseconds * 32_768 / 1_000_000_000)
            put(4, 0x8000 | fraction)
            put(26, -(fraction * 2 * Int(rateHz) / 65_536))
        } else {
            put(26, -Int((Double(nanoseconds) * rateHz / 1e9).rounded()))
        }
        put(18, form == .packed ? 0 : 4 << 13 | (form == .withGyroscope ? 2 << 10 : 0))
        put(24, Int(rateCode), 1)
        put(25, form == .packed ? 0x30 : form == .wide ? 0x32 : 0x62, 1)
        put(28, samples.count)
        for (index, sample) in samples.enumerated() {
            switch form {
            case .packed: put(30 + 4 * index, Int(CWAWriter.packed(sample.acceleration)), 4)
            case .wide: putVector(30 + 6 * index, sample.acceleration, form.perG)
            case .withGyroscope:
                putVector(30 + 12 * index, sample.rate, 32_768 / 2000)
                putVector(36 + 12 * index, sample.acceleration, form.perG)
            }
        }
        func putVector(_ offset: Int, _ v: (Double, Double, Double), _ scale: Double) {
            put(offset, CWAWriter.count(v.0, scale))
            put(offset + 2, CWAWriter.count(v.1, scale))
            put(offset + 4, CWAWriter.count(v.2, scale))
        }
        let sum = stride(from: 0, to: 510, by: 2).reduce(0) { $0 + Int(bytes[$1]) + Int(bytes[$1 + 1]) << 8 }
        put(510, -sum)
        return bytes
    }

    /// `sample` as the file holds it.
    public func stored(_ sample: Sample) -> Sample {
        let a = sample.acceleration
        func g(_ value: Double) -> Double { Double(CWAWriter.count(value, form.perG)) / form.perG }
        guard form == .withGyroscope else {
            guard form == .packed else { return ((g(a.0), g(a.1), g(a.2)), (0, 0, 0)) }
            let exponent = CWAWriter.exponent(a)
            func coarse(_ value: Double) -> Double {
                Double(CWAWriter.tenBits(value, exponent) << exponent) / 256
            }
            return ((coarse(a.0), coarse(a.1), coarse(a.2)), (0, 0, 0))
        }
        func dps(_ value: Double) -> Double {
            Double(CWAWriter.count(value, 32_768 / 2000)) * 2000 / 32_768
        }
        return ((g(a.0), g(a.1), g(a.2)), (dps(sample.rate.0), dps(sample.rate.1), dps(sample.rate.2)))
    }

    // MARK: Numbers

    private static func count(_ value: Double, _ scale: Double) -> Int {
        Int(min(max((value * scale).rounded(), -32_768), 32_767))
    }

    /// The smallest exponent under which all three fit into ten bits.
    private static func exponent(_ v: (Double, Double, Double)) -> Int {
        let largest = max(v.0.magnitude, v.1.magnitude, v.2.magnitude) * 256
        return (0..<3).first { largest < Double(511 << $0) } ?? 3
    }

    private static func tenBits(_ value: Double, _ exponent: Int) -> Int {
        min(max(Int((value * 256 / Double(1 << exponent)).rounded()), -512), 511)
    }

    private static func packed(_ v: (Double, Double, Double)) -> UInt32 {
        let exponent = exponent(v)
        func bits(_ value: Double) -> UInt32 {
            UInt32(truncatingIfNeeded: tenBits(value, exponent)) & 0x3FF
        }
        return bits(v.0) | bits(v.1) << 10 | bits(v.2) << 20 | UInt32(exponent) << 30
    }

    /// Seconds since 1970 in six bits of years since 2000, and 4, 5, 5, 6, 6 for the rest.
    public static func packed(_ second: Int64) -> UInt32 {
        let day = second / 86_400
        let rest = UInt32(second % 86_400)
        let date = CivilDate(daysSinceEpoch: day)
        let year = UInt32(date.year - 2000) << 26 | UInt32(date.month) << 22 | UInt32(date.day) << 17
        return year | (rest / 3600) << 12 | (rest / 60 % 60) << 6 | rest % 60
    }
}
