import LumbarCore

/// How far the trunk was bent in each second of the last minute, as columns of characters.
public struct AngleStrip: Sendable {
    /// Seconds shown.
    public static let seconds = 60
    /// Degrees of one row; six rows are 90 degrees.
    private static let degreesPerRow = 15.0
    private static let height = 6

    /// The largest flexion in each second, nil where nothing is known, the oldest first.
    private var columns: [Double?] = Array(repeating: nil, count: AngleStrip.seconds)
    private var second = Int64.min

    /// A minute of which nothing is known.
    public init() {}

    /// Takes the flexion at a moment of the boot clock, in degrees.
    public mutating func take(_ flexion: Double, at time: Instant) {
        let now = time.nanoseconds / 1_000_000_000
        if second == .min { second = now }
        let passed = now - second
        if passed > 0 {
            let new = Int(min(passed, Int64(AngleStrip.seconds)))
            columns.removeFirst(new)
            columns += Array(repeating: nil, count: new)
            second = now
        }
        guard passed >= 0, flexion.isFinite, let last = columns.last else { return }
        columns[AngleStrip.seconds - 1] = max(last ?? -180, flexion)
    }

    /// The rows from 90 degrees down to 0, with the degrees at their left; `blocks` draws eighths of a row.
    public func rows(blocks: Bool) -> [String] {
        (0..<AngleStrip.height).map { index in
            let floor = Double(AngleStrip.height - 1 - index) * AngleStrip.degreesPerRow
            let label = String(Int(floor))
            let cells = columns.map { AngleStrip.cell($0, floor, blocks) }
            return String(repeating: " ", count: 4 - label.count) + label + "° |" + String(cells)
        }
    }

    private static func cell(_ flexion: Double?, _ floor: Double, _ blocks: Bool) -> Character {
        // On the lowest row a dot stands for upright, and a blank for not known.
        guard let flexion else { return " " }
        let share = (flexion - floor) / degreesPerRow
        if share <= 0.0625 { return floor == 0 ? "." : " " }
        guard blocks else { return share >= 0.5 ? "#" : floor == 0 ? "." : " " }
        let eighths: [Character] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"]
        return eighths[min(7, max(0, Int((share * 8).rounded()) - 1))]
    }
}
