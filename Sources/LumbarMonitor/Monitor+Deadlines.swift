import LumbarCore

// Deadlines are not queued: each part says when it next wants to be called, and a deadline that moves needs no
// bookkeeping. Ties go to links in the order they were attached, then to wearers in the order they appeared, then to
// midnight.
//
// Every frame of a sensor puts its deadlines off. The moment until which all is quiet does not follow: it is a bound,
// drawn nearer when a deadline comes nearer, and found anew by asking every part once it is reached. With a hundred
// sensors that is every two seconds instead of a thousand times a second.
extension Monitor {
    private enum Due {
        case link(Int)
        case wearer(Int)
        case midnight(Int)
    }

    /// When to call `advance(to:)` next, or nil when nothing is pending: never late, and seldom early by a few seconds,
    /// when `advance` finds that what it waited for was put off.
    public var nextDeadline: Instant? { quietUntil.nanoseconds == .max ? nil : quietUntil }

    /// Lets time pass: everything due at or before `now` happens, in order, each at its own moment.
    public mutating func advance(to now: Instant) {
        guard now >= quietUntil else { return }
        while let (time, due) = Self.earliest(links, wearers, anchor), time <= now {
            fire(due, at: time)
        }
        noteQuiet()
    }

    /// A part's deadline may have come nearer.
    mutating func noteDeadline(_ deadline: Instant?) {
        if let deadline, deadline < quietUntil { quietUntil = deadline }
    }

    /// Finds out until when nothing is due.
    mutating func noteQuiet() {
        quietUntil = Self.earliest(links, wearers, anchor)?.time ?? Instant(nanoseconds: .max)
    }

    /// Given the parts it looks at: as a method it would copy the whole monitor, some kilobytes, at every call.
    private static func earliest(
        _ links: [Link], _ wearers: [Wearer], _ anchor: WallAnchor?
    ) -> (time: Instant, due: Due)? {
        var best: (time: Instant, due: Due)?
        func offer(_ time: Instant?, _ due: Due) {
            guard let time else { return }
            if let current = best, current.time <= time { return }
            best = (time, due)
        }
        for i in links.indices { offer(links[i].nextDeadline, .link(i)) }
        for i in wearers.indices { offer(wearers[i].nextDeadline, .wearer(i)) }
        for i in wearers.indices { offer(midnight(ending: wearers[i].date, anchor), .midnight(i)) }
        return best
    }

    /// When the wearer's local day ends; by the ledger's own date, so that a clock set back cannot end it twice.
    private static func midnight(ending date: CivilDate?, _ anchor: WallAnchor?) -> Instant? {
        guard let anchor, let date else { return nil }
        let next = CivilDate(daysSinceEpoch: date.daysSinceEpoch + 1)
        return anchor.instant(at: anchor.zone.start(of: next))
    }

    private mutating func fire(_ due: Due, at time: Instant) {
        switch due {
        case .link(let i):
            guard let kind = links[i].advance(to: time) else { return }
            outbox.append(.device(DeviceEvent(kind, device: links[i].device.id, time: time)))
            if kind == .stalled { letGo(of: i, at: time) }
        case .wearer(let i): wearers[i].advance(to: time, into: &outbox)
        case .midnight(let i): wearers[i].closeDay(at: time, into: &outbox)
        }
    }
}
