extension Schema {
    /// Version 4: which sensors there were, who wore them when, and which settings were in force.
    ///
    ///     device    what a sensor says of itself, and when it was first and last seen
    ///     wear      a device was read as somebody's sensor from from_ns to until_ns; NULL while it is, or when the program
    ///               was ended in the middle of it
    ///     setting   from since_ns on, key was value; NULL for its default. Only what differs from the default, and only
    ///               changes, so what was in force at a moment is the last row of each key up to then
    static let devicesAndSettings: [StaticString] = [
        """
        CREATE TABLE device (
            identity TEXT NOT NULL,          -- across replugging
            name TEXT NOT NULL,
            protocol TEXT NOT NULL,          -- empty while not known
            first_boot INTEGER NOT NULL REFERENCES boot (id),
            first_ns INTEGER NOT NULL,
            boot INTEGER NOT NULL REFERENCES boot (id),
            last_ns INTEGER NOT NULL,
            PRIMARY KEY (identity)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE wear (
            boot INTEGER NOT NULL REFERENCES boot (id),
            from_ns INTEGER NOT NULL,
            device TEXT NOT NULL,
            wearer INTEGER NOT NULL REFERENCES wearer (id),
            role TEXT NOT NULL,
            until_ns INTEGER,
            PRIMARY KEY (boot, from_ns, device)
        ) STRICT, WITHOUT ROWID
        """,
        """
        CREATE TABLE setting (
            boot INTEGER NOT NULL REFERENCES boot (id),
            since_ns INTEGER NOT NULL,
            key TEXT NOT NULL,               -- section.key, as in lumbard.conf
            value TEXT,
            PRIMARY KEY (boot, since_ns, key)
        ) STRICT, WITHOUT ROWID
        """,
        "PRAGMA user_version = 4",
    ]
}
