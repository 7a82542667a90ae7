import LumbarCore
import Testing

@testable import LumbarStore

@Suite("What holds after histories have come together")
struct MergedControlTests {
    private func asked(
        _ kind: AskedControl.Kind, at time: Double, until: Double? = nil, _ detail: String? = "",
        of wearer: WearerID = .sole
    ) -> AskedControl {
        let term = detail.map {
            AskedControl.Term(
                since: Samples.instant(time), until: until.map { Samples.instant($0) }, detail: $0)
        }
        return AskedControl(wearer: wearer, kind: kind, term: term, asked: Samples.instant(time))
    }

    private func training(at time: Double) -> AskedControl { asked(.training, at: time, "bending \(time)") }
    private func stop(_ kind: AskedControl.Kind, at time: Double) -> AskedControl {
        asked(kind, at: time, nil)
    }

    /// A history of one boot that begins so many days after noon of the 21st.
    private func history(
        _ host: TestHost, boot: String = "boot-1", day: Double = 0, _ controls: [AskedControl]
    ) throws -> Store {
        let store = try host.store(boot: boot)
        var anchor = Samples.anchor
        anchor.wall = anchor.wall + .hours(24 * day)
        try store.append(anchor: anchor, isSynchronized: true)
        for control in controls { try store.append(control: control) }
        return store
    }

    private func details(_ store: Store) throws -> [String] {
        try store.controls().compactMap { $0.control.term?.detail }
    }

    /// What an export has, in a new history that takes it in.
    private func imported(_ store: Store, into host: TestHost) throws -> Store {
        let staging = TestHost()
        do {
            let draft = try staging.store(boot: "")
            var rows: [(row: StoreRow, bootID: String)] = []
            try store.export { row in
                switch row {
                case .anchor(let anchor, let boot, let isSynchronized):
                    rows.append((.anchor(anchor, isSynchronized: isSynchronized), boot))
                case .asked(let control, _, let place): rows.append((.asked(control), place.bootID))
                default: break
                }
            }
            try draft.append(rows, while: "testing")
            draft.close()
        }
        let taker = try host.store(boot: "")
        _ = try taker.merge(staging.path)
        #expect(try taker.merge(staging.path).total == 0)
        return taker
    }

    @Test func whatHoldsIsTakenInWithAnExport() throws {
        let given = [
            training(at: 60), asked(.profile, at: 70, "driving"), asked(.profile, at: 80, "desk"),
            asked(.snooze, at: 90, until: 900), stop(.snooze, at: 100),
            asked(.pause, at: 110, until: 9000, "x"),
        ]
        let store = try history(TestHost(), given)
        let taker = try imported(store, into: TestHost())
        #expect(try taker.controls() == store.controls())
        #expect(try details(taker) == ["bending 60.0", "desk", "x"])
    }

    @Test func whatWasStoppedIsNotRaisedByAnOldBackup() throws {
        let backup = TestHost()
        let host = TestHost()
        try history(backup, [training(at: 60), asked(.profile, at: 70, "desk")]).close()
        let store = try history(
            host, [training(at: 60), asked(.profile, at: 70, "desk"), stop(.training, at: 900)])
        #expect(try store.merge(backup.path).total == 0)
        #expect(try details(store) == ["desk"])
    }

    @Test func onlyTheLastOfAKindHolds() throws {
        let other = TestHost()
        let host = TestHost()
        try history(
            other, boot: "boot-2", day: 1,
            [training(at: 60), stop(.profile, at: 70), asked(.pause, at: 80, "x")]
        ).close()
        let own = [
            training(at: 60), asked(.profile, at: 65, "desk"), training(at: 90), asked(.pause, at: 1e5, "y"),
        ]
        let store = try history(host, own)
        let counts = try store.merge(other.path)
        // The other pause began a day later less some, which is before the one that holds.
        #expect(try details(store) == ["y", "bending 60.0"])
        #expect(try store.controls().map(\.bootID) == ["boot-1", "boot-2"])
        #expect(counts["control"] == 1 && counts["asked"] == 3)
        #expect(try store.merge(other.path).total == 0)
    }

    /// It ran out, or ended with the boot it was asked for in: that nobody asks for.
    @Test func whatEndedByItselfStaysSo() throws {
        let other = TestHost()
        let host = TestHost()
        try history(other, boot: "boot-0", day: -1, [asked(.snooze, at: 60, until: 600)]).close()
        let store = try history(host, [asked(.snooze, at: 60, until: 90_000)])
        try store.append([.control(AskedControl(wearer: .sole, kind: .snooze, term: nil))], while: "testing")
        #expect(try store.merge(other.path)["control"] == 0)
        #expect(try store.controls().isEmpty)
    }

    @Test func ofWhatWasNotNotedAsAskedForTheOwnHolds() throws {
        let other = TestHost()
        let host = TestHost()
        do {
            let store = try history(other, boot: "boot-0", day: -1, [])
            // As version 5 stored them.
            try store.append(
                [
                    .control(training(at: 60)), .control(asked(.profile, at: 60, "driving")),
                    .control(asked(.pause, at: 70, "x")),
                ], while: "testing")
            store.close()
        }
        let store = try history(host, [asked(.profile, at: 60, "desk"), stop(.pause, at: 60)])
        #expect(try store.merge(other.path)["control"] == 1)
        #expect(try details(store) == ["desk", "bending 60.0"])
        #expect(try store.merge(other.path).total == 0)
        // And an export says that it was asked for.
        let taker = try imported(store, into: TestHost())
        #expect(try taker.controls() == store.controls())
    }

    @Test func ofARecoveredFileTheLastOfAKindHolds() throws {
        let host = TestHost()
        var bytes: [UInt8] = []
        do {
            let store = try history(
                host, [training(at: 60), stop(.training, at: 70), asked(.profile, at: 80, "desk")])
            // As an old copy of a page has it.
            try store.append([.control(training(at: 60))], while: "testing")
            try store.database.emptyLog(while: "testing")
            bytes = host.contents(host.path)
        }
        let made = TestHost()
        let store = try made.store(boot: "")
        _ = try Salvage.run(
            size: bytes.count,
            read: { offset, count in
                offset < bytes.count ? Array(bytes[offset..<min(bytes.count, offset + count)]) : nil
            }, logSize: 0, readLog: { _, _ in nil }, into: store)
        #expect(try details(store) == ["desk"])
        #expect(try store.rowCounts()["asked"] == 3)
    }
}
