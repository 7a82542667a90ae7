import Foundation
import LumbarCore
import Testing

@testable import LumbarDecoders

/// Captured lines and logs; their licences do not let them live here, so tests on them need a folder.
enum CapturedText {
    /// The folder that `LUMBAR_VECTORS` names.
    static let folder = ProcessInfo.processInfo.environment["LUMBAR_VECTORS"]

    static func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: (folder ?? "") + "/" + name)))
    }

    static func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }
}

@Suite(.enabled(if: CapturedText.folder != nil, "LUMBAR_VECTORS names no folder with captured bytes"))
struct CapturedSentenceTests {
    private func decode(_ decoder: any StreamDecoder, _ file: String) throws -> ([Reading], DecodeOutcomes) {
        var decoder = decoder
        // Some quote their last line without its end.
        let readings = decoder.readings(of: try CapturedText.bytes(file) + [0x0A])
        return (readings, decoder.outcomes)
    }

    private func profile(_ name: String) throws -> ProfileDecoder {
        ProfileDecoder(try #require(DecoderCatalog.builtIn.profile(name)))
    }

    // MARK: NMEA

    /// gpsd prints an ATT object after each sentence; a reading here takes one new pitch and one new roll.
    @Test func pypilotAgreesWithGpsd() throws {
        let (readings, outcomes) = try decode(NMEADecoder(), "nmea_gpsd/pypilot.log")
        // A comment of the log mentions "$AP prefix", which breaks off.
        #expect(outcomes.rejects == outcomes.badLength && outcomes.badLength == 1)
        var expected: [(pitch: Double, roll: Double)] = []
        var sentence = ""
        var sinceRoll = false
        for line in try CapturedText.text("nmea_gpsd/pypilot.log.chk").split(whereSeparator: \.isNewline) {
            if line.hasPrefix("$") { sentence = String(line) }
            if sentence.contains("PTCH") { sinceRoll = true }
            guard line.contains("\"ATT\""), sentence.contains("ROLL"), sinceRoll,
                let pitch = number("pitch", line), let roll = number("roll", line)
            else { continue }
            sinceRoll = false
            expected.append((pitch, roll))
        }
        #expect(expected.count == 7)
        #expect(readings.count == expected.count)
        for (reading, angles) in zip(readings, expected) {
            let up = reading.acceleration
            #expect((Elementary.asin(up.x) * degreesPerRadian - angles.pitch).magnitude < 1e-6)
            #expect((Elementary.atan2(up.y, up.z) * degreesPerRadian - angles.roll).magnitude < 1e-6)
        }
    }

    private func number(_ key: String, _ line: Substring) -> Double? {
        guard let range = line.firstRange(of: "\"\(key)\":") else { return nil }
        return Double(line[range.upperBound...].prefix { "+-.0123456789".contains($0) })
    }

    @Test func pitchOf171DegreesIsRefused() throws {
        let (readings, outcomes) = try decode(NMEADecoder(), "nmea_gpsd/tnt-revolution.log")
        #expect(readings.isEmpty)
        #expect(outcomes.insane > 5)
        #expect(outcomes.badChecksum == 0)
    }

    @Test func pashrOfAnInertialNavigator() throws {
        let (readings, _) = try decode(NMEADecoder(), "nmea_gpsd/rst39.log")
        #expect(readings.count > 10)
        let first = try #require(readings.first).acceleration
        #expect((Elementary.asin(first.x) * degreesPerRadian - -0.79).magnitude < 1e-6)
        #expect((Elementary.atan2(first.y, first.z) * degreesPerRadian - 0.39).magnitude < 1e-6)
    }

    @Test(arguments: ["bundg_zeus_9.log", "hemi.log", "saab-r4.log", "ac12_binary.log"])
    func whatHasNoAttitudeGivesNone(file: String) throws {
        let bytes = try CapturedText.bytes("nmea_gpsd/" + file)
        for name in DecoderCatalog.builtIn.names {
            var decoder = try #require(DecoderCatalog.builtIn.make(name))
            #expect(decoder.readings(of: bytes) == [], "\(name)")
            #expect(!decoder.isLocked)
        }
    }

    @Test func pashrLines() throws {
        let (readings, outcomes) = try decode(NMEADecoder(), "text_lines/pashr_lines.txt")
        #expect(readings.count == 6)
        #expect(outcomes.badChecksum == 1)
        #expect(outcomes.insane == 0)
    }

    // MARK: VectorNav

    @Test func vnymrLines() throws {
        let (readings, outcomes) = try decode(VectorNavDecoder(), "vectornav/vnymr_lines.txt")
        // One of the six valid ones has three fields under this name, and no acceleration.
        #expect(readings.count == 5)
        #expect(outcomes.badLength == 1)
        #expect(outcomes.badChecksum == 1)
        #expect(
            (readings[2].acceleration.z - 10.043 / standardGravityMetresPerSecondSquared).magnitude < 1e-9)
        // The two lines of sensors at rest.
        for index in [2, 4] {
            let up = try #require(readings[index].acceleration.normalized)
            #expect(up.dot(readings[index].deviceUp) > 0.999)
        }
    }

