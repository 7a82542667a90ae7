@preconcurrency import Glibc
import LumbarCore
import LumbarStore

/// Writes a history the way the daemon does, but for the time between things, until it is killed.
///
/// Each line says what is about to be told (`at`, seconds on the boot clock), or what is on the medium: `kept` minutes up
/// to that second, an `alert` of that second, a `load`, a `diary` entry or an `answer` to an alert of that number.
struct HistoryWriting {
    private let host = BenchHost()

    func run(path: String, from second: Int64) {
        let start = Instant.zero + .seconds(Double(second))
        host.time = start
        let keeper = HistoryKeeper(path: path, bootID: "boot-\(getpid())", host: host)
        keeper.open { Self.complain($0) }
        let anchor = WallAnchor(instant: .zero, wall: WallTime(unixSeconds: 0), zone: .utc)
        keeper.append(.anchor(anchor, isSynchronized: true), at: start)
        do {
            let entries = try Entries(writingBeside: path, host: host)
            for step in 1... {
                write(step, from: start, keeper)
                try say(step, at: start + .seconds(Double(step) * 20), to: entries)
            }
        } catch {
            Self.usage("\(error)")
        }
    }

    /// Twenty seconds of a day.
    private func write(
        _ step: Int, from start: Instant, _ keeper: HistoryKeeper
    ) {
        let now = start + .seconds(Double(step) * 20)
        host.time = now
        Self.say("at", now)
        if step % 5 == 0 {
            keeper.append(.alert(Self.alert(at: now)), at: now)
            keeper.flush(at: now) { Self.complain($0) }
            Self.say("alert", now)
        }
        let minute = start + .seconds(Double(step / 3 * 60))
        if step % 3 == 0 {
            keeper.append(.epoch(Self.epoch(from: minute - .seconds(60), to: minute)), at: now)
            let stood = Episode(
                .posture(.standing), start: minute - .seconds(60), end: minute, decided: minute,
                confidence: 0.9)
            keeper.append(.episode(stood, .sole), at: now)
        } else {
            keeper.append(.epoch(Self.epoch(from: minute, to: now)), at: now)
        }
        // The daemon asks for it once a minute, in the middle of a minute as likely as at its end.
        guard step % 3 == 1 else { return }
        keeper.hurry(at: now)
        keeper.flush(at: now) { Self.complain($0) }
        Self.say("kept", now)
    }

    /// What a person says now and then, which goes to a file of its own.
    private func say(_ step: Int, at now: Instant, to entries: Entries) throws(StoreError) {
        var random = SystemRandomNumberGenerator()
        let name = UniqueID(using: &random)
        let time = WallTime(unixSeconds: now.seconds)
        if step % 4 == 0 {
            let load = DeclaredLoad(
                uniqueID: name, wearer: .sole, time: time, kilograms: 12, reach: 0.4, times: 3)
            Self.told("load", try entries.append(load))
        } else if step % 4 == 1 {
            let entry = DiaryEntry(
                uniqueID: name, wearer: .sole, time: time, offsetSeconds: 0, pain: step % 11, kind: .ache,
                note: String(repeating: "as before, ", count: step % 200), written: time)
            Self.told("diary", try entries.append(entry))
        } else if step % 4 == 2 {
            let alert = AlertKey(Self.alert(at: now), bootID: "boot")
            let answer = Acknowledgement(
                uniqueID: name, alert: alert, alertTime: time, verdict: .useful, time: time)
            Self.told("answer", try entries.append(answer))
        }
    }

    private static func epoch(from start: Instant, to end: Instant) -> MinuteEpoch {
        var epoch = MinuteEpoch(wearer: .sole, start: start, length: end - start)
        epoch.postureSeconds[Posture.standing.index] = (end - start).seconds
        var table = ExposureTable()
        table.add(54_300, to: ExposureTable.flexionOnFeet, ExposureTable.flexionBin(12))
        epoch.exposure = PackedExposure(table)
        return epoch
    }

    private static func alert(at now: Instant) -> Alert {
        Alert(
            rule: .sitting, tier: .nudge, time: now, episodeStart: now - .minutes(30), duration: .minutes(30),
            step: 1, message: "Seated for 30 min. Stand up for a minute.", flexionDegrees: 12, count: 1,
            wearer: .sole)
    }

    private static func say(_ what: String, _ now: Instant) { told(what, now.seconds) }

    private static func told(_ what: String, _ number: Int64) {
        print("\(what) \(number)")
        fflush(stdout)
    }

    private static func complain(_ news: HistoryKeeper.News) { usage("\(news)") }

    private static func usage(_ what: String) -> Never {
        fputs("lumbar-bench: \(what)\n", stderr)
        exit(74)
    }
}

extension Instant {
    /// Whole seconds since the boot.
    fileprivate var seconds: Int64 { nanoseconds / 1_000_000_000 }
}
