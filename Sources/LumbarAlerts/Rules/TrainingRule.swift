import LumbarCore
import LumbarMeasures

/// Sessions of a training that was asked for; the engine makes them (`AlertPolicy+Training`).
enum TrainingRule {
    static let all = [session]

    private static let session = Rule(
        id: .training, title: "A session of a training",
        says:
            "Only after lumbarctl training start: once a day a session of 40 minutes on your feet, in which every bend past "
            + "60 degrees is told right after it. It begins when you have been on your feet for five minutes. A session whose share "
            + "of bends past 60 degrees is at most the target makes the next one shorter, down to 5 minutes; two in a row "
            + "above it make it longer again. Then there is one of 10 minutes in each of the weeks 2 to 12, and 1, 3 and 12 "
            + "weeks after the last session a day on which nothing is said of how deep or how often you bend, which shows "
            + "what is left; held bends, lifts and turns are told as before the training. A day without a session costs "
            + "nothing, and there is none in a flare. What a session tells, no other rule does.",
        evidence:
            "Feedback on bending works while it lasts: with a vibrating sensor worn at work less time was spent bent, and "
            + "nothing of that was left after one and three weeks; a review found no study that shows more. In a laboratory, a "
            + "movement whose result was told after half of the attempts, ever more rarely, was kept better than with it "
            + "told after each; later experiments support that and contradict it. Sessions that grow shorter are not the "
            + "same, and for backs none of it was shown. So nothing is promised here, and it is measured for you. That "
            + "bending less deep prevents pain was not shown either.",
        sources: [
            "Lind et al. 2023, doi 10.1080/00140139.2022.2069869", "Lind 2024, doi 10.3390/s24216977",
            "Winstein and Schmidt 1990, J Exp Psychol Learn Mem Cogn 16:677",
            "Marco-Ahullo et al. 2024, doi 10.3390/s24051404",
        ],
        key: "training", dwell: "5 min on the feet",
        release: "when the time on the feet is over, or at midnight",
        clause: TrainingSession.endClause, unit: .share, repeats: .perSession,
        vetoes: [.lying, .notWorn, .riding, .probation, .snooze, .quietHours], restsOnAngles: true,
        mode: { $0.training }, steps: { _ in [Step(threshold: 0, tier: .notice)] },
        senses: { _, _ in .none }, text: { _ in "" })
}
