/// The shapes that stand for things of a moment: each has one of its own, whatever its colour.
enum MarkLook {
    /// In the order of drawing, what matters most on top.
    static let order: [ReportDay.Event.Kind] = [.deepBend, .lift, .twist, .heldBend, .strainedLift, .fall]

    static let alert = "M-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0zM-2 0a2 2 0 1 1 4 0a2 2 0 1 1-4 0z"
    static let note = "M-1-5h9l-3 4l3 4h-7.5v8h-1.5z"

    static func name(_ kind: ReportDay.Event.Kind) -> String { "m-" + kind.rawValue }

    static func title(_ kind: ReportDay.Event.Kind) -> String {
        switch kind {
        case .lift: "probable lift"
        case .strainedLift: "probable lift under strain"
        case .twist: "turn while bent"
        case .deepBend: "bend past 60°"
        case .heldBend: "held bend"
        case .fall: "possible fall"
        }
    }

    /// Around its own middle, pixels.
    static func path(_ kind: ReportDay.Event.Kind) -> String {
        switch kind {
        case .deepBend: "M-.75-5h1.5v10h-1.5z"
        case .lift: "M0-4l4 7h-8zM0-1.5l-2 3.5h4z"
        case .strainedLift: "M0-5l5 9h-10z"
        case .twist: "M0-5l4 5l-4 5l-4-5z"
        case .heldBend: "M-4-4h8v8h-8z"
        case .fall: "M-5-4l4 4l-4 4l1 1l4-4l4 4l1-1l-4-4l4-4l-1-1l-4 4l-4-4z"
        }
    }
}
