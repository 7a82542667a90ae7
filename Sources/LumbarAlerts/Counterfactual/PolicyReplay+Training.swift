import LumbarCore
import LumbarMeasures

// What a start is told of a training: as the daemon reads it from the history.
extension PolicyReplay {
    /// What is known of a training from before the first boot.
    public struct Trained: Sendable {
        /// What was made of it up to then; nil when there was none.
        public var log: TrainingLog?
        /// The session that an alert ended, on its local day; nil of every other alert.
        public var session: @Sendable (Alert, CivilDate) -> TrainingSession?

        /// What was made of a training.
        public init(
            _ log: TrainingLog?, session: @escaping @Sendable (Alert, CivilDate) -> TrainingSession?
        ) {
            self.log = log
            self.session = session
        }
    }

    /// `control` as it is restored at `start`: a training with the sessions that the policy has brought to their end since,
    /// and with the days on which it was measured what they have left.
    func logged(
        _ control: WearerControl, _ told: [Played], at start: Instant, in run: RecordedBoot
    ) -> WearerControl {
        guard case .training(var log?) = control, let today = run.clock?.date(at: start) else {
            return control
        }
        var toldBends: Set<CivilDate> = []
        for played in told {
            guard let clock = clock(of: played) else { continue }
            let date = clock.date(at: played.alert.time)
            guard clock.wall(at: played.alert.time) >= log.plan.since else { continue }
            if AlertRule.tellBends.contains(played.alert.rule) { toldBends.insert(date) }
            if let session = session(played.alert, date) { log.sessions.append(session) }
        }
        for window in TrainingCourse(log).retention {
            for day in days {
                guard let date = day.date, window.due <= date, date <= window.last, date < today,
                    !log.days.contains(where: { $0.date == date }),
                    let measured = TrainingDay(day, wasTold: toldBends.contains(date))
                else { continue }
                log.days.append(measured)
            }
        }
        return .training(log)
    }
}
