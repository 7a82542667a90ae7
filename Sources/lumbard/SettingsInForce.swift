import LumbarSettings
import LumbarStore

extension Configuration {
    /// The settings that are not at their defaults, by their names in the files.
    var settingsInForce: [SettingInForce] {
        var found: [SettingInForce] = []
        for section in monitor.sections + [daemon.device, daemon.store] {
            found += Configuration.changed(section, called: type(of: section).name)
        }
        for (id, sensor) in daemon.sensors.elements {
            found += Configuration.changed(sensor, called: "sensor \(id)")
        }
        return found
    }

    private static func changed(_ section: any SettingsSection, called name: String) -> [SettingInForce] {
        section.settings.compactMap { key, setting in
            guard setting.currentText != setting.defaultText else { return nil }
            return SettingInForce(key: "\(name).\(key)", value: setting.currentText)
        }
    }
}
