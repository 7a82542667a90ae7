import LumbarCore

/// What identifies each kind of journal message: the 128-bit ids of `MESSAGE_ID`, also in `systemd/lumbard.catalog`.
///
/// They were drawn at random once and never change; `journalctl MESSAGE_ID=...` finds all messages of a kind.
public enum MessageID: String, Sendable, CaseIterable {
    /// A bout of sitting reached a step of its ladder.
    case sitting = "6468bf7a8ba44fa196435ad78dc0fc1c"
    /// A bend was held past its holding time.
    case sustainedFlexion = "ff4d9aae561348448aeb14470d5f0f6b"
    /// A probable lift under strain.
    case lift = "f47623f05e2c45adb8e2b16c26678aa7"
    /// Turning while bent, right after a probable lift.
    case twist = "6b590d34a7b74f3c9e25521669967b1e"
    /// A possible fall.
    case fall = "98e489640feb43f5beecb511ff19b2c0"
    /// Still lying some time after a possible fall.
    case stillDown = "02463f5db9314a06b09a9019ff1fcedc"
    /// A bend soon after getting up.
    case morning = "aae5cc192b4c45dcaca07d37332fe9b1"
    /// A long time standing.
    case standing = "d3449d4778ec4dd6b8dc1b45f40aef42"
    /// Several nudges that were held back, told in one.
    case digest = "8bfc8cfa3bb64add99e71c5a6a966fb7"
    /// Turning while bent, without a lift.
    case turning = "6a37e8a079ac47a6a11a2bac13779ceb"
    /// Bending again and again.
    case repeatedBends = "5b1d0c2503374723b2cbba1b4d444af4"
    /// Much time bent in a day.
    case bentToday = "1aaee4d4135c456fa33669dafc5db868"
    /// A deep bend or a lift right after a long rest.
    case afterRest = "86b9bd9f28064b4e90e635ba9003b039"
    /// Bent close to the own end of range.
    case endRange = "26df67a18b3c499f8d8d8a5454af2a95"
    /// A long ride in one position.
    case riding = "e5b284ef08f446488d59859d8334395c"
    /// The sensor has not been worn for long.
    case offBody = "152561061db649bca3a26c97e2a61bf9"
    /// Nothing was heard from the sensor for a while.
    case silentSensor = "1b9cf8a85afe4b0ea76cb03c0397f087"
    /// Angles do not count, because the sensor moved.
    case untrusted = "77cf6f800d444c7880152e1bc8ac1745"
    /// Angles wait for upright to be confirmed.
    case staleUpright = "bf990122608c40628f55c4728dcc8282"
    /// Something that went well.
    case goodNews = "55df183cbe3844e99ed94ed6f0b0fc7d"
    /// A session of a training.
    case training = "0d4c998ce09a45a3b0db0a1b37de8dff"
    /// A day's summary.
    case summary = "53d946fda6264868956793a308e49567"
    /// A sensor was found and opened.
    case deviceAttached = "ab2a8035023d4fa8a438927fe9063a1f"
    /// The protocol of a sensor is certain.
    case deviceLocked = "466704e4cda74e468e98688c9bd41b4b"
    /// No valid data for two seconds.
    case deviceDegraded = "5f8ac4dc1ed141efb94bdc06e0cb5d0f"
    /// No valid data for five seconds: it is closed and opened again.
    case deviceStalled = "c490109a7b8d405eb0b226f631c41c3c"
    /// Valid data again.
    case deviceRecovered = "c436c98506094494b4298de64a781631"
    /// A sensor was unplugged, given up or closed.
    case deviceDetached = "fe21f3579a29408aa2959efb3a86539c"
    /// What a sensor measures at rest is far from 1 g.
    case deviceScaleFault = "ae43bc44f50c49ecb28374ccfd030b14"
    /// The accelerometer of a sensor reads zero on all axes.
    case deviceDeadAccelerometer = "3d988ab6a8df4a7aafef61006ea5bb94"
    /// Something makes a sensor's data doubtful, or no longer does.
    case sensorDoubt = "f16610074fc7401abd5d02543fe475b4"
    /// A sensor has moved on the body, or is worn another way.
    case sensorMoved = "3b0f5d0a7c9e4e1f8d26a41c5be07a93"
    /// What is known of how a sensor sits was set, waits for confirmation, or was confirmed.
    case calibration = "c1d7e2486f054b7b9a3e90fd2174b65c"
    /// A line cannot be opened, is absent, or nothing speaks on it.
    case lineTrouble = "b3db7117b747fa20ffe6709d2ab291b9"
    /// A sensor speaks that nobody said is to be used.
    case devicePending = "9d3511cf4bb747879c101d1d598a3264"
    /// The program watches.
    case started = "df981f426ea74d62b44d6b6dc14f4dee"
    /// The program stops.
    case stopped = "88e6858fbe8b4a5fb27da8f1e7b10dfc"
    /// The wall clock was set.
    case clockSet = "2c8744d45be652b105bf02cdb632bd8a"
    /// A wearer asked for quiet, a pause or another profile, or such a time is over.
    case asked = "4c1f0e6db7d94b0f9a5c2e8371d6ab40"
    /// The configuration was read again.
    case configurationRead = "9397e4d841251e254c08f60726c4af60"
    /// A setting is wrong.
    case configurationError = "9c6eb59685f145f783df70b2325b5f11"
    /// The history cannot be written.
    case storeTrouble = "0fdc161cb7e7459f85846f8eceb7715e"

    /// The id of what `rule` says.
    public init(_ rule: AlertRule) {
        switch rule {
        case .sitting: self = .sitting
        case .sustainedFlexion: self = .sustainedFlexion
        case .lift: self = .lift
        case .twist: self = .twist
        case .fall: self = .fall
        case .stillDown: self = .stillDown
        case .morning: self = .morning
        case .standing: self = .standing
        case .digest: self = .digest
        case .turning: self = .turning
        case .repeatedBends: self = .repeatedBends
        case .bentToday: self = .bentToday
        case .afterRest: self = .afterRest
        case .endRange: self = .endRange
        case .riding: self = .riding
        case .offBody: self = .offBody
        case .silentSensor: self = .silentSensor
        case .untrusted: self = .untrusted
        case .staleUpright: self = .staleUpright
        case .goodNews: self = .goodNews
        case .training: self = .training
        }
    }

    /// The value of LUMBARD_EVENT: the family a message belongs to.
    public var event: String {
        switch self {
        case .sitting, .sustainedFlexion, .lift, .twist, .fall, .stillDown, .morning, .standing, .digest,
            .turning, .repeatedBends, .bentToday, .afterRest, .endRange, .riding, .offBody, .silentSensor,
            .untrusted, .staleUpright, .goodNews, .training:
            "alert"
        case .summary: "summary"
        case .deviceAttached, .deviceLocked, .deviceDegraded, .deviceStalled, .deviceRecovered,
            .deviceDetached,
            .deviceScaleFault, .deviceDeadAccelerometer, .sensorDoubt, .sensorMoved, .calibration,
            .lineTrouble, .devicePending:
            "device"
        case .started, .stopped, .clockSet, .configurationRead, .configurationError, .storeTrouble, .asked:
            "daemon"
        }
    }
}
