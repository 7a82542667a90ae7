import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarMonitor
import LumbarStore

/// What people say of themselves and of alerts, on its way to the Monitor.
extension Daemon {
    /// Takes what the writer thread has to tell.
    func takeNews() {
        let now = BootClock.now()
        for piece in news.take() {
            switch piece {
            case .answer(let line, let client): desk?.reply(line, to: client)
            case .training(let wearer, let log): take(log, of: wearer, at: now)
            case .said(let said):
                // Whoever said something before and is not among them took it back.
                let gone = saidOfThemselves.filter { old in !said.contains { $0.wearer == old.wearer } }
                for old in gone { apply(WearerSaid(wearer: old.wearer), at: now) }
                for new in said where !saidOfThemselves.contains(new) { apply(new, at: now) }
                saidOfThemselves = said
            }
        }
        drain()
    }

    /// Tells a new Monitor all of it, or the same one after the wall clock was set.
    func repeatWhatWasSaid(at now: Instant) {
        for said in saidOfThemselves { apply(said, at: now) }
        drain()
    }

    private func apply(_ said: WearerSaid, at now: Instant) {
        guard wearers().contains(said.wearer) else { return }
        apply(.answers(said.answers), to: said.wearer, at: now)
        let noted = said.spasmNoted.map { anchor.instant(at: $0) }
        apply(.spasm(at: said.spasm.map { anchor.instant(at: $0) }, noted: noted), to: said.wearer, at: now)
    }
}
