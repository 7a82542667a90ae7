import LumbarCore
import LumbarMeasures

/// Declared loads as JSON.
public enum DeclaredLoadJSON {
    /// One line for a declaration.
    public static func line(_ load: DeclaredLoad, zone: ZoneRule) -> String {
        var object = JSONObject()
        object.add("type", "declared_load")
        add(load, zone, to: &object)
        object.add("wearer", load.wearer.text)
        object.add("uuid", load.uniqueID.description)
        return object.text
    }

    /// The object of a day's declared lifting, for the key `declared_lifting` of a summary.
    static func object(_ lifting: DeclaredLifting, zone: (WallTime) -> ZoneRule) -> String {
        var object = JSONObject()
        object.add("model", "ergonomics model of a declared task; no diagnosis")
        let loads = lifting.tasks.map { task in
            var load = JSONObject()
            add(task.load, zone(task.load.time), to: &load)
            load.add("added_moment_nm", task.addedMoment, decimals: 1)
            return load.text
        }
        object.addRaw("loads", "[" + loads.joined(separator: ",") + "]")
        object.add("declared_lifts", lifting.declaredLifts)
        object.add("seen_lifts", lifting.seenLifts)
        if let frequency = lifting.frequency {
            object.add("niosh_lifts_per_min", frequency.perMinute, decimals: 3)
            object.add("niosh_duration_s", frequency.workSeconds, decimals: 0)
            object.add("niosh_frequency_multiplier", frequency.multiplier, decimals: 3)
        } else {
            object.addRaw("niosh_frequency_multiplier", "null")
        }
        object.add("lifft_daily_damage", lifting.dailyDamage, decimals: 9)
        object.add("lifft_probability", lifting.probability, decimals: 4)
        return object.text
    }

    private static func add(_ load: DeclaredLoad, _ zone: ZoneRule, to object: inout JSONObject) {
        object.addRaw("id", String(load.id))
        object.add("time", LocalTimeText.standard(load.time, zone: zone))
        object.add("load_kg", load.kilograms, decimals: 3)
        object.add("reach_m", load.reach, decimals: 3)
        object.add("times", load.times)
    }
}
