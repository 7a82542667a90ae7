import LumbarCore
import Testing

@testable import LumbarStore

/// What was removed stays so, wherever else it still is; and what was said is backed up.
@Suite struct EntriesRemovalTests {
    private func entry(_ seed: UInt64, note: String = "words", editedHours: Double = 0) -> DiaryEntry {
        var entry = DiaryEntry(
            uniqueID: Samples.uniqueID(seed), wearer: .sole, time: Samples.noon, offsetSeconds: 3600, pain: 4,
            kind: .ache, note: note, written: Samples.noon)
        entry.edited = Samples.noon + .hours(editedHours)
        return entry
    }

    private func load(_ seed: UInt64) -> DeclaredLoad {
        DeclaredLoad(
            uniqueID: Samples.uniqueID(seed), wearer: .sole, time: Samples.noon, kilograms: 12, reach: 0.4)
    }

    private func answer(_ seed: UInt64) -> Acknowledgement {
        Acknowledgement(
            uniqueID: Samples.uniqueID(seed), alert: AlertKey(Samples.alert(at: 100), bootID: "boot-1"),
            alertTime: Samples.noon, verdict: .useful, time: Samples.noon)
    }

    /// An entry, a load and an answer, with a backup of them.
    private func filled(_ host: TestHost) throws -> Entries {
        let entries = try Entries(writingBeside: host.path, host: host)
        try entries.append(entry(1, note: "forgettable"))
        try entries.append(entry(2, note: "memorable"))
        try entries.append(load(3))
        try entries.append(answer(4))
        #expect(try Entries.backUpChanges(beside: host.path, keeping: 3, host: host))
        return entries
    }

    private func count(_ entries: Entries) throws -> [Int] {
        let counts = try entries.rowCounts()
        return [counts.diary, counts.loads, counts.acknowledgements]
    }

    @Test func whatAnotherMachineStillHasDoesNotComeBack() throws {
        let (here, there) = (TestHost(), TestHost())
        let ours = try filled(here)
        let theirs = try Entries(writingBeside: there.path, host: there)
        try theirs.add(all: ours)
        let time = Samples.noon + .hours(1)
        #expect(try ours.removeDiaryEntry(1, at: time))
        #expect(try ours.removeLoad(1, at: time))
        #expect(try ours.removeAcknowledgement(1, at: time))
        // Row by row, as an import does it.
        #expect(try ours.append(entry(1)) == 0 && ours.append(load(3)) == 0 && ours.append(answer(4)) == 0)
        #expect(try count(ours) == [1, 0, 0])
        // And file by file, one way and the other.
        try ours.add(all: theirs)
        #expect(try count(ours) == [1, 0, 0])
        try theirs.add(all: ours)
        #expect(try count(theirs) == [1, 0, 0])
    }

    @Test func anEditMadeElsewhereSinceBringsItBack() throws {
        let (here, there) = (TestHost(), TestHost())
        let ours = try filled(here)
        let theirs = try Entries(writingBeside: there.path, host: there)
        try theirs.append(entry(1, note: "said again", editedHours: 2))
        #expect(try ours.removeDiaryEntry(1, at: Samples.noon + .hours(1)))
        // At the moment of the removal is not after it.
        #expect(try ours.append(entry(1, editedHours: 1)) == 0)
        try theirs.add(all: ours)
        #expect(try theirs.diary().map(\.note).contains("said again"))
        for _ in 1...2 { try ours.add(all: theirs) }
        #expect(try ours.diary().map(\.note).sorted() == ["memorable", "said again"])
        #expect(try ours.removed().isEmpty)
    }

    @Test func ofWhatWasRemovedNothingIsKeptButItsName() throws {
        let host = TestHost()
        let entries = try filled(host)
        #expect(try entries.removeDiaryEntry(1, at: Samples.noon))
        for path in [host.path + ".entries", host.path + ".entries.backup-1"] {
            let text = String(decoding: host.contents(path), as: UTF8.self)
            #expect(!text.contains("forgettable") && text.contains("memorable"), "\(path)")
        }
        let backup = try #require(try Entries(reading: host.path + ".entries.backup-1"))
        #expect(try count(backup) == [1, 1, 1])
        #expect(try backup.removed().map(\.id) == [Samples.uniqueID(1)])
        #expect(try backup.integrityFindings() == [])
    }

