/// Static text about back trouble that needs a doctor. It is shown as it stands: no sensor may infer any of it.
///
/// The emergency signs are those on the cauda equina warning card (Greenhalgh, Finucane, Mercer and Selfe), the
/// others follow the red-flag framework of Finucane et al. 2020 (JOSPT 50:350).
public enum SafetyText {
    /// One paragraph for manuals, for the installation and for the journal catalog.
    public static let redFlags =
        "This program counts movement; it cannot tell why your back hurts. If you have numbness around the genitals "
        + "or back passage, new bladder or bowel trouble, or new weakness in the legs, get emergency care now. See a "
        + "doctor soon about back pain after a fall or blow, with fever, with unexplained weight loss, or that is "
        + "constant at night."

    /// The same after a possible fall, in one sentence.
    public static let afterFall =
        "Get emergency care for new numbness between the legs, new bladder or bowel trouble, or new weakness in the "
        + "legs."

    /// What the program is not.
    public static let notMedical =
        "lumbard is for self-observation and is not a medical device: it does not diagnose, treat or prevent anything."
}
