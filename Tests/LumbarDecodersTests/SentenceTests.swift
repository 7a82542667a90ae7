import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

@Suite struct SentenceTests {
    static func sentence(_ body: String) -> [UInt8] {
        let sum = body.utf8.reduce(0, ^)
        let digits = String(sum, radix: 16, uppercase: true)
        return Array("$\(body)*\(digits.count < 2 ? "0" : "")\(digits)\r\n".utf8)
    }

    private func nmea(_ bodies: String...) -> (readings: [Reading], outcomes: DecodeOutcomes) {
        var decoder = NMEADecoder()
        let readings = decoder.readings(of: bodies.flatMap(Self.sentence))
        return (readings, decoder.outcomes)
    }

    private func vectorNav(_ bodies: String...) -> (readings: [Reading], outcomes: DecodeOutcomes) {
        var decoder = VectorNavDecoder()
        let readings = decoder.readings(of: bodies.flatMap(Self.sentence))
        return (readings, decoder.outcomes)
    }

    // MARK: NMEA

    @Test func bothAnglesInOneSentenceAmongOthers() throws {
        let (readings, outcomes) = nmea(
            "IIXDR,C,,C,AIRTEMP,A,30.0,D,PITCH,G,367,,MAGX,A,0,D,ROLL,P,,B,BARO", "GPHDT,,T")
        #expect(readings.count == 1)
        #expect(!readings[0].hasAcceleration)
        // The front goes up.
        #expect((readings[0].acceleration - Vector3(0.5, 0, 3.0.squareRoot() / 2)).length < 1e-9)
        #expect(outcomes.rejects == 0)
    }

    @Test func anglesInSentencesOfTheirOwnMakeOneReadingOfEach() {
        let (readings, _) = nmea(
            "APXDR,A,0,D,PTCH", "APXDR,A,90,D,ROLL", "APXDR,A,5,D,PTCH", "APXDR,A,0,D,PTCH",
            "APXDR,A,0,D,HEEL")
        #expect(readings.count == 2)
        // The right side goes down, so left is up.
        #expect((readings[0].acceleration - Vector3(0, 1, 0)).length < 1e-9)
        #expect((readings[1].acceleration - Vector3(0, 0, 1)).length < 1e-9)
    }

    @Test(arguments: [
        ("HCXDR,A,171,D,PITCH,A,-37,D,ROLL", 0, 1), ("HCXDR,A,10,D,PITCH,A,181,D,ROLL", 0, 1),
        ("HCXDR,A,1x,D,PITCH,A,3,D,ROLL", 0, 1), ("HCXDR,A,nan,D,PITCH,A,3,D,ROLL", 0, 1),
        ("HCXDR,A,1,D,PITCH,A,3,D", 1, 0), ("HCXDR,A,,D,PITCH,A,,D,ROLL", 0, 0),
        ("HCXDR,A,1,R,PITCH,A,3,R,ROLL", 0, 0), ("HCXDR,A,1,D,TRIM,A,3,D,ROLL", 0, 0),
    ])
    func whatIsNoPairOfAnglesGivesNone(body: String, badLength: Int, insane: Int) {
        let (readings, outcomes) = nmea(body)
        #expect(readings.isEmpty)
        #expect(outcomes.badLength == badLength)
        #expect(outcomes.insane == insane)
    }

    @Test func anglesThatAreNoDegreesAreExplained() {
        var decoder = NMEADecoder()
        for _ in 0..<10 { _ = decoder.readings(of: Self.sentence("HCXDR,A,171,D,PITCH,A,-37,D,ROLL")) }
        #expect(decoder.complaint?.contains("cannot be degrees") == true)
        #expect(!decoder.isLocked)
    }

    @Test func pashrWithEmptyAndPaddedFields() {
        let (readings, outcomes) = nmea(
            "PASHR,135920.00,  0.00,T,090.00, 0.00,000.00,0.000,0.000,0.000,0,0",
            "PASHR,114835.60,027.23,T,-75.83,,,3.158,,4.831,1,", "PASHR,POS,0,03,183530.00,2037.76012,N",
            "PASHR,163029.000,158.09,T,-0.30,+30.0,+0.01,0.029,0.029,0.059,1,1")
        #expect(readings.count == 2)
        #expect((readings[0].acceleration - Vector3(0, 1, 0)).length < 1e-9)
        #expect((readings[1].acceleration.x - 0.5).magnitude < 1e-9)
        #expect(outcomes.rejects == 0)
    }

    // MARK: VectorNav

    @Test func yawPitchRollAndAcceleration() throws {
        let (readings, outcomes) = vectorNav(
            "VNYMR,+010.000,+030.000,+000.000,+00.1,+00.1,+00.5,+04.903,+00.000,-08.493,-01.0,+00.5,+00.25",
            "VNRRG,01,VN-200T-CR")
        let reading = try #require(readings.first)
        // Nose up 30 degrees: up is half along x, the rest against z, which points down.
        #expect((reading.acceleration - Vector3(0.5, 0, -0.866)).length < 0.001)
        #expect((reading.deviceUp - Vector3(0.5, 0, -(3.0.squareRoot()) / 2)).length < 1e-9)
        #expect(reading.angularRate == Vector3(-1, 0.5, 0.25))
        #expect(outcomes.rejects == 0)
    }

    @Test func theScalarPartOfTheQuaternionIsTheLast() throws {
        // Rolled by 90 degrees to the right.
        let (readings, _) = vectorNav(
            "VNQMR,+0.707107,+0.000000,+0.000000,+0.707107,0,0,0,0,-9.8,0,0,0,0,T0000000543,S1")
        let reading = try #require(readings.first)
        #expect((reading.deviceUp - Vector3(0, -1, 0)).length < 1e-6)
        #expect(try #require(reading.acceleration.normalized).dot(reading.deviceUp) > 0.999)
    }

