import LumbarCore
import LumbarMeasures
import LumbarStore

/// Stored rows as one JSON object per line: wall times as in RFC 3339, and for the rest the keys of `JSONLines`.
///
/// Instants of the boot clock go along as `..._ns` with their `boot_id`, because they are what was measured; wall times
/// are `null` for a boot that never knew the time.
public enum StoredJSON {
    /// One line for an alert.
    public static func line(_ stored: StoredAlert) -> String {
        object(stored.alert, stored.place, JSONObject()).text
    }

    /// One line for an alert with what the wearer said of it; `null` when nothing.
    public static func line(_ stored: StoredAlert, verdict: AlertVerdict?) -> String {
        var object = object(stored.alert, stored.place, JSONObject())
        object.addRaw("verdict", verdict.map { JSONObject.quoted($0.rawValue) } ?? "null")
        return object.text
    }

    /// One line for a summary; its boot's instants say nothing to a reader and are left out.
    public static func line(_ summary: DailySummary) -> String {
        var object = JSONObject()
        object.add("type", "summary")
        SummaryJSON.addRest(of: summary, to: &object)
        return object.text
    }

    /// One line for a summary, with what was declared to have been lifted on that day.
    public static func line(
        _ summary: DailySummary, _ lifting: DeclaredLifting?, zone: (WallTime) -> ZoneRule
    ) -> String {
        guard let lifting else { return line(summary) }
        var object = JSONObject()
        object.add("type", "summary")
        SummaryJSON.addRest(of: summary, to: &object)
        object.addRaw("declared_lifting", DeclaredLoadJSON.object(lifting, zone: zone))
        return object.text
    }

    /// One line for any row of an export.
    ///
    /// An exact line has every number as it is stored, and what else it takes to store the row again.
    public static func line(_ row: ExportedRow, isExact: Bool = false) -> String {
        switch row {
        case .anchor(let anchor, let bootID, let isSynchronized):
            line(anchor, bootID, isSynchronized, JSONObject(isExact: isExact))
        case .epoch(let epoch, let place): line(epoch, place, JSONObject(isExact: isExact))
        case .episode(let episode, let wearer, let place):
            line(episode, wearer, place, JSONObject(isExact: isExact))
        case .alert(let alert, let place): object(alert, place, JSONObject(isExact: isExact)).text
        case .trace(let trace, let key, let place): line(trace, key, place)
        case .summary(let summary, let bootID): isExact ? exactLine(summary, bootID) : line(summary)
        case .calibration(let stored): line(stored, JSONObject(isExact: isExact))
        case .device(let stored): line(stored)
        case .wear(let wear, let place): line(wear, place)
        case .setting(let setting, let since, let place): line(setting, since, place)
        case .asked(let control, let time, let place): line(control, time, place)
        case .trust(let trust, let wearer, let time, let place): line(trust, wearer, time, place)
        case .run(let run, let place): line(run, place)
        }
    }

    private static func exactLine(_ summary: DailySummary, _ bootID: String) -> String {
        var object = JSONObject(isExact: true)
        object.add("type", "summary")
        SummaryJSON.addRest(of: summary, to: &object)
        object.addRaw(
            "bouts_s",
            "[" + summary.boutSeconds.map { object.text($0, decimals: 1) }.joined(separator: ",") + "]")
        object.add("body_mass_kg", summary.body.mass, decimals: 1)
        object.add("body_height_m", summary.body.height, decimals: 2)
        ExposureJSON.add(PackedExposure(summary.exposure), to: &object)
        object.addRaw("start_ns", String(summary.start.nanoseconds))
        object.addRaw("end_ns", String(summary.end.nanoseconds))
        object.add("boot_id", bootID)
        return object.text
    }

    /// One line for how a sensor sits.
    public static func line(_ stored: StoredCalibration) -> String { line(stored, JSONObject()) }

