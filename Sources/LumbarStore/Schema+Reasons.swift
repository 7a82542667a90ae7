extension Schema {
    /// Version 5: why alerts were raised, those that were told to nobody, and what wearers asked for.
    ///
    ///     alert_trace   what was measured around an alert, under the alert's key
    ///     control       what was asked of the program at time_ns and is not over: one of a kind for each wearer
    ///
    /// Alerts of before have NULL for all of their reason, and were told.
    static let reasonsAndControls: [StaticString] = [
        "ALTER TABLE alert ADD COLUMN shadow INTEGER",  // 1: its rule was on trial, and nobody was told
        "ALTER TABLE alert ADD COLUMN clause TEXT",
        "ALTER TABLE alert ADD COLUMN measured REAL",
        "ALTER TABLE alert ADD COLUMN threshold REAL",
        "ALTER TABLE alert ADD COLUMN unit TEXT",  // of the two, and of the uncertainty; see MeasureUnit
        "ALTER TABLE alert ADD COLUMN dwell_s REAL",
        "ALTER TABLE alert ADD COLUMN uncertainty REAL",
        "ALTER TABLE alert ADD COLUMN confidence REAL",
        "ALTER TABLE alert ADD COLUMN algorithm TEXT",
        "ALTER TABLE alert ADD COLUMN calibration_age_s REAL",
        // Of a ride: root mean square of what the vehicle does to the seat.
        "ALTER TABLE episode ADD COLUMN vibration_g REAL",
        // Of a bend: time beyond 70 % of the deepest this wearer has shown.
        "ALTER TABLE episode ADD COLUMN end_range_s REAL",
        """
        CREATE TABLE alert_trace (
            boot INTEGER NOT NULL REFERENCES boot (id),
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            time_ns INTEGER NOT NULL,
            rule TEXT NOT NULL,
            episode_start_ns INTEGER NOT NULL,
            step INTEGER NOT NULL,
            start_ns INTEGER NOT NULL,
            interval_ns INTEGER NOT NULL,
            flexion BLOB NOT NULL,           -- a signed byte for each interval, degrees; -128 where none is known
            posture BLOB NOT NULL,           -- a byte for each: 0 lying 1 sitting 2 standing 3 walking 4 unknown 5 not worn
            PRIMARY KEY (boot, time_ns, wearer, rule, episode_start_ns, step)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE control (
            boot INTEGER NOT NULL REFERENCES boot (id),
            time_ns INTEGER NOT NULL,
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            kind TEXT NOT NULL,              -- snooze pause profile
            until_ns INTEGER,
            until_wall_ns INTEGER,           -- UTC since 1970; NULL while no wall clock was known
            detail TEXT NOT NULL,            -- of a snooze: upright or nothing; of a profile: its name or nothing
            PRIMARY KEY (boot, time_ns, wearer, kind)
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 5",
    ]
}
