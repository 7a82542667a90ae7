import LumbarCore

/// What is stored of how a sensor sits on a wearer.
public struct StoredCalibration: Sendable, Equatable {
    /// Which sensor.
    public var device: DeviceID
    /// On whom.
    public var wearer: WearerID
    /// How it sits; `established` is nil, since it belongs to the clock of an earlier boot.
    public var calibration: MountCalibration
    /// When upright was learned or set.
    public var established: Place
    /// When it last changed or was confirmed.
    public var updated: Place
    /// Both on the clocks of their boots, when it came from a history.
    public var instants: Instants?

    /// Moments on the clocks of the boots that they belong to.
    public struct Instants: Sendable, Equatable {
        /// When upright was learned or set.
        public var established: Instant
        /// When it last changed or was confirmed.
        public var updated: Instant

        /// Two moments.
        public init(established: Instant, updated: Instant) {
            self.established = established
            self.updated = updated
        }
    }

    /// A calibration with its places.
    public init(
        device: DeviceID, wearer: WearerID, calibration: MountCalibration, established: Place, updated: Place
    ) {
        self.device = device
        self.wearer = wearer
        self.calibration = calibration
        self.established = established
        self.updated = updated
    }
}

extension Store {
    /// Notes how a sensor sits on a wearer, in place of what was noted before.
    public func append(
        calibration: MountCalibration, device: DeviceID, wearer: WearerID, at time: Instant
    ) throws(StoreError) {
        try append([.calibration(calibration, device, wearer, time)], while: "noting how a sensor sits")
    }

    /// What is stored of how sensors sit, in the order of wearers and sensors.
    ///
    /// Rows that are no directions are passed over.
    public func calibrations(wearer: WearerID? = nil) throws(StoreError) -> [StoredCalibration] {
        let timeline = try timeline()
        var found: [StoredCalibration] = []
        try database.each(
            """
            SELECT wearer.name, device, source, trust, up_x, up_y, up_z, forward_x, forward_y, forward_z, quality,
                forward_quality, largest_flexion_deg, established_boot, established_ns, boot, updated_ns,
                first.boot_id, last.boot_id
            FROM calibration JOIN wearer ON wearer.id = calibration.wearer
                JOIN boot AS first ON first.id = established_boot JOIN boot AS last ON last.id = boot
            ORDER BY wearer.name, device
            """, while: "reading how sensors sit"
        ) { row throws(StoreError) in
            guard let calibration = Store.calibration(in: row) else { return }
            let name = WearerID(row.text(0))
            guard wearer == nil || wearer == name else { return }
            let place: (Int32, Int32, Int32) -> Place = { boot, instant, id in
                let time = Instant(nanoseconds: row.int(instant))
                return Store.place(time, in: timeline.span(of: row.int(boot), at: time))
                    ?? Place(bootID: row.text(id), wall: nil, zone: .utc)
            }
            var stored = StoredCalibration(
                device: DeviceID(row.text(1)), wearer: name, calibration: calibration,
                established: place(13, 14, 17), updated: place(15, 16, 18))
            stored.instants = StoredCalibration.Instants(
                established: Instant(nanoseconds: row.int(14)), updated: Instant(nanoseconds: row.int(16)))
            found.append(stored)
        }
        return found
    }

    private static func calibration(in row: Row) -> MountCalibration? {
        guard let source = MountCalibration.Source(rawValue: row.text(2)) else { return nil }
        let forward = Vector3<SensorFrame>(row.real(7), row.real(8), row.real(9))
        let calibration = MountCalibration(
            up: Vector3(row.real(4), row.real(5), row.real(6)), forward: row.isNull(7) ? nil : forward,
            source: source, quality: row.real(10), forwardQuality: row.real(11),
            largestFlexionDegrees: row.isNull(12) ? nil : row.real(12),
            trust: MountTrust(rawValue: row.text(3)) ?? .stale)
        return calibration.isSane ? calibration : nil
    }

    /// Writes the row; when upright was established before this stream, that moment stays as it was stored.
    func insert(
        _ calibration: MountCalibration, _ device: DeviceID, _ wearer: WearerID, at time: Instant,
        boot: Int64,
        while action: String
    ) throws(StoreError) {
        let up = calibration.up
        let forward: [SQLValue] =
            calibration.forward.map { [.real($0.x), .real($0.y), .real($0.z)] } ?? [.null, .null, .null]
        let established = calibration.established
        var values: [SQLValue] = [
            .int(try wearerRow(wearer, while: action)), .text(device.text),
            .text(calibration.source.rawValue), .text(calibration.trust.rawValue),
            .real(up.x), .real(up.y), .real(up.z),
        ]
        values += forward
        values += [
            .real(calibration.quality), .real(calibration.forwardQuality),
            calibration.largestFlexionDegrees.map { .real($0) } ?? .null,
            .int(boot), .int(time.nanoseconds), .int((established ?? time).nanoseconds),
            .flag(established != nil),
        ]
        try database.run(
            """
            INSERT INTO calibration (wearer, device, source, trust, up_x, up_y, up_z, forward_x, forward_y, forward_z,
                quality, forward_quality, largest_flexion_deg, boot, updated_ns, established_boot, established_ns)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?14, ?16)
            ON CONFLICT (wearer, device) DO UPDATE SET
                source = excluded.source, trust = excluded.trust,
                up_x = excluded.up_x, up_y = excluded.up_y, up_z = excluded.up_z,
                forward_x = excluded.forward_x, forward_y = excluded.forward_y, forward_z = excluded.forward_z,
                quality = excluded.quality, forward_quality = excluded.forward_quality,
                largest_flexion_deg = excluded.largest_flexion_deg,
                boot = excluded.boot, updated_ns = excluded.updated_ns,
                established_boot = iif(?17, excluded.established_boot, established_boot),
                established_ns = iif(?17, excluded.established_ns, established_ns)
            """, values, while: action)
    }
}