    private static func line(_ stored: StoredCalibration, _ empty: JSONObject) -> String {
        let known = stored.calibration
        var object = empty
        object.add("type", "calibration")
        object.add("device", stored.device.text)
        object.add("wearer", stored.wearer.text)
        object.add("source", known.source.rawValue)
        object.add("trust", known.trust.rawValue)
        object.addRaw("up", text(known.up, empty))
        object.addRaw("forward", known.forward.map { text($0, empty) } ?? "null")
        object.add("quality", known.quality, decimals: 3)
        object.add("forward_quality", known.forwardQuality, decimals: 3)
        if let largest = known.largestFlexionDegrees {
            object.add("largest_flexion_deg", largest, decimals: 1)
        }
        object.add("established", stored.established.wall, stored.established.zone)
        object.add("updated", stored.updated.wall, stored.updated.zone)
        if empty.isExact, let instants = stored.instants {
            object.addRaw("established_ns", String(instants.established.nanoseconds))
            object.add("established_boot_id", stored.established.bootID)
            object.add("updated_ns", instants.updated, stored.updated)
        }
        return object.text
    }

    private static func text(_ v: Vector3<SensorFrame>, _ object: JSONObject) -> String {
        "[" + [v.x, v.y, v.z].map { object.text($0, decimals: 6) }.joined(separator: ",") + "]"
    }

    private static func object(_ alert: Alert, _ place: Place, _ empty: JSONObject) -> JSONObject {
        var object = empty
        object.add("type", "alert")
        object.add("id", AlertID(of: alert, bootID: place.bootID).text)
        object.add("time", place.wall, place.zone)
        object.add("rule", alert.rule.rawValue)
        object.add("tier", alert.tier.rawValue)
        object.add("episode_start", place.wall.map { $0 + (alert.episodeStart - alert.time) }, place.zone)
        AlertJSON.addRest(of: alert, to: &object)
        AlertJSON.addReason(of: alert, to: &object)
        if empty.isExact {
            object.addRaw("episode_start_ns", String(alert.episodeStart.nanoseconds))
            object.addRaw("duration_ns", String(alert.duration.nanoseconds))
        }
        object.add("instant_ns", alert.time, place)
        return object
    }

    private static func line(
        _ episode: Episode, _ wearer: WearerID, _ place: Place, _ empty: JSONObject
    ) -> String {
        var object = empty
        object.add("type", JSONLines.type(of: episode.kind))
        if case .transition(let transition) = episode.kind { object.add("kind", transition.rawValue) }
        object.add("start", place.wall, place.zone)
        object.add("end", place.wall.map { $0 + episode.duration }, place.zone)
        object.add("duration_s", episode.duration)
        EpisodeJSON.addMeasures(of: episode.kind, to: &object)
        object.add("confidence", episode.confidence, decimals: 3)
        object.add("sensors", episode.tier.rawValue)
        object.add("decided_after_s", episode.decided - episode.start)
        object.add("wearer", wearer.text)
        if episode.isOngoing { object.add("ongoing", true) }
        if empty.isExact {
            object.addRaw("length_ns", String(episode.duration.nanoseconds))
            object.addRaw("decided_after_ns", String((episode.decided - episode.start).nanoseconds))
        }
        object.add("start_ns", episode.start, place)
        return object.text
    }

    private static func line(_ epoch: MinuteEpoch, _ place: Place, _ empty: JSONObject) -> String {
        var object = empty
        object.add("type", "epoch")
        object.add("start", place.wall, place.zone)
        object.add("length_s", epoch.length)
        EpochJSON.addSums(of: epoch, to: &object)
        ExposureJSON.add(epoch.exposure, to: &object)
        SensorsJSON.add(epoch.sensors, to: &object)
        object.add("wearer", epoch.wearer.text)
        if empty.isExact { object.addRaw("length_ns", String(epoch.length.nanoseconds)) }
        object.add("start_ns", epoch.start, place)
        return object.text
    }

    private static func line(_ stored: StoredDevice) -> String {
        var object = JSONObject()
        object.add("type", "device")
        object.add("device", stored.device.id.text)
        object.add("name", stored.device.name)
        object.add("protocol", stored.device.protocolName)
        object.add("first_seen", stored.first.wall, stored.first.zone)
        object.add("last_seen", stored.last.wall, stored.last.zone)
        object.addRaw("first_ns", String(stored.firstInstant.nanoseconds))
        object.add("first_boot_id", stored.first.bootID)
        object.add("last_ns", stored.lastInstant, stored.last)
        return object.text
    }

