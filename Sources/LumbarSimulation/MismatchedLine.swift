/// What a receiver makes of bytes that were sent at another rate than it listens at.
///
/// The bits are laid out in time as a serial line has them (a start bit of 0, eight of data with the lowest first, a stop
/// bit of 1) and looked at as a receiver does: from each falling edge on, in the middle of where it expects each bit. A
/// byte whose stop bit is missing is a framing error, which a Linux line in raw mode hands over as 0.
public enum MismatchedLine {
    /// The bytes that come out when `bytes`, sent back to back at `sent` bits a second, are received at `received`.
    public static func receive(_ bytes: [UInt8], sent: Int, received: Int) -> [UInt8] {
        guard sent != received else { return bytes }
        var levels = [Bool](repeating: true, count: 2)
        for byte in bytes {
            levels.append(false)
            for bit in 0..<8 { levels.append(byte >> UInt8(bit) & 1 == 1) }
            levels.append(true)
        }
        // How many sent bits pass while the receiver waits for one of its own.
        let step = Double(sent) / Double(received)
        func level(at position: Double) -> Bool {
            let index = Int(position)
            return index < levels.count ? levels[index] : true
        }
        var out: [UInt8] = []
        var index = 0
        while index < levels.count {
            guard !levels[index] else {
                index += 1
                continue
            }
            let start = Double(index)
            var byte: UInt8 = 0
            for bit in 0..<8 where level(at: start + (1.5 + Double(bit)) * step) { byte |= 1 << UInt8(bit) }
            let hasStopBit = level(at: start + 9.5 * step)
            out.append(hasStopBit ? byte : 0)
            index = max(index + 1, Int(start + 9.5 * step))
            // After a framing error the line has to come up before a start bit can be seen.
            if !hasStopBit { while index < levels.count, !levels[index] { index += 1 } }
        }
        return out
    }
}
