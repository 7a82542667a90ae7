import Glibc

// What a signal handler may touch: plain memory taken beforehand, and write(2).
nonisolated(unsafe) private var currentSeed: UInt64 = 0
nonisolated(unsafe) private var seedAtTick: UInt64 = 0
nonisolated(unsafe) private var isRunning = false
nonisolated(unsafe) private var ticked = false
nonisolated(unsafe) private var name: [UInt8] = []
nonisolated(unsafe) private let digits = UnsafeMutablePointer<UInt8>.allocate(capacity: 20)

/// Names the input that crashed the process, or that takes longer than a second of CPU.
enum CrashReport {
    static func begin(_ target: String) {
        name = Array(target.utf8)
        isRunning = true
        ticked = false
        for kind in [SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGABRT, SIGFPE] {
            _ = signal(kind) { kind in
                CrashReport.say(": crashed, seed ")
                signal(kind, SIG_DFL)
                raise(kind)
            }
        }
        _ = signal(SIGPROF) { _ in CrashReport.tick() }
        // CPU time, not time on the wall: a busy machine is no hang.
        var interval = itimerval(
            it_interval: timeval(tv_sec: 1, tv_usec: 0), it_value: timeval(tv_sec: 1, tv_usec: 0))
        setitimer(__itimer_which_t(ITIMER_PROF.rawValue), &interval, nil)
        #if !COVERAGE_GUIDED
            // What grows without bounds is to fail here, not to take the machine along; a sanitizer needs more than
            // that.
            var limit = rlimit(rlim_cur: 2 << 30, rlim_max: 2 << 30)
            setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
        #endif
    }

    /// The input that is tried next.
    @inline(__always)
    static func note(seed: UInt64) { currentSeed = seed }

    static func end() { isRunning = false }

    /// A whole second of CPU without another input is a hang.
    private static func tick() {
        guard isRunning else { return }
        if ticked && seedAtTick == currentSeed {
            say(": takes longer than a second, seed ")
            _exit(70)
        }
        ticked = true
        seedAtTick = currentSeed
    }

    private static func say(_ what: StaticString) {
        name.withUnsafeBufferPointer { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
        _ = write(STDERR_FILENO, what.utf8Start, what.utf8CodeUnitCount)
        var rest = currentSeed
        var place = 20
        repeat {
            place -= 1
            digits[place] = 0x30 + UInt8(rest % 10)
            rest /= 10
        } while rest > 0
        _ = write(STDERR_FILENO, digits + place, 20 - place)
        _ = write(STDERR_FILENO, "\n", 1)
    }
}
