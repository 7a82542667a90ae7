/// The tables, as steps from one version to the next; `PRAGMA user_version` says how far a file is.
///
/// A step is never edited after a release, only followed by another.
struct Schema {
    /// The step that makes version n is at n - 1.
    var steps: [[StaticString]]
    /// What marks the file as one of this kind.
    var application = Schema.applicationID

    /// The version this program writes.
    var version: Int64 { Int64(steps.count) }

    /// "LMBR": marks a file as ours, in `PRAGMA application_id` and for file(1).
    static let applicationID: Int64 = 0x4C4D_4252

    /// The schema of this program.
    static let current = Schema(steps: [
        firstTables, fullMeasures, severalSensors, devicesAndSettings, reasonsAndControls,
        askedAndTrust, programRuns,
    ])
}

extension Schema {
    /// Brings the file of `database` to this version; a file that holds a history is copied first.
    ///
    /// Each step is one transaction, its version number included, so a crash leaves the file at some whole version.
    func bringUp(_ database: Database, host: any StoreHost) throws(StoreError) {
        let found = try recognise(database)
        guard found < version else { return }
        if found == 0 {
            // Both only possible before the first table, and the size first. A commit a minute touches three pages or four:
            // small ones take a third less writing to the card over a day than the usual 4096 bytes.
            let action = "preparing a new database"
            try database.run("PRAGMA page_size = 1024", while: action)
            // Lets `forget` give pages back.
            try database.run("PRAGMA auto_vacuum = INCREMENTAL", while: action)
        } else {
            try copy(database, to: backupPath(of: database.path, version: found), host: host)
        }
        for step in steps[Int(found)...] { try apply(step, to: database) }
    }

    /// The version of the file, or a refusal when it is not ours to touch.
    func recognise(_ database: Database) throws(StoreError) -> Int64 {
        let action = "reading the version of \(database.path)"
        let found = try database.integer("PRAGMA user_version", while: action) ?? 0
        let application = try database.integer("PRAGMA application_id", while: action) ?? 0
        let tables = try database.integer("SELECT count(*) FROM sqlite_schema", while: action) ?? 0
        if application != self.application, application != 0 || found != 0 || tables != 0 {
            throw StoreError(.foreign, action: action, reason: "it is a database of another program")
        }
        if found > version {
            throw StoreError(
                .newerSchema, action: action,
                reason: "it has version \(found), and this program knows versions up to \(version)")
        }
        return max(0, found)
    }

    private func apply(_ step: [StaticString], to database: Database) throws(StoreError) {
        let action = "preparing the tables of \(database.path)"
        try database.transaction(while: action) { () throws(StoreError) in
            for statement in step { try database.run(statement, while: action) }
        }
    }

    /// Where the copy goes that is made before a file of `version` is changed.
    func backupPath(of path: String, version: Int64) -> String { "\(path).before-v\(version + 1)" }

    private func copy(_ database: Database, to path: String, host: any StoreHost) throws(StoreError) {
        // A copy that a crash cut short is made again.
        SQLiteFiles.delete(path)
        try host.createPrivateFile(path, size: 0)
        try database.run(
            "VACUUM INTO ?1", [.text(path)], while: "copying the database before changing its tables")
    }
}

