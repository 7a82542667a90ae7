import LumbarAlerts
import LumbarCore
import LumbarMonitor
import LumbarReport

/// What a monitor concluded, a sentence each, for people.
struct PlainLines {
    private let start: Instant
    private let anchor: WallAnchor?

    /// Lines with the wall clock's times where it is known, and times since `start` otherwise.
    init(start: Instant, anchor: WallAnchor?) {
        self.start = start
        self.anchor = anchor
    }

    /// The moment `item` is about, by which lines are put in order.
    func time(_ item: Output) -> Instant {
        switch item {
        case .episode(let episode, _): episode.start
        case .alert(let alert), .trace(_, let alert): alert.time
        case .epoch(let epoch): epoch.start
        case .summary(let summary): summary.end
        case .device(let event): event.time
        case .attitude(let report, _): report.time
        case .trust(_, _, let time): time
        }
    }

    /// The text for `item`, or nil when people need none.
    func text(_ item: Output) -> String? {
        switch item {
        case .episode(let episode, _): episode.isOngoing ? nil : sentence(episode)
        case .alert(let alert):
            alert.delivery == .told
                ? at(alert.time) + "ALERT   " + Printable.text(alert.message, limit: 1000) : nil
        case .summary(let summary): "\n" + SummaryText.text(summary) + "\n"
        case .device(let event): words(event).map { at(event.time) + "sensor  " + $0 }
        case .epoch, .attitude, .trace, .trust: nil
        }
    }

    private func at(_ time: Instant) -> String { clock(time) + "  " }

    /// `09:14:03`, or `0:14:03.2` since the start.
    private func clock(_ time: Instant) -> String {
        guard let anchor else {
            let tenths = max(0, (time - start).nanoseconds) / 100_000_000
            return DecimalText.padded(tenths / 36_000, width: 2) + ":" + sixty(tenths / 600) + ":"
                + sixty(tenths / 10)
                + ".\(tenths % 10)"
        }
        let wall = anchor.wall(at: time)
        let local = wall.unixSeconds &+ Int64(anchor.zone.offset(at: wall))
        let ofDay = ((local % 86_400) + 86_400) % 86_400
        return DecimalText.padded(ofDay / 3600, width: 2) + ":" + sixty(ofDay / 60) + ":" + sixty(ofDay)
    }

    private func sixty(_ value: Int64) -> String { DecimalText.padded(value % 60, width: 2) }

    private func sentence(_ episode: Episode) -> String {
        let length = HumanDuration.text(episode.duration)
        switch episode.kind {
        case .posture(let posture): return at(episode.start) + words(posture) + " for " + length
        case .transition(let transition): return at(episode.start) + words(transition)
        case .bend(let bend):
            return at(episode.start)
                + "bent    forward \(degrees(bend.peakDegrees)) for \(short(episode.duration))"
        case .sustainedFlexion(let held):
            return at(episode.start)
                + "bent    held at \(degrees(held.meanDegrees)) for \(short(episode.duration))"
        case .sitting(let bout):
            return at(episode.start)
                + "bout    of sitting: \(HumanDuration.text(seconds: bout.seatedSeconds)) seated"
        case .lift(let lift):
            return at(episode.start) + "lift    probable lift from \(degrees(lift.peakDegrees))"
                + (lift.isUnderStrain ? ", under strain" : "")
        case .twist(let twist):
            let side = twist.turnDegrees >= 0 ? "left" : "right"
            return at(episode.start)
                + "turn    \(degrees(twist.turnDegrees.magnitude)) to the \(side) while bent"
        case .rising(let rising):
            return at(episode.start)
                + "got up  after \(HumanDuration.text(seconds: rising.lyingSeconds)) of lying"
        case .ride:
            return at(episode.start) + "ride    in a vehicle for \(short(episode.duration))"
        case .fall(let fall):
            return at(episode.start) + "fall    possible fall, impact \(DecimalText.fixed(fall.impactG, 1)) g"
        }
    }

    private func degrees(_ value: Double) -> String { DecimalText.fixed(value, 0) + "°" }

    private func short(_ span: Elapsed) -> String {
        span < .seconds(60) ? DecimalText.fixed(span.seconds, 1) + " s" : HumanDuration.text(span)
    }

    private func words(_ posture: Posture) -> String {
        switch posture {
        case .lying: "posture lying"
        case .sitting: "posture sitting"
        case .standing: "posture standing"
        case .walking: "posture walking"
        case .unknown: "posture not known"
        case .notWorn: "sensor  not worn"
        }
    }

    private func words(_ transition: Transition) -> String {
        switch transition {
        case .standToSit: "moved   sat down"
        case .sitToStand: "moved   stood up"
        case .lieDown: "moved   lay down"
        case .riseFromLying: "moved   rose from lying"
        }
    }

    private func words(_ event: DeviceEvent) -> String? {
        let name = Printable.text(event.device.text, limit: 40)
        switch event.kind {
        case .attached: return "\(name) attached"
        case .locked(let name): return "speaks \(Printable.text(name, limit: 40))"
        case .anglesOnly: return MountText.anglesOnly
        case .degraded: return "\(name) sends nothing valid for 2 s"
        case .stalled: return "\(name) fell silent"
        case .recovered(let silence): return "\(name) is back after \(HumanDuration.text(silence))"
        case .notUnderstood(let reason): return "\(name): \(Printable.text(reason, limit: 400))"
        case .mount(let news): return MountText.text(news).map { "\(name): \($0)" }
        case .calibration: return nil
        case .scaleFault: return "\(name) measures far from 1 g at rest: its angles are not used"
        case .trouble(let trouble, let begins):
            return "\(name): "
                + (begins ? SensorTroubleText.begins(trouble) : SensorTroubleText.ends(trouble))
        case .deadAccelerometer: return "\(name): its accelerometer reads zero on all axes"
        case .detached(let outcomes, _): return "\(name) detached after \(outcomes.readings) samples"
        }
    }
}
