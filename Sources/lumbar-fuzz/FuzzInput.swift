/// The fuzzer's bytes, taken one by one as decisions; zero when they are used up.
struct FuzzInput {
    private let data: UnsafeBufferPointer<UInt8>
    private var index = 0

    init(_ data: UnsafeBufferPointer<UInt8>) { self.data = data }

    var isUsedUp: Bool { index >= data.count }

    mutating func byte() -> UInt8 {
        guard !isUsedUp else { return 0 }
        defer { index += 1 }
        return data[index]
    }

    mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in byte() } }

    /// A number below `limit`, at most 256.
    mutating func number(below limit: Int) -> Int { Int(byte()) % limit }

    mutating func pick<Element>(_ choices: [Element]) -> Element { choices[number(below: choices.count)] }

    /// All that is left.
    mutating func rest() -> [UInt8] {
        defer { index = data.count }
        return isUsedUp ? [] : Array(data[index...])
    }
}

// MARK: Valid pieces of each language, so that inputs get past checksums and headers

extension FuzzInput {
    mutating func witMotionFrame() -> [UInt8] {
        let body = [0x55, 0x50 | byte() & 0x0F] + bytes(8)
        return body + [body.reduce(0, &+)]
    }

    mutating func combinedFrame() -> [UInt8] {
        let plausible: [UInt8] = [10, 0, 37, 0, 22, 8]
        let acceleration = number(below: 2) == 0 ? plausible : bytes(6)
        return [0x55, number(below: 8) == 0 ? 0x71 : 0x61] + acceleration + bytes(12)
    }

    mutating func textLine() -> [UInt8] {
        switch number(below: 6) {
        case 0:
            let headers = [
                "t_s,ax_g,ay_g,az_g", "t_ms,ax_mps2,ay_mg,az_g,gx_dps,gy_dps,gz_radps,note,",
                " \"T_us\" ,id, az_g,ay_g,ax_g", "t,ax,ay,az", "t_s,ax_g,ay_g,az_g,ax_mg",
            ]
            return Array((pick(headers) + pick(["\n", "\r\n", ""])).utf8)
        case 1:
            return Array("12.340,0.5,-0.25,1,90,0,-180\n".utf8)
        default:
            let tokens = [
                "0", "1", "-0.5", "9.80665", ",", ",", ",", ",", " ", "e5", "1e-300", ".", "+", "nan", "inf",
                "#", "\t",
                "18446744073709551616", "0.00000000000000000000001", "9223372036.854775807",
                "1e99999999999999999999",
            ]
            let count = number(below: 24)
            return Array(((0..<count).map { _ in pick(tokens) }.joined() + "\n").utf8)
        }
    }
}
