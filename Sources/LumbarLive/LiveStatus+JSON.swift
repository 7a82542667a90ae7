import LumbarAlerts
import LumbarCore

extension LiveStatus {
    /// The status as a JSON object.
    public var json: String {
        var object = JSONObject()
        object.add("time", time)
        object.addRaw("daemon", daemon.map(LiveStatus.json) ?? "null")
        object.addRaw("wearers", "[" + wearers.map(LiveStatus.json).joined(separator: ",") + "]")
        return object.text
    }

    private static func json(_ daemon: Daemon) -> String {
        var object = JSONObject()
        object.add("version", daemon.version)
        object.add("started", daemon.started)
        object.add("uptime_s", daemon.uptime, decimals: 1)
        object.add("history", daemon.keepsHistory)
        object.add("text", daemon.text)
        if let writes = daemon.writes { object.addRaw("writes", writes.json) }
        return object.text
    }

    private static func json(_ wearer: Wearer) -> String {
        var object = JSONObject()
        object.add("wearer", wearer.id.text)
        object.addRaw("worn", wearer.isWorn.map { $0 ? "true" : "false" } ?? "null")
        if let posture = wearer.posture {
            object.add("posture", posture.posture.rawValue)
            object.add("posture_since", posture.since)
            object.add("posture_s", posture.seconds, decimals: 1)
        } else {
            object.addRaw("posture", "null")
        }
        object.addRaw("today", wearer.today.map(json) ?? "null")
        if let budget = wearer.budget { object.addRaw("budget", json(budget)) }
        object.addRaw("mounts", "[" + wearer.mounts.map(json).joined(separator: ",") + "]")
        wearer.control.add(to: &object)
        return object.text
    }

    private static func json(_ today: Today) -> String {
        var object = JSONObject()
        object.addRaw("date", today.date.map(JSONObject.quoted) ?? "null")
        object.add("worn_s", today.worn, decimals: 1)
        for posture in Posture.allCases {
            object.add(posture.rawValue + "_s", today.seconds(posture), decimals: 1)
        }
        object.add("no_data_s", today.noData, decimals: 1)
        for count in Today.Count.allCases { object.add(count.rawValue, today[count]) }
        return object.text
    }

    private static func json(_ budget: BudgetUse) -> String {
        var object = JSONObject()
        object.add("holding_time_used", budget.holdingTime, decimals: 3)
        object.add("nudges_last_hour", budget.nudgesLastHour)
        object.add("nudges_per_hour", budget.nudgesPerHour)
        object.add("nudges_today", budget.nudgesToday)
        object.add("nudges_per_day", budget.nudgesPerDay)
        return object.text
    }

    private static func json(_ mount: Mount) -> String {
        var object = JSONObject()
        object.add("device", mount.device.text)
        object.add("trust", mount.trust.rawValue)
        object.add("source", mount.source.rawValue)
        object.add("quality", mount.quality, decimals: 3)
        if let age = mount.age {
            object.add("age_s", age, decimals: 0)
        } else {
            object.addRaw("age_s", "null")
        }
        return object.text
    }
}

// MARK: Reading it again, for clients

extension LiveStatus {
    /// Reads the daemon's answer; nil when it is none.
    public init?(_ value: JSONValue) {
        guard let time = value["time"]?.text else { return nil }
        self.init(
            time: time, daemon: value["daemon"].flatMap { Daemon($0) },
            wearers: (value["wearers"]?.elements ?? []).compactMap { Wearer($0) })
    }
}

extension LiveStatus.Daemon {
    init?(_ value: JSONValue) {
        guard let version = value["version"]?.text else { return nil }
        self.init(
            version: version, started: value["started"]?.text ?? "", uptime: value["uptime_s"]?.double ?? 0,
            keepsHistory: value["history"]?.flag ?? false, text: value["text"]?.text ?? "",
            writes: value["writes"].flatMap { LiveStatus.Writes($0) })
    }
}

extension LiveStatus.Wearer {
    init?(_ value: JSONValue) {
        guard let name = value["wearer"]?.text else { return nil }
        self.init(WearerID(name))
        if let posture = value["posture"]?.text.flatMap(Posture.init),
            let since = value["posture_since"]?.text
        {
            self.posture = LiveStatus.PostureNow(
                posture, since: since, seconds: value["posture_s"]?.double ?? 0)
        }
        today = value["today"].flatMap { LiveStatus.Today($0) }
        budget = value["budget"].flatMap { BudgetUse($0) }
        mounts = (value["mounts"]?.elements ?? []).compactMap { LiveStatus.Mount($0) }
        control = LiveControl(value)
    }
}

extension LiveStatus.Today {
    init?(_ value: JSONValue) {
        guard case .object = value else { return nil }
        self.init(date: value["date"]?.text)
        worn = value["worn_s"]?.double ?? 0
        for posture in Posture.allCases {
            postureSeconds[posture.index] = value[posture.rawValue + "_s"]?.double ?? 0
        }
        noData = value["no_data_s"]?.double ?? 0
        for count in Count.allCases { self[count] = value[count.rawValue]?.int ?? 0 }
    }
}

extension BudgetUse {
    init?(_ value: JSONValue) {
        guard let held = value["holding_time_used"]?.double else { return nil }
        self.init(
            holdingTime: held, nudgesLastHour: value["nudges_last_hour"]?.int ?? 0,
            nudgesPerHour: value["nudges_per_hour"]?.int ?? 0,
            nudgesToday: value["nudges_today"]?.int ?? 0, nudgesPerDay: value["nudges_per_day"]?.int ?? 0)
    }
}

extension LiveStatus.Mount {
    init?(_ value: JSONValue) {
        guard let device = value["device"]?.text, let trust = value["trust"]?.text.flatMap(MountTrust.init),
            let source = value["source"]?.text.flatMap(MountCalibration.Source.init)
        else { return nil }
        self.init(
            device: DeviceID(device), trust: trust, source: source, quality: value["quality"]?.double ?? 0,
            age: value["age_s"]?.double)
    }
}
