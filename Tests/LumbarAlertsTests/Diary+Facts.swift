import LumbarAlerts
import LumbarCore

extension AlertSettings {
    /// Every rule speaks, and nothing is silent after a connection.
    static var allOn: AlertSettings {
        var settings = AlertSettings()
        settings.standing = true
        settings.turning = true
        settings.afterRest = true
        settings.repeatedBends = true
        settings.bentToday = true
        settings.endRange = true
        settings.riding = true
        settings.sensor = true
        settings.goodNews = true
        settings.silentAfterConnect = 0
        return settings
    }
}

/// Amsterdam in the week in which summer time ends: Sunday 2026-10-25, 03:00 becomes 02:00.
enum Amsterdam {
    static let change = WallTime(unixSeconds: 1_792_890_000)
    static let zone = ZoneRule(
        name: "Europe/Amsterdam", offsetSeconds: 7200, change: change, offsetAfterSeconds: 3600)

    /// An anchor by which it is `hour`:`minute` local time on October `day`, 2026, `time` after the start of the stream;
    /// to be used for days before the change.
    static func anchor(day: Int, hour: Int, minute: Int = 0, at time: Instant = at(0)) -> WallAnchor {
        let date = CivilDate(year: 2026, month: 10, day: day)
        let local = date.daysSinceEpoch * 86400 + Int64(hour * 3600 + minute * 60)
        return WallAnchor(instant: time, wall: WallTime(unixSeconds: local - 7200), zone: zone)
    }
}

extension Diary {
    var rules: [AlertRule] { alerts.map(\.rule) }

    mutating func tell(
        _ kind: Episode.Kind, from start: Instant, to end: Instant, ongoing: Bool = false
    ) {
        tell(
            Episode(kind, start: start, end: end, decided: end, confidence: 0.9, isOngoing: ongoing), at: end)
    }

    mutating func bend(
        to end: Instant, lasting seconds: Double = 4, peak: Double = 50, perMinute: Double = 0,
        share: Double? = nil, endRange: Double = 0, ongoing: Bool = false
    ) {
        let bend = Bend(
            peakDegrees: peak, peakRateDps: 40, areaAbove20DegreeSeconds: 9, budgetUsed: 0.1,
            shareOfMaximum: share, zoneEntriesPerMinute: perMinute, endRangeSeconds: endRange)
        tell(.bend(bend), from: end - .seconds(seconds), to: end, ongoing: ongoing)
    }

    /// A bout that goes on, with so many shifts of the trunk.
    mutating func sit(
        from start: Instant, at now: Instant, shifts: Int, lean: Double? = nil, ongoing: Bool = true
    ) {
        let bout = SittingBout(
            seatedSeconds: (now - start).seconds, posturalShifts: shifts, meanFlexionDegrees: lean)
        tell(.sitting(bout), from: start, to: now, ongoing: ongoing)
    }

    /// The records of a bout as its detector gives them, one a minute from the tenth on; after those in `shifts` the
    /// trunk is shifted.
    mutating func sitThrough(
        since start: Int64 = 0, from first: Int64 = 0, to last: Int64, shifts: [Int64] = []
    ) {
        for minute in max(first, start + 10)...max(first, start + 10, last) where minute <= last {
            sit(from: at(start), at: at(minute), shifts: shifts.count { $0 < minute })
        }
    }

    mutating func ride(from start: Instant, at now: Instant, ongoing: Bool = true) {
        tell(.ride(Ride(vibrationG: 0.08)), from: start, to: now, ongoing: ongoing)
    }

    /// A minute that ends at `end`, closed a minute later.
    mutating func minute(
        to end: Instant, over30: Double = 0, over60: Double = 0, sitting: Double = 0, standing: Double = 0,
        forwardUnknown: Bool = false
    ) {
        var epoch = MinuteEpoch(wearer: .sole, start: end - .seconds(60), length: .seconds(60))
        epoch.over30Seconds = over30
        epoch.over60Seconds = over60
        epoch.postureSeconds[Posture.sitting.index] = sitting
        epoch.postureSeconds[Posture.standing.index] = standing
        if forwardUnknown {
            var table = ExposureTable()
            table.add(60_000, to: ExposureTable.forwardUnknown, 0)
            epoch.exposure = PackedExposure(table)
        }
        advance(to: end + .seconds(60))
        policy.receive(epoch, at: end + .seconds(60))
        advance(to: end + .seconds(60))
    }
}
