// Lines of the text protocols: whole ones, and ones put together from what such lines are made of. The tables are
// made once: to make them again for every line would take longer than to read it.

private let headers = [
    "t_s,ax_g,ay_g,az_g", "t_ms,ax_mps2,ay_mg,az_g,gx_dps,gy_dps,gz_radps,note,",
    " \"T_us\" ,id, az_g,ay_g,ax_g", "t,ax,ay,az", "t_s,ax_g,ay_g,az_g,ax_mg",
].map { Array($0.utf8) }

private let textTokens = [
    "0", "1", "-0.5", "9.80665", ",", ",", ",", ",", " ", "e5", "1e-300", ".", "+", "nan", "inf", "#", "\t",
    "18446744073709551616", "0.00000000000000000000001", "9223372036.854775807", "1e99999999999999999999",
].map { Array($0.utf8) }

/// Numbers as sensors send them, and some as they do not.
private let numbers = [
    "0", "1", "-0.5", "0.25", "90.0", "0.7071", "-1", "0.02", "12", "5e-1", "1e-300", "1e999", "nan", "",
    "-180",
    "18446744073709551616",
].map { Array($0.utf8) }

private let ends = ["\n", "\r\n", "\n", ""].map { Array($0.utf8) }

private let sentenceNames = [
    "APXDR", "HCXDR", "PASHR", "VNYMR", "VNQMR", "VNACC", "VNRRG", "GPGGA", "",
].map { Array($0.utf8) }

private let sentenceFields = [
    "A", "D", "PTCH", "ROLL", "HEEL", "G", "", "T", "0.707107", "-09.802", "171", "90", "-180", "1e999",
    "nan",
    "  0.00", "T0000000543", "000.1", "+1", "*", "$",
].map { Array($0.utf8) }

/// Bodies in which `#` stands for a number.
private let sentenceBodies = [
    "HCXDR,A,#,D,PITCH,A,#,D,ROLL", "IIXDR,C,,C,AIRTEMP,A,#,D,PTCH,A,#,D,HEEL", "APXDR,A,#,D,PTCH",
    "APXDR,A,#,D,ROLL", "PASHR,135920.00,#,T,#,#,000.00,0.000,0.000,0.000,0,0",
    "VNYMR,#,#,#,#,#,#,#,#,-9.8,#,#,#", "VNQMR,0.7071,0,0,0.7071,#,#,#,#,#,-9.8,#,#,#,T0000000543,S1",
    "VNQMR,#,#,#,#,#,#,#,#,#,#,#,#,#", "VNACC,#,#,-9.802", "VNACC,#,#,#",
].map { Array($0.utf8) }

private let digits = Array("0123456789ABCDEF".utf8)

extension FuzzInput {
    mutating func textLine() -> [UInt8] {
        switch number(below: 8) {
        case 0: return pick(headers) + pick(ends)
        case 1, 2, 3:
            // A line that fits the first header, or the second.
            var line = Array("12.".utf8)
            line += [0x30 + byte() % 10, 0x30 + byte() % 10]
            for _ in 0..<pick([3, 3, 3, 6, 7]) { line += [0x2C] + pick(numbers) }
            return line + pick(ends)
        case 4: return headers[0] + Array("\n12.340,0.5,-0.25,1\n12.350,0.5,-0.25,1\n".utf8)
        default:
            var line: [UInt8] = []
            for _ in 0..<number(below: 24) { line += pick(textTokens) }
            return line + [0x0A]
        }
    }

    /// `$...*hh` of both decoders, mostly under a sum that fits.
    mutating func sentence() -> [UInt8] {
        var body: [UInt8] = []
        if number(below: 2) == 0 {
            for character in pick(sentenceBodies) {
                if character == 0x23 { body += pick(numbers) } else { body.append(character) }
            }
        } else {
            body = pick(sentenceNames)
            for _ in 0..<number(below: 24) { body += [0x2C] + pick(sentenceFields) }
        }
        let sum = number(below: 8) == 0 ? byte() : body.reduce(0, ^)
        let isSwitchedOff = number(below: 16) == 0
        let end: [UInt8] = isSwitchedOff ? [0x58, 0x58] : [digits[Int(sum >> 4)], digits[Int(sum & 15)]]
        return [0x24] + body + [0x2A] + end + pick(ends)
    }
}
