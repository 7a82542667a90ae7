import Glibc
import LumbarCore
import Testing

@testable import LumbarStore

@Suite struct FullDiskTests {
    @Test func aFullDatabaseKeepsEverythingWaitingAndGoesOnAfterwards() throws {
        let store = try TestHost().store()
        var pending = PendingRows()
        pending.append(.anchor(Samples.anchor, isSynchronized: true))
        try store.append(&pending)
        #expect(pending.isEmpty)
        // No smaller than it is: SQLite makes the limit the present size.
        try store.database.run("PRAGMA max_page_count = 1", while: "testing")
        var sawFull = false
        for minute in 0..<500 {
            pending.append(.epoch(Samples.epoch(at: Double(minute) * 60)))
            do {
                try store.append(&pending)
            } catch {
                #expect(error.kind == .full)
                #expect(error.code == 13)
                sawFull = true
            }
        }
        #expect(sawFull)
        let waits = !pending.isEmpty
        #expect(waits)
        try store.database.run("PRAGMA max_page_count = 100000", while: "testing")
        try store.append(&pending)
        #expect(pending.count == 0)
        #expect(pending.dropped == 0)
        let found = try store.database.integer("SELECT count(*) FROM epoch", while: "testing")
        #expect(found == 500)
    }

    /// Minutes that are not over come every minute; on a disk that stays full they must not pile up.
    @Test func aMinuteThatIsNotOverWaitsOnlyOnce() throws {
        let store = try TestHost().store()
        var pending = PendingRows()
        pending.append(.anchor(Samples.anchor, isSynchronized: true))
        for length in [20.0, 40, 60] {
            var minute = Samples.epoch(at: 0)
            minute.length = .seconds(length)
            pending.append(.epoch(minute))
            pending.append(.epoch(Samples.epoch(at: 0, wearer: WearerID("somebody else"))))
        }
        #expect(pending.count == 3)
        try store.append(&pending)
        let length = try store.database.integer(
            "SELECT length_ns FROM epoch WHERE wearer = 1 AND start_ns = 0", while: "testing")
        #expect(length == 60_000_000_000)
    }

    /// On a small file system of its own, such as `mount -t tmpfs -o size=4m none /mnt`, named by LUMBAR_SMALL_DISK.
    @Test(.enabled(if: getenv("LUMBAR_SMALL_DISK") != nil))
    func aFullDiskKeepsEverythingAndAlertsGetThrough() throws {
        let parent = try #require(getenv("LUMBAR_SMALL_DISK").map { String(cString: $0) })
        let host = TestHost(in: parent)
        let store = try host.store { $0.reserveBytes = 1 << 20 }
        #expect(store.hasReserve)
        let filler = host.directory + "/filler"
        let file = try #require(fopen(filler, "w"))
        setbuf(file, nil)
        let block = [UInt8](repeating: 1, count: 512)
        while fwrite(block, 1, block.count, file) == block.count {}
        fclose(file)

        var pending = PendingRows()
        pending.append(.anchor(Samples.anchor, isSynchronized: true))
        var refused = 0
        for minute in 0..<1440 {
            pending.append(.epoch(Samples.epoch(at: Double(minute) * 60)))
            if minute % 100 == 99 { pending.append(.alert(Samples.alert(at: Double(minute) * 60))) }
            do {
                try store.append(&pending)
            } catch {
                #expect(error.kind == .full, "\(error)")
                refused += 1
                let hasAlerts = pending.hasAlerts
                #expect(!hasAlerts)
            }
        }
        #expect(refused > 0)
        #expect(!store.hasReserve)
        #expect(try Store(reading: host.path).alerts().count == 14)
        unlink(filler)
        try store.append(&pending)
        #expect(store.hasReserve)
        #expect(pending.dropped == 0)
        #expect(try store.database.integer("SELECT count(*) FROM epoch", while: "testing") == 1440)
    }

    @Test func theReserveIsGivenUpForAlertsAndSetAsideAgain() throws {
        let host = TestHost()
        let store = try host.store { $0.reserveBytes = 8192 }
        #expect(store.hasReserve)
        #expect(store.releaseReserve())
        #expect(!store.hasReserve)
        #expect(!store.releaseReserve())
        var pending = PendingRows()
        pending.append(.alert(Samples.alert(at: 0)))
        try store.append(&pending)
        #expect(store.hasReserve)
    }

    @Test func errorsOfAFullDiskAreToldApart() {
        // The shared memory cannot grow: an I/O error with ENOSPC behind it.
        for (number, kind) in [
            (ENOSPC, StoreError.Kind.full), (EDQUOT, .full), (EACCES, .permission), (EROFS, .readOnly),
        ] {
            #expect(StoreError.kind(code: 10, systemErrno: number) == kind)
        }
        #expect(StoreError.kind(code: 10, systemErrno: EIO) == .io)
        #expect(StoreError.kind(code: 13, systemErrno: 0) == .full)
        #expect(StoreError.kind(code: 26, systemErrno: 0) == .corrupt)
    }
}

@Suite struct PendingRowsTests {
    @Test func minutesReachBackADayAndNoFurther() {
        var pending = PendingRows()
        for minute in 0..<3000 { pending.append(.epoch(Samples.epoch(at: Double(minute) * 60))) }
        #expect(pending.count == 1441)
        #expect(pending.dropped == 3000 - 1441)
        #expect(pending.rows.last == .epoch(Samples.epoch(at: 2999 * 60)))
    }

    @Test func minutesNeverPushAlertsOut() {
        var limits = PendingRows.Limits()
        limits.epochs = 10
        limits.alerts = 3
        limits.episodes = 2
        var pending = PendingRows(limits: limits)
        pending.append(.alert(Samples.alert(at: 1)))
        for minute in 0..<100 { pending.append(.epoch(Samples.epoch(at: Double(minute)))) }
        for episode in Samples.episodes { pending.append(.episode(episode, .sole)) }
        #expect(pending.count == 13)
        #expect(pending.hasAlerts)
        #expect(pending.dropped == 90 + Samples.episodes.count - 2)
        for second in 2...5 { pending.append(.alert(Samples.alert(at: Double(second)))) }
        #expect(pending.rows.first == .alert(Samples.alert(at: 3)))
    }

    @Test func everythingButFallsCanWaitAMinute() throws {
        var pending = PendingRows()
        pending.append(.epoch(Samples.epoch(at: 0)))
        pending.append(.episode(Samples.posture(.sitting, from: 0, to: 60), .sole))
        let fall = try #require(
            Samples.episodes.first { if case .fall = $0.kind { true } else { false } })
        for episode in Samples.episodes where episode != fall { pending.append(.episode(episode, .sole)) }
        #expect(!pending.hasUrgent)
        var ongoing = fall
        ongoing.isOngoing = true
        pending.append(.episode(ongoing, .sole))
        #expect(!pending.hasUrgent)
        pending.append(.episode(fall, .sole))
        #expect(pending.hasUrgent)
    }
}
