import LumbarCore
import LumbarDecoders
import Testing

@Suite(.enabled(if: CapturedVectors.folder != nil, "LUMBAR_VECTORS names no folder with captured bytes"))
struct CapturedBinaryTests {
    private func degrees(_ a: Vector3<SensorFrame>, _ b: Vector3<SensorFrame>) -> Double {
        let cross = a.cross(b).length
        return Elementary.atan2(cross, a.dot(b)) * degreesPerRadian
    }

    // MARK: WitMotion's own angles

    /// How far the device's angles are from its accelerometer: small where the published capture agrees with itself.
    @Test(arguments: [
        ("std_hwt905ttl.hex", 0...0.2), ("std_stream_midframe_start.hex", 0...0.2),
        ("std_wt61_rpi_115200.hex", 0...0.2), ("std_jy61p.hex", 28...90),
        ("std_jy901_9axis_stream.hex", 15...180),
    ])
    func anglesBecomeUp(file: String, allowed: ClosedRange<Double>) throws {
        let bytes = try CapturedVectors.bytes(file)
        var decoder = WitMotionDecoder()
        let opinions = decoder.readings(of: bytes + bytes).filter { $0.deviceUp != .zero }
        #expect(!opinions.isEmpty)
        for reading in opinions { #expect(allowed.contains(degrees(reading.deviceUp, reading.acceleration))) }
    }

    /// The numbers of a peer's message, by the word before each.
    private func number(after word: String, in message: String) -> Double? {
        guard let found = message.range(of: word) else { return nil }
        return Double(message[found.upperBound...].prefix { "-.0123456789".contains($0) })
    }

    @Test func anglesAndQuaternionsEqualThePeers() throws {
        var compared = 0
        for (_, frames) in try CapturedVectors.peer() {
            for (frame, message) in frames where frame[1] == 0x53 || frame[1] == 0x59 {
                let sample =
                    WitMotionFrames.standard(0x51, [0, 0, 2048, 0])
                    + WitMotionFrames.standard(0x52, [0, 0, 0, 0])
                var decoder = WitMotionDecoder()
                let up = try #require(decoder.readings(of: sample + frame + sample).last?.deviceUp)
                if frame[1] == 0x53 {
                    let roll = try #require(number(after: "roll:", in: message)) * radiansPerDegree
                    let pitch = try #require(number(after: "pitch:", in: message)) * radiansPerDegree
                    let peer = Vector3<SensorFrame>(
                        -Elementary.sin(pitch), Elementary.cos(pitch) * Elementary.sin(roll),
                        Elementary.cos(pitch) * Elementary.cos(roll))
                    // The peer prints tenths of a degree.
                    #expect(degrees(up, peer) < 0.08)
                } else {
                    let text = message.split(separator: ":").last ?? ""
                    let q = text.split(separator: " ").compactMap { Double($0) }
                    let peer = Vector3<SensorFrame>(
                        2 * (q[1] * q[3] - q[0] * q[2]), 2 * (q[2] * q[3] + q[0] * q[1]),
                        1 - 2 * (q[1] * q[1] + q[2] * q[2]))
                    #expect(degrees(up, peer) < 0.01)
                }
                compared += 1
            }
        }
        #expect(compared >= 8)
    }

    @Test func combinedFramesCarryTheirAngles() throws {
        var decoder = WitMotionBLEDecoder()
        let readings = decoder.readings(of: try CapturedVectors.bytes("ble61_usb_wt901ble50_115200.hex"))
        // This one says that it hangs upside down while its accelerometer says the opposite.
        for reading in readings { #expect(degrees(reading.deviceUp, reading.acceleration) > 170) }
    }

    // MARK: BNO08x UART-RVC

    @Test func dataSheetFrame() throws {
        var decoder = RVCDecoder()
        let frame = try CapturedVectors.bytes("bno08x_rvc/datasheet_example.hex")
        let reading = try #require(decoder.readings(of: frame + frame + frame).last)
        #expect((reading.acceleration * 1000 - Vector3(-371, -20, 977)).length < 1e-9)
        #expect(degrees(reading.deviceUp, reading.acceleration) < 0.2)
        #expect(CapturedVectors.claims(frame + frame + frame) == ["bno08x-rvc"])
    }

    @Test func damagedAndBuriedFrames() throws {
        let good = try CapturedVectors.bytes("bno08x_rvc/datasheet_example.hex")
        let bad = try CapturedVectors.bytes("bno08x_rvc/bad_checksum.hex")
        var decoder = RVCDecoder()
        #expect(decoder.readings(of: bad + bad + bad).isEmpty)
        #expect(decoder.outcomes.badChecksum == 3)
        #expect(!decoder.isLocked)
        _ = decoder.readings(of: good + good + good)
        let buried = try CapturedVectors.bytes("bno08x_rvc/leading_garbage_then_frame_then_partial.hex")
        #expect(decoder.readings(of: buried).count == 1)
    }

    // MARK: MicroStrain MIP

    @Test func everyPacketOfTheCapture() throws {
        var decoder = MIPDecoder()
        let bytes = [UInt8](try CapturedVectors.data("microstrain_mip/mip_data.bin"))
        let readings = decoder.readings(of: bytes)
        #expect(readings.count == 4473)
        #expect(decoder.outcomes.rejects == 0 && decoder.outcomes.skippedBytes == 0)
        #expect(decoder.outcomes.lostSamples == 0)
        let first = try #require(readings.first)
        #expect((first.acceleration - Vector3(0.0174176, -0.0066652, -0.9856400)).length < 1e-6)
        #expect((first.angularRate - Vector3(-0.0030306, 0.0003115, -0.0042688)).length < 1e-6)
        let steps = zip(readings, readings.dropFirst()).map { $1.deviceNanoseconds - $0.deviceNanoseconds }
        #expect(steps.allSatisfy { $0 == 8_000_000 })
        let opinions = readings.filter { $0.deviceUp != .zero }
        #expect(opinions.count > 2000)
        // It is moved by hand; where it lies still, its filter agrees with its accelerometer, and a simpler one nearly.
        let resting = opinions.filter {
            ($0.acceleration.length - 1).magnitude < 0.02 && $0.angularRate.length < 0.02
        }
        #expect(resting.count > 300)
        let far = resting.filter { degrees($0.deviceUp, $0.acceleration) > 2 }
        #expect(far.count * 50 < resting.count, "\(far.count) of \(resting.count)")
        #expect(CapturedVectors.claims(bytes) == ["microstrain-mip"])
    }

    // MARK: Xsens

    @Test func packetsOfAnMTi300() throws {
        let packets = try CapturedVectors.xsens()
        #expect(packets.count == 16)
        var decoder = XsensDecoder()
        for (_, bytes) in packets { _ = decoder.readings(of: bytes) }
        #expect(decoder.isLocked && decoder.outcomes.rejects == 0 && decoder.outcomes.skippedBytes == 0)
        for (name, bytes) in packets {
            #expect(CapturedVectors.claims(bytes + bytes + bytes) == ["xsens-mtdata2"], "\(name)")
        }
    }

    private func lastReading(_ name: String) throws -> Reading? {
        let packet = try #require(CapturedVectors.xsens().first { $0.name == "test_parse_" + name })
        var decoder = XsensDecoder()
        return decoder.readings(of: packet.bytes + packet.bytes).last
    }

    @Test func fullPacket() throws {
        let reading = try #require(try lastReading("mdata2_full"))
        let a = reading.acceleration * standardGravityMetresPerSecondSquared
        #expect((a - Vector3(-0.05550629, 9.81465530, 0.21842313)).length < 1e-6)
        #expect((reading.angularRate - Vector3(0.02131760, -0.00327826, -0.00163019)).length < 1e-7)
        #expect(reading.deviceNanoseconds == 20_332_454 * 100_000)
        #expect(degrees(reading.deviceUp, reading.acceleration) < 0.2)
    }

    @Test func clippingPacket() throws {
        let reading = try #require(try lastReading("mdata2_shake_clipping"))
        let a = reading.acceleration * standardGravityMetresPerSecondSquared
        #expect((a - Vector3(-30.28455162, -29.60960007, -71.76024628)).length < 1e-5)
        #expect((reading.angularRate - Vector3(4.16570139, -10.33340263, -4.51734877)).length < 1e-6)
    }

    /// Packets without acceleration, in every precision: where up is follows from the values MT Manager prints.
    @Test(arguments: [
        ("mdata2_quat_minimal", [0.010806, -0.611914, 0.790850]),
        ("mdata2_number_formats", [0.002418, -0.017149, 0.999850]),
        ("mdata2_number_formats_2", [-0.006324, -0.011820, 0.999910]),
        ("mdata2_rotmatrix_float", [0.01214410, -0.02019581, 0.99972248]),
        ("mdata2_rotmatrix_fp1220", [0.01154137, -0.01924133, 0.99974823]),
        ("mdata2_rotmatrix_fp1632", [0.01097167, -0.01869209, 0.99976528]),
        ("mdata2_rotmatrix_double", [0.01015384, -0.01706769, 0.99980283]),
    ])
    func anglesAlone(name: String, up: [Double]) throws {
        let reading = try #require(try lastReading(name))
        #expect(!reading.hasAcceleration)
        #expect((reading.deviceUp - Vector3(up[0], up[1], up[2])).length < 2e-6)
    }

    // MARK: Everybody else's

    /// Logs, lines and reports of other kinds of device, each as one stream and repeated: no binary decoder wants them.
    @Test(arguments: ["hid", "nmea_gpsd", "text_lines", "vectornav"])
    func nothingElseIsClaimed(folder: String) throws {
        let files = try CapturedVectors.files(in: folder)
        #expect(files.count >= 4)
        for file in files {
            let raw = [UInt8](try CapturedVectors.data(file))
            let bytes = file.hasSuffix(".hex") ? try CapturedVectors.bytes(file) : raw
            let repeated = bytes.count > 20_000 ? bytes : (0..<20).flatMap { _ in bytes }
            let binary = NumberedProtocol.all.map(\.name)
            #expect(CapturedVectors.claims(repeated).allSatisfy { !binary.contains($0) }, "\(file)")
        }
    }
}
