import LumbarCore
import LumbarLive
import LumbarReport
import LumbarStore

/// What people said, on its way from an export into the file that holds it.
///
/// One more kind is one more type in `ImportedLine.entryTypes` and one more case here.
struct ImportedEntries {
    private var loads: [DeclaredLoad] = []

    /// Takes a line of `type`.
    mutating func take(_ type: String, _ value: JSONValue) throws {
        switch type {
        case "declared_load": loads.append(try load(value))
        default: throw Failure(.data, "lines of type \(type) cannot be taken in yet")
        }
    }

    /// Stores what is not there yet; returns how many that were.
    func store(beside history: String) throws -> Int {
        guard !loads.isEmpty else { return 0 }
        let file = try DeclaredLoads(writingBeside: history, host: CommandHost())
        var known = try file.loads()
        var count = 0
        for load in loads where !known.contains(where: { Self.isSame($0, load) }) {
            try file.append(load)
            known.append(load)
            count += 1
        }
        return count
    }

    // An export tells whole seconds, and grams and millimetres.
    private static func isSame(_ left: DeclaredLoad, _ right: DeclaredLoad) -> Bool {
        left.wearer == right.wearer && left.time.unixSeconds == right.time.unixSeconds
            && left.times == right.times
            && (left.kilograms - right.kilograms).magnitude < 0.001
            && (left.reach - right.reach).magnitude < 0.001
    }

    private func load(_ value: JSONValue) throws -> DeclaredLoad {
        guard let time = value["time"]?.text.flatMap(Self.wall), let wearer = value["wearer"]?.text,
            let kilograms = value["load_kg"]?.double, LoadExpression.loads.contains(kilograms),
            let reach = value["reach_m"]?.double, LoadExpression.reaches.contains(reach),
            let times = value["times"]?.int, (1...10_000).contains(times)
        else { throw Failure(.data, "a declared load is not as an export has it; nothing was taken in") }
        return DeclaredLoad(
            wearer: WearerID(wearer), time: time, kilograms: kilograms, reach: reach, times: times)
    }

    /// `2026-11-21T11:14:03+01:00`, as exports have it.
    private static func wall(_ text: String) -> WallTime? {
        guard text.count == 25, let offset = offset(text.suffix(6)) else { return nil }
        let today = CivilDate(daysSinceEpoch: 0)
        guard
            case .local(let date, let second) = TimeExpression(
                String(text.prefix(19)), now: WallTime(nanoseconds: 0), today: today)
        else { return nil }
        return WallTime(unixSeconds: date.daysSinceEpoch * 86_400 + Int64(second) - offset)
    }

    private static func offset(_ text: Substring) -> Int64? {
        let parts = text.dropFirst().split(separator: ":").compactMap { Int64($0) }
        guard parts.count == 2, text.first == "+" || text.first == "-" else { return nil }
        return (parts[0] * 3600 + parts[1] * 60) * (text.first == "-" ? -1 : 1)
    }
}
