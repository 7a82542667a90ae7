import LumbarCore
import LumbarDecoders
import LumbarReport

/// What came of listening at one rate, or of reading one file.
struct SniffAttempt {
    /// Bits per second of the line; nil for a file.
    let baud: Int?
    /// What the bytes look like.
    private(set) var bytes = ByteSurvey()
    /// What the readings say.
    private(set) var readings = ReadingSurvey()
    /// The decoder that understood it, or nil.
    private(set) var decoder: (any StreamDecoder)?
    /// How long was listened, seconds; 0 for a file.
    var seconds = 0.0
    /// Bytes without a stop bit, by the driver's count; nil when it does not count.
    var framingErrors: Int?

    private var detector: ProtocolDetector
    private var buffer = ReadingBuffer()

    /// Nothing heard yet; the bytes will be offered to every decoder of `catalog`.
    init(baud: Int?, _ catalog: DecoderCatalog) {
        self.baud = baud
        detector = ProtocolDetector(catalog.candidates())
    }

    mutating func push(_ chunk: UnsafeRawBufferPointer, at arrival: Instant) {
        bytes.push(chunk)
        if decoder == nil {
            decoder = detector.push(chunk, at: arrival, into: &buffer)
        } else {
            decoder?.push(chunk, at: arrival, into: &buffer)
        }
        for reading in buffer.readings { readings.push(reading) }
        buffer.removeAll()
    }

    /// What each decoder made of bytes that none understood.
    var outcomes: [(protocolName: String, outcomes: DecodeOutcomes)] { detector.outcomes }

    /// Bytes a second; nil for a file.
    var bytesPerSecond: Double? { seconds > 0 ? Double(bytes.total) / seconds : nil }

    // MARK: Reasons

    /// Why nothing was understood, most likely first.
    var likelyReasons: [String] {
        guard bytes.total > 0 else { return [Self.silence] }
        var reasons: [String] = []
        if let framingErrors, framingErrors > 0 {
            reasons.append(
                "wrong baud: the driver counted \(framingErrors) bytes without a stop bit; try others with --baud"
            )
        }
        if bytes.isHexDump {
            return ["a hex dump, and not the bytes themselves: xxd -r -p FILE | lumbarctl sniff -"]
        }
        if bytes.printableShare > 0.95 { return reasons + textReasons }
        if let mode = ByteSurvey.mode(bytes.combinedDistances), mode.distance != 20, mode.share > 0.5 {
            reasons.append(
                "frames 55 61 come every \(mode.distance) bytes, and known ones have 20: another model (the WTVB01 "
                    + "sends 28), or packets cut short on a Bluetooth link")
        }
        if let mode = ByteSurvey.mode(bytes.standardDistances), mode.distance == 8, mode.share > 0.5 {
            reasons.append(
                "frames 55 5x come every 8 bytes: a clone that leaves out temperature and checksum; what has no "
                    + "checksum is not believed")
        }
        if bytes.lacksSwallowed {
            reasons.append(
                "a cooked line: the bytes 04, 11, 13, 16 and 1A never come, which a terminal takes for commands; "
                    + "capture again after stty -F PATH raw")
        }
        if reasons.isEmpty, bytes.looksMisread {
            reasons.append(
                "wrong baud: most bytes are one run of ones or zeros, as when a line is read at another rate")
        }
        if reasons.isEmpty, bytes.total < 100 {
            reasons.append("only \(bytes.total) bytes: too few to tell; listen longer with --seconds")
        }
        if reasons.isEmpty {
            reasons.append(
                baud == nil
                    ? "captured at a wrong baud, or a protocol that is not known here"
                    : "wrong baud, or a protocol that is not known here; a sensor that sends less than 3 samples a second "
                        + "needs --baud and a longer --seconds")
        }
        return reasons
    }

    private var textReasons: [String] {
        if let complaint = detector.complaint { return [complaint] }
        if bytes.numberLines > 0 {
            return [
                "text without a header: lines of numbers, and nothing that says what they are; print a line such as "
                    + "t_s,ax_g,ay_g,az_g,gx_dps,gy_dps,gz_dps first, and again every few seconds"
            ]
        }
        return ["text, but no lines of numbers: perhaps a console, or a sensor that waits for a command"]
    }

    private static let silence =
        "nothing came: the sensor is off or asleep, not paired, its data wires are swapped, or it waits for a command"
}