    @Test func accelerationAlone() {
        let (readings, _) = vectorNav("VNACC,+00.019,+00.320,-09.802")
        #expect(readings.map(\.hasAngularRate) == [false])
        #expect(readings.map(\.deviceUp) == [.zero])
    }

    @Test(arguments: [
        ("VNYMR,-165.918,-008.770,+000.198", 1, 0), ("VNYMR,1,2,3,0,0,0,0,0,-9.8,0,0,0,7", 1, 0),
        ("VNYMR,1,91,3,0,0,0,0,0,-9.8,0,0,0", 0, 1), ("VNYMR,1,2,3,0,0,0,0,0,0,0,0,0", 0, 1),
        ("VNYMR,1,2,3,0,0,0,0,0,-9.8,0,0,71", 0, 1), ("VNYMR,1,2,3,0,0,0,0,0,-999,0,0,0", 0, 1),
        ("VNYMR,1,2,3,0,0,,0,0,-9.8,0,0,0", 0, 1), ("VNQMR,0,0,0,0.9,0,0,0,0,0,-9.8,0,0,0", 0, 1),
        ("VNACC,inf,0,1", 0, 1), ("VNACC,1e999,0,1", 0, 1),
    ])
    func whatCannotBeTrueIsRefused(body: String, badLength: Int, insane: Int) {
        let (readings, outcomes) = vectorNav(body)
        #expect(readings.isEmpty)
        #expect(outcomes.badLength == badLength, "\(body)")
        #expect(outcomes.insane == insane, "\(body)")
    }

    @Test func checksums() {
        var decoder = VectorNavDecoder()
        #expect(decoder.count(of: Array("$VNACC,0,0,-9.8*XX\r\n".utf8)) == 1)
        #expect(decoder.readings(of: Array("$VNACC,0,0,-9.8*00\r\n$VNACC,0,0,-9.8\r\n".utf8)) == [])
        #expect(decoder.outcomes.badChecksum == 1)
        #expect(decoder.outcomes.badLength == 1)
        var nmea = NMEADecoder()
        #expect(nmea.readings(of: Array("$APXDR,A,1,D,PTCH,A,1,D,ROLL*XX\r\n".utf8)) == [])
        #expect(nmea.outcomes.badChecksum == 1)
    }

    // MARK: Properties

    private static func stream(_ name: String, lines: Int, using random: inout SplitMix64) -> [[UInt8]] {
        (0..<lines).map { _ in
            func number(_ limit: Int) -> String {
                let value = Int.random(in: -limit...limit, using: &random)
                return (value < 0 ? "-" : "+") + String(abs(value) / 100) + "." + String(10 + abs(value) % 90)
            }
            if name == "nmea" {
                return sentence("APXDR,A,\(number(8000)),D,PTCH,A,\(number(17000)),D,ROLL")
            }
            let numbers = [number(17000), number(8000), number(17000)] + (0..<9).map { _ in number(900) }
            return sentence("VNYMR," + numbers.joined(separator: ","))
        }
    }

    private static func decoder(_ name: String) -> any StreamDecoder {
        name == "nmea" ? NMEADecoder() : VectorNavDecoder()
    }

    @Test(arguments: ["nmea", "vectornav"])
    func chunksGiveExactlyWhatBytesGive(name: String) {
        var random = SplitMix64(seed: 21)
        for (rarity, longest) in [(30, 1), (300, 64), (100_000, 4096)] {
            let clean = Self.stream(name, lines: 300, using: &random).flatMap { $0 }
            let bytes = corrupted(clean, onceIn: rarity, using: &random)
            let stream = bytes.readInBursts(&random, longest: 300)
            var byByte = Self.decoder(name)
            var byChunk = Self.decoder(name)
            let expected = byByte.readings(of: stream)
            #expect(byChunk.readings(of: stream, cutBy: &random, longest: longest) == expected)
            #expect(byChunk.outcomes == byByte.outcomes)
        }
    }

    /// A sentence is undamaged when its own bytes are: one before it that lost its line end costs it nothing.
    @Test(arguments: ["nmea", "vectornav"])
    func undamagedSentencesAreDecodedAndDamagedOnesPassNoMoreOftenThanTheChecksumLets(name: String) {
        var random = SplitMix64(seed: 22)
        var decoder = Self.decoder(name)
        var undamaged = 0
        var decoded = 0
        var damaged = 0
        var passed = 0
        for line in Self.stream(name, lines: Trials.count(8) * 2500, using: &random) {
            var bytes = line
            var isDamaged = false
            for index in bytes.indices where Int.random(in: 0..<100, using: &random) == 0 {
                let other = UInt8.random(in: 0...255, using: &random)
                isDamaged = isDamaged || other != bytes[index]
                bytes[index] = other
            }
            // Read up to the line end, so that what it gives is known to be its own.
            var readings = decoder.readings(of: bytes)
            if bytes.last != 0x0A { readings += decoder.readings(of: [0x0A]) }
            if isDamaged {
                damaged += 1
                // The CR and LF are no part of what the checksum covers.
                let isWhole = bytes.dropLast(2) == line.dropLast(2)[...]
                passed += isWhole ? 0 : readings.count
            } else {
                undamaged += 1
                decoded += readings.count
            }
        }
        let least = Trials.count(8) * 125
        #expect(undamaged > least && damaged > least)
        #expect(Double(decoded) >= 0.999 * Double(undamaged))
        // One in 256 by chance; three standard deviations above that.
        let odds = Double(damaged) / 256
        #expect(Double(passed) <= odds + 3 * odds.squareRoot(), "\(passed) of \(damaged)")
    }
}
