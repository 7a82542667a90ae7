import LumbarCore

/// The one list of detectors, in the order in which they see a frame.
///
/// Order matters: each sees in `BodyState` what those before it concluded. Posture comes first, and what is
/// about lifts before what refers to them. To add a detector, copy `TemplateDetector.swift`, give it a
/// settings section in `DetectorSettings`, and add one line here.
public enum DetectorCatalog {
    /// A fresh set of all detectors.
    public static func detectors(_ settings: DetectorSettings) -> [any Detector] {
        [
            PostureDetector(settings: settings.posture),
            TransitionDetector(),
            SittingDetector(settings: settings.sitting),
            RisingDetector(settings: settings.morning, bendAngle: settings.bend.enterAngle),
            BendDetector(settings: settings.bend),
            SustainedFlexionDetector(settings: settings.sustainedFlexion),
            LiftDetector(settings: settings.lift),
            TwistDetector(settings: settings.lift),
            FallDetector(settings: settings.fall),
            RideDetector(settings: settings.ride),
        ]
    }
}
