import LumbarCore
import Testing

@testable import LumbarDecoders

@Suite(.enabled(if: CapturedVectors.folder != nil, "LUMBAR_VECTORS names no folder with captured bytes"))
struct CapturedVectorTests {
    private func counts(_ vector: Vector3<SensorFrame>) -> [Double] {
        [vector.x * 2048, vector.y * 2048, vector.z * 2048]
    }

    @Test(arguments: [
        ("std_hwt905ttl.hex", [[12, 659, 2157]]), ("std_jy61p.hex", [[-609, -24, 1957]]),
        ("std_tcpgateway.hex", [[-18, -38, 2047]]), ("std_wt61_rpi_115200.hex", [[0, -1, 2055]]),
        ("std_stream_midframe_start.hex", [[11, 5, 2104], [11, 5, 2104]]),
    ])
    func standardFrames(file: String, expected: [[Double]]) throws {
        var decoder = WitMotionDecoder()
        let readings = decoder.readings(of: try CapturedVectors.bytes(file))
        #expect(readings.map { counts($0.acceleration) } == expected)
        #expect(readings.allSatisfy { $0.hasAngularRate && $0.angularRate == .zero })
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.badChecksum == 0)
        #expect(decoder.outcomes.skippedBytes == (file.contains("midframe") ? 13 : 0))
    }

    @Test func nineAxisStream() throws {
        var decoder = WitMotionDecoder()
        let readings = decoder.readings(of: try CapturedVectors.bytes("std_jy901_9axis_stream.hex"))
        let x = readings.map { $0.acceleration.x * 2048 }
        #expect(x.first == -648)
        #expect(x.dropFirst() == [-122, -122, -122, -123])
        #expect(readings.allSatisfy { $0.hasAngularRate })
        #expect(decoder.outcomes.rejects == 0)
    }

    @Test func rateBeforeAcceleration() throws {
        var decoder = WitMotionDecoder()
        let bytes = try CapturedVectors.bytes("std_robot_921600.hex")
        let stream = [bytes, bytes, bytes].flatMap { $0 }
        let readings = decoder.readings(of: stream)
        #expect(readings.map { counts($0.acceleration) } == [[-682, 9, 1942], [-682, 9, 1942]])
        #expect(readings.allSatisfy { $0.hasAngularRate })
    }

    @Test func deadAccelerometer() throws {
        var decoder = WitMotionDecoder()
        let bytes = try CapturedVectors.bytes("std_wt1.hex")
        #expect(decoder.readings(of: bytes).isEmpty)
        #expect(decoder.outcomes.insane == 1)
        #expect(decoder.outcomes.deadAccelerometer == 1)
    }

    @Test func combinedFramesFromTheUSBSocket() throws {
        var decoder = WitMotionBLEDecoder()
        let readings = decoder.readings(of: try CapturedVectors.bytes("ble61_usb_wt901ble50_115200.hex"))
        #expect(
            readings.map { counts($0.acceleration) } == [
                [10, 37, 2070], [6, 26, 2075], [6, 26, 2075], [6, 25, 2077], [7, 26, 2077], [7, 26, 2077],
            ])
        #expect(decoder.isLocked)
        #expect(decoder.outcomes.skippedBytes == 4)
    }

    @Test func registerReply() throws {
        var decoder = WitMotionBLEDecoder()
        let reply = try CapturedVectors.bytes("ble71_manual_mag.hex")
        let stream = [reply, reply, reply].flatMap { $0 }
        #expect(decoder.readings(of: stream).isEmpty)
        #expect(decoder.outcomes == DecodeOutcomes())
        let registers = try #require(decoder.registers)
        #expect(registers.first == 0x3A && registers.count == 8)
        #expect((0..<3).map { registers[$0] } == [360, 105, 122])
    }

    @Test(arguments: [
        "ble61_truncated_to_16.hex", "other_device_wtvb01_28byte.hex", "quirk_8byte_no_checksum_variant.hex",
    ])
    func relativesAreRefusedByEveryDecoder(file: String) throws {
        let bytes = try CapturedVectors.bytes(file)
        let repeated = (0..<50).flatMap { _ in bytes }
        for type in DecoderCatalog.all {
            var decoder = type.init()
            for byte in repeated { #expect(decoder.push(byte, at: .zero) == nil) }
            #expect(!decoder.isLocked)
            #expect(decoder.outcomes.readings == 0)
        }
        var standard = WitMotionDecoder()
        var combined = WitMotionBLEDecoder()
        _ = standard.readings(of: repeated)
        _ = combined.readings(of: repeated)
        let isClone = file.hasPrefix("quirk")
        #expect(isClone == (standard.outcomes.badLength > 100))
        #expect(isClone == (combined.outcomes.badLength == 0))
    }

    @Test func everyCaptureIsClaimedByItsOwnDecoderAlone() throws {
        let standard = [
            "std_hwt905ttl.hex", "std_jy61p.hex", "std_tcpgateway.hex", "std_wt61_rpi_115200.hex",
            "std_stream_midframe_start.hex", "std_jy901_9axis_stream.hex", "std_robot_921600.hex",
            "std_wt1.hex",
        ]
        for (file, name) in standard.map({ ($0, "witmotion") }) + [
            ("ble61_usb_wt901ble50_115200.hex", "witmotion-ble")
        ] {
            let bytes = try CapturedVectors.bytes(file)
            let claims = DecoderCatalog.all.filter { type in
                var decoder = type.init()
                for byte in bytes { _ = decoder.push(byte, at: .zero) }
                return decoder.isLocked
            }
            #expect(claims.map { $0.protocolName } == [name], "\(file)")
        }
    }

    /// The vector between the parentheses of a peer's message.
    private func components(_ message: String) -> [Double] {
        guard let open = message.firstIndex(of: "("), let close = message.firstIndex(of: ")") else {
            return []
        }
        return message[message.index(after: open)..<close].split(separator: ",").compactMap {
            Double($0.drop { $0 == " " })
        }
    }

    @Test func accelerationAndRateEqualThePeers() throws {
        var compared = 0
        for (file, frames) in try CapturedVectors.peer() {
            var acceleration: [UInt8] = []
            for (frame, message) in frames {
                if frame[1] == 0x51 { acceleration = frame }
                guard frame[1] == 0x51 || frame[1] == 0x52 else { continue }
                let filler = WitMotionFrames.standard(0x51, [1, 2, 3, 4])
                var decoder = WitMotionDecoder()
                // A rate frame needs an acceleration to become a reading, and the other way round.
                let pair = frame[1] == 0x51 ? frame : (acceleration.isEmpty ? filler : acceleration)
                let rate = frame[1] == 0x52 ? frame : WitMotionFrames.standard(0x52, [0, 0, 0, 0])
                let readings = decoder.readings(of: pair + rate)
                let peer = components(message)
                guard let reading = readings.first else {
                    #expect(file == "std_wt1.hex")
                    continue
                }
                // The peer takes 9.8 m/s² for g, and gives deg/s.
                let ours =
                    frame[1] == 0x51
                    ? reading.acceleration * 9.8 : reading.angularRate * degreesPerRadian
                guard peer.count == 3 else { continue }
                #expect(
                    abs(ours.x - peer[0]) < 1e-9 && abs(ours.y - peer[1]) < 1e-9
                        && abs(ours.z - peer[2]) < 1e-9)
                compared += 1
            }
        }
        #expect(compared >= 20)
    }
}
