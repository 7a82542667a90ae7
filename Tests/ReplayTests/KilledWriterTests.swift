import Glibc
import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

/// What a program that is killed while it writes had said to be stored, and what is found afterwards.
private struct Told {
    var alerts: [Int64] = []
    var loads: [Int64] = []
    var diary: [Int64] = []
    var answers: [Int64] = []
    var kept: Int64?
    var at: Int64?

    mutating func hear(_ line: some StringProtocol) {
        let words = line.split(separator: " ")
        guard words.count == 2, let number = Int64(words[1]) else { return }
        switch words[0] {
        case "at": at = number
        case "kept": kept = number
        case "alert": alerts.append(number)
        case "load": loads.append(number)
        case "diary": diary.append(number)
        case "answer": answers.append(number)
        default: break
        }
    }
}

@Suite(
    "A history whose writer is killed",
    .enabled(if: BuiltProgram.canRun, "the programs cannot be started here"))
struct KilledWriterTests {
    /// Kills a writing program at seeded random points, again and again on one file, which each of them has to recover from
    /// the one before. LUMBAR_KILLS says how often. What people say is written in between, to a file of its own.
    @Test("opens, is sound, and has everything that was acknowledged")
    func killing() throws {
        let kills = getenv("LUMBAR_KILLS").flatMap { Int(String(cString: $0)) } ?? 6
        var random = SplitMix64(seed: 51)
        var folder = try TemporaryFolder()
        var earlier = Told()
        var worstLoss: Int64 = 0
        for kill in 0..<kills {
            // A file of its own now and then: to open and to check a large one takes longer.
            if kill % 40 == 0 {
                folder = try TemporaryFolder()
                earlier = Told()
            }
            let path = folder.path + "/lumbard.db"
            let told = try killed(path, from: (earlier.at ?? 0) / 60 * 60 + 600, &random)
            earlier.alerts += told.alerts
            earlier.loads += told.loads
            earlier.diary += told.diary
            earlier.answers += told.answers
            earlier.at = told.at ?? earlier.at
            earlier.kept = told.kept
            worstLoss = max(worstLoss, try check(path, earlier))
        }
        if kills > 100 { print("killed \(kills) times: at worst \(worstLoss) s of minutes were lost") }
    }

    /// Lets it write for a while, kills it, and returns all it said.
    private func killed(_ path: String, from second: Int64, _ random: inout SplitMix64) throws -> Told {
        let program = try Program("lumbar-bench", ["--write-history", path, "--from", String(second)])
        var told = Told()
        for _ in 0..<random.next() % 120 {
            guard let line = program.nextLine() else { break }
            told.hear(line)
        }
        spin(microseconds: random.next() % 3000)
        program.killNow()
        let ended = program.end()
        #expect(ended.status == -SIGKILL, "\(ended.errors)")
        // The last line may be cut short.
        for line in ended.output.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
            told.hear(line)
        }
        return told
    }

    /// Holds the file to what was told; returns how many seconds of minutes are not in it.
    private func check(_ path: String, _ told: Told) throws -> Int64 {
        guard access(path, F_OK) == 0 else { return 0 }
        let store: Store
        do {
            store = try Store(reading: path)
        } catch {
            // Killed before the tables were made, and so before anything was told.
            #expect(told.at == nil && error.kind == .other, "\(error)")
            return 0
        }
        #expect(try store.integrityFindings() == [])
        var alerts: Set<Int64> = []
        var end: Int64 = 0
        try store.export { row in
            switch row {
            case .alert(let alert, _): alerts.insert(alert.time.nanoseconds / 1_000_000_000)
            case .epoch(let epoch, _):
                end = max(end, (epoch.start + epoch.length).nanoseconds / 1_000_000_000)
            default: break
            }
        }
        let lost = told.alerts.filter { !alerts.contains($0) }
        #expect(lost.isEmpty, "\(lost)")
        // As the next that is said: a reader may not undo what was cut short in the middle.
        let said = try Entries(writingBeside: path, host: FolderHost())
        #expect(try said.integrityFindings() == [])
        for (told, stored) in [
            (told.loads, try said.loads().map(\.id)), (told.diary, try said.diary().map(\.id)),
            (told.answers, try said.acknowledgements().map(\.id)),
        ] {
            let missing = Set(told).subtracting(stored)
            #expect(missing.isEmpty, "\(missing.sorted())")
        }
        guard let kept = told.kept, let at = told.at else { return 0 }
        #expect(end >= kept)
        #expect(at - end <= 60)
        return max(0, at - end)
    }

    private func spin(microseconds: UInt64) {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let end = now.tv_sec * 1_000_000 + now.tv_nsec / 1000 + Int(microseconds)
        repeat {
            clock_gettime(CLOCK_MONOTONIC, &now)
        } while now.tv_sec * 1_000_000 + now.tv_nsec / 1000 < end
    }
}
