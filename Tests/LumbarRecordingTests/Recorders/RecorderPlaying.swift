import LumbarCore
import LumbarMonitor

@testable import LumbarRecording

/// What tests do with files of recorders.
enum RecorderPlaying {
    /// 2026-11-21 11:00:00 by the clock on the wall.
    static let start: Int64 = 1_795_258_800_000_000_000

    static let place: @Sendable (Int64) -> (wall: WallTime, zone: ZoneRule) = { local in
        let zone = ZoneRule(name: "Europe/Amsterdam", offsetSeconds: 3600)
        return (WallTime(nanoseconds: local - 3_600_000_000_000), zone)
    }

    struct Played {
        var lines: [String] = []
        var chunks: [(time: Instant, text: String)] = []
        var anchor: WallAnchor?
        var error: RecordingError?
    }

    static let device = Device(
        id: DeviceID("recorder"),
        mount: Mount(
            up: SensorAxis(index: 2, isNegative: false), forward: SensorAxis(index: 0, isNegative: false)))

    /// Plays `bytes` through `source` in chunks, and spells what the monitor concluded.
    static func play(
        _ source: inout some StreamSource, _ bytes: [UInt8], chunk: Int = 1 << 18, withAnchor: Bool = true
    ) -> Played {
        var replayer = Replayer(monitor: Monitor())
        var played = Played()
        do throws(RecordingError) {
            var start = 0
            while start < bytes.count {
                let end = min(bytes.count, start + chunk)
                try push(bytes[start..<end], &source, &replayer)
                start = end
                collect(&replayer, &played)
            }
            try source.finish(to: &replayer)
        } catch { played.error = error }
        played.anchor = replayer.anchor
        played.chunks = replayer.monitor.recentChunks(at: replayer.now ?? .zero).map {
            ($0.time, String(decoding: $0.bytes, as: UTF8.self))
        }
        collect(&replayer, &played)
        return played
    }

    private static func push(
        _ bytes: ArraySlice<UInt8>, _ source: inout some StreamSource, _ replayer: inout Replayer
    ) throws(RecordingError) {
        var failure: RecordingError?
        bytes.withUnsafeBytes { raw in
            do throws(RecordingError) { try source.push(raw, to: &replayer) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    private static func collect(_ replayer: inout Replayer, _ played: inout Played) {
        let transcript = Transcript(origin: .zero)
        replayer.drain { output in
            // A day with a date is another day than one without.
            if case .summary = output { return }
            if let line = transcript.line(output) { played.lines.append(line) }
        }
    }
}
