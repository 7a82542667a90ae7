import Glibc
import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct StoreTests {
    @Test func everyRowComesBackAsItWas() throws {
        let host = TestHost()
        let store = try host.store()
        #expect(store.opening.isNew)
        try store.append(anchor: Samples.anchor)
        try store.append(epochs: [Samples.epoch(at: 60), Samples.epoch(at: 120)])
        for episode in Samples.episodes { try store.append(episode: episode, wearer: .sole) }
        try store.append(alert: Samples.alert(at: 2000))
        try store.append(summary: Samples.summary(Samples.date))

        let reader = try Store(reading: host.path)
        let day = try reader.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: .sole)
        #expect(day.epochs == [Samples.epoch(at: 60), Samples.epoch(at: 120)])
        #expect(day.episodes == Samples.episodes)
        #expect(day.alerts == [Samples.alert(at: 2000)])
        #expect(try reader.summary(of: Samples.date) == Samples.summary(Samples.date))
        #expect(try reader.days() == [Samples.date])
        #expect(try reader.wearers() == [.sole])
        let latest = try #require(try reader.latestAnchor())
        #expect(latest.anchor == Samples.anchor)
        #expect(latest.bootID == "boot-1")
    }

    /// As in a folder that the reader may not write to; a link to nowhere stops root too.
    @Test func aLogThatCannotBeReadWhereItIsIsNamed() throws {
        let host = TestHost()
        let copy = TestHost()
        let store = try host.store()
        try store.append(epochs: [Samples.epoch(at: 60)])
        copy.write(host.contents(host.path), to: copy.path)
        copy.write(host.contents(host.path + "-wal"), to: copy.path + "-wal")
        symlink("/nonexistent/lumbard", copy.path + "-shm")
        let refused = try #require(refusal { _ = try Store(reading: copy.path) })
        #expect(refused.kind == .unread)
        #expect(
            refused.description.contains("lumbard.db-wal")
                && refused.description.contains("; copy it and its -wal"))
        unlink(copy.path + "-shm")
        #expect(try Store(reading: copy.path).rowCounts()["epoch"] == 1)
    }

    @Test func aRowAppendedTwiceIsThereOnce() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        for _ in 0..<2 {
            try store.append(epochs: [Samples.epoch(at: 60)])
            try store.append(episode: Samples.episodes[0], wearer: .sole)
            try store.append(episode: Samples.episodes[12], wearer: .sole)
            try store.append(alert: Samples.alert(at: 2000))
        }
        let day = try store.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: .sole)
        #expect(day.epochs.count == 1)
        #expect(day.episodes.count == 2)
        #expect(day.alerts.count == 1)
    }

    @Test func ongoingEpisodesAndDatelessDaysAreNotStored() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        var episode = Samples.episodes[0]
        episode.isOngoing = true
        try store.append(episode: episode, wearer: .sole)
        try store.append(summary: Samples.summary(nil))
        #expect(
            try store.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: .sole) == StoredDay())
        #expect(try store.days().isEmpty)
    }

    @Test func aCompleteDayIsNotReplacedByAnIncompleteOne() throws {
        let store = try TestHost().store()
        var soFar = Samples.summary(Samples.date, complete: false)
        soFar.steps = 1
        try store.append(summary: soFar)
        #expect(try store.summary(of: Samples.date) == soFar)
        try store.append(summary: Samples.summary(Samples.date))
        try store.append(summary: soFar)
        #expect(try store.summary(of: Samples.date) == Samples.summary(Samples.date))
    }

    @Test func wearersAreKeptApart() throws {
        let store = try TestHost().store()
        let other = WearerID("o'brien\"; DROP TABLE alert; --")
        try store.append(anchor: Samples.anchor)
        try store.append(alert: Samples.alert(at: 10))
        try store.append(alert: Samples.alert(at: 20, wearer: other))
        try store.append(epochs: [Samples.epoch(at: 0), Samples.epoch(at: 0, wearer: other)])
        #expect(try store.alerts(wearer: other).map(\.alert) == [Samples.alert(at: 20, wearer: other)])
        #expect(try store.alerts().count == 2)
        let day = try store.day(Samples.date, by: Samples.anchor, bootID: "boot-1", wearer: other)
        #expect(day.epochs == [Samples.epoch(at: 0, wearer: other)])
        #expect(try store.wearers() == [.sole, other])
    }

    @Test func alertsAreFoundByWallTimeAndTheNewestFirstCut() throws {
        let store = try TestHost().store()
        try store.append(anchor: Samples.anchor)
        for minute in 0..<10 { try store.append(alert: Samples.alert(at: Double(minute) * 60)) }
        let found = try store.alerts(
            since: Samples.noon + .seconds(120), until: Samples.noon + .seconds(300))
        #expect(found.map(\.alert.time) == [120, 180, 240].map(Samples.instant))
        #expect(found.map(\.place.wall) == [120, 180, 240].map { Samples.noon + .seconds($0) })
        #expect(found.allSatisfy { $0.place.zone == Samples.zone && $0.place.bootID == "boot-1" })
        #expect(try store.alerts(limit: 3).map(\.alert.time) == [420, 480, 540].map(Samples.instant))
    }

    @Test func theFilesAreTheOwnersAlone() throws {
        let host = TestHost()
        let store = try host.store { $0.reserveBytes = 4096 }
        try store.append(alert: Samples.alert(at: 0))
        for suffix in ["", "-wal", "-shm", ".lock", ".reserve"] {
            #expect(host.mode(host.path + suffix) == 0o600, "\(suffix)")
        }
        #expect(host.size(host.path + ".reserve") == 4096)
    }

    @Test func aSecondWriterIsRefused() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(alert: Samples.alert(at: 0))
        let other = TestHost()
        let error = refusal { _ = try Store(writing: host.path, bootID: "boot-2", host: other) }
        #expect(error?.kind == .locked)
    }

    @Test func aMissingDirectoryAndAMissingFileAreNamed() {
        let host = TestHost()
        let lost = host.directory + "/nowhere/lumbard.db"
        let writing = refusal { _ = try Store(writing: lost, bootID: "b", host: host) }
        #expect(writing?.kind == .missing)
        let reading = refusal { _ = try Store(reading: lost) }
        #expect(reading?.kind == .missing)
        #expect(reading?.description.contains(lost) == true)
    }

    @Test func readersSeeWhatIsCommittedWhileTheWriterWrites() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        let reader = try Store(reading: host.path)
        for minute in 0..<5 {
            try store.append(alert: Samples.alert(at: Double(minute)))
            #expect(try reader.alerts().count == minute + 1)
        }
    }

    @Test func readersNeedNoWriterAndLeaveNothingBehind() throws {
        let host = TestHost()
        do {
            let store = try host.store()
            try store.append(anchor: Samples.anchor)
            try store.append(alert: Samples.alert(at: 0))
        }
        #expect(host.mode(host.path + "-wal") == nil)
        let reader = try Store(reading: host.path)
        #expect(try reader.alerts().count == 1)
        #expect(host.mode(host.path + "-wal") == nil)
        #expect(host.mode(host.path + "-shm") == nil)
    }

    @Test func pathsAreNotReadAsAddresses() throws {
        let host = TestHost()
        let odd = host.directory + "/a?mode=memory&b#c%41 d.db"
        do {
            let store = try Store(writing: odd, bootID: "b", host: host)
            try store.append(alert: Samples.alert(at: 0))
        }
        #expect(host.size(odd) ?? 0 > 0)
        #expect(throws: Never.self) { try Store(reading: odd) }
    }
}
