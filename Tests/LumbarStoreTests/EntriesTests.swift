import LumbarCore
import LumbarReport
import LumbarTestKit
import Testing

@testable import LumbarStore

@Suite struct EntriesTests {
    private func entry(
        _ seed: UInt64, hours: Double = 0, pain: Int? = 6, note: String = "tying my shoes",
        wearer: WearerID = .sole
    ) -> DiaryEntry {
        DiaryEntry(
            uniqueID: Samples.uniqueID(seed), wearer: wearer, time: Samples.noon + .hours(hours),
            offsetSeconds: 3600, pain: pain, kind: .spasm, note: note,
            written: Samples.noon + .hours(hours + 1))
    }

    private func answer(
        _ seed: UInt64, to alert: Alert, _ verdict: AlertVerdict, hours: Double = 0
    ) -> Acknowledgement {
        Acknowledgement(
            uniqueID: Samples.uniqueID(seed), alert: AlertKey(alert, bootID: "boot-1"),
            alertTime: Samples.noon + (alert.time - .zero), verdict: verdict,
            time: Samples.noon + .hours(hours))
    }

    /// A file as it was when loads were all there was.
    private func former(_ host: TestHost) throws -> Database {
        let path = host.path + ".loads"
        try host.createPrivateFile(path, size: 0)
        let database = try Database(path: path, mode: .readWrite, busyMilliseconds: 0)
        let old = Schema(steps: [Entries.schema.steps[0]], application: Entries.schema.application)
        try old.bringUp(database, host: host)
        try database.run("PRAGMA journal_mode = DELETE", while: "testing")
        for hour in 1...3 {
            try database.run(
                """
                INSERT INTO declared_load (wearer, wall_ns, load_kg, reach_m, times) VALUES ('me', ?1, 12, 0.45, 20)
                """, [.int((Samples.noon + .hours(Double(hour / 2))).nanoseconds)], while: "testing")
        }
        return database
    }

    /// Killed after some pages of a transaction were in the file, with the journal beside it.
    @Test func whatAKilledProgramBeganIsUndoneByAReader() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        try entries.append(entry(1))
        // With room for hardly a page, what is changed goes to the file before the end.
        try entries.database.run("PRAGMA cache_size = 1", while: "testing")
        try entries.database.run("BEGIN IMMEDIATE", while: "testing")
        for number in 2...400 as ClosedRange<Int64> {
            try entries.database.run(
                """
                INSERT INTO declared_load (uuid, wearer, wall_ns, load_kg, reach_m, times)
                VALUES (?1, 'me', ?2, 12, 0.45, 20)
                """, [.blob(Samples.uniqueID(UInt64(number)).bytes), .int(number)], while: "testing")
        }
        let other = host.directory + "/killed.db"
        for end in ["", "-journal"] {
            host.write(
                host.contents(Entries.path(beside: host.path) + end), to: Entries.path(beside: other) + end)
        }
        try entries.database.run("ROLLBACK", while: "testing")
        #expect(host.size(Entries.path(beside: other) + "-journal") ?? 0 > 512)

