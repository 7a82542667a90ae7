import CLinux
import Glibc
import LumbarCore

/// How much is read of a client at once.
private let pieceSize = 4096
/// Buffers larger than this are not kept when they are empty.
private let keptCapacity = 16_384

/// One client of a `LineServer`: what has come of it, and what waits to be sent.
final class LineClient<Token: Sendable> {
    let key: Int
    let peer: LinePeer
    var registration: Poller<Token>.Registration?
    /// What is watched for now: something to read, room to write.
    var watched = (true, false)
    /// The other end sends nothing more.
    private(set) var hasEnded = false
    /// The other end is gone altogether.
    var isGone = false
    /// It is told why, and then closed.
    var isClosing = false
    /// It is to be forgotten at the end of the turn.
    var isLost = false
    /// It wants to hear things though it has stopped talking.
    var isKept = false
    /// Since when nothing of what waits has been taken; nil when nothing waits.
    private(set) var waitingSince: Instant?

    private(set) var input: [UInt8] = []
    private var consumed = 0
    private var scanned = 0
    /// Where the first line ends that has come whole, if one has.
    private var lineEnd: Int?
    private var output: [UInt8] = []
    private var sent = 0
    private var hasMoved = false
    private var second = Instant(nanoseconds: .min)
    private var linesInSecond = 0
    private let owned: OwnedDescriptor

    /// Takes over a connection; nil when the kernel does not say whose it is.
    init?(_ descriptor: consuming OwnedDescriptor, key: Int, at now: Instant) {
        var user: UInt32 = 0
        var group: UInt32 = 0
        var process: Int32 = 0
        guard clinux_peer(descriptor.number, &user, &group, &process) == 0 else { return nil }
        owned = descriptor
        self.key = key
        peer = LinePeer(user: user, process: process)
    }

    var descriptor: Int32 { owned.number }

    // MARK: In

    /// Whether a line has come whole that was not looked at; at its end, also one without an end of its own.
    var hasLine: Bool { lineEnd != nil || (hasEnded && consumed < input.count) }

    /// Takes a piece of what is there.
    func receive() {
        guard !hasEnded, !hasLine else { return }
        let length = input.count
        var count = 0
        input.append(contentsOf: repeatElement(0, count: pieceSize))
        input.withUnsafeMutableBytes { buffer in
            count = recv(owned.number, buffer.baseAddress.map { $0 + length }, pieceSize, 0)
        }
        let reason = errno
        input.removeLast(pieceSize - max(0, count))
        if count == 0 { hasEnded = true }
        if count < 0, reason != EAGAIN, reason != EINTR { isLost = true }
        findLine()
    }

    private func findLine() {
        lineEnd = input[scanned...].firstIndex(of: UInt8(ascii: "\n"))
        scanned = lineEnd ?? input.count
    }

    enum Next {
        /// The bytes of a line in `input`, its end left off.
        case line(Range<Int>)
        case none
        case refused(LineRefusal)
    }

    /// The next line.
    func nextLine(_ limits: LineLimits, at now: Instant) -> Next {
        guard hasLine else {
            if input.count - consumed > limits.lineBytes { return .refused(.lineTooLong) }
            compact()
            return .none
        }
        let end = lineEnd ?? input.count
        let range = consumed..<end
        guard range.count <= limits.lineBytes else { return .refused(.lineTooLong) }
        if now - second >= .seconds(1) {
            second = now
            linesInSecond = 0
        }
        linesInSecond += 1
        guard linesInSecond <= limits.perSecond else { return .refused(.tooFast) }
        consumed = min(end + 1, input.count)
        scanned = consumed
        findLine()
        return .line(range)
    }

    private func compact() {
        guard consumed > 0 else { return }
        if consumed == input.count {
            input.removeAll(keepingCapacity: input.capacity <= keptCapacity)
        } else {
            input.removeFirst(consumed)
        }
        scanned = input.count
        consumed = 0
    }

    // MARK: Out

    /// Bytes that wait.
    var unsent: Int { output.count - sent }

    /// Lets bytes wait.
    func append(_ bytes: [UInt8]) { output += bytes }

    /// Sends what is taken; false when the other end takes nothing any more.
    func flush() -> Bool {
        while unsent > 0 {
            let count = output.withUnsafeBytes { buffer in
                send(
                    owned.number, buffer.baseAddress.map { $0 + sent }, buffer.count - sent,
                    Int32(MSG_DONTWAIT) | Int32(MSG_NOSIGNAL))
            }
            if count > 0 {
                sent += count
                hasMoved = true
            } else if errno == EAGAIN {
                break
            } else if errno != EINTR {
                return false
            }
        }
        if unsent == 0 {
            output.removeAll(keepingCapacity: output.capacity <= keptCapacity)
            sent = 0
        } else if sent > output.count / 2 {
            output.removeFirst(sent)
            sent = 0
        }
        return true
    }

    /// Notes whether something waits, and since when nothing of it was taken.
    func noteWaiting(at now: Instant) {
        if unsent == 0 {
            waitingSince = nil
        } else if hasMoved || waitingSince == nil {
            waitingSince = now
        }
        hasMoved = false
    }
}
