import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarStore

/// Trainings: asked for over the socket, and taken up again with what the history tells of them.
extension Daemon {
    /// Begins a training, or ends one.
    func train(_ request: LiveRequest, _ wearer: WearerID, at now: Instant) throws(LiveRefusal) {
        guard let training = request.ask.training else {
            guard controls.term(.training, of: wearer) != nil else { return }
            return take(AskedControl(wearer: wearer, kind: .training, term: nil), at: now)
        }
        guard configuration.daemon.store.keep else {
            throw LiveRefusal(
                .unavailable, "No history is kept, so nothing could be made of the sessions.", id: request.id)
        }
        let plan = TrainingPlan(
            goal: training.goal, since: anchor.wall(at: now), target: training.target,
            baseline: training.baseline)
        let term = AskedControl.Term(since: now, until: nil, detail: plan.text)
        take(AskedControl(wearer: wearer, kind: .training, term: term), at: now)
    }

    /// Tells the Monitor what was made of the trainings that go on.
    func restoreTrainings() {
        for control in controls.all where control.kind == .training {
            guard let plan = controls.training(of: control.wearer) else { continue }
            mailbox.send(.loadTraining(control.wearer, plan, isNews: false))
            waitForReply { reply in
                guard case .training(control.wearer, let log) = reply else { return false }
                apply(.training(log), to: control.wearer, at: BootClock.now())
                return true
            }
        }
        drain()
    }

    /// The wall clock says something new, and so may the dates of all that was made: asked for without waiting.
    func askForTrainings() {
        for control in controls.all where control.kind == .training {
            guard let plan = controls.training(of: control.wearer) else { continue }
            mailbox.send(.loadTraining(control.wearer, plan, isNews: true))
        }
    }

    /// The answer to that, unless something else was asked for meanwhile.
    func take(_ log: TrainingLog, of wearer: WearerID, at now: Instant) {
        guard controls.training(of: wearer) == log.plan else { return }
        apply(.training(log), to: wearer, at: now)
    }
}
