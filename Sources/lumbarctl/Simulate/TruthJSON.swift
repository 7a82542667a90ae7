import LumbarCore
import LumbarSimulation

/// What a simulated wearer really did, as JSON.
enum TruthJSON {
    /// One line for a span, without the line end.
    static func line(_ span: TruthSpan) -> String {
        var object = JSONObject()
        addKind(span.kind, to: &object)
        object.add("start_s", (span.start - .zero).seconds, decimals: 3)
        object.add("end_s", (span.end - .zero).seconds, decimals: 3)
        return object.text
    }

    private static func addKind(_ kind: TruthSpan.Kind, to object: inout JSONObject) {
        switch kind {
        case .posture(let posture, let steps):
            object.add("type", "posture")
            object.add("posture", posture.rawValue)
            object.add("steps", steps)
        case .transition(let transition):
            object.add("type", "transition")
            object.add("kind", transition.rawValue)
        case .bend(let peak, let seated):
            object.add("type", "bend")
            object.add("peak_deg", peak, decimals: 1)
            object.add("seated", seated)
        case .squat(let drop):
            object.add("type", "squat")
            object.add("drop_m", drop, decimals: 3)
        case .lift(let lift):
            object.add("type", "lift")
            object.add("peak_deg", lift.peakDegrees, decimals: 1)
            object.add("twist_deg", lift.twistDegrees, decimals: 1)
            object.add("style", lift.style.rawValue)
            object.add("strained", lift.isStrained)
        case .twist(let degrees, let afterLift):
            object.add("type", "twist")
            object.add("turn_deg", degrees, decimals: 1)
            object.add("after_lift", afterLift)
        case .turn(let degrees, let steps):
            object.add("type", "turn")
            object.add("turn_deg", degrees, decimals: 1)
            object.add("steps", steps)
        case .shift(let degrees, let seated):
            object.add("type", "shift")
            object.add("change_deg", degrees, decimals: 1)
            object.add("seated", seated)
        case .fall(let direction, let impact):
            object.add("type", "fall")
            object.add("direction", direction.rawValue)
            object.add("impact_g", impact, decimals: 2)
        case .handling: object.add("type", "handling")
        case .ride: object.add("type", "ride")
        }
    }
}
