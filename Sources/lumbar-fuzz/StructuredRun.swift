import Glibc
import LumbarSimulation

/// Many short inputs for one target, made by a generator from a seed each, and a watch over how long each takes.
struct StructuredRun {
    let target: FuzzTarget
    let executions: Int
    let seed: UInt64

    private static let longest = 1024

    func run() {
        CrashReport.begin(target.rawValue)
        let room = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: Self.longest)
        defer { room.deallocate() }
        let start = Self.now
        let began = Self.clock
        var understood = 0
        var inputsUnderstood = 0
        var slowest = (seconds: 0.0, seed: seed)
        var before = began
        var reported = began
        for index in 0..<executions {
            let one = seed &+ UInt64(index)
            CrashReport.note(seed: one)
            let count = Self.fill(room, seed: one, target.inputDivisor)
            let found = target.run(UnsafeBufferPointer(rebasing: room[..<count]), prefersStructure: true)
            understood += found
            if found > 0 { inputsUnderstood += 1 }
            let now = Self.clock
            if now - before > slowest.seconds { slowest = (now - before, one) }
            before = now
            if now - reported > 10 {
                reported = now
                tell("\(index + 1) of \(executions), \(Int(Double(index + 1) / (now - began))) a second")
            }
        }
        CrashReport.end()
        let seconds = max(Self.now - start, 1e-6)
        tell(
            "\(executions) executions from seed \(seed) in \(Int(seconds)) s of CPU, "
                + "\(Int(Double(executions) / seconds)) a second; no crash, no hang, the slowest within "
                + "\(Int(slowest.seconds * 1e6)) us (seed \(slowest.seed)); \(understood) things understood "
                + "in \(inputsUnderstood) of the inputs")
    }

    private func tell(_ what: String) {
        let line = "\(target.rawValue): \(what)\n"
        _ = write(STDOUT_FILENO, line, line.utf8.count)
    }

    /// Decision bytes: mostly few, as many short histories find more than few long ones, and then some small numbers
    /// among them, which choose the first of several possibilities.
    private static func fill(
        _ room: UnsafeMutableBufferPointer<UInt8>, seed: UInt64, _ shorter: Int
    ) -> Int {
        var random = SeededRandom(seed: seed)
        let draw = random.next()
        let longest: Int
        switch draw & 15 {
        case 0, 1: longest = 256 + Int(draw >> 8) & 511
        case 2...8: longest = 64 + Int(draw >> 8) & 127
        default: longest = 8 + Int(draw >> 8) & 63
        }
        let count = longest / shorter
        let flattens = draw >> 32 & 7 == 0
        var index = 0
        while index < count {
            var word = random.next()
            if flattens { word &= random.next() & random.next() }
            for _ in 0..<min(8, count - index) {
                room[index] = UInt8(truncatingIfNeeded: word)
                word >>= 8
                index += 1
            }
        }
        return count
    }

    /// Seconds of CPU used by this process.
    private static var now: Double { seconds(CLOCK_PROCESS_CPUTIME_ID) }

    /// Seconds on the wall's clock: quick to read, and never less than the CPU's.
    private static var clock: Double { seconds(CLOCK_MONOTONIC) }

    private static func seconds(_ clock: clockid_t) -> Double {
        var time = timespec()
        clock_gettime(clock, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}

extension FuzzTarget {
    /// By what the decisions of an input are divided: where each makes a whole line, a few dozen are a long file.
    fileprivate var inputDivisor: Int {
        switch self {
        case .config, .profile: 4
        default: 1
        }
    }
}
