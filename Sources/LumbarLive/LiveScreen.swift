import LumbarCore
import LumbarReport

/// What `lumbarctl watch` shows: made of what came over the socket, and nothing else.
public struct LiveScreen {
    /// Who is shown.
    public let wearer: WearerID
    private var status: LiveStatus.Wearer
    private var time = ""
    private var frame: JSONValue?
    private var strip = AngleStrip()
    private var words = LiveWords()
    private var events: [String] = []
    private static let eventsKept = 20

    /// A screen for one person, of whom nothing is known yet.
    public init(wearer: WearerID) {
        self.wearer = wearer
        status = LiveStatus.Wearer(wearer)
    }

    /// Takes a line of the socket.
    public mutating func take(_ line: JSONValue) {
        switch line["type"]?.text {
        case "status":
            guard let all = LiveStatus(line) else { return }
            time = all.time
            if let mine = all.wearers.first(where: { $0.id == wearer }) { status = mine }
        case "frame"
        where line["wearer"]?.text == wearer.text && line["role"]?.text == SensorRole.lumbar.rawValue:
            frame = line
            time = line["time"]?.text ?? time
            let end = Instant(nanoseconds: Int64(line["instant_ns"]?.int ?? 0))
            strip.take(line["flexion_deg"]?.double ?? .nan, at: end)
        case "frame": break
        default:
            if let whose = line["wearer"]?.text, whose != wearer.text { return }
            if line["type"]?.text == "control" { status.control = LiveControl(line) }
            guard let line = words.line(line) else { return }
            events.append(line)
            if events.count > LiveScreen.eventsKept { events.removeFirst() }
        }
    }

    /// The lines for a terminal of that size; each fits, and there are never more than rows.
    public func lines(columns: Int, rows: Int, blocks: Bool) -> [String] {
        var lines = [title(columns)] + status.control.lines + [""]
        let figure = TrunkFigure.rows(
            flexionDegrees: frame?["flexion_deg"]?.double ?? 0, posture: posture)
        let numbers = self.numbers
        for row in 0..<TrunkFigure.height {
            lines.append((frame == nil ? blank : figure[row]) + (row < numbers.count ? numbers[row] : ""))
        }
        lines.append("")
        lines += strip.rows(blocks: blocks)
        lines.append("       the last minute, now at the right: how far forward the trunk was")
        let room = max(0, rows - lines.count - 1)
        lines += events.suffix(min(room, 12))
        lines = Array(lines.prefix(max(0, rows - 1)))
        while lines.count < rows - 1 { lines.append("") }
        lines.append("q or ^C ends this; the daemon goes on.")
        return lines.suffix(max(0, rows)).map { String($0.prefix(columns)) }
    }

    private var blank: String { String(repeating: " ", count: TrunkFigure.width) }

    private var posture: Posture? { frame?["posture"]?.text.flatMap(Posture.init) }

    private func title(_ columns: Int) -> String {
        var left = "lumbard  " + Printable.text(wearer.text, limit: 20) + "  "
        if let posture {
            left += posture.words
            // The status is asked for now and then only: between two answers the posture may have changed.
            if let known = status.posture, known.posture == posture {
                left += " since " + StatusText.clock(known.since)
            }
        } else {
            left += frame == nil ? "waiting for a sensor" : "posture not known yet"
        }
        let right = String(time.dropFirst(11).prefix(8))
        let gap = max(1, columns - left.count - right.count)
        return left + String(repeating: " ", count: gap) + right
    }

    private var numbers: [String] {
        var all: [String] = []
        func add(_ name: String, _ value: String) {
            all.append(name + String(repeating: " ", count: max(1, 10 - name.count)) + value)
        }
        if let frame {
            let flexion = frame["flexion_deg"]?.double ?? 0
            let lateral = frame["lateral_deg"]?.double ?? 0
            let isSigned = frame["signed"]?.flag ?? false
            add("trunk", words(flexion, isSigned ? (" forward", " back") : (" from upright", "")))
            if isSigned { add("aside", words(lateral, (" right", " left"))) }
            add("steps", DecimalText.fixed((frame["cadence_hz"]?.double ?? 0) * 60, 0) + " a minute")
            let trust = frame["mount_trust"]?.text.flatMap(MountTrust.init) ?? .trusted
            switch trust {
            case .trusted: break
            case .stale: add("mount", "waits for a short walk")
            case .moved: add("mount", "has moved: fasten it")
            }
        }
        guard let today = status.today else { return all }
        all.append("")
        add("today", "worn " + HumanDuration.text(seconds: today.worn))
        add("sat", HumanDuration.text(seconds: today.seconds(.sitting)))
        add("stood", HumanDuration.text(seconds: today.seconds(.standing)))
        add("walked", HumanDuration.text(seconds: today.seconds(.walking)))
        add("bends", "\(today[.bends]), past 60°: \(today[.deepBends])")
        add("lifts", "\(today[.lifts]), under strain: \(today[.strainedLifts]); alerts: \(today[.alerts])")
        return all
    }

    private func words(_ angle: Double, _ sides: (String, String)) -> String {
        let size = DecimalText.fixed(angle.magnitude, 0)
        return size == "0" ? "upright" : size + "°" + (angle < 0 ? sides.1 : sides.0)
    }
}
