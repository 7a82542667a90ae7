import LumbarMonitor
import LumbarStore

extension HistoryPlan {
    /// What the settings say.
    init(_ settings: StoreSettings) {
        self.init()
        backups = settings.backups
        func days(_ value: Int) -> Int? { value == 0 ? nil : value }
        retention.minutes = days(settings.keepMinutes)
        retention.postures = days(settings.keepPostures)
        retention.episodes = days(settings.keepEpisodes)
        retention.alerts = days(settings.keepAlerts)
    }
}
