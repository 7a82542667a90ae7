extension Schema {
    /// Version 7: when the program ran, so that a start of it is not taken for a silence of the sensor.
    ///
    ///     run    the program was started at from_ns, or began anew with other settings, and ended at until_ns; NULL while
    ///            it runs, and when it was killed or lost its power
    ///
    /// What happened before the first row of a boot was before this version, and is taken for one run.
    static let programRuns: [StaticString] = [
        """
        CREATE TABLE run (
            boot INTEGER NOT NULL REFERENCES boot (id),
            from_ns INTEGER NOT NULL,
            until_ns INTEGER,
            PRIMARY KEY (boot, from_ns)
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 7",
    ]
}
