import LumbarCore

/// What was asked of the program on a wearer's behalf and holds until it is over; at most one of a kind for each wearer.
public struct AskedControl: Sendable, Equatable {
    /// On whose behalf.
    public var wearer: WearerID
    /// What was asked.
    public var kind: Kind
    /// What holds; nil when nothing does any more.
    public var term: Term?
    /// When somebody asked for it; nil when nobody did, as when it ran out.
    public var asked: Instant?

    /// Kinds, by the names they have in the history.
    public enum Kind: String, Sendable, CaseIterable {
        /// Nothing is said but possible falls.
        case snooze
        /// The wearer's sensors are closed.
        case pause
        /// Another profile than that of the settings is in force.
        case profile
        /// Something is trained.
        case training
    }

    /// From when to when, on the clock of the present boot.
    public struct Term: Sendable, Equatable {
        /// When it was asked for.
        public var since: Instant
        /// When it is over; nil when it holds until something else is asked for.
        public var until: Instant?
        /// When that is by the wall clock; nil while none was known.
        public var untilWall: WallTime?
        /// Of a snooze: `upright` when ten minutes upright end it, or nothing; of a profile: its name; of a
        /// training: its plan (`TrainingPlan.text`).
        public var detail: String

        /// A term.
        public init(since: Instant, until: Instant?, untilWall: WallTime? = nil, detail: String = "") {
            self.since = since
            self.until = until
            self.untilWall = untilWall
            self.detail = detail
        }
    }

    /// Something that was asked for, or that is over.
    public init(wearer: WearerID, kind: Kind, term: Term?, asked: Instant? = nil) {
        self.asked = asked
        self.wearer = wearer
        self.kind = kind
        self.term = term
    }

    /// Whether it is about the same thing as `other`.
    func replaces(_ other: AskedControl) -> Bool { wearer == other.wearer && kind == other.kind }
}

/// What was asked for, as it was stored.
public struct StoredControl: Sendable, Equatable {
    /// What and for whom; its instants are those of the boot `bootID`.
    public var control: AskedControl
    /// The boot it was asked for in.
    public var bootID: String
    /// When it is over, by the wall clock; nil when that boot never knew one, or when it has no end.
    public var untilWall: WallTime?
    /// When it was asked for, by the wall clock; nil when that boot never knew one.
    public var sinceWall: WallTime?

    /// What was stored.
    public init(control: AskedControl, bootID: String, untilWall: WallTime?, sinceWall: WallTime? = nil) {
        self.control = control
        self.bootID = bootID
        self.untilWall = untilWall
        self.sinceWall = sinceWall
    }

    /// Whether it holds at `moment`, judged by the wall clock alone; not when nobody can say when it is over.
    public func holds(at moment: WallTime) -> Bool {
        guard let term = control.term else { return false }
        return term.until == nil || untilWall.map { $0 > moment } ?? false
    }

    /// The same on the clock of the boot `present` at `now`, where `anchor` says what time it is; nil when it is over, or
    /// cannot be placed there.
    ///
    /// In the boot it was asked for in, the boot clock decides. In another one the wall clock does, which may still be
    /// wrong: counted from the start of that boot, it lasts no longer than it was asked for.
    public func placed(in present: String, at now: Instant, by anchor: WallAnchor) -> AskedControl? {
        guard let term = control.term else { return nil }
        guard let until = term.until else { return placedWithoutEnd(in: present, by: anchor) }
        if bootID == present { return until > now ? control : nil }
        guard let untilWall else { return nil }
        let end = min(anchor.instant(at: untilWall), Instant.zero + (until - term.since))
        guard end > now else { return nil }
        var placed = control
        placed.term?.since = min(now, end - (until - term.since))
        placed.term?.until = end
        placed.term?.untilWall = untilWall
        return placed
    }

    /// What has no end was asked for long ago where nobody knows when.
    private func placedWithoutEnd(in present: String, by anchor: WallAnchor) -> AskedControl {
        var placed = control
        if bootID != present {
            placed.term?.since = sinceWall.map { anchor.instant(at: $0) } ?? Instant(nanoseconds: .min)
        }
        return placed
    }
}

extension Store {
    /// Stores what was asked for in place of what was asked before, or deletes that.
    public func append(control: AskedControl) throws(StoreError) {
        try append([.control(control), .asked(control)], while: "noting what was asked for")
    }

    func insert(_ control: AskedControl, boot: Int64, while action: String) throws(StoreError) {
        let wearer = SQLValue.int(try wearerRow(control.wearer, while: action))
        try database.run(
            "DELETE FROM control WHERE wearer = ?1 AND kind = ?2", [wearer, .text(control.kind.rawValue)],
            while: action)
        guard let term = control.term else { return }
        try database.run(
            """
            INSERT OR REPLACE INTO control (boot, time_ns, wearer, kind, until_ns, until_wall_ns, detail)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """,
            [
                .int(boot), .int(term.since.nanoseconds), wearer, .text(control.kind.rawValue),
                term.until.map { .int($0.nanoseconds) } ?? .null,
                term.untilWall.map { .int($0.nanoseconds) } ?? .null, .text(term.detail),
            ], while: action)
    }

    /// Everything that was asked for and not taken back, in the order of boots and times; what is over may be among it.
    ///
    /// Kinds that this program does not know are passed over.
    public func controls() throws(StoreError) -> [StoredControl] {
        let timeline = try timeline()
        var found: [StoredControl] = []
        try database.each(
            """
            SELECT boot.id, boot.boot_id, time_ns, wearer.name, kind, until_ns, until_wall_ns, detail
            FROM control JOIN boot ON boot.id = control.boot JOIN wearer ON wearer.id = control.wearer
            ORDER BY boot.id, time_ns, kind
            """, while: "reading what was asked for"
        ) { row throws(StoreError) in
            guard let kind = AskedControl.Kind(rawValue: row.text(4)) else { return }
            let until = row.isNull(5) ? nil : Instant(nanoseconds: row.int(5))
            let noted = row.isNull(6) ? nil : WallTime(nanoseconds: row.int(6))
            // The clock may have been set right after it was asked for: anchors know better than the row.
            let wall = until.flatMap { until in timeline.span(of: row.int(0), at: until)?.wall(at: until) }
            let since = Instant(nanoseconds: row.int(2))
            let term = AskedControl.Term(since: since, until: until, untilWall: noted, detail: row.text(7))
            found.append(
                StoredControl(
                    control: AskedControl(wearer: WearerID(row.text(3)), kind: kind, term: term),
                    bootID: row.text(1), untilWall: until == nil ? nil : wall ?? noted,
                    sinceWall: timeline.span(of: row.int(0), at: since)?.wall(at: since)))
        }
        return found
    }
}
