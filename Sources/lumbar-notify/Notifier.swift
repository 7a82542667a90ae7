import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive

/// Shows alerts as notifications of the desktop, and tells the daemon what was pressed.
///
/// It keeps nothing but which bubble shows what. Whatever the desktop does with it, the daemon does not notice: it reads
/// what comes within seconds, and the daemon drops readers that do not.
final class Notifier {
    private let live: LiveLink
    private let bus: SessionBus
    private let server: NotificationServer
    private var bubbles: [(id: UInt32, notice: DesktopNotice)] = []
    private let say: (String) -> Void

    init(socket: String, say: @escaping (String) -> Void) throws(BusError) {
        bus = try SessionBus()
        server = try NotificationServer(on: bus)
        live = LiveLink(path: socket, say: say)
        self.say = say
    }

    /// Works until the session bus is gone.
    func run() throws(BusError) {
        while true {
            let now = BootClock.now()
            live.tend(at: now)
            // Around each event: what came over the bus while it was asked something waits in the library, where no poll
            // sees it.
            try takeNews(at: now)
            while let event = live.next(at: now) {
                take(event, at: now)
                try takeNews(at: now)
            }
            wait()
        }
    }

    private func takeNews(at now: Instant) throws(BusError) {
        while let news = try server.next() { take(news, at: now) }
    }

    private func wait() {
        var entries = [bus.descriptor]
        if let descriptor = live.descriptor {
            entries.append(pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0))
        }
        var milliseconds: Int32 = -1
        if let due = live.deadline {
            let left = max(.zero, due - BootClock.now())
            milliseconds = Int32(clamping: (left.nanoseconds + 999_999) / 1_000_000)
        }
        poll(&entries, nfds_t(entries.count), milliseconds)
    }

    // MARK: From the daemon

    private func take(_ event: JSONValue, at now: Instant) {
        if let notice = DesktopNotice(event) { return show(notice, at: now) }
        if event["type"]?.text == "error" {
            say("lumbard refuses: " + (event["message"]?.text ?? ""))
        }
        for bubble in bubbles where bubble.notice.isOver(by: event) { server.close(bubble.id) }
        bubbles.removeAll { $0.notice.isOver(by: event) }
    }

    private func show(_ notice: DesktopNotice, at now: Instant) {
        // Where the desktop says nothing of the kind, it goes by the urgency itself.
        if notice.urgency != .critical, server.isInhibited { return }
        do throws(BusError) {
            let abilities = try server.abilities()
            // To be asked may have started it anew, and then no bubble is known any more.
            try takeNews(at: now)
            let before = bubbles.first { $0.notice.shares(bubbleOf: notice) }
            let id = try server.show(notice, by: abilities, replacing: before?.id ?? 0)
            bubbles.removeAll { $0.id == id || $0.notice.shares(bubbleOf: notice) }
            bubbles.append((id, notice))
        } catch {
            say("\(error)")
        }
    }

    // MARK: From the desktop

    private func take(_ news: NotificationServer.News, at now: Instant) {
        switch news {
        case .closed(let id): bubbles.removeAll { $0.id == id }
        case .replaced: bubbles.removeAll()
        case .pressed(let id, let key):
            guard let bubble = bubbles.first(where: { $0.id == id }),
                let action = DesktopNotice.Action(rawValue: key)
            else { return }
            live.send(bubble.notice.request(for: action), at: now)
        }
    }
}
