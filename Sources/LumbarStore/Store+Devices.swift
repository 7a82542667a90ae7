import LumbarCore

/// Sensors, who wore them, and settings.
extension Store {
    func insert(_ device: SeenDevice, at time: Instant, boot: Int64, while action: String) throws(StoreError)
    {
        try database.run(
            """
            INSERT INTO device (identity, name, protocol, first_boot, first_ns, boot, last_ns)
            VALUES (?1, ?2, ?3, ?4, ?5, ?4, ?5)
            ON CONFLICT (identity) DO UPDATE SET name = excluded.name,
                protocol = iif(excluded.protocol = '', protocol, excluded.protocol),
                boot = excluded.boot, last_ns = excluded.last_ns
            """,
            [
                .text(device.id.text), .text(device.name), .text(device.protocolName), .int(boot),
                .int(time.nanoseconds),
            ], while: action)
    }

    func insert(_ wear: DeviceWear, boot: Int64, while action: String) throws(StoreError) {
        try database.run(
            "INSERT OR REPLACE INTO wear (boot, from_ns, device, wearer, role, until_ns) VALUES (?, ?, ?, ?, ?, ?)",
            [
                .int(boot), .int(wear.from.nanoseconds), .text(wear.device.text),
                .int(try wearerRow(wear.wearer, while: action)), .text(wear.role.rawValue),
                wear.until.map { .int($0.nanoseconds) } ?? .null,
            ], while: action)
    }

    func insert(
        _ change: SettingInForce, since time: Instant, boot: Int64, while action: String
    ) throws(StoreError) {
        try database.run(
            "INSERT OR REPLACE INTO setting (boot, since_ns, key, value) VALUES (?, ?, ?, ?)",
            [
                .int(boot), .int(time.nanoseconds), .text(change.key),
                change.value.map { .text($0) } ?? .null,
            ], while: action)
    }

    /// Notes which settings are in force from `time` on, as far as that is news.
    func insert(
        _ settings: [SettingInForce], from time: Instant, boot: Int64, while action: String
    ) throws(StoreError) {
        let known = try settingsInForce(while: action)
        for setting in settings where !known.contains(setting) {
            try insert(setting, since: time, boot: boot, while: action)
        }
        for setting in known where !settings.contains(where: { $0.key == setting.key }) {
            try insert(
                SettingInForce(key: setting.key, value: nil), since: time, boot: boot, while: action)
        }
    }

    /// The settings that were not at their defaults when something was last noted.
    public func settingsInForce() throws(StoreError) -> [SettingInForce] {
        try settingsInForce(while: "reading the settings")
    }

    private func settingsInForce(while action: String) throws(StoreError) -> [SettingInForce] {
        var known: [SettingInForce] = []
        try database.each("SELECT key, value FROM setting ORDER BY boot, since_ns, key", while: action) {
            row in
            let key = row.text(0)
            known.removeAll { $0.key == key }
            if !row.isNull(1) { known.append(SettingInForce(key: key, value: row.text(1))) }
        }
        return known
    }

    func eachDevice(_ timeline: Timeline, _ body: (StoredDevice) throws(StoreError) -> Void)
        throws(StoreError)
    {
        try database.each(
            """
            SELECT identity, name, protocol, first_boot, first_ns, boot, last_ns, f.boot_id, l.boot_id
            FROM device JOIN boot AS f ON f.id = first_boot JOIN boot AS l ON l.id = boot ORDER BY identity
            """, while: "reading sensors"
        ) { row throws(StoreError) in
            let place: (Int32, Int32, Int32) -> Place = { boot, time, id in
                let instant = Instant(nanoseconds: row.int(time))
                return Store.place(instant, in: timeline.span(of: row.int(boot), at: instant))
                    ?? Place(bootID: row.text(id), wall: nil, zone: .utc)
            }
            try body(
                StoredDevice(
                    device: SeenDevice(
                        id: DeviceID(row.text(0)), name: row.text(1), protocolName: row.text(2)),
                    first: place(3, 4, 7), firstInstant: Instant(nanoseconds: row.int(4)),
                    last: place(5, 6, 8),
                    lastInstant: Instant(nanoseconds: row.int(6))))
        }
    }

    func eachWear(boot: Int64, _ body: (DeviceWear) throws(StoreError) -> Void) throws(StoreError) {
        try database.each(
            """
            SELECT device, name, role, from_ns, until_ns FROM wear JOIN wearer ON wearer.id = wear.wearer
            WHERE boot = ?1 ORDER BY from_ns, device
            """, [.int(boot)], while: "reading who wore sensors"
        ) { row throws(StoreError) in
            guard let role = SensorRole(rawValue: row.text(2)) else { return }
            try body(
                DeviceWear(
                    device: DeviceID(row.text(0)), wearer: WearerID(row.text(1)), role: role,
                    from: Instant(nanoseconds: row.int(3)),
                    until: row.isNull(4) ? nil : Instant(nanoseconds: row.int(4))))
        }
    }

    func eachSetting(
        boot: Int64, _ body: (SettingInForce, Instant) throws(StoreError) -> Void
    ) throws(StoreError) {
        try database.each(
            "SELECT key, value, since_ns FROM setting WHERE boot = ?1 ORDER BY since_ns, key", [.int(boot)],
            while: "reading the settings"
        ) { row throws(StoreError) in
            try body(
                SettingInForce(key: row.text(0), value: row.isNull(1) ? nil : row.text(1)),
                Instant(nanoseconds: row.int(2)))
        }
    }
}
