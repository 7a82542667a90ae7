import LumbarCore

/// What a minute or a day adds up to, in whole nanoseconds, so that the order of adding does not matter.
struct DayTally: Sendable, Equatable {
    /// Nanoseconds in each posture, by `Posture.index`; a vector because it lives in registers, not on the heap.
    private var postures = SIMD8<Int64>.zero
    /// Measured by a sensor that sends angles only, and with sensors on thigh and thorax.
    var anglesOnly: Int64 = 0
    var thigh: Int64 = 0
    var thorax: Int64 = 0
    var over30: Int64 = 0
    var over45: Int64 = 0
    var over60: Int64 = 0
    var bends = 0
    var deepBends = 0
    var lifts = 0
    var strainedLifts = 0
    var steps = 0
    var posturalShifts = 0
    var alerts = 0
    var exposure = ExposureTable()

    init() {}

    /// What a stored minute held: seconds are exact to the nanosecond at this size.
    init(_ epoch: MinuteEpoch) {
        for (index, seconds) in epoch.postureSeconds.prefix(6).enumerated() {
            postures[index] = Elapsed.seconds(seconds).nanoseconds
        }
        over30 = Elapsed.seconds(epoch.over30Seconds).nanoseconds
        over45 = Elapsed.seconds(epoch.over45Seconds).nanoseconds
        over60 = Elapsed.seconds(epoch.over60Seconds).nanoseconds
        bends = epoch.bends
        deepBends = epoch.deepBends
        lifts = epoch.lifts
        strainedLifts = epoch.strainedLifts
        steps = epoch.steps
        posturalShifts = epoch.posturalShifts
        alerts = epoch.alerts
        anglesOnly = Elapsed.seconds(epoch.sensors.anglesOnly).nanoseconds
        thigh = Elapsed.seconds(epoch.sensors.thigh).nanoseconds
        thorax = Elapsed.seconds(epoch.sensors.thorax).nanoseconds
        // What cannot be read is as if it had not been measured.
        exposure = epoch.exposure.table ?? ExposureTable()
    }

    /// Time in all postures together.
    var covered: Int64 { postures.wrappedSum() }

    mutating func add(_ nanoseconds: Int64, in posture: Posture) { postures[posture.index] &+= nanoseconds }

    /// Takes `nanoseconds` of posture time out again, out of whatever there is, and returns it.
    mutating func takeOut(_ nanoseconds: Int64) -> DayTally {
        var out = DayTally()
        var left = nanoseconds
        for posture in Posture.allCases where left > 0 {
            let part = min(left, postures[posture.index])
            postures[posture.index] -= part
            out.postures[posture.index] += part
            left -= part
        }
        return out
    }

    static func += (a: inout DayTally, b: DayTally) {
        a.postures &+= b.postures
        a.anglesOnly += b.anglesOnly
        a.thigh += b.thigh
        a.thorax += b.thorax
        a.over30 += b.over30
        a.over45 += b.over45
        a.over60 += b.over60
        a.bends += b.bends
        a.deepBends += b.deepBends
        a.lifts += b.lifts
        a.strainedLifts += b.strainedLifts
        a.steps += b.steps
        a.posturalShifts += b.posturalShifts
        a.alerts += b.alerts
        a.exposure += b.exposure
    }

    /// The minute as it is stored.
    func epoch(wearer: WearerID, start: Instant, length: Elapsed) -> MinuteEpoch {
        var epoch = MinuteEpoch(wearer: wearer, start: start, length: length)
        for posture in Posture.allCases {
            epoch.postureSeconds[posture.index] = seconds(in: posture)
        }
        epoch.over30Seconds = Elapsed(nanoseconds: over30).seconds
        epoch.over45Seconds = Elapsed(nanoseconds: over45).seconds
        epoch.over60Seconds = Elapsed(nanoseconds: over60).seconds
        epoch.bends = bends
        epoch.deepBends = deepBends
        epoch.lifts = lifts
        epoch.strainedLifts = strainedLifts
        epoch.steps = steps
        epoch.posturalShifts = posturalShifts
        epoch.alerts = alerts
        epoch.exposure = PackedExposure(exposure)
        epoch.sensors = sensors
        return epoch
    }

    /// Writes the day's numbers into `summary`.
    func fill(_ summary: inout DailySummary) {
        for posture in Posture.allCases { summary.postureSeconds[posture.index] = seconds(in: posture) }
        let length = (summary.end - summary.start).nanoseconds
        summary.noDataSeconds = Elapsed(nanoseconds: max(0, length - covered)).seconds
        summary.sensors = sensors
        summary.over30Seconds = Elapsed(nanoseconds: over30).seconds
        summary.over45Seconds = Elapsed(nanoseconds: over45).seconds
        summary.over60Seconds = Elapsed(nanoseconds: over60).seconds
        summary.bends = bends
        summary.deepBends = deepBends
        summary.lifts = lifts
        summary.strainedLifts = strainedLifts
        summary.steps = steps
        summary.posturalShifts = posturalShifts
        summary.alerts = alerts
        summary.exposure = exposure
    }

    private var sensors: SensorTime {
        var time = SensorTime()
        time.anglesOnly = Elapsed(nanoseconds: anglesOnly).seconds
        time.thigh = Elapsed(nanoseconds: thigh).seconds
        time.thorax = Elapsed(nanoseconds: thorax).seconds
        return time
    }

    private func seconds(in posture: Posture) -> Double {
        Elapsed(nanoseconds: postures[posture.index]).seconds
    }
}
