import LumbarCore

/// Sentences about how a sensor sits: what was seen, and one thing to do where there is one.
public enum MountText {
    /// What is lost with a sensor that measures no acceleration.
    public static let anglesOnly =
        "only angles are measured: no lifts, falls or steps can be told, and sitting is not told from standing"

    /// What to do for an exact calibration.
    private static let calibrate = "lumbarctl calibrate sets it exactly"

    /// The sentence for `news`, as it follows the sensor's name and a colon; nil when nobody needs to read it.
    public static func text(_ news: MountNews) -> String? {
        switch news {
        case .moved(let degrees, true) where degrees > 120:
            return "it hangs the other way up since the last walk. Your upright was taken from that walk; "
                + "\(calibrate)."
        case .moved(let degrees, true):
            return "it has moved by \(whole(degrees)) degrees. Your upright was learned anew from walking; "
                + "\(calibrate)."
        case .moved(let degrees, false):
            return
                "it sits differently at every walk, by \(whole(degrees)) degrees at the last. Nothing is said "
                + "about bends until that settles: fasten it, then walk half a minute or run lumbarctl calibrate."
        case .turnedAround:
            return "it is worn the other way round: forward and backward were exchanged. If that is wrong, "
                + "\(calibrate)."
        case .stale:
            return
                "it was away for a while. Nothing is said about bends until a short walk or a quiet stand shows "
                + "that it sits as it did."
        case .confirmed: return "it sits as it did; angles count again."
        case .gesture(.accepted): return "the three bows were seen: upright and forward are set."
        case .gesture: return nil
        }
    }

    /// Why a calibration gesture was not taken, and what to do; one sentence.
    public static func advice(_ outcome: CalibrationOutcome) -> String {
        switch outcome {
        case .accepted: "Upright and forward are set."
        case .tooShallow: "A bow stayed above 40 degrees: bow a little deeper, as if to look at your knees."
        case .tooDeep: "A bow went past 120 degrees: bow a little less, the hands to the knees are enough."
        case .notOneAxis: "The bows turned aside: keep the feet still and bow straight forward."
        case .leanedAside: "A bow leaned aside by more than 10 degrees: bow straight forward."
        case .didNotReturn:
            "You ended more than 5 degrees from where you began: come all the way back up and stand still."
        case .tooSlow: "The bows took too long: three in a row, about four seconds each."
        }
    }

    private static func whole(_ degrees: Double) -> String { DecimalText.fixed(degrees, 0) }
}
