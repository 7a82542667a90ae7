/// Writes samples as an ActiGraph stores them (`.gt3x`), so that a reader can be held to a simulated wearer.
public struct GT3XWriter: Sendable {
    /// How samples are stored.
    public enum Form: Sendable, CaseIterable {
        /// ACTIVITY: twelve bits, 341 counts per g.
        case packed
        /// ACTIVITY2: 16 bits, 256 counts per g.
        case wide

        /// Counts per g.
        public var perG: Double { self == .packed ? 341 : 256 }
    }

    private let form: Form
    /// Samples per second.
    public let rate: Int
    /// What log.bin holds so far.
    public private(set) var log: [UInt8] = []

    /// A writer that has written what every log begins with.
    public init(_ form: Form, rate: Int, hasParameters: Bool = true) {
        self.form = form
        self.rate = rate
        append(type: 0x06, time: 0, Array(#"{"MetadataType":"Bio"}"#.utf8))
        guard hasParameters else { return }
        // ACCEL_SCALE: 341 and 256 as a fraction of 24 bits and an exponent of two.
        let scale: UInt32 = form == .packed ? 0x0955_4000 : 0x0940_0000
        append(
            type: 0x15, time: 0,
            Self.parameter(0x0037_0000, scale) + Self.parameter(0x000A_0001, UInt32(rate)))
    }

    private static func parameter(_ key: UInt32, _ value: UInt32) -> [UInt8] {
        [key, value].flatMap { word in (0..<4).map { UInt8(truncatingIfNeeded: word >> UInt32(8 * $0)) } }
    }

    /// Appends a record of any kind.
    public mutating func append(type: UInt8, time: Int64, _ payload: [UInt8]) {
        precondition(payload.count < 65_536, "the length has 16 bits")
        var record: [UInt8] = [0x1E, type]
        record += (0..<4).map { UInt8(truncatingIfNeeded: time >> Int64(8 * $0)) }
        record += [UInt8(truncatingIfNeeded: payload.count), UInt8(truncatingIfNeeded: payload.count >> 8)]
        record += payload
        log += record + [~record.reduce(0, ^)]
    }

    /// Appends one second of samples in g that begins at `time`, seconds since 1970 of local time.
    public mutating func append(second time: Int64, _ samples: [(Double, Double, Double)]) {
        var payload: [UInt8] = []
        switch form {
        case .wide:
            for (x, y, z) in samples {
                for value in [x, y, z] {
                    let count = UInt16(bitPattern: Int16(self.count(value)))
                    payload += [UInt8(truncatingIfNeeded: count), UInt8(truncatingIfNeeded: count >> 8)]
                }
            }
        case .packed:
            var nibbles: [UInt8] = []
            for (x, y, z) in samples {
                for value in [y, x, z] {
                    let count = count(value)
                    nibbles += [8, 4, 0].map { UInt8(count >> $0 & 15) }
                }
            }
            if nibbles.count % 2 == 1 { nibbles.append(0) }
            for index in stride(from: 0, to: nibbles.count, by: 2) {
                payload.append(nibbles[index] << 4 | nibbles[index + 1])
            }
        }
        append(type: form == .packed ? 0x00 : 0x1A, time: time, payload)
    }

    /// `value` in g as the file holds it.
    public func stored(_ value: Double) -> Double { Double(count(value)) / form.perG }

    private func count(_ value: Double) -> Int {
        let limit: Double = form == .packed ? 2047 : 32_767
        return Int(min(max((value * form.perG).rounded(), -limit), limit))
    }

    /// The text of info.txt.
    public var info: [UInt8] {
        let serial = form == .packed ? "CLE2B21130054" : "MOS2D23150153"
        return Array("Serial Number: \(serial)\r\nFirmware: 3.2.1\r\nSample Rate: \(rate)\r\n".utf8)
    }

    /// The whole file.
    public func file(_ packing: ZIPWriter.Packing = .stored, infoFirst: Bool = true) -> [UInt8] {
        var archive = ZIPWriter()
        if infoFirst { archive.add("info.txt", info, packing) }
        archive.add("log.bin", log, packing)
        if !infoFirst { archive.add("info.txt", info, packing) }
        return archive.finished
    }
}
