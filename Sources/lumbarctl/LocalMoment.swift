import Glibc
import LumbarCore
import LumbarLinux
import LumbarRecording

/// Which moment a local time of a recorder is.
enum LocalMoment {
    /// The moment that the clock on the wall shows `localNanoseconds` since 1970, and the zone's rule from there on.
    ///
    /// An hour that comes twice is taken for the first of the two; one that never comes for as long after the change.
    static func place(_ localNanoseconds: Int64) -> (wall: WallTime, zone: ZoneRule) {
        let shown = WallTime(nanoseconds: localNanoseconds)
        // No zone is as far as two days from UTC.
        let rule = WallClockReader.rule(at: shown + .hours(-48))
        var wall = shown + .seconds(-Double(rule.offsetSeconds))
        if rule.offset(at: wall) != rule.offsetSeconds {
            wall = shown + .seconds(-Double(rule.offsetAfterSeconds))
        }
        return (wall, WallClockReader.rule(at: wall))
    }

    /// Takes the zone of that name for the machine's own, in this process.
    static func setZone(_ name: String) throws {
        let path = "/usr/share/zoneinfo/" + name
        var status = stat()
        let isName = !name.isEmpty && !name.hasPrefix("/") && !name.contains("..") && !name.hasPrefix(":")
        guard isName, stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            throw Failure(
                .usage,
                "--zone \(Printable.text(name)) is no zone of /usr/share/zoneinfo, such as Europe/Amsterdam")
        }
        setenv("TZ", name, 1)
        tzset()
    }
}

extension GT3XInfoReader {
    /// What info.txt of an ActiGraph recording says, wherever in the archive it is; nothing for the standard input, which is
    /// read once only.
    static func info(ofFile path: String) throws -> GT3XInfo {
        guard path != "-" else { return GT3XInfo() }
        let file = try InputFile(path: path)
        var reader = GT3XInfoReader()
        while reader.info == nil, let piece = try file.next() {
            // What is damaged is said when it is played.
            guard reader.push(piece) else { break }
        }
        return reader.info ?? GT3XInfo()
    }
}
