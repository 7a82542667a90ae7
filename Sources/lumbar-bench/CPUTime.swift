@preconcurrency import Glibc

/// CPU time of this process, which the load of the machine disturbs less than the clock on the wall.
enum CPUTime {
    /// Seconds of CPU used so far.
    static var now: Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Nanoseconds that have gone by, whoever used the processor.
    static var wallNanoseconds: Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
    }

    /// Median seconds of `runs` runs of `body`, after one that does not count.
    static func median(_ runs: Int, _ body: () -> Void) -> Double {
        body()
        var taken: [Double] = []
        for _ in 0..<runs {
            let start = now
            body()
            taken.append(now - start)
        }
        taken.sort()
        return taken[taken.count / 2]
    }

    /// Resident memory of this process in megabytes, now.
    static var residentMegabytes: Double {
        guard let file = fopen("/proc/self/statm", "r") else { return .nan }
        defer { fclose(file) }
        var line = [CChar](repeating: 0, count: 128)
        guard fgets(&line, 128, file) != nil else { return .nan }
        let words = String(decoding: line.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
            .split(separator: " ")
        guard words.count > 1, let pages = Double(words[1]) else { return .nan }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1e6
    }
}