    private static func line(_ wear: DeviceWear, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "wear")
        object.add("device", wear.device.text)
        object.add("wearer", wear.wearer.text)
        object.add("role", wear.role.rawValue)
        object.add("from", place.wall, place.zone)
        let until = wear.until.flatMap { end in place.wall.map { $0 + (end - wear.from) } }
        object.add("until", until, place.zone)
        object.addRaw("until_ns", wear.until.map { String($0.nanoseconds) } ?? "null")
        object.add("from_ns", wear.from, place)
        return object.text
    }

    private static func line(_ run: ProgramRun, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "run")
        object.add("from", place.wall, place.zone)
        let until = run.until.flatMap { end in place.wall.map { $0 + (end - run.from) } }
        object.add("until", until, place.zone)
        object.addRaw("until_ns", run.until.map { String($0.nanoseconds) } ?? "null")
        object.add("from_ns", run.from, place)
        return object.text
    }

    private static func line(_ setting: SettingInForce, _ since: Instant, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "setting")
        object.add("key", setting.key)
        object.addRaw("value", setting.value.map { JSONObject.quoted($0) } ?? "null")
        object.add("since", place.wall, place.zone)
        object.add("since_ns", since, place)
        return object.text
    }

    private static func line(_ control: AskedControl, _ time: Instant, _ place: Place) -> String {
        var object = JSONObject()
        object.add("type", "asked")
        object.add("time", place.wall, place.zone)
        object.add("wearer", control.wearer.text)
        object.add("kind", control.kind.rawValue)
        object.add("over", control.term == nil)
        object.add("detail", control.term?.detail ?? "")
        let until = control.term?.until
        object.add("until", until.flatMap { end in place.wall.map { $0 + (end - time) } }, place.zone)
        object.addRaw("until_ns", until.map { String($0.nanoseconds) } ?? "null")
        object.addRaw("until_wall_ns", control.term?.untilWall.map { String($0.nanoseconds) } ?? "null")
        object.add("time_ns", time, place)
        return object.text
    }

    private static func line(
        _ trust: MountTrust, _ wearer: WearerID, _ time: Instant, _ place: Place
    ) -> String {
        var object = JSONObject()
        object.add("type", "trust")
        object.add("time", place.wall, place.zone)
        object.add("wearer", wearer.text)
        object.add("trust", trust.rawValue)
        object.add("time_ns", time, place)
        return object.text
    }

    private static func line(
        _ anchor: WallAnchor, _ bootID: String, _ isSynchronized: Bool, _ empty: JSONObject
    ) -> String {
        var object = empty
        object.add("type", "anchor")
        object.add("time", anchor.wall, anchor.zone)
        object.add("zone", anchor.zone.name)
        object.add("synchronized", isSynchronized)
        if empty.isExact {
            object.addRaw("wall_ns", String(anchor.wall.nanoseconds))
            object.add("offset_s", anchor.zone.offsetSeconds)
            object.addRaw("change_ns", anchor.zone.change.map { String($0.nanoseconds) } ?? "null")
            object.add("offset_after_s", anchor.zone.offsetAfterSeconds)
        }
        object.add("instant_ns", anchor.instant, Place(bootID: bootID, wall: anchor.wall, zone: anchor.zone))
        return object.text
    }
}

extension JSONObject {
    fileprivate mutating func add(_ key: String, _ wall: WallTime?, _ zone: ZoneRule) {
        if let wall {
            add(key, LocalTimeText.standard(wall, zone: zone))
        } else {
            addRaw(key, "null")
        }
    }

    /// The boot clock's own time, and which boot's.
    fileprivate mutating func add(_ key: String, _ instant: Instant, _ place: Place) {
        addRaw(key, String(instant.nanoseconds))
        add("boot_id", place.bootID)
    }
}
