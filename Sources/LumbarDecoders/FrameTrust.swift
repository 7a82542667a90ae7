import LumbarCore

/// What a decoder of frames with preamble, length and checksum keeps besides the frame's meaning: the bytes not decided
/// on, what became of the others, and how sure it is of the protocol.
///
/// **Lock.** Three frames that follow each other without a byte between lock it; `unlockAfter` skipped bytes without a
/// frame unlock it.
///
/// **Trust.** Before the lock a frame counts only when it touches the one before it; while it holds, every frame whose
/// checksum fits counts, so a damaged neighbour costs a good frame nothing.
struct FrameTrust: Sendable {
    private(set) var window: FrameWindow
    var outcomes = DecodeOutcomes()
    private(set) var isLocked = false
    /// Whether anything was refused since the last reading.
    private var sawDamage = false
    /// How bad the line is.
    private(set) var damage = LineDamage()

    /// Frames since the last skipped byte, counted up to `framesToLock`.
    private var run = 0
    private var skippedSinceFrame = 0
    /// Nothing can be decided before this many bytes are there.
    private var needed = 0
    private let unlockAfter: Int
    private static let framesToLock = 3

    /// Trusts nothing yet.
    init(longest: Int, unlockAfter: Int) {
        window = FrameWindow(longest: longest)
        self.unlockAfter = unlockAfter
    }

    /// What the bytes at the head of the window are.
    enum Verdict {
        /// Nothing can be said before this many bytes.
        case incomplete(Int)
        /// A frame of this many bytes, with a checksum that fits.
        case whole(Int)
        case notAFrame, badLength, badChecksum
    }

    /// Whether a frame at the head of the window counts.
    var isTrusted: Bool { isLocked || run > 0 }

    /// Takes a byte; whether something can be decided now.
    @inline(__always)
    mutating func hold(_ byte: UInt8) -> Bool {
        window.append(byte)
        return window.count >= needed
    }

    /// Takes as many of `bytes` from `offset` on as decide nothing, and moves `offset` behind them.
    @inline(__always)
    mutating func hold(_ bytes: UnsafeRawBufferPointer, from offset: inout Int) {
        let quiet = min(needed - 1 - window.count, bytes.count - offset)
        guard quiet > 0 else { return }
        window.append(UnsafeRawBufferPointer(rebasing: bytes[offset..<offset + quiet]))
        offset += quiet
    }

    /// Nothing can be decided before there are `count` bytes.
    @inline(__always)
    mutating func wait(for count: Int) { needed = count }

    /// Drops a frame that was whole.
    mutating func take(_ length: Int) {
        window.drop(length)
        needed = 1
        skippedSinceFrame = 0
        run = min(run + 1, Self.framesToLock)
        if run == Self.framesToLock { isLocked = true }
    }

    /// Drops the first byte of what is no frame, and counts why.
    mutating func refuse(_ verdict: Verdict) {
        switch verdict {
        case .badLength: outcomes.badLength += 1
        case .badChecksum: outcomes.badChecksum += 1
        case .notAFrame, .incomplete, .whole: break
        }
        window.drop(1)
        sawDamage = true
        needed = 1
        outcomes.skippedBytes += 1
        run = 0
        skippedSinceFrame += 1
        if skippedSinceFrame > unlockAfter { isLocked = false }
    }

    /// Counts a frame whose contents cannot be true.
    mutating func refuse(_ fault: SampleGate.Fault) {
        outcomes.insane += 1
        sawDamage = true
        if fault == .deadAccelerometer { outcomes.deadAccelerometer += 1 }
    }

    /// Whether anything was refused since this was last asked.
    mutating func takeDamage() -> Bool {
        if sawDamage || damage.isRemembered { damage.note(sawDamage) }
        defer { sawDamage = false }
        return sawDamage
    }

    /// Forgets a half-received frame and the lock.
    mutating func interrupt() {
        window.removeAll()
        damage = LineDamage()
        sawDamage = false
        needed = 0
        run = 0
        skippedSinceFrame = 0
        isLocked = false
    }
}
