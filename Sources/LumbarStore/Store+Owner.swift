import LumbarCore

/// What the owner of the history may do with all of it.
extension Store {
    /// Hands every row to `body`, table by table and in the order of time, without holding more than one.
    ///
    /// What is written meanwhile is not among them.
    public func export(_ body: (ExportedRow) throws(StoreError) -> Void) throws(StoreError) {
        try database.run("BEGIN", while: "reading the history")
        defer { try? database.run("COMMIT", while: "reading the history") }
        try eachAnchor { found throws(StoreError) in
            try body(.anchor(found.anchor, bootID: found.bootID, isSynchronized: found.isSynchronized))
        }
        let first = CivilDate(year: 0, month: 1, day: 1)
        let last = CivilDate(year: 9999, month: 12, day: 31)
        try eachSummary(from: first, through: last) { summary, bootID throws(StoreError) in
            try body(.summary(summary, bootID: bootID))
        }
        for stored in try calibrations() { try body(.calibration(stored)) }
        let timeline = try timeline()
        let boots = try boots()
        let start = Instant(nanoseconds: .min)
        let end = Instant(nanoseconds: .max)
        let place: (Instant, (id: Int64, text: String)) -> Place = { instant, boot in
            Store.place(instant, in: timeline.span(of: boot.id, at: instant))
                ?? Place(bootID: boot.text, wall: nil, zone: .utc)
        }
        try eachDevice(timeline) { device throws(StoreError) in try body(.device(device)) }
        for boot in boots {
            try eachWear(boot: boot.id) { wear throws(StoreError) in
                try body(.wear(wear, place(wear.from, boot)))
            }
            try eachSetting(boot: boot.id) { setting, since throws(StoreError) in
                try body(.setting(setting, since, place(since, boot)))
            }
            try eachRun(boot: boot.id) { run throws(StoreError) in
                try body(.run(run, place(run.from, boot)))
            }
            try eachAsked(boot: boot.id) { control throws(StoreError) in
                guard let time = control.asked else { return }
                try body(.asked(control, time, place(time, boot)))
            }
            // What holds follows from that again where it is read, unless it is from before that was kept.
            try eachControlNotAsked(boot: boot.id) { control, time throws(StoreError) in
                try body(.asked(control, time, place(time, boot)))
            }
            try eachTrust(boot: boot.id) { trust, wearer, time throws(StoreError) in
                try body(.trust(trust, wearer, time, place(time, boot)))
            }
        }
        for boot in boots {
            try eachAlert(boot: boot.id, from: start, until: end) { alert throws(StoreError) in
                try body(.alert(alert, place(alert.time, boot)))
            }
        }
        for boot in boots {
            try eachTrace(boot: boot.id, bootID: boot.text, from: start, until: end) {
                trace, key throws(StoreError) in
                try body(.trace(trace, key, place(trace.start, boot)))
            }
        }
        for boot in boots {
            let give: (Episode, WearerID) throws(StoreError) -> Void = { episode, wearer throws(StoreError) in
                try body(.episode(episode, wearer, place(episode.start, boot)))
            }
            try eachEpisode(boot: boot.id, from: start, until: end, give)
            try eachPosture(boot: boot.id, from: start, until: end, give)
        }
        for boot in boots {
            try eachEpoch(boot: boot.id, from: start, until: end) { epoch throws(StoreError) in
                try body(.epoch(epoch, place(epoch.start, boot)))
            }
        }
    }

    /// Every boot, in the order in which they came into this file.
    func boots() throws(StoreError) -> [(id: Int64, text: String)] {
        var found: [(id: Int64, text: String)] = []
        try database.each("SELECT id, boot_id FROM boot ORDER BY id", while: "reading the boots") { row in
            found.append((row.int(0), row.text(1)))
        }
        return found
    }

    /// Other files beside the database that hold history: copies made before a migration, and damaged files moved aside.
    public var copies: [String] {
        let damaged = (1...9).map { "\(path).corrupt-\($0)" }
        let before = (1...max(1, options.schema.version)).map { "\(path).before-v\($0)" }
        return (damaged + before).filter { SQLiteFiles.exists($0) }
    }
}
