import LumbarCore
import LumbarReport
import LumbarStore

/// Why a line of an export is not taken.
public struct ImportFault: Error, Sendable, Equatable, CustomStringConvertible {
    /// One clause.
    public var description: String

    init(_ description: String) { self.description = description }
}

/// A line that `lumbarctl export` printed, read again.
public enum ImportedLine: Sendable {
    /// Rows of the history, each with its boot.
    case rows([(row: StoreRow, bootID: String)])
    /// What somebody said, which another file holds.
    case entry(ImportedEntry)

    private static let limits = JSONReader.Limits(bytes: 1 << 20, depth: 16, values: 65_536)

    /// Reads a line.
    public init(_ line: some Collection<UInt8>) throws(ImportFault) {
        let value: JSONValue
        do {
            value = try JSONReader.read(Array(line), limits: Self.limits)
        } catch {
            throw ImportFault("it is no JSON object")
        }
        try self.init(value)
    }

    private init(_ value: JSONValue) throws(ImportFault) {
        guard let type = value["type"]?.text else {
            throw ImportFault("it is no line of an export: it has no type")
        }
        let members = ImportedMembers(value)
        if let entry = try ImportedEntry(type, members) {
            self = .entry(entry)
        } else if let kind = try ImportedEpisode.kind(type, members) {
            let row = try ImportedEpisode.row(kind, members)
            self = .rows([(row, try members.text("boot_id"))])
        } else {
            switch type {
            case "anchor": self = .rows([(try Self.anchor(members), try members.text("boot_id"))])
            case "epoch": self = .rows([(try Self.epoch(members), try members.text("boot_id"))])
            case "alert": self = .rows([(try Self.alert(members), try members.text("boot_id"))])
            case "trace": self = .rows([(try Self.trace(members), try members.text("boot_id"))])
            case "summary": self = .rows([(try ImportedSummary.row(members), try members.text("boot_id"))])
            case "calibration": self = .rows(try Self.calibration(members))
            case "device": self = .rows(try Self.device(members))
            case "wear": self = .rows([(try Self.wear(members), try members.text("boot_id"))])
            case "run":
                let run = ProgramRun(
                    from: try members.instant("from_ns"),
                    until: members.optional("until_ns") == nil ? nil : try members.instant("until_ns"))
                self = .rows([(.run(run), try members.text("boot_id"))])
            case "asked": self = .rows([(try Self.asked(members), try members.text("boot_id"))])
            case "trust":
                let trust: MountTrust = try members.choice("trust")
                let row = StoreRow.trust(
                    trust, WearerID(try members.text("wearer")), try members.instant("time_ns"))
                self = .rows([(row, try members.text("boot_id"))])
            case "setting":
                let change = SettingInForce(
                    key: try members.text("key"),
                    value: members.optional("value") == nil ? nil : try members.text("value"))
                let row = StoreRow.setting(change, try members.instant("since_ns"))
                self = .rows([(row, try members.text("boot_id"))])
            default:
                throw ImportFault("there is no line of type \(Printable.text(type, limit: 40)) in an export")
            }
        }
    }

    private static func anchor(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let change = members.optional("change_ns").flatMap { $0.int }.map { WallTime(nanoseconds: Int64($0)) }
        let zone = ZoneRule(
            name: try members.text("zone"), offsetSeconds: try members.count("offset_s", -86_400...86_400),
            change: change, offsetAfterSeconds: try members.count("offset_after_s", -86_400...86_400))
        return .anchor(
            WallAnchor(
                instant: try members.instant("instant_ns"),
                wall: WallTime(nanoseconds: try members.whole("wall_ns")), zone: zone),
            isSynchronized: try members.flag("synchronized"))
    }

    /// Two rows: when it was first seen, and when last.
    private static func device(
        _ members: ImportedMembers
    ) throws(ImportFault) -> [(row: StoreRow, bootID: String)] {
        let device = SeenDevice(
            id: DeviceID(try members.text("device")), name: try members.text("name"),
            protocolName: try members.text("protocol"))
        return [
            (.device(device, try members.instant("first_ns")), try members.text("first_boot_id")),
            (.device(device, try members.instant("last_ns")), try members.text("boot_id")),
        ]
    }

    private static func asked(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let time = try members.instant("time_ns")
        let kind: AskedControl.Kind = try members.choice("kind")
        var control = AskedControl(
            wearer: WearerID(try members.text("wearer")), kind: kind, term: nil, asked: time)
        guard try !members.flag("over") else { return .asked(control) }
        control.term = AskedControl.Term(
            since: time,
            until: members.optional("until_ns") == nil ? nil : try members.instant("until_ns"),
            detail: try members.text("detail"))
        if members.optional("until_wall_ns") != nil {
            control.term?.untilWall = WallTime(nanoseconds: try members.whole("until_wall_ns"))
        }
        return .asked(control)
    }

