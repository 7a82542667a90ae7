import LumbarCore

/// What every form of a minute has besides its times, its table of the trunk and its sensors.
enum EpochJSON {
    static func addSums(of epoch: MinuteEpoch, to object: inout some KeyedValues) {
        for posture in Posture.allCases {
            object.add(posture.rawValue + "_s", epoch.postureSeconds[posture.index], decimals: 3)
        }
        object.add("over_30_deg_s", epoch.over30Seconds, decimals: 3)
        object.add("over_45_deg_s", epoch.over45Seconds, decimals: 3)
        object.add("over_60_deg_s", epoch.over60Seconds, decimals: 3)
        object.add("bends", epoch.bends)
        object.add("deep_bends", epoch.deepBends)
        object.add("lifts", epoch.lifts)
        object.add("strained_lifts", epoch.strainedLifts)
        object.add("steps", epoch.steps)
        object.add("postural_shifts", epoch.posturalShifts)
        object.add("alerts", epoch.alerts)
    }
}
