import LumbarCore

/// The format of recordings: what `read(2)` returned and when, as text that an editor and a diff can handle.
///
/// ```
/// lumbar-recording 2                                   always the first line: name and version of the format
/// simulated: yes                                       yes or no; about the whole recording
/// recorded: 2026-11-21, on the bench                   when, free text
/// by: lumbarctl simulate                               who or what recorded it, free text
/// rate: 50                                             nominal samples per second, for people
/// note: Sits for 20 s, then stands up.                 any number of notes, free text
///
/// device: 1 usb-1a86_USB_Serial-if00                   names a sensor: its number here, and its identity
/// name: Belt sensor                                    these describe the device above; all may be absent
/// protocol: witmotion                                  absent when the bytes decide
/// profile: my-sketch                                   a profile that its lines are read by, when there is one ...
/// profile-line: [profile]                              ... and that file, line by line, without comments
/// mount: up=-y,forward=+z                              absent when it is learned
/// wearer: me                                           absent for the only wearer
/// role: lumbar
/// calibration: guided trusted 0.98 0.91 up=0,0.1,0.995  what was known before of how it sits; mostly absent
/// descriptor: 05200901a101             what a HID device says of itself, in hexadecimal; several lines add up
/// attribute: in_accel_scale=0.0098     or what sysfs says of IIO devices, one line each; absent for serial lines
///
/// 100.000000000 anchor 2026-11-21T08:14:00.000000000Z +3600 Europe/Amsterdam
/// 100.000000000 attach 1
/// 100.020417233 data 1 555100000000000855
/// 100.040120911 text 1 "0.04,0.01,-0.02,0.99\r\n"
/// 100.050000000 control me snooze 1900.000000000 upright
/// 160.000000000 detach 1
/// 160.000000000 end
/// ```
///
/// - An event begins with its time: seconds on the boot clock of the recording machine, exact to the
///   nanosecond, never before the event above it, never more than 31 days after it, nor more than a year
///   after the first.
/// - A sensor is attached before it sends, and detached before it is attached again.
/// - `data` is one chunk in hexadecimal. `text` is one chunk of printable ASCII, in quotes, with `\n \r \t
///   \" \\` escaped. Both mean bytes. A chunk that does not fit on a line ends it with ` \` and goes on in
///   the next, after two blanks.
/// - `anchor` says what the wall clock showed: UTC, the zone's seconds east of it, the zone's name. A zone
///   that will change its offset adds `until 2027-03-28T01:00:00.000000000Z then +7200`. `at 99.5` gives the
///   anchor's own boot time when it differs from the event's.
/// - `control` says what was asked for on behalf of a wearer, who is named first, or what the wearer said; it holds from
///   then on. `snooze` with the time of its end, and `upright` when ten minutes upright end it before; `wake`; `profile`
///   with its name, or `-` for that of the settings, and the time since which it is asked for, where that is not the
///   event's; `pause`, while which the sensors are closed, and `resume`; `spasm` with the time of the latest one, or `-`,
///   and when it was noted, where that is known; `answers` with all that count: for each rule its name, how many were `useful`, and how many `false`. Of rules that a
///   reader does not know nothing is used. `training` with what was asked for and all that was made of it
///   (`TrainingLogText`), or `-` when there is none.
/// - Version 1 has no `control`. Whoever knows that version alone refuses version 2 at its first line, and does not come to
///   other alerts than were told halfway through. A recording that needs nothing of version 2 is written as version 1.
/// - `end` is the last event. A file without it was cut short: everything in it still counts.
/// - Free text escapes control and bidirectional characters as `\x` and two digits per UTF-8 byte, and `\`
///   as `\\`.
/// - Empty lines, and lines that begin with `#`, mean nothing.
/// - All lengths are bounded, so that a hostile file costs no more than it weighs.
public enum RecordingFormat {
    /// The first line of a recording without `control`.
    public static let signature = signatureName + "1"
    /// The first line without its version: how a file is told from a CSV.
    public static let signatureName = "lumbar-recording "
    /// The versions that are read and written.
    public static let versions = 1...2
    /// The first version that has `control`.
    public static let versionWithControls = 2
    /// Bytes allowed in one line.
    public static let longestLine = 4096
    /// Bytes allowed before the first event.
    public static let longestHeader = 65_536
    /// Bytes allowed in one chunk.
    public static let longestChunk = 65_536
    /// Bytes allowed in what a sensor says of itself.
    public static let longestDescriptor = 16_384
    /// Sensors allowed in one recording.
    public static let mostDevices = 64
    /// Profiles allowed for one sensor.
    public static let mostProfiles = 16
    /// Bytes allowed in one profile.
    public static let longestProfile = 16_384
    /// Time allowed between two events: longer silences are two recordings.
    public static let longestSilence = Elapsed.hours(31 * 24)
    /// Time allowed from the first event to the last.
    public static let longestSpan = Elapsed.hours(366 * 24)
    /// Times allowed for an event, 126 years either way: differences and deadlines then never overflow.
    static let instants =
        Instant(nanoseconds: -4_000_000_000_000_000_000)...Instant(nanoseconds: 4_000_000_000_000_000_000)
    /// Wall times allowed in an anchor: from 1970 to 2200, so that no difference of two can overflow.
    static let wallTimes = WallTime(unixSeconds: 0)...WallTime(unixSeconds: 7_258_118_400)
    /// Bytes of a descriptor that the writer puts on one line.
    static let descriptorBytesPerLine = 48
    /// Bytes of a chunk that the writer puts on one line: about four frames of the widest protocol.
    static let bytesPerLine = 88
}

/// What a recording says about itself before its first event.
public struct RecordingHeader: Sendable, Equatable {
    /// The version of the format; events that it does not have cannot be written.
    public var version: Int
    /// Whether no body was involved.
    public var isSimulated: Bool
    /// When it was recorded, free text; empty when not given.
    public var recorded: String
    /// Who or what recorded it, free text; empty when not given.
    public var recordedBy: String
    /// Nominal samples per second, or nil when not given.
    public var rateHz: Double?
    /// What happens in it, for people.
    public var notes: [String]

    /// A header.
    public init(
        version: Int = 1, isSimulated: Bool, recorded: String = "", recordedBy: String = "",
        rateHz: Double? = nil, notes: [String] = []
    ) {
        self.version = version
        self.isSimulated = isSimulated
        self.recorded = recorded
        self.recordedBy = recordedBy
        self.rateHz = rateHz
        self.notes = notes
    }
}
