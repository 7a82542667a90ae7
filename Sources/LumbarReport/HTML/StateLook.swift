import LumbarCore

/// How a state looks in the ribbon: a colour, and a height and a place of its own, so that no colour is needed to read it.
///
/// Colours are those of Okabe and Ito (2008), which the colour-blind can tell apart; the style sheet has them.
enum StateLook {
    /// Height of the ribbon, in its own units.
    static let height = 24.0

    /// The name of its style.
    static func name(_ state: ReportDay.State) -> StaticString {
        switch state {
        case .posture(.walking): "walk"
        case .posture(.standing): "stand"
        case .posture(.sitting): "sit"
        case .posture(.lying): "lie"
        case .posture(.unknown): "unk"
        case .posture(.notWorn): "off"
        case .noData: "none"
        case .toCome: "come"
        }
    }

    /// What it is called.
    static func title(_ state: ReportDay.State) -> String {
        switch state {
        case .posture(.walking): "Walking"
        case .posture(.standing): "Standing"
        case .posture(.sitting): "Sitting"
        case .posture(.lying): "Lying"
        case .posture(.unknown): "Unknown"
        case .posture(.notWorn): "Not worn"
        case .noData: "No data"
        case .toCome: "To come"
        }
    }

    /// What its numbers are called, as in the JSON of a day.
    static func key(_ state: ReportDay.State) -> String {
        switch state {
        case .posture(let posture): posture.rawValue + "_s"
        case .noData: "no_data_s"
        case .toCome: "to_come_s"
        }
    }

    /// Where its bar stands: top and height; nil for time in which nothing is drawn.
    static func bar(_ state: ReportDay.State) -> (top: Double, height: Double)? {
        switch state {
        case .posture(.walking): (0, 24)
        case .posture(.standing): (6, 18)
        case .posture(.sitting): (12, 12)
        case .posture(.lying): (19, 5)
        // Floating: it could be anything.
        case .posture(.unknown): (4, 8)
        case .posture(.notWorn): (22.5, 1.5)
        case .noData, .toCome: nil
        }
    }
}