    private static func wear(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        .wear(
            DeviceWear(
                device: DeviceID(try members.text("device")), wearer: WearerID(try members.text("wearer")),
                role: try members.choice("role"), from: try members.instant("from_ns"),
                until: members.optional("until_ns") == nil ? nil : try members.instant("until_ns")))
    }

    private static func epoch(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        var epoch = MinuteEpoch(
            wearer: WearerID(try members.text("wearer")), start: try members.instant("start_ns"),
            length: try members.span("length_ns"))
        for posture in Posture.allCases {
            epoch.postureSeconds[posture.index] = try members.number(posture.rawValue + "_s")
        }
        epoch.over30Seconds = try members.number("over_30_deg_s")
        epoch.over45Seconds = try members.number("over_45_deg_s")
        epoch.over60Seconds = try members.number("over_60_deg_s")
        epoch.bends = try members.count("bends")
        epoch.deepBends = try members.count("deep_bends")
        epoch.lifts = try members.count("lifts")
        epoch.strainedLifts = try members.count("strained_lifts")
        epoch.steps = try members.count("steps")
        epoch.posturalShifts = try members.count("postural_shifts")
        epoch.alerts = try members.count("alerts")
        epoch.exposure = PackedExposure(try members.exposure())
        epoch.sensors = try members.sensors()
        return .epoch(epoch)
    }

    private static func alert(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let rule: AlertRule = try members.choice("rule")
        let tier: AlertTier = try members.choice("tier")
        var alert = Alert(
            rule: rule, tier: tier, time: try members.instant("instant_ns"),
            episodeStart: try members.instant("episode_start_ns"),
            duration: try members.span("duration_ns"),
            step: try members.count("step"), message: try members.text("message"),
            flexionDegrees: members.optional("flexion_deg")?.int, count: try members.count("count"),
            wearer: WearerID(try members.text("wearer")))
        if members.optional("delivery") != nil { alert.delivery = try members.choice("delivery") }
        if let reason = members.optional("reason") { alert.reason = try Self.reason(ImportedMembers(reason)) }
        return .alert(alert)
    }

    private static func reason(_ members: ImportedMembers) throws(ImportFault) -> AlertReason {
        let unit: MeasureUnit = try members.choice("unit")
        var reason = AlertReason(
            clause: try members.text("clause"), measured: try members.number("measured"),
            threshold: try members.number("threshold"), unit: unit, dwell: try members.seconds("dwell_s"),
            confidence: try members.number("confidence"), algorithm: try members.text("algorithm"))
        reason.uncertainty = members.optional("uncertainty")?.double
        if members.optional("calibration_age_s") != nil {
            reason.calibrationAge = try members.seconds("calibration_age_s")
        }
        return reason
    }

    private static func trace(_ members: ImportedMembers) throws(ImportFault) -> StoreRow {
        let rule: AlertRule = try members.choice("rule")
        let key = AlertKey(
            bootID: try members.text("boot_id"), time: try members.instant("alert_ns"),
            wearer: WearerID(try members.text("wearer")), rule: rule,
            episodeStart: try members.instant("episode_start_ns"), step: try members.count("step"))
        let angles = (members.optional("flexion_deg")?.elements ?? []).map(\.int)
        let postures = (members.optional("posture")?.elements ?? []).map { value in
            value.text.flatMap(Posture.init(rawValue:)) ?? .unknown
        }
        let interval = try members.span("interval_ns")
        guard angles.count == postures.count, (1...4096).contains(angles.count), interval > .zero else {
            throw ImportFault("\"flexion_deg\" and \"posture\" are no curve")
        }
        return .trace(
            AlertTrace(
                start: try members.instant("start_ns"), interval: interval, flexionDegrees: angles,
                postures: postures), key)
    }

    /// Two rows when upright was established in an earlier boot than the last change: first as it was then.
    private static func calibration(
        _ members: ImportedMembers
    ) throws(ImportFault) -> [(row: StoreRow, bootID: String)] {
        let source: MountCalibration.Source = try members.choice("source")
        let trust: MountTrust = try members.choice("trust")
        var known = MountCalibration(
            up: try members.direction("up"),
            forward: members.optional("forward") == nil ? nil : try members.direction("forward"),
            source: source,
            quality: try members.number("quality"), forwardQuality: try members.number("forward_quality"),
            largestFlexionDegrees: members.optional("largest_flexion_deg")?.double, trust: trust)
        guard known.isSane else { throw ImportFault("\"up\" and \"forward\" are no directions") }
        let device = DeviceID(try members.text("device"))
        let wearer = WearerID(try members.text("wearer"))
        known.established = try members.instant("established_ns")
        let first = StoreRow.calibration(known, device, wearer, try members.instant("established_ns"))
        known.established = nil
        let last = StoreRow.calibration(known, device, wearer, try members.instant("updated_ns"))
        return [(first, try members.text("established_boot_id")), (last, try members.text("boot_id"))]
    }
}
