// Valid pieces of the binary protocols, under checksums that fit.

extension FuzzInput {
    mutating func rvcFrame() -> [UInt8] {
        // Mostly plausible angles and accelerations, which are small; now and then anything.
        let isAnything = number(below: 4) == 0
        var body = [byte()]
        for _ in 0..<6 { body += isAnything ? bytes(2) : [byte(), [0x00, 0xFF, 0x03][number(below: 3)]] }
        body += isAnything ? bytes(3) : [0, 0, 0]
        return [0xAA, 0xAA] + body + [body.reduce(0, &+)]
    }

    /// Four bytes of a number: plausible, a special one, or anything.
    private mutating func floatBits() -> UInt32 {
        switch number(below: 8) {
        case 0: [0, 0x8000_0000, 0x7F80_0000, 0x7FC0_0000, 0x0000_0001, 0x7F7F_FFFF][number(below: 6)]
        case 1: bytes(4).reduce(0) { $0 << 8 | UInt32($1) }
        case 2, 3: 0x3F80_0000 | UInt32(byte())
        default: (Float(Int8(bitPattern: byte())) / 64).bitPattern
        }
    }

    private mutating func bigFloats(_ count: Int) -> [UInt8] {
        (0..<count).flatMap { _ -> [UInt8] in
            let bits = floatBits()
            return [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: bits >> $0) }
        }
    }

    mutating func mipPacket() -> [UInt8] {
        let set: UInt8 = pick([0x80, 0x80, 0x80, 0x82, 0xA0, byte()])
        var data: [UInt8] = []
        for _ in 0..<number(below: 6) {
            let field: [UInt8]
            switch number(below: 9) {
            case 0:
                field = [pick([0xD5, 0xD6, 0xD3, 0x12])] + bytes(8) + (number(below: 2) == 0 ? [] : bytes(4))
            case 1: field = [pick([0x0A, 0x03])] + bigFloats(4) + (set == 0x82 ? bytes(2) : [])
            case 2: field = [pick([0x09, 0x04])] + bigFloats(9) + (set == 0x82 ? bytes(2) : [])
            case 3: field = bytes(1 + number(below: 40))
            case 4, 5: field = [0x05] + bigFloats(3)
            default: field = [pick([0x04, 0x04, 0x04, 0x0C])] + bigFloats(3)
            }
            if data.count + field.count < 254 { data += [UInt8(field.count + 1)] + field }
        }
        // Now and then a field that does not fit into the packet.
        if number(below: 16) == 0, !data.isEmpty { data[0] = byte() }
        let packet = [0x75, 0x65, set, UInt8(data.count)] + data
        var sums: (UInt8, UInt8) = (0, 0)
        for byte in packet {
            sums.0 &+= byte
            sums.1 &+= sums.0
        }
        return packet + [sums.0, sums.1]
    }

    mutating func xsensMessage() -> [UInt8] {
        let kind: UInt8 = number(below: 8) == 0 ? byte() : 0x36
        var data: [UInt8] = []
        for _ in 0..<number(below: 8) {
            let name =
                pick([0x1020, 0x1060, 0x2010, 0x2020, 0x2030, 0x4020, 0x4020, 0x8020, 0xE020]) as UInt16
            let low = number(below: 3) == 0 ? UInt16(byte() & 0x0F) : 0
            let value: [UInt8]
            switch number(below: 6) {
            case 0: value = bytes(number(below: 80))
            case 1: value = bytes(pick([2, 4, 6, 8]) * pick([3, 4, 9]))
            default:
                let count = [0x1020: 0, 0x1060: 1, 0x2010: 4, 0x2020: 9, 0xE020: 1][Int(name)] ?? 3
                value = count == 0 ? bytes(2) : bigFloats(count)
            }
            data += [UInt8(name >> 8), UInt8(name & 0xF0) | UInt8(low), UInt8(value.count)] + value
        }
        if number(below: 16) == 0, data.count > 2 { data[2] = byte() }
        let isLong = data.count > 254 || number(below: 16) == 0
        let length = isLong ? [0xFF, UInt8(data.count >> 8), UInt8(data.count & 0xFF)] : [UInt8(data.count)]
        let body = [0xFF, kind] + length + data
        return [0xFA] + body + [0 &- body.reduce(0, &+)]
    }

    mutating func ximu3Message() -> [UInt8] {
        let letters: [(UInt8, Int)] = [
            (0xC9, 6), (0xC9, 6), (0xC9, 6), (0xD1, 4), (0xC1, 3), (0xD2, 9), (0xCC, 7), (0xD4, 1), (0xCE, 2),
        ]
        let (letter, count) = pick(letters)
        // Times near each other, so that messages agree.
        let time = number(below: 8) == 0 ? bytes(8) : [byte(), byte(), byte() & 0x1F, 0, 0, 0, 0, 0]
        var message = [letter] + time
        for _ in 0..<count {
            let bits = floatBits()
            message += [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: bits >> $0) }
        }
        if number(below: 16) == 0 { message.removeLast(number(below: 8)) }
        return message.flatMap { byte -> [UInt8] in
            switch byte {
            case 0x0A: [0xDB, 0xDC]
            case 0xDB: [0xDB, 0xDD]
            default: [byte]
            }
        } + [0x0A]
    }
}
