import LumbarCore
import LumbarDecoders
import LumbarReport

/// What `lumbarctl sniff` says about a line or a file.
struct SniffReport {
    let path: String
    let attempts: [SniffAttempt]

    /// The attempt that understood the sensor, or nil.
    var understood: SniffAttempt? { attempts.last { $0.decoder != nil } }

    /// For people.
    var lines: [String] {
        if let understood, let decoder = understood.decoder { return found(understood, decoder) }
        return unknown
    }

    // MARK: Understood

    private func found(_ attempt: SniffAttempt, _ decoder: any StreamDecoder) -> [String] {
        let at = attempt.baud.map { " at \($0) baud" } ?? ""
        var lines = [
            "\(Printable.text(path)): \(Printable.text(decoder.protocolName))\(at)", "",
            "samples   " + Self.rate(attempt.readings, decoder.outcomes),
            "losses    " + Self.losses(decoder.outcomes, attempt.readings.lost),
            "at rest   " + Self.rest(attempt.readings),
            "angles    " + Self.angles(attempt.readings),
        ]
        guard attempt.readings.count > 0 else { return lines }
        lines += [
            "",
            "     t_s     ax_g     ay_g     az_g    gx_dps    gy_dps    gz_dps  z_tilt_deg",
        ]
        let start = attempt.readings.first.first?.arrival ?? .zero
        for reading in attempt.readings.first { lines.append(Self.row(reading, since: start)) }
        return lines
    }

    private static func row(_ reading: Reading, since start: Instant) -> String {
        let a = reading.acceleration
        let w = reading.angularRate * degreesPerRadian
        let rates =
            reading.hasAngularRate
            ? [w.x, w.y, w.z].map { fixed($0, 2, 10) } : [String](repeating: "         -", count: 3)
        return fixed((reading.arrival - start).seconds, 3, 8)
            + [a.x, a.y, a.z].map { fixed($0, 4, 9) }.joined() + rates.joined()
            + fixed(ReadingSurvey.tilt(a), 1, 12)
    }

    private static func fixed(_ value: Double, _ decimals: Int, _ width: Int) -> String {
        let text = DecimalText.fixed(value, decimals)
        return String(repeating: " ", count: max(1, width - text.count)) + text
    }

    private static func rate(_ readings: ReadingSurvey, _ outcomes: DecodeOutcomes) -> String {
        var text = "\(readings.count)"
        if readings.count == 0, outcomes.insane > 0 {
            return "none that can be true; an accelerometer that reads 0 on all axes is out of order"
        }
        if let rate = readings.rateHz, let jitter = readings.jitterMs {
            text +=
                " in \(DecimalText.fixed(readings.seconds, 1)) s: \(DecimalText.fixed(rate, 1)) per second, "
            text += "arrival jitter \(DecimalText.fixed(jitter, 1)) ms, "
            text += "longest pause \(DecimalText.fixed(readings.longestPause * 1000, 0)) ms"
        } else {
            text +=
                readings.count < 3
                ? "; too few to measure a rate" : "; a file does not say when they came"
        }
        if let rate = readings.deviceRateHz {
            text += "; \(DecimalText.fixed(rate, 2)) per second by the sensor's clock"
        }
        return text
    }

    private static func losses(_ outcomes: DecodeOutcomes, _ lost: Int) -> String {
        var parts: [String] = []
        for (count, what) in [
            (max(lost, outcomes.lostSamples), "lost by the sensor's own count"),
            (outcomes.badChecksum, "wrong checksums"), (outcomes.badLength, "wrong lengths"),
            (outcomes.insane, "that cannot be true"), (outcomes.skippedBytes, "bytes between frames"),
        ] where count > 0 { parts.append("\(count) \(what)") }
        return parts.isEmpty ? "none" : parts.joined(separator: ", ")
    }

    private static func rest(_ readings: ReadingSurvey) -> String {
        if readings.first.first?.hasAcceleration == false { return "not known: it sends angles only" }
        guard readings.count >= ReadingSurvey.fewest else { return "not known: too few samples" }
        guard let g = readings.restG else {
            return "not known: it was never still; lay it down and try again"
        }
        let text = "|a| is \(DecimalText.fixed(g, 3)) g"
        guard readings.hasScaleFault else { return text + ", as it should be" }
        if (8.5...11).contains(g) { return text + ": scale fault, it seems to send m/s^2 where g is meant" }
        return text + ": scale fault, at rest it must be 1 g; the daemon gives no angles from this"
    }

    private static func angles(_ readings: ReadingSurvey) -> String {
        guard let degrees = readings.degreesFromDevice else {
            return readings.restG == nil ? "not compared" : "the sensor sends none of its own"
        }
        let text = "the sensor's own are \(DecimalText.fixed(degrees, 1)) degrees from its accelerometer"
        return text + (readings.hasAngleFault ? ": they disagree, and are not used" : ": they agree")
    }

