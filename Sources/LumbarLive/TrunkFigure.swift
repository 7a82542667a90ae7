import LumbarCore

/// A body seen from its right side, made of characters: the trunk at its angle on legs that do not move.
///
/// Cells of a terminal are about twice as high as wide, which the drawing makes up for.
public struct TrunkFigure {
    /// Columns of the drawing.
    public static let width = 37
    /// Rows of the drawing.
    public static let height = 11
    /// From the hips to the head, in rows.
    private static let length = 6.5
    private static let hips = (column: 16, row: 7)

    /// The rows for a flexion in degrees, forward to the right, and what the legs do.
    public static func rows(flexionDegrees: Double, posture: Posture?) -> [String] {
        var cells = Array(repeating: Array(repeating: Character(" "), count: width), count: height)
        func put(_ character: Character, _ column: Int, _ row: Int) {
            if (0..<width).contains(column), (0..<height).contains(row) { cells[row][column] = character }
        }
        let angle = flexionDegrees.isFinite ? min(max(flexionDegrees, -180), 180) : 0
        let (sine, cosine) = Elementary.sincos(angle * radiansPerDegree)
        let mark = self.mark(angle)
        for step in 1..<14 {
            let reach = length * Double(step) / 14
            put(mark, hips.column + whole(2 * reach * sine), hips.row - whole(reach * cosine))
        }
        put("O", hips.column + whole(2 * length * sine), hips.row - whole(length * cosine))
        for (character, column, row) in legs(posture) { put(character, hips.column + column, hips.row + row) }
        return cells.map { String($0) }
    }

    private static func whole(_ value: Double) -> Int { Int(value.rounded()) }

    /// The character that comes nearest to the slope.
    private static func mark(_ angle: Double) -> Character {
        switch angle {
        case -20...20: "|"
        case 20..<65, -180 ..< -115: "/"
        case 65...115, -115 ... -65: "-"
        default: "\\"
        }
    }

    private static func legs(_ posture: Posture?) -> [(Character, Int, Int)] {
        switch posture {
        case .sitting:
            [
                ("o", 0, 0), ("_", 1, 0), ("_", 2, 0), ("_", 3, 0), ("_", 4, 0), ("|", 5, 1), ("|", 5, 2),
                ("_", 6, 2),
            ]
        case .walking:
            [("o", 0, 0), ("/", -1, 1), ("\\", 1, 1), ("/", -2, 2), ("\\", 2, 2), ("_", -1, 3), ("_", 3, 3)]
        default: [("o", 0, 0), ("|", 0, 1), ("|", 0, 2), ("|", 0, 3), ("_", 1, 3)]
        }
    }
}
