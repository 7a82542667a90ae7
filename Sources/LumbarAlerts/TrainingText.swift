import LumbarCore
import LumbarMeasures

/// What is said in sessions of a training.
enum TrainingText {
    static func begin(minutes: Int) -> String {
        "Training for the next \(minutes) minutes on your feet: bends past 60 degrees are told. Carry on."
    }

    static func bend(peakDegrees: Double) -> String {
        "That bend went to \(AlertText.wholeDegrees(peakDegrees)) degrees. For the next one, bend the knees."
    }

    /// What a session came to, and what comes next in how many days.
    static func end(_ count: BendCount, next: (days: Int64, duty: TrainingCourse.Duty)?) -> String {
        let within = count.bends - count.deep
        let seen =
            count.bends == 0
            ? "Training over, without a bend."
            : "Training over: \(within) of \(AlertText.counted(count.bends, "bend")) stayed within 60 degrees."
        return seen + " Carry on" + (next.map { "; " + coming($0.duty, days: $0.days) } ?? "") + "."
    }

    private static func coming(_ duty: TrainingCourse.Duty, days: Int64) -> String {
        let when = days == 1 ? "tomorrow" : "in \(days) days"
        switch duty {
        case .session(let minutes), .booster(let minutes): return "next: \(minutes) minutes \(when)"
        case .retention: return "\(when) it is measured again"
        case .nothing: return when
        }
    }

    /// What a day came to, for its summary.
    static func day(_ training: DayTraining, _ count: BendCount) -> (value: String, text: String) {
        switch training {
        case .sessions(let sessions):
            let made = sessions.reduce(BendCount()) { $0 + $1.count }
            let seconds = sessions.reduce(0) { $0 + $1.seconds }
            return (
                "\(AlertText.whole(seconds / 60)) min",
                "in \(AlertText.counted(sessions.count, "session")), \(made.deep) of "
                    + "\(AlertText.counted(made.bends, "bend")) past 60 degrees"
            )
        case .retention(let weeks):
            return (
                "\(AlertText.counted(weeks, "week"))",
                "after the training, without a word about it: \(count.deep) of "
                    + "\(AlertText.counted(count.bends, "bend")) past 60 degrees"
            )
        }
    }
}