extension Schema {
    /// Version 1.
    ///
    /// Instants are nanoseconds of the boot clock and mean something only together with their boot; lengths of time
    /// are nanoseconds too (`_ns`), except for sums within a minute or a day, which are seconds (`_s`). Where a boot
    /// lies in wall time is told by its rows in `anchor` and worked out when rows are read (`Timeline`), so a clock
    /// that was wrong when a row was written is set right by the anchor that follows.
    ///
    ///     boot          one row for each boot that wrote something
    ///     anchor        at instant_ns of that boot it was wall_ns (UTC since 1970), in that zone
    ///     wearer        names
    ///     epoch         one minute, see MinuteEpoch: the unit a day is rebuilt from
    ///     posture_span  complete postures: by far the most rows, so kept narrow (about 45 bytes)
    ///     episode       every other complete episode; a measure a kind does not have is NULL (1 byte)
    ///     alert         what was said to the wearer, in full
    ///     summary       one row for each local day, the day so far while complete = 0
    ///
    /// The keys make writing a row twice the same as writing it once, so a batch may be tried again.
    static let firstTables: [StaticString] = [
        """
        CREATE TABLE boot (
            id INTEGER PRIMARY KEY,
            boot_id TEXT NOT NULL UNIQUE  -- /proc/sys/kernel/random/boot_id
        ) STRICT
        """,
        """
        CREATE TABLE anchor (
            boot INTEGER NOT NULL REFERENCES boot (id),
            instant_ns INTEGER NOT NULL,
            wall_ns INTEGER NOT NULL,
            synchronized INTEGER NOT NULL,   -- whether the wall clock was known to be right
            zone TEXT NOT NULL,
            offset_s INTEGER NOT NULL,       -- seconds east of UTC
            change_ns INTEGER,               -- UTC at which the offset changes next
            offset_after_s INTEGER NOT NULL,
            PRIMARY KEY (boot, instant_ns)
        ) STRICT, WITHOUT ROWID
        """,
        "CREATE TABLE wearer (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE) STRICT",
        """
        CREATE TABLE epoch (
            boot INTEGER NOT NULL REFERENCES boot (id),
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            start_ns INTEGER NOT NULL,
            length_ns INTEGER NOT NULL,
            lying_s REAL NOT NULL, sitting_s REAL NOT NULL, standing_s REAL NOT NULL, walking_s REAL NOT NULL,
            unknown_s REAL NOT NULL, not_worn_s REAL NOT NULL,
            over_30_s REAL NOT NULL, over_45_s REAL NOT NULL, over_60_s REAL NOT NULL,
            bends INTEGER NOT NULL, deep_bends INTEGER NOT NULL,
            lifts INTEGER NOT NULL, strained_lifts INTEGER NOT NULL,
            steps INTEGER NOT NULL, postural_shifts INTEGER NOT NULL, alerts INTEGER NOT NULL,
            PRIMARY KEY (boot, start_ns, wearer)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE posture_span (
            boot INTEGER NOT NULL REFERENCES boot (id),
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            start_ns INTEGER NOT NULL,
            length_ns INTEGER NOT NULL,
            decided_after_ns INTEGER NOT NULL,  -- from the start to when it was known
            posture INTEGER NOT NULL,           -- 0 lying 1 sitting 2 standing 3 walking 4 unknown 5 not worn
            confidence REAL NOT NULL,
            PRIMARY KEY (boot, start_ns, wearer)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE episode (
            boot INTEGER NOT NULL REFERENCES boot (id),
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            start_ns INTEGER NOT NULL,
            kind TEXT NOT NULL,          -- transition bend sustained_flexion sitting lift twist fall
            length_ns INTEGER NOT NULL,
            decided_after_ns INTEGER NOT NULL,
            confidence REAL NOT NULL,
            transition TEXT,             -- stand_to_sit sit_to_stand lie_down rise_from_lying
            peak_deg REAL,
            peak_rate_dps REAL,          -- of flexion; of extension for a lift; axial for a twist
            area_over_20_deg_s REAL,
            budget_used REAL,            -- 1 = all of the ISO 11226 holding time
            mean_deg REAL,
            seated_s REAL,
            postural_shifts INTEGER,
            peak_rise_velocity_mps REAL,
            peak_jerk_g_per_s REAL,
            rise_s REAL,
            turn_deg REAL,               -- positive to the left for a twist
            peak_moment_nm REAL,         -- unloaded trunk on L5/S1, from a model
            under_strain INTEGER,
            strain_parts INTEGER,        -- 1 deep 2 fast 4 jerky 8 twisted, added up
            after_lift INTEGER,
            impact_g REAL,
            rest_inclination_deg REAL,
            PRIMARY KEY (boot, start_ns, wearer, kind)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE alert (
            boot INTEGER NOT NULL REFERENCES boot (id),
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            time_ns INTEGER NOT NULL,
            rule TEXT NOT NULL,
            tier TEXT NOT NULL,
            episode_start_ns INTEGER NOT NULL,
            duration_ns INTEGER NOT NULL,
            step INTEGER NOT NULL,
            message TEXT NOT NULL,
            flexion_deg INTEGER,
            count INTEGER NOT NULL,
            PRIMARY KEY (boot, time_ns, wearer, rule, episode_start_ns, step)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE summary (
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            date TEXT NOT NULL,          -- local day, YYYY-MM-DD
            complete INTEGER NOT NULL,
            boot INTEGER NOT NULL REFERENCES boot (id),
            start_ns INTEGER NOT NULL,
            end_ns INTEGER NOT NULL,
            lying_s REAL NOT NULL, sitting_s REAL NOT NULL, standing_s REAL NOT NULL, walking_s REAL NOT NULL,
            unknown_s REAL NOT NULL, not_worn_s REAL NOT NULL, no_data_s REAL NOT NULL,
            sitting_bouts INTEGER NOT NULL, sitting_bouts_over_30_min INTEGER NOT NULL,
            longest_sitting_s REAL NOT NULL, sitting_breaks INTEGER NOT NULL, postural_shifts INTEGER NOT NULL,
            bends INTEGER NOT NULL, deep_bends INTEGER NOT NULL,
            over_30_s REAL NOT NULL, over_45_s REAL NOT NULL, over_60_s REAL NOT NULL,
            lifts INTEGER NOT NULL, strained_lifts INTEGER NOT NULL,
            steps INTEGER NOT NULL, alerts INTEGER NOT NULL,
            PRIMARY KEY (wearer, date)
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA application_id = 0x4C4D4252",
        "PRAGMA user_version = 1",
    ]

    /// Version 2: the whole list of measures, and how sensors sit; rows of before have NULL in the new columns.
    static let fullMeasures =
        bendMeasures + liftMeasures + dayMeasures + calibrationTable + ["PRAGMA user_version = 2"]

    /// More about bends.
    private static let bendMeasures: [StaticString] = [
        // 95th percentile of the flexion rate.
        "ALTER TABLE episode ADD COLUMN rate_95_dps REAL",
        // Of the deepest flexion this wearer has shown; NULL before that was known.
        "ALTER TABLE episode ADD COLUMN share_of_maximum REAL",
        // Held for more than 4 s with little variation.
        "ALTER TABLE episode ADD COLUMN static INTEGER",
        // Into its zone of EN 1005-4, over the 5 minutes before.
        "ALTER TABLE episode ADD COLUMN zone_entries_per_min REAL",
        // By EN 1005-4: acceptable conditional not_acceptable.
        "ALTER TABLE episode ADD COLUMN acceptability TEXT",
    ]

    /// More about lifts: how they were done.
    private static let liftMeasures: [StaticString] = [
        "ALTER TABLE episode ADD COLUMN peak_flexion_rate_dps REAL",
        "ALTER TABLE episode ADD COLUMN rise_m REAL",
        "ALTER TABLE episode ADD COLUMN rms_jerk_g_per_s REAL",
        "ALTER TABLE episode ADD COLUMN turn_in_rise_deg REAL",
        "ALTER TABLE episode ADD COLUMN stepped_around INTEGER",
        // Of the unloaded trunk, over the lift.
        "ALTER TABLE episode ADD COLUMN moment_nm_s REAL",
    ]

    /// What a day's measures are worked out from; minutes and days of before hold no time in any class.
    private static let dayMeasures: [StaticString] = [
        // How the trunk was held and moved, packed; see PackedExposure.
        "ALTER TABLE epoch ADD COLUMN exposure BLOB",
        "ALTER TABLE summary ADD COLUMN exposure BLOB",
        // Length of each bout of sitting, seconds: 64-bit floating point, little-endian.
        "ALTER TABLE summary ADD COLUMN bouts_s BLOB",
        "ALTER TABLE summary ADD COLUMN body_mass_kg REAL",
        "ALTER TABLE summary ADD COLUMN body_height_m REAL",
        // Getting up: kind = 'rising'.
        "ALTER TABLE episode ADD COLUMN lying_s REAL",
        "ALTER TABLE episode ADD COLUMN guarded_s REAL",
    ]

    /// How sensors sit: one row for each sensor on each wearer, replaced whenever something is learned.
    ///
    /// `established_...` is when upright was learned or set, `boot` and `updated_ns` when the row last changed or was
    /// confirmed. Directions are unit vectors in the sensor's own axes.
    private static let calibrationTable: [StaticString] = [
        """
        CREATE TABLE calibration (
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            device TEXT NOT NULL,            -- identity across replugging
            source TEXT NOT NULL,            -- assumed declared quiet_stand walks guided
            trust TEXT NOT NULL,             -- trusted stale moved
            up_x REAL NOT NULL, up_y REAL NOT NULL, up_z REAL NOT NULL,
            forward_x REAL, forward_y REAL, forward_z REAL,  -- NULL while only the inclination is known
            quality REAL NOT NULL, forward_quality REAL NOT NULL,
            largest_flexion_deg REAL,        -- deepest bow of the guided calibration
            boot INTEGER NOT NULL REFERENCES boot (id),
            updated_ns INTEGER NOT NULL,
            established_boot INTEGER NOT NULL REFERENCES boot (id),
            established_ns INTEGER NOT NULL,
            PRIMARY KEY (wearer, device)
        ) STRICT, WITHOUT ROWID
        """
    ]

    /// Version 3: which sensors measured what; NULL stands for a lumbar sensor alone.
    static let severalSensors: [StaticString] = [
        // 0 angles only, 2 with a thigh's, 3 with the thorax's; see SensorTier.
        "ALTER TABLE episode ADD COLUMN sensors INTEGER",
        "ALTER TABLE posture_span ADD COLUMN sensors INTEGER",
        // Of a bend: thorax on lumbar sensor.
        "ALTER TABLE episode ADD COLUMN spine_flexion_deg REAL",
        "ALTER TABLE epoch ADD COLUMN angles_only_s REAL",
        "ALTER TABLE epoch ADD COLUMN thigh_s REAL",
        "ALTER TABLE epoch ADD COLUMN thorax_s REAL",
        "ALTER TABLE summary ADD COLUMN angles_only_s REAL",
        "ALTER TABLE summary ADD COLUMN thigh_s REAL",
        "ALTER TABLE summary ADD COLUMN thorax_s REAL",
        "PRAGMA user_version = 3",
    ]
}
