import LumbarCore

/// What a sensor's troubles are called for people.
public enum SensorTroubleText {
    /// What began, and what to do about it.
    public static func begins(_ trouble: SensorTrouble) -> String {
        switch trouble {
        case .stuckAxis:
            "one axis keeps its value while you move, so nothing is made of its data. Unplug it and plug it in again."
        case .saturated:
            "movements go beyond its range again and again. Set a larger measuring range."
        case .anglesDisagree:
            "its own angles differ from its acceleration by more than 10 degrees. Its acceleration is used; check its "
                + "settings."
        case .lostSamples:
            "more than one sample in twenty is lost. Bring it closer, or set a lower rate."
        case .rateChanged:
            "it sends at another rate than before. Check its settings if you did not change them."
        case .clockDrift:
            "its clock is off by more than 1 %. Times and rates of movement are as much off."
        case .gyroBias:
            "its gyroscope turns by more than 3 degrees a second at rest. Let it lie still for a minute."
        }
    }

    /// That it is over.
    public static func ends(_ trouble: SensorTrouble) -> String {
        switch trouble {
        case .stuckAxis: "all axes move again, so its data are used."
        case .saturated: "movements are within its range again."
        case .anglesDisagree: "its own angles fit its acceleration again."
        case .lostSamples: "few samples are lost now."
        case .rateChanged: "its rate is steady."
        case .clockDrift: "its clock is right again."
        case .gyroBias: "its gyroscope is steady again."
        }
    }
}
