import ArgumentParser
import LumbarCore
import LumbarMeasures
import LumbarReport
import LumbarStore

/// `lumbarctl diary history`, and `lumbarctl diary` alone.
struct DiaryHistoryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "history",
        abstract: "Show the episodes, how they follow each other, and what came before them.",
        discussion: """
            Entries less than a day apart are one episode. What your back did in the 24 and in the 72 hours before an \
            episode is held against earlier stretches that end at the same time of day, on the same weekday where there \
            are four such within eight weeks; stretches with pain, or with the sensor worn for less than half of the \
            waking day, are left out.

            LATEST is before the latest episode, USUAL the median of its stretches with the smallest and the largest, \
            HIGHER before how many episodes it was above the median of the set. The back moment is that of the \
            unloaded upper body, added up; bent after rising is time beyond 30° in the two hours after getting up. An \
            odds ratio of 2 says that such a stretch is followed by pain at twice the odds of another; as long as its \
            range holds 1, chance may explain it.

            Exit status: 0 done, 64 wrong usage, 65 the history cannot be understood, 66 it is not there, 77 not \
            allowed.
            """)

    @Option(
        help: ArgumentHelp("Whose.", discussion: "Default: the only one in the history.", valueName: "name"))
    var wearer: String?

    @Flag(name: .customLong("json"), help: "Print one JSON object per line.")
    var isJSON = false

    @OptionGroup var pager: PagerOptions

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let clock = LocalClock()
        try Failure.catching {
            try Failure.translating {
                let store = try history.open()
                _ = try store.wearers(named: wearer)
                let wearer = try store.wearer(named: wearer, for: "whose with --wearer NAME")
                let entries = try history.entries()?.diary(wearer: wearer) ?? []
                let found = try diary(entries, StoredExposures(store: store, clock: clock, wearer: wearer))
                let output = pager.output
                let lines = isJSON ? DiaryHistoryJSON.lines(found) : DiaryHistoryText(found).lines
                for line in lines { try output.write(line: line) }
                try output.close()
                if lines.isEmpty {
                    StandardError.write(
                        "No pain was noted; lumbarctl diary add --pain 4 --kind ache notes it.")
                }
            }
        }
    }

    private func diary(_ entries: [DiaryEntry], _ stored: StoredExposures) throws -> DiaryHistory {
        let clock = stored.clock
        let zone: @Sendable (WallTime) -> ZoneRule = { clock.zone(at: $0) }
        let now = clock.now
        let episodes = PainEpisode.episodes(in: entries).filter { $0.onset <= now }
        let noted = entries.filter { $0.kind == .fall }.map(\.time)
        let falls = try (noted + stored.falls()).sorted()
        let exposures = try stored.history(before: episodes.map(\.onset) + [now])
        let crossover = CaseCrossover(
            episodes, now: now, zone: zone, exposure: { exposures.exposure(in: $0) })
        return DiaryHistory(
            course: EpisodeCourse(episodes, falls: falls, now: now), crossover: crossover, falls: falls,
            now: now, zone: zone)
    }
}