    // MARK: Not understood

    /// The attempt that shows most: text before anything else, else the most bytes.
    private var telling: SniffAttempt? {
        attempts.max {
            ($0.bytes.printableShare > 0.95 ? 1 : 0, $0.bytes.total)
                < ($1.bytes.printableShare > 0.95 ? 1 : 0, $1.bytes.total)
        }
    }

    private var unknown: [String] {
        guard let telling else { return ["\(Printable.text(path)): not listened to"] }
        var lines = ["\(Printable.text(path)): no known sensor", ""]
        for attempt in attempts {
            let baud = attempt.baud.map { "at \($0) baud: " } ?? ""
            let rate = attempt.bytesPerSecond.map { "\(DecimalText.fixed($0, 0)) bytes per second" }
            let share = DecimalText.fixed(attempt.bytes.printableShare * 100, 0)
            lines.append(baud + (rate ?? "\(attempt.bytes.total) bytes") + ", \(share) % printable")
        }
        if telling.bytes.total > 0 {
            lines += ["", "first bytes" + (telling.baud.map { " at \($0) baud" } ?? "")]
            lines += telling.bytes.dump.map { "  " + $0 }
            let tried = telling.outcomes.filter { $0.outcomes.readings + $0.outcomes.rejects > 0 }
            for (name, outcomes) in tried {
                lines.append(
                    "  \(Printable.text(name)): \(outcomes.readings) samples, \(outcomes.badChecksum) wrong checksums, "
                        + "\(outcomes.badLength) wrong lengths, \(outcomes.insane) that cannot be true")
            }
        }
        lines += ["", "most likely"]
        return lines + telling.likelyReasons.map { "  " + Printable.text($0, limit: 500) }
    }

    // MARK: JSON

    /// For programs.
    var json: String {
        var object = JSONObject()
        object.add("type", "sniff")
        object.add("path", path)
        object.add("understood", understood != nil)
        if let understood, let decoder = understood.decoder {
            add(understood, decoder, to: &object)
        } else if let telling {
            object.addRaw("attempts", "[" + attempts.map(Self.json).joined(separator: ",") + "]")
            object.add("first_bytes", ConfigurePlan.hex(telling.bytes.first))
            object.addRaw(
                "likely", "[" + telling.likelyReasons.map(JSONObject.quoted).joined(separator: ",") + "]")
        }
        return object.text
    }

    private static func json(_ attempt: SniffAttempt) -> String {
        var object = JSONObject()
        if let baud = attempt.baud { object.add("baud", baud) }
        object.add("bytes", attempt.bytes.total)
        if let rate = attempt.bytesPerSecond { object.add("bytes_per_second", rate, decimals: 1) }
        object.add("printable", attempt.bytes.printableShare, decimals: 3)
        if let errors = attempt.framingErrors { object.add("framing_errors", errors) }
        return object.text
    }

    private func add(_ attempt: SniffAttempt, _ decoder: any StreamDecoder, to object: inout JSONObject) {
        let readings = attempt.readings
        let outcomes = decoder.outcomes
        object.add("protocol", decoder.protocolName)
        if let baud = attempt.baud { object.add("baud", baud) }
        object.add("samples", readings.count)
        if let rate = readings.rateHz { object.add("rate_hz", rate, decimals: 2) }
        if let jitter = readings.jitterMs { object.add("jitter_ms", jitter, decimals: 2) }
        if let rate = readings.deviceRateHz { object.add("device_rate_hz", rate, decimals: 2) }
        object.add("lost", max(readings.lost, outcomes.lostSamples))
        object.add("bad_checksum", outcomes.badChecksum)
        object.add("bad_length", outcomes.badLength)
        object.add("insane", outcomes.insane)
        object.add("skipped_bytes", outcomes.skippedBytes)
        if let g = readings.restG { object.add("rest_g", g, decimals: 4) }
        object.add("scale_fault", readings.hasScaleFault)
        if let degrees = readings.degreesFromDevice {
            object.add("device_angle_error_deg", degrees, decimals: 2)
        }
        let first = readings.first.map { reading in
            let a = reading.acceleration
            let w = reading.angularRate * degreesPerRadian
            let numbers = [a.x, a.y, a.z].map { DecimalText.fixed($0, 4) }
            let rates = [w.x, w.y, w.z].map { DecimalText.fixed($0, 2) }
            return "[" + (numbers + rates).joined(separator: ",") + "]"
        }
        object.addRaw("first_g_dps", "[" + first.joined(separator: ",") + "]")
    }
}