        let found = try #require(try Entries(readingBeside: other))
        #expect(try found.loads().isEmpty)
        #expect(try found.diary().map(\.note) == ["tying my shoes"])
        #expect(host.size(Entries.path(beside: other) + "-journal") == nil)
    }

    @Test func anEntryComesBackAsItWasWritten() throws {
        let host = TestHost()
        #expect(try Entries(readingBeside: host.path) == nil)
        let entries = try Entries(writingBeside: host.path, host: host)
        var whole = entry(1, note: "a \"note\"\n\u{202E}with\u{0} \u{1B}[2J ü 🦴")
        whole.end = Samples.noon + .hours(30)
        whole.edited = whole.written + .hours(1)
        var bare = entry(2, hours: -1, pain: nil, note: "", wearer: WearerID("o'brien"))
        bare.kind = .leg
        whole.id = try entries.append(whole)
        bare.id = try entries.append(bare)
        #expect([whole.id, bare.id] == [1, 2])
        let reader = try #require(try Entries(readingBeside: host.path))
        #expect(try reader.diary() == [bare, whole])
        #expect(try reader.diary(wearer: .sole) == [whole])
        #expect(
            try reader.diary(since: Samples.noon, until: Samples.noon + Elapsed(nanoseconds: 1)) == [whole])
        #expect(try reader.diaryEntry(2) == bare)
        #expect(try reader.diaryEntry(3) == nil)
        #expect(host.mode(host.path + ".entries") == 0o600)
    }

    @Test func theSameEntryTwiceIsOneAndTheLaterEditStays() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        var first = entry(1)
        #expect(try entries.append(first) == 1)
        #expect(try entries.append(first) == 1)
        first.pain = 3
        // An edit that claims to be no later than what is there.
        #expect(try entries.append(first) == 1)
        #expect(try entries.diary().map(\.pain) == [6])
        first.edited = first.edited + .seconds(1)
        #expect(try entries.append(first) == 1)
        #expect(try entries.diary().map(\.pain) == [3])
        #expect(try entries.append(entry(2)) == 2)
    }

    @Test func aRemovedEntryIsGoneFromTheFileAndItsNumberIsNotGivenAgain() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        let id = try entries.append(entry(1, note: "forgettable"))
        var second = entry(2, note: "embarrassing words")
        second.id = try entries.append(second)
        second.note = "memorable"
        second.edited = second.edited + .seconds(1)
        try entries.append(second)
        #expect(try entries.removeDiaryEntry(id, at: Samples.noon))
        #expect(try !entries.removeDiaryEntry(id, at: Samples.noon))
        #expect(try entries.append(entry(3)) == 3)
        let text = String(decoding: host.contents(host.path + ".entries"), as: UTF8.self)
        #expect(!text.contains("forgettable") && !text.contains("embarrassing"))
        #expect(text.contains("memorable"))
    }

    @Test func theLastAnswerToAnAlertCountsAndAllAreKept() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        let (one, two) = (Samples.alert(at: 100), Samples.alert(at: 4000, .lift))
        try entries.append(answer(1, to: one, .useful, hours: 2))
        try entries.append(answer(2, to: two, .later, hours: 3))
        try entries.append(answer(3, to: one, .wrong, hours: 4))
        try entries.append(answer(3, to: one, .wrong, hours: 4))
        let all = try entries.acknowledgements()
        #expect(all.map(\.verdict) == [.useful, .later, .wrong])
        #expect(all.map(\.id) == [1, 2, 3])
        #expect(all[0].alert == AlertKey(one, bootID: "boot-1"))
        #expect(AlertID(all[0].alert).text == "6zaa2rp")
        #expect(Entries.counting(all).map(\.id) == [2, 3])
        #expect(try entries.acknowledgements(since: Samples.noon + .seconds(101)).map(\.id) == [2])
        #expect(try entries.acknowledgements(wearer: WearerID("ada")).isEmpty)
        #expect(try entries.removeAcknowledgement(3, at: Samples.noon))
        #expect(try !entries.removeAcknowledgement(3, at: Samples.noon))
        #expect(Entries.counting(try entries.acknowledgements()).map(\.verdict) == [.useful, .later])
    }

    @Test func aFileOfLoadsIsReadAsItIsAndTakenOverForWriting() throws {
        let host = TestHost()
        do { _ = try former(host) }
        let before = try #require(try Entries(readingBeside: host.path))
        let known = try before.loads()
        #expect(known.map(\.id) == [1, 2, 3])
        #expect(Set(known.map(\.uniqueID)).count == 3)
        #expect(try before.diary().isEmpty && before.acknowledgements().isEmpty)
        #expect(host.size(host.path + ".entries") == nil)

        let entries = try Entries(writingBeside: host.path, host: host)
        #expect(host.size(host.path + ".loads") == nil)
        // The same names as before, or what was merged from a copy would be doubled.
        #expect(try entries.loads() == known)
        #expect(try entries.append(entry(1)) == 1)
        // Nor is a number of before given again.
        #expect(
            try entries.append(
                DeclaredLoad(
                    uniqueID: Samples.uniqueID(9), wearer: .sole, time: Samples.noon, kilograms: 1, reach: 1))
                == 4)
        #expect(Entries.copies(beside: host.path) == [host.path + ".entries.before-v2"])
        #expect(try Entries(writingBeside: host.path, host: host).diary().count == 1)
    }

    @Test func aFileThatIsBeingWrittenIsNotTakenAway() throws {
        let host = TestHost()
        let writer = try former(host)
        try writer.run("BEGIN IMMEDIATE", while: "testing")
        #expect(refusal { _ = try Entries(writingBeside: host.path, host: host) }?.kind == .locked)
        #expect(host.size(host.path + ".loads") != nil)
        try writer.run("COMMIT", while: "testing")
        #expect(try Entries(writingBeside: host.path, host: host).loads().count == 3)
    }

    @Test func aFileOfAnotherProgramIsLeftAlone() throws {
        let host = TestHost()
        host.write(
            Array("not a database, and long enough to be looked at as one".utf8), to: host.path + ".loads")
        #expect(refusal { _ = try Entries(writingBeside: host.path, host: host) }?.kind == .corrupt)
        #expect(refusal { _ = try Entries(readingBeside: host.path) }?.kind == .corrupt)
        #expect(host.size(host.path + ".loads") != nil)
    }

    @Test func twoMachinesArePutTogetherWithoutDoubles() throws {
        let (here, there) = (TestHost(), TestHost())
        let ours = try Entries(writingBeside: here.path, host: here)
        let theirs = try Entries(writingBeside: there.path, host: there)
        try ours.append(entry(1))
        try theirs.append(entry(2, hours: 5))
        var common = entry(3, hours: 9)
        try ours.append(common)
        common.note = "changed there"
        common.edited = common.edited + .hours(1)
        try theirs.append(common)
        try theirs.append(answer(4, to: Samples.alert(at: 100), .useful))
        for _ in 1...2 {
            try ours.add(all: theirs)
            try theirs.add(all: ours)
        }
        let left = try ours.diary()
        let right = try theirs.diary()
        #expect(left.map(\.uniqueID) == [1, 2, 3].map { Samples.uniqueID($0) })
        #expect(left.map(\.note) == right.map(\.note))
        #expect(left.last?.note == "changed there")
        #expect(try ours.acknowledgements().count == 1 && theirs.acknowledgements().count == 1)
    }

    @Test func whatIsForgottenIsGoneAndTheOthersIsNot() throws {
        let host = TestHost()
        let entries = try Entries(writingBeside: host.path, host: host)
        let ada = WearerID("ada")
        for (seed, hours) in [(1, 1.0), (2, 30), (3, 60)] {
            try entries.append(entry(UInt64(seed), hours: hours, note: "entry \(seed)"))
            try entries.append(entry(UInt64(seed + 10), hours: hours, note: "hers \(seed)", wearer: ada))
        }
        // An old alert that was answered late.
        try entries.append(answer(4, to: Samples.alert(at: 3600), .useful, hours: 50))
        let day = Samples.noon + .hours(24)
        #expect(try entries.forget(since: day, until: day + .hours(24), wearer: .sole) == 1)
        #expect(try entries.diary().map(\.note) == ["entry 1", "hers 1", "hers 2", "entry 3", "hers 3"])
        #expect(try entries.acknowledgements().count == 1)
        #expect(try entries.forget(until: day) == 3)
        #expect(try entries.diary().map(\.note) == ["hers 2", "entry 3", "hers 3"])
        #expect(try entries.acknowledgements().isEmpty)
        let text = String(decoding: host.contents(host.path + ".entries"), as: UTF8.self)
        #expect(!text.contains("entry 1") && !text.contains("hers 1") && text.contains("hers 3"))
    }

    /// Whatever was noted, what is shown can do nothing to a terminal.
    @Test func nothingThatWasNotedReachesATerminalAsItIs() {
        var random = SplitMix64(seed: 7)
        let nasty: [UInt32] = [
            0, 7, 8, 0x0A, 0x0D, 0x1B, 0x7F, 0x85, 0x9B, 0x202E, 0x2066, 0x2028, 0xFEFF, 0x22, 0x5C,
        ]
        for _ in 0..<200 {
            var text = String.UnicodeScalarView()
            for _ in 0..<30 {
                let value =
                    Bool.random(using: &random)
                    ? nasty[Int.random(in: 0..<nasty.count, using: &random)]
                    : UInt32.random(in: 32...0x2FFF, using: &random)
                if let scalar = Unicode.Scalar(value) { text.append(scalar) }
            }
            let noted = entry(1, note: String(text), wearer: WearerID(String(text)))
            let lines = DiaryText.table([noted, entry(2)]) + [DiaryJSON.line(noted), DiaryText.line(noted)]
            for line in lines { #expect(line.unicodeScalars.allSatisfy(Printable.isSafe), "\(line)") }
        }
    }

    @Test func theJSONIsGolden() {
        var whole = entry(1)
        whole.id = 7
        whole.end = Samples.noon + .hours(30)
        let name = whole.uniqueID.description
        #expect(
            DiaryJSON.line(whole)
                == #"{"type":"diary","id":7,"time":"2026-11-21T11:00:00+01:00","end":"2026-11-22T17:00:00+01:00","#
                + #""pain":6,"kind":"spasm","note":"tying my shoes","wearer":"me","#
                + #""written":"2026-11-21T12:00:00+01:00","edited":"2026-11-21T12:00:00+01:00","uuid":"\#(name)"}"#
        )
        let line = AcknowledgementJSON.line(
            answer(3, to: Samples.alert(at: 100), .wrong, hours: 1), zone: { _ in Samples.zone })
        #expect(
            line.hasPrefix(
                #"{"type":"acknowledgement","id":0,"alert":"6zaa2rp","verdict":"false","time":"2026-11-21T12:00:00+01:00","#
                    + #""alert_time":"2026-11-21T11:01:40+01:00","rule":"sitting","step":2,"wearer":"me","#))
    }
}
