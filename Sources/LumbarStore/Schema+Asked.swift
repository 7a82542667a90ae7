extension Schema {
    /// Version 6: everything that was asked for, and how well upright was known, so that a history says what the alert
    /// policy knew when it spoke.
    ///
    ///     asked    what was asked of the program at time_ns, over or not; `control` holds only what is not over
    ///     trust    from time_ns on, the upright that a wearer's angles count from was known this well; the first row of each
    ///              run of the program says how it began
    ///
    /// A boot without a row in `trust` was before this version: nothing is known of what was asked for in it.
    static let askedAndTrust: [StaticString] = [
        """
        CREATE TABLE asked (
            boot INTEGER NOT NULL REFERENCES boot (id),
            time_ns INTEGER NOT NULL,
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            kind TEXT NOT NULL,              -- as in control
            detail TEXT NOT NULL,            -- as in control
            until_ns INTEGER,
            until_wall_ns INTEGER,           -- UTC since 1970; NULL while no wall clock was known
            over INTEGER NOT NULL,           -- 1: it was ended (wake, resume, profile default)
            PRIMARY KEY (boot, time_ns, wearer, kind)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE trust (
            boot INTEGER NOT NULL REFERENCES boot (id),
            time_ns INTEGER NOT NULL,
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            trust TEXT NOT NULL,             -- trusted stale moved
            PRIMARY KEY (boot, time_ns, wearer)
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 6",
    ]
}
