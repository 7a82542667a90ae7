import LumbarCore

/// Which sensors measured something, as JSON keys.
enum SensorsJSON {
    /// For how long there was more, or less, than a lumbar sensor; what there was not is left out.
    static func add(_ time: SensorTime, to object: inout some KeyedValues) {
        if time.anglesOnly > 0 { object.add("angles_only_s", time.anglesOnly, decimals: 1) }
        if time.thigh > 0 { object.add("with_thigh_s", time.thigh, decimals: 1) }
        if time.thorax > 0 { object.add("with_thorax_s", time.thorax, decimals: 1) }
    }

    /// The same, and which sensors told the postures and the movements of the trunk for most of `worn` seconds.
    static func add(_ time: SensorTime, worn: Double, to object: inout some KeyedValues) {
        object.add("posture_sensors", time.postureTier(of: worn).rawValue)
        object.add("trunk_sensors", time.trunkTier(of: worn).rawValue)
        add(time, to: &object)
    }
}
