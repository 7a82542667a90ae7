import LumbarCore
import LumbarReport

/// What somebody said, in a line of an export; times are whole seconds there.
public enum ImportedEntry: Sendable, Equatable {
    /// What they lifted.
    case load(DeclaredLoad)
    /// What they noted about their back.
    case diary(DiaryEntry)
    /// What they answered to an alert.
    case acknowledgement(Acknowledgement)

    /// The entry in a line of `type`; nil when lines of that type hold none.
    init?(_ type: String, _ members: ImportedMembers) throws(ImportFault) {
        switch type {
        case "declared_load": self = .load(try Self.load(members))
        case "diary": self = .diary(try Self.diary(members))
        case "acknowledgement": self = .acknowledgement(try Self.acknowledgement(members))
        default: return nil
        }
    }

    private static func load(_ members: ImportedMembers) throws(ImportFault) -> DeclaredLoad {
        let kilograms = try members.number("load_kg")
        let reach = try members.number("reach_m")
        guard LoadExpression.loads.contains(kilograms) else { throw ImportFault("\"load_kg\" is no load") }
        guard LoadExpression.reaches.contains(reach) else { throw ImportFault("\"reach_m\" is no reach") }
        return DeclaredLoad(
            uniqueID: try uniqueID(members), wearer: WearerID(try members.text("wearer")),
            time: try time("time", members).wall, kilograms: kilograms, reach: reach,
            times: try members.count("times", 1...10_000))
    }

    private static func diary(_ members: ImportedMembers) throws(ImportFault) -> DiaryEntry {
        let (wall, offset) = try time("time", members)
        let kind: DiaryEntry.Kind = try members.choice("kind")
        var entry = DiaryEntry(
            uniqueID: try uniqueID(members), wearer: WearerID(try members.text("wearer")), time: wall,
            offsetSeconds: offset, kind: kind, written: try time("written", members).wall,
            edited: try time("edited", members).wall)
        entry.note = try members.text("note")
        if members.optional("end") != nil { entry.end = try time("end", members).wall }
        if members.optional("pain") != nil { entry.pain = try members.count("pain", DiaryEntry.painScale) }
        return entry
    }

    private static func acknowledgement(_ members: ImportedMembers) throws(ImportFault) -> Acknowledgement {
        let rule: AlertRule = try members.choice("rule")
        let verdict: AlertVerdict = try members.choice("verdict")
        let alert = AlertKey(
            bootID: try members.text("boot_id"), time: try members.instant("instant_ns"),
            wearer: WearerID(try members.text("wearer")), rule: rule,
            episodeStart: try members.instant("episode_start_ns"), step: try members.count("step"))
        var raised: WallTime?
        if members.optional("alert_time") != nil { raised = try time("alert_time", members).wall }
        return Acknowledgement(
            uniqueID: try uniqueID(members), alert: alert, alertTime: raised, verdict: verdict,
            time: try time("time", members).wall)
    }

    private static func uniqueID(_ members: ImportedMembers) throws(ImportFault) -> UniqueID {
        guard let name = UniqueID(try members.text("uuid")), name != .none else {
            throw ImportFault("\"uuid\" is no UUID")
        }
        return name
    }

    /// `2026-11-21T11:14:03+01:00`, as exports have it, and the offset in seconds.
    private static func time(
        _ name: String, _ members: ImportedMembers
    ) throws(ImportFault) -> (wall: WallTime, offset: Int) {
        let text = try members.text(name)
        let fault = ImportFault("\"\(name)\" is no time with its offset")
        guard text.utf8.count == 25, let offset = offset(text.suffix(6)) else { throw fault }
        let local = TimeExpression(
            String(text.prefix(19)), now: WallTime(nanoseconds: 0), today: CivilDate(daysSinceEpoch: 0))
        guard case .local(let date, let second) = local else { throw fault }
        let seconds = date.daysSinceEpoch * 86_400 + Int64(second)
        return (WallTime(unixSeconds: seconds - Int64(offset)), offset)
    }

    private static func offset(_ text: Substring) -> Int? {
        let parts = text.dropFirst().split(separator: ":").compactMap { Int($0) }
        guard parts.count == 2, parts[0] <= 24, parts[1] < 60, text.first == "+" || text.first == "-" else {
            return nil
        }
        return (parts[0] * 3600 + parts[1] * 60) * (text.first == "-" ? -1 : 1)
    }
}