    @Test func aBackupThatCannotBeChangedGoes() throws {
        let host = TestHost()
        let entries = try filled(host)
        host.write(Array(repeating: 0x41, count: 9000), to: host.path + ".entries.backup-1")
        #expect(try entries.removeDiaryEntry(1, at: Samples.noon))
        #expect(Entries.backups(beside: host.path).isEmpty)
    }

    @Test func forgettingLeavesNotEvenNames() throws {
        let host = TestHost()
        let entries = try filled(host)
        #expect(try entries.removeDiaryEntry(1, at: Samples.noon))
        #expect(try entries.forget(until: Samples.noon + .hours(1)) == 3)
        #expect(try entries.removed().isEmpty)
        #expect(Entries.backups(beside: host.path).isEmpty)
    }

    @Test func backupsAreMadeOfChangesOnlyAndTheOldestMakesRoom() throws {
        let host = TestHost()
        let entries = try filled(host)
        #expect(try !Entries.backUpChanges(beside: host.path, keeping: 3, host: host))
        for seed in 10...14 as ClosedRange<UInt64> {
            try entries.append(entry(seed))
            #expect(try Entries.backUpChanges(beside: host.path, keeping: 3, host: host))
        }
        let backups = Entries.backups(beside: host.path)
        #expect(backups.count == 3)
        #expect(try backups.map { try Entries(reading: $0)?.diary().count } == [7, 6, 5])
        #expect(host.mode(backups[0]) == 0o600)
        #expect(try !Entries.backUpChanges(beside: host.path + ".none", keeping: 3, host: host))
    }

    @Test func aDamagedFileIsMovedAsideAndItsBackupTakenOver() throws {
        let host = TestHost()
        do {
            let entries = try filled(host)
            try entries.append(load(5))
        }
        let path = host.path + ".entries"
        var bytes = host.contents(path)
        bytes.replaceSubrange(0..<16, with: Array(repeating: 0, count: 16))
        host.write(bytes, to: path)
        host.write([1, 2, 3], to: path + "-journal")
        #expect(!Entries.isSound(path))
        let done = try Entries.recover(path + ".backup-1", beside: host.path, host: host)
        #expect(done.found == 4 && done.added == 4 && done.movedAside == path + ".corrupt-1")
        #expect(host.size(path + "-journal") == nil)
        let entries = try #require(try Entries(readingBeside: host.path))
        #expect(try count(entries) == [2, 1, 1])
        #expect(Entries.isSound(path))
        // Twice is the same as once.
        let again = try Entries.recover(path + ".backup-1", beside: host.path, host: host)
        #expect(again.added == 0 && again.movedAside == nil)
    }

    /// A day after the last, and only when something was said since.
    @Test func theKeeperBacksThemUpOnceADay() throws {
        let host = TestHost()
        host.wall = Samples.noon
        let entries = try Entries(writingBeside: host.path, host: host)
        try entries.append(entry(1))
        let keeper = HistoryKeeper(path: host.path, bootID: "boot-1", host: host)
        keeper.open { Issue.record("\($0)") }
        var anchor = Samples.anchor
        anchor.wall = Samples.noon
        keeper.append(.anchor(anchor, isSynchronized: true), at: .zero)
        keeper.append(.alert(Samples.alert(at: 1)), at: .zero)
        keeper.flush(at: nil) { Issue.record("\($0)") }
        var counts: [Int] = []
        for hour in 0..<60 {
            let now = Instant.zero + .hours(Double(hour) + 1)
            host.set(now)
            host.wall = Samples.noon + .hours(Double(hour) + 1)
            if hour == 30 { try entries.append(entry(2)) }
            keeper.tend(at: now, goesOn: { true }) { Issue.record("\($0)") }
            counts.append(Entries.backups(beside: host.path).count)
        }
        #expect(counts[0] == 1 && counts[29] == 1 && counts[30] == 2 && counts[59] == 2, "\(counts)")
        keeper.plan.backups = 0
    }
}
