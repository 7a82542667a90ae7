import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct ProfileDecoderTests {
    private static func decoder(_ name: String) throws -> ProfileDecoder {
        ProfileDecoder(try #require(DecoderCatalog.builtIn.profile(name)))
    }

    private static func decoder(text: String) throws -> ProfileDecoder {
        ProfileDecoder(try TextProfile(file: "test.profile", bytes: Array(text.utf8)))
    }

    private static let csv =
        "[profile]\nname=csv\n[columns]\nax=1 g\nay=2 g\naz=3 g\ngx=4 dps\ngy=5 dps\ngz=6 dps\n"

    // MARK: Shipped profiles

    @Test func inertialMessagesOfXIMU3() throws {
        var decoder = try Self.decoder("x-imu3-ascii")
        let text =
            "I,1000000,90,0,-180,0.5,-0.25,1\r\nQ,1000000,1,0,0,0\nT,5,21.5\nI,1010000,0,0,0,0,0,1\n{\"ping\":1}\nI,1020000,0,0,0,0,0,1\n"
        let readings = decoder.readings(of: Array(text.utf8))
        #expect(readings.map(\.deviceNanoseconds) == [1_000_000_000, 1_010_000_000, 1_020_000_000])
        #expect(readings[0].acceleration == Vector3(0.5, -0.25, 1))
        #expect(readings[0].angularRate == Vector3(90 * radiansPerDegree, 0, -180 * radiansPerDegree))
        #expect(readings.allSatisfy { $0.hasAcceleration && $0.hasAngularRate && !$0.followsBreak })
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func anglesOfI2cdevlib() throws {
        var decoder = try Self.decoder("ypr")
        let readings = decoder.readings(of: Array("ypr\t10.00\t30.00\t0.00\nypr\t0\t0\t90\n".utf8))
        #expect(readings.allSatisfy { !$0.hasAcceleration && !$0.hasAngularRate && $0.deviceUp == .zero })
        // Pitch is the elevation of the x axis.
        #expect((readings[0].acceleration - Vector3(0.5, 0, 3.0.squareRoot() / 2)).length < 1e-9)
        #expect((readings[1].acceleration - Vector3(0, 1, 0)).length < 1e-9)
    }

    @Test func quaternionsWhoseLengthIsNotOneAreRefused() throws {
        var decoder = try Self.decoder("quat")
        let readings = decoder.readings(
            of: Array(
                "quat\t0.7071\t0.7071\t0\t0\nquat\t-0.03\t0.07\t-1.21\t0.10\nquat\t0.98\t0\t0\t0\n".utf8))
        #expect(readings.count == 1)
        #expect((readings[0].acceleration - Vector3(0, 1, 0)).length < 1e-9)
        #expect(decoder.outcomes.insane == 2)
    }

    @Test func aMessageBreaksTheStreamAndACommentDoesNot() throws {
        var decoder = try Self.decoder("ypr")
        let text = "ypr 1 2 3\nFIFO overflow!\nypr 1 2 3\nypr 1 2 3\n# note to self\nypr 1 2 3\nypr 1 2 3\n"
        #expect(
            decoder.readings(of: Array(text.utf8)).map(\.followsBreak) == [false, true, false, false, false])
        #expect(decoder.outcomes.skippedBytes == 15)
    }

    @Test func linesThatCannotBeUsedAreExplained() throws {
        var decoder = try Self.decoder("areal")
        #expect(decoder.readings(of: Array("areal\t1\t2\t3\nareal\t1\t2\t3\n".utf8)) == [])
        #expect(decoder.complaint == nil)
        #expect(decoder.readings(of: Array("areal\t1\t2\t3\n".utf8)) == [])
        #expect(decoder.complaint?.contains("OUTPUT_READABLE_QUATERNION") == true)
        #expect(!decoder.isLocked)
    }

    @Test func razorSendsGravityAndItsAnglesAgreeWithIt() throws {
        // Level, 20 degrees nose up, rolled 10 degrees to the right; gravity in counts of 256, z down.
        var decoder = try Self.decoder("razor-yprag")
        let reading = try #require(
            decoder.readings(of: Array("#YPRAG=80,20,10,-87.56,41.77,236.92,0.1,-0.2,0.3\n".utf8)).first)
        let up = try #require(reading.acceleration.normalized)
        #expect(up.dot(reading.deviceUp) > 0.9999)
        #expect(reading.angularRate == Vector3(0.1, -0.2, 0.3))
    }

    @Test(arguments: ["razor-ypr", "ang"])
    func anglesOfAerospace(name: String) throws {
        var decoder = try Self.decoder(name)
        let line = name == "ang" ? "!ANG:10,20,30\n" : "#YPR=30,20,10\n"
        let up = try #require(decoder.readings(of: Array(line.utf8)).first).acceleration
        let (sp, cp) = Elementary.sincos(20 * radiansPerDegree)
        let (sr, cr) = Elementary.sincos(10 * radiansPerDegree)
        #expect((up - Vector3(sp, -cp * sr, -cp * cr)).length < 1e-9)
    }

    @Test func openLogByItsHeaderWhateverElseThereIs() throws {
        for extra in ["", "mX,mY,mZ,imu_degC,output_Hz,"] {
            var decoder = try Self.decoder("openlog")
            #expect(decoder.readings(of: Array("1,2,3,4,5,6,7,8\n".utf8)) == [])
            let cells = extra.isEmpty ? "" : "1,2,3,26.5,100,"
            let text =
                "rtcDate,rtcTime,aX,aY,aZ,gX,gY,gZ,\(extra)\r\n"
                + "01/06/2022,06:40:26.26,500,-250,1000,90,0,-180,\(cells)\r\n"
                + "01/06/2022,06:40:26.27,500,-250,1000,90,0,-180,\(cells)17,\r\n"
                + "01/06/2022,06:40:26.27,500,-250,1000,90,0\r\n"
            let readings = decoder.readings(of: Array(text.utf8))
            #expect(readings.count == 2)
            #expect(readings.allSatisfy { $0.acceleration == Vector3(0.5, -0.25, 1) && $0.hasAngularRate })
            #expect(decoder.outcomes.badLength == 1)
        }
        var slow = try Self.decoder("openlog")
        let noGyro = slow.readings(of: Array("rtcDate,aX,aY,aZ,gX\n1/2/3,0,0,1000,5\n".utf8))
        #expect(noGyro.map(\.hasAngularRate) == [false])
    }

    @Test func withoutItsHeaderItSaysSo() throws {
        var decoder = try Self.decoder("openlog")
        for _ in 0..<20 { _ = decoder.readings(of: Array("01/06/2022,06:40:26.26,5.22,-911\n".utf8)) }
        #expect(decoder.complaint?.contains("aX, aY, aZ") == true)
        _ = decoder.readings(of: Array("rtcDate,aX,aY,aZ\n".utf8))
        #expect(decoder.complaint == nil)
    }

    @Test func aHeaderIsBelievedAfterASilenceAndARowIsNot() throws {
        var decoder = try Self.decoder("openlog")
        let row = "1,2,0,0,1000\n"
        #expect(decoder.count(of: Array(("rtcDate,rtcTime,aX,aY,aZ\n" + row).utf8)) == 1)
        decoder.interrupt()
        #expect(decoder.count(of: Array((row + row).utf8)) == 1)
        decoder.interrupt()
        #expect(decoder.count(of: Array(("aZ,aY,aX\n1000,0,0\n").utf8)) == 1)
    }

    @Test func jsonThatSaysItsUnits() throws {
        var decoder = try Self.decoder("json")
        let good =
            #"{"axes":{"accel":{"x":0.5,"y":-0.25,"z":1,"unit":"g"},"gyro":{"x":90,"y":0,"z":-180,"unit":"dps"}},"uptime_ms":12}"#
        let reading = try #require(decoder.readings(of: Array((good + "\n").utf8)).first)
        #expect(reading.acceleration == Vector3(0.5, -0.25, 1))
        #expect(reading.deviceNanoseconds == 12_000_000)
        let wrongUnit = good.replacing("\"g\"", with: "\"mps2\"")
        #expect(decoder.readings(of: Array((wrongUnit + "\n").utf8)) == [])
        #expect(decoder.outcomes.insane == 1)
    }

    // MARK: JSON

    private static let json =
        "[profile]\nname=j\n[columns]\nax=/a/0 g\nay=/a/1 g\naz=/a/2 g\ntime=/t ms\n"

    @Test(arguments: [
        (#"{"a":[0,0,1],"t":1}"#, true), (#" { "t" : 5e0 , "a" : [ 0 , 0.0 , 1.0e0 ] } "#, true),
        (#"{"a":[0,0,1,7],"b":{"a":[9,9]},"t":1}"#, true), (#"{"x":"\"{[","a":[0,0,1]}"#, true),
        (#"{"a":[0,0,1],"t":null}"#, true), (#"{"a":[0,0,1],"t":1"#, false), (#"{"a":[0,0,1]}}"#, false),
        (#"{"a":[0,0,null]}"#, false), (#"{"a":[0,0,NaN]}"#, false), (#"{"a":[0,0,true]}"#, false),
        (#"{"a":[0,0,"1"]}"#, false), (#"{"a":[0,0,1],"a":[0,0,1]}"#, false), (#"{"a":[0,0,1e999]}"#, false),
        (#"{"a":[0,0,-inf]}"#, false), (#"{"a":[0,0,1x]}"#, false), (#"{"a":{"0":0,"1":0,"2":1}}"#, true),
        (#"{"a":[0,0,1],"d":[[[[[[[]]]]]]]}"#, true), (#"{"a":[0,0,1],"d":[[[[[[[[]]]]]]]]}"#, false),
        ("{\"a\":[0,0,1],\"s\":\"\u{1}\"}", false), (#"{a:[0,0,1]}"#, false), (#"{"a":[0,,1]}"#, false),
        ("{}", false),
    ])
    func jsonLines(line: String, isGood: Bool) throws {
        var decoder = try Self.decoder(text: Self.json)
        let readings = decoder.readings(of: Array((line + "\n").utf8))
        #expect((readings.count == 1) == isGood, "\(line)")
        #expect(decoder.outcomes.rejects == (isGood ? 0 : 1), "\(line)")
    }

    // MARK: Cells

    @Test(arguments: [
        "1,0,0", "1,0,0,1,0,0,0", "1,0,0,1,0,0,1,0,0,1,0,0", "0,98,0,0,1,0,0,0",
    ])
    func wrongNumberOfCells(line: String) throws {
        var decoder = try Self.decoder(text: Self.csv)
        #expect(decoder.readings(of: Array((line + "\n").utf8)) == [])
        #expect(decoder.outcomes.badLength == 1)
    }

    @Test(arguments: [
        "nan,0,1,0,0,0", "inf,0,1,0,0,0", "1e999,0,1,0,0,0", "0,,1,0,0,0", "0,0,1,0,0,x", "0,0 1,1,0,0,0",
        "0,0,33,0,0,0", "0,0,1,0,4001,0", "0,0,0,1,2,3", "0,0,1\u{0},0,0,0", "0,0,1\u{1B}[2J,0,0,0",
        "0,0,0x1,0,0,0",
    ])
    func linesThatCannotBeTrue(line: String) throws {
        var decoder = try Self.decoder(text: Self.csv)
        #expect(decoder.readings(of: Array((line + "\n").utf8)) == [])
        #expect(decoder.outcomes.insane == 1)
        #expect(decoder.outcomes.rejects == 1)
    }

    @Test func emptyRatesAndTrailingCommasAreTolerated() throws {
        var decoder = try Self.decoder(text: Self.csv)
        let readings = decoder.readings(of: Array(" 0 , 0 ,1,,,\n0,0,1,1,2,3,\r\n".utf8))
        #expect(readings.map(\.hasAngularRate) == [false, true])
    }

    @Test func aLocaleCommaIsNoNumberBetweenTabs() throws {
        let text = Self.csv.replacing("name=csv\n", with: "name=csv\ndelimiter=tab\n")
        var decoder = try Self.decoder(text: text)
        #expect(decoder.readings(of: Array("0,98\t0\t1\t0\t0\t0\n".utf8)) == [])
        #expect(decoder.outcomes.insane == 1)
        #expect(decoder.count(of: Array("0.98\t0\t1\t0\t0\t0\n".utf8)) == 1)
        #expect(decoder.readings(of: Array("0.98\t\t0\t1\t0\t0\t0\n".utf8)) == [])
    }

    @Test func somebodysOwnPrefixIsARequirement() throws {
        let text =
            "[profile]\nname=own\ndelimiter=blanks\nrequire=6=ypr\n[columns]\nyaw=7 deg\npitch=-8 deg\nroll=9 deg\n"
        var decoder = try Self.decoder(text: text)
        let readings = decoder.readings(
            of: Array(
                "10000  LCnt = 1 Normal   ypr -0.01 -0.06 0.61\n10000  LCnt = 1 Normal   xyz -0.01 -0.06 0.61\n"
                    .utf8))
        #expect(readings.count == 1)
        #expect(decoder.outcomes.insane == 1)
    }

    @Test func aChecksumIsChecked() throws {
        let text = "[profile]\nname=sum\nprefix=$ACC,\nchecksum=xor\n[columns]\nax=1 g\nay=2 g\naz=3 g\n"
        var decoder = try Self.decoder(text: text)
        let body = "ACC,0,0,1"
        let sum = body.utf8.reduce(0, ^)
        let line = "$\(body)*" + (sum < 16 ? "0" : "") + String(sum, radix: 16) + "\r\n"
        #expect(decoder.count(of: Array(line.utf8)) == 1)
        #expect(decoder.readings(of: Array(line.replacing("0,1*", with: "1,1*").utf8)) == [])
        #expect(decoder.outcomes.badChecksum == 1)
    }

    @Test func longLinesAndHalfLinesAreNotGuessed() throws {
        var decoder = try Self.decoder(text: Self.csv)
        #expect(
            decoder.readings(of: [UInt8](repeating: 0x31, count: 100_000) + Array("\n0,0,1,0,0,0\n".utf8))
                .count == 1)
        #expect(decoder.outcomes.badLength == 1)
        decoder.interrupt()
        #expect(decoder.count(of: Array("0,0,1,0,0,0\n0,0,1,0,0,0\n".utf8)) == 1)
    }

    // MARK: Properties

    /// A line of each shipped profile that can be read, with the numbers that `random` says.
    static func line(_ name: String, using random: inout SplitMix64) -> String {
        func number(_ limit: Int) -> String {
            let thousandths = Int.random(in: -limit...limit, using: &random)
            return (thousandths < 0 ? "-" : "") + String(abs(thousandths) / 1000) + "."
                + String(String(1000 + abs(thousandths) % 1000).dropFirst())
        }
        let a = [number(2000), number(2000), number(2000)]
        let w = [number(300_000), number(300_000), number(300_000)]
        let angles = [number(180_000), number(89_000), number(179_000)]
        switch name {
        case "ypr": return "ypr\t" + angles.joined(separator: "\t")
        case "quat": return "quat\t0.50\t-0.50\t0.50\t\(Bool.random(using: &random) ? "" : "-")0.50"
        case "razor-ypr": return "#YPR=" + angles.joined(separator: ",")
        case "razor-yprag":
            return "#YPRAG="
                + (angles + w + [number(9000), number(9000), number(9000)]).joined(separator: ",")
        case "ang": return "!ANG:" + [angles[2], angles[1], angles[0]].joined(separator: ",")
        case "openlog": return "01/06/2022,06:40:26.26," + (w + a).joined(separator: ",") + ",26.5,100.0,"
        case "x-imu3-ascii":
            return "I,\(Int.random(in: 0...1_000_000_000, using: &random))," + (w + a).joined(separator: ",")
        case "x-imu3-quaternion": return "Q,1,0.5,0.5,-0.5,0.5"
        case "x-imu3-angles": return "A,1," + [angles[2], angles[1], angles[0]].joined(separator: ",")
        case "tabs": return "12\t" + (a + w).joined(separator: "\t")
        default:
            return
                "{\"axes\":{\"accel\":{\"x\":\(a[0]),\"y\":\(a[1]),\"z\":\(a[2]),\"unit\":\"g\"},\"gyro\":{\"x\":\(w[0]),"
                + "\"y\":\(w[1]),\"z\":\(w[2]),\"unit\":\"dps\"}},\"uptime_ms\":12}"
        }
    }

    static let usable = ShippedProfiles.files.map { String($0.file.dropLast(8)) }.filter { $0 != "areal" }

    static func header(_ name: String) -> String {
        switch name {
        case "openlog": "rtcDate,rtcTime,aX,aY,aZ,gX,gY,gZ,imu_degC,output_Hz,\r\n"
        case "tabs": "t_ms\tax_g\tay_g\taz_g\tgx_dps\tgy_dps\tgz_dps\r\n"
        default: ""
        }
    }

    @Test(arguments: usable)
    func chunksGiveExactlyWhatBytesGive(name: String) throws {
        var random = SplitMix64(seed: 11)
        for (rarity, longest) in [(30, 1), (300, 64), (100_000, 4096)] {
            var text = Self.header(name)
            for _ in 0..<200 { text += Self.line(name, using: &random) + "\r\n" }
            let stream = corrupted(Array(text.utf8), onceIn: rarity, using: &random)
                .readInBursts(&random, longest: 300)
            var byByte = try Self.decoder(name)
            var byChunk = try Self.decoder(name)
            let expected = byByte.readings(of: stream)
            #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
            #expect(byChunk.outcomes == byByte.outcomes)
            #expect(byChunk.isLocked == byByte.isLocked)
        }
    }

    /// A line is undamaged when neither it nor the line end before it was touched: two lines run together are refused.
    @Test(arguments: usable)
    func undamagedLinesAreDecodedAndTheGatesHold(name: String) throws {
        var random = SplitMix64(seed: 12)
        var decoder = try Self.decoder(name)
        var undamaged = 0
        var decoded = 0
        var previousIsWhole = true
        _ = decoder.readings(of: Array(Self.header(name).utf8))
        for _ in 0..<5000 {
            var bytes = Array((Self.line(name, using: &random) + "\r\n").utf8)
            var isDamaged = false
            for index in bytes.indices where Int.random(in: 0..<100, using: &random) == 0 {
                let other = UInt8.random(in: 0...255, using: &random)
                isDamaged = isDamaged || other != bytes[index]
                bytes[index] = other
            }
            let readings = decoder.readings(of: bytes)
            if !isDamaged, previousIsWhole {
                undamaged += 1
                decoded += readings.count == 1 ? 1 : 0
            }
            previousIsWhole = bytes.last == 0x0A
            for reading in readings { #expect(holds(reading, decoder.profile.gates)) }
        }
        #expect(undamaged > 500)
        #expect(Double(decoded) >= 0.999 * Double(undamaged))
    }

    private func holds(_ reading: Reading, _ gates: TextProfile.Gates) -> Bool {
        let a = reading.acceleration
        let w = reading.angularRate
        guard a.isFinite, w.isFinite, a != .zero else { return false }
        let largest = reading.hasAcceleration ? gates.acceleration : 1 + 1e-9
        let isUnit = reading.deviceUp == .zero || (reading.deviceUp.length - 1).magnitude < 1e-9
        let isDirection = reading.hasAcceleration || (a.length - 1).magnitude < 1e-9
        return max(a.x.magnitude, a.y.magnitude, a.z.magnitude) <= largest
            && max(w.x.magnitude, w.y.magnitude, w.z.magnitude) <= gates.rate && isUnit && isDirection
    }

    @Test(arguments: usable)
    func garbageGivesNothing(name: String) throws {
        var random = SplitMix64(seed: 13)
        var decoder = try Self.decoder(name)
        for _ in 0..<Trials.count(4) { #expect(decoder.readings(of: random.bytes(65_536)) == []) }
        #expect(!decoder.isLocked)
    }
}