    @Test func vnqmrLines() throws {
        let (readings, outcomes) = try decode(VectorNavDecoder(), "vectornav/vnqmr_lines.txt")
        #expect(readings.count == 2)
        #expect(outcomes.badChecksum == 1)
        // The first of them is on the move, by nine degrees.
        let agreement = try readings.map { try #require($0.acceleration.normalized).dot($0.deviceUp) }
        #expect(agreement[0] > 0.98)
        #expect(agreement[1] > 0.999)
        let (others, replies) = try decode(VectorNavDecoder(), "vectornav/vnrrg_lines.txt")
        #expect(others.isEmpty)
        #expect(replies.rejects == 0)
    }

    // MARK: Profiles

    @Test func i2cdevlibOverflow() throws {
        let (readings, outcomes) = try decode(try profile("ypr"), "text_lines/i2cdevlib_ypr_issue408.txt")
        #expect(readings.count == 25)
        #expect(readings.firstIndex { $0.followsBreak } == 15)
        #expect(readings.count { $0.followsBreak } == 1)
        #expect(outcomes.rejects == 0)
        #expect((Elementary.asin(readings[0].acceleration.x) * degreesPerRadian - -12.55).magnitude < 1e-6)
    }

    @Test func i2cdevlibMisalignedQueue() throws {
        let (readings, outcomes) = try decode(
            try profile("quat"), "text_lines/i2cdevlib_quat_corrupt_fifo_forum509339.txt")
        #expect(readings.count == 1)
        #expect(outcomes.insane == 5)
    }

    @Test func somebodysOwnPrefix() throws {
        let (readings, _) = try decode(
            try profile("ypr"), "text_lines/i2cdevlib_ypr_with_prefix_issue479.txt")
        #expect(readings.isEmpty)
        let own =
            "[profile]\nname=own\ndelimiter=blanks\nrequire=6=ypr\n[columns]\nyaw=7 deg\npitch=-8 deg\nroll=9 deg\n"
        let mine = ProfileDecoder(try TextProfile(file: "own", bytes: Array(own.utf8)))
        let (mineReadings, outcomes) = try decode(mine, "text_lines/i2cdevlib_ypr_with_prefix_issue479.txt")
        #expect(mineReadings.count == 5)
        #expect(outcomes.rejects == 0)
    }

    @Test func razorLines() throws {
        #expect(try decode(try profile("razor-ypr"), "text_lines/razor_ypr.txt").0.count == 3)
        let reading = try #require(
            try decode(try profile("razor-yprag"), "text_lines/razor_yprag_comment_sample.txt").0.first)
        // Its angles agree with its acceleration within 3 degrees, which settles units, signs and axes.
        #expect(try #require(reading.acceleration.normalized).dot(reading.deviceUp) > 0.9986)
    }

    @Test func openLogHeadersAndRows() throws {
        let headers = try CapturedText.text("text_lines/ola_headers.txt").split(whereSeparator: \.isNewline)
        #expect(headers.count == 4)
        for header in headers {
            var decoder = try profile("openlog")
            let count = header.split(separator: ",").count
            let row = "1,2,0,0,1000,0,0,0" + String(repeating: ",0", count: count - 8) + ",\n"
            #expect(decoder.count(of: Array((header + "\n" + row).utf8)) == 1)
        }
        // Rows without their header: which column is what is not guessed.
        for name in DecoderCatalog.builtIn.names {
            var decoder = try #require(DecoderCatalog.builtIn.make(name))
            #expect(decoder.readings(of: try CapturedText.bytes("text_lines/ola_rows_issue111.csv")) == [])
        }
    }

    @Test func jsonShapes() throws {
        let shapes = try CapturedText.text("text_lines/json_shapes_in_public_firmware.txt")
            .split(whereSeparator: \.isNewline)
        let lines = shapes.map { shape in
            var line = String(shape).replacing("\"...\"", with: "\"now\"")
            line = line.replacing("...", with: "\"y\":0,\"z\":1")
            for format in ["%.4f", "%.3f", "%.2f", "%lu", "%ld", "%d"] {
                line = line.replacing(format, with: "0.5")
            }
            return line.replacing("%s", with: "true")
        }
        let places = ["/accel", "/accel", "/accel", "/data/accel", "/mpu/accel", "/axes/accel"]
        #expect(lines.count == places.count + 1)
        for (line, place) in zip(lines, places) {
            let text = "[profile]\nname=j\n[columns]\nax=\(place)/x g\nay=\(place)/y g\naz=\(place)/z g\n"
            var decoder = ProfileDecoder(try TextProfile(file: "j", bytes: Array(text.utf8)))
            #expect(decoder.count(of: Array((line + "\n").utf8)) == 1, "\(line)")
        }
    }

    @Test func everyFileIsClaimedByItsOwnProtocolAlone() throws {
        for (file, name) in [
            ("nmea_gpsd/pypilot.log", "nmea"), ("nmea_gpsd/rst39.log", "nmea"),
            ("vectornav/vnymr_lines.txt", "vectornav"),
            ("text_lines/i2cdevlib_ypr_issue408.txt", "ypr"), ("text_lines/razor_ypr.txt", "razor-ypr"),
        ] {
            let bytes = try CapturedText.bytes(file) + [0x0A]
            let claims = DecoderCatalog.builtIn.names.filter { name in
                guard var decoder = DecoderCatalog.builtIn.make(name) else { return false }
                return bytes.contains { byte in
                    _ = decoder.push(byte, at: .zero)
                    return decoder.isLocked
                }
            }
            #expect(claims == [name], "\(file)")
        }
    }
}
