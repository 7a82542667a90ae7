import LumbarCore
import LumbarMeasures
import LumbarReport
import LumbarTestKit
import Testing

/// Whatever was noted and measured, the text fits a terminal and the lines fit their schema.
@Suite struct DiaryHistoryTextTests {
    private func history(_ random: inout SplitMix64) -> DiaryHistory {
        let count = Int.random(in: 1...25, using: &random)
        let entries = (0..<count).map { number in
            let time = Samples.noon + .hours(Double(number * 24 * Int.random(in: 1...20, using: &random)))
            let isOver = Bool.random(using: &random)
            return DiaryEntry(
                id: Int64(number * 100 + 1), uniqueID: .none, wearer: WearerID("o\u{202E}k"), time: time,
                end: isOver ? time + .hours(Double.random(in: 0...2000, using: &random)) : nil,
                offsetSeconds: 0, pain: Int.random(in: 1...10, using: &random),
                kind: DiaryEntry.Kind.allCases[Int.random(in: 0..<6, using: &random)], written: time)
        }
        let episodes = PainEpisode.episodes(in: entries)
        let now = (episodes.last?.latest ?? Samples.noon) + .hours(1)
        let falls = episodes.filter { _ in Bool.random(using: &random) }.map(\.onset)
        let size = [1.0, 100, 3000][Int.random(in: 0...2, using: &random)]
        let values = (0..<500).map { _ in (Double.random(in: 0...size, using: &random)).rounded() }
        let crossover = CaseCrossover(episodes, now: now, zone: { _ in Samples.zone }) { window in
            let index = Int((window.upperBound - Samples.noon).seconds / 7200) % 500
            let value = values[abs(index)]
            return WindowExposure(
                wornSeconds: index % 11 == 0 ? 0 : 200_000,
                values: [value, value / 3, value, value * 2, value])
        }
        return DiaryHistory(
            course: EpisodeCourse(episodes, falls: falls, now: now), crossover: crossover, falls: falls,
            now: now, zone: { _ in Samples.zone })
    }

    @Test func textFitsATerminalAndJSONItsSchema() throws {
        var random = SplitMix64(seed: 15)
        let schema = try JSONSchema(file: "docs/schema/diary.schema.json")
        for _ in 0..<Trials.count(30) {
            let history = history(&random)
            let lines = DiaryHistoryText(history).lines
            #expect(lines.allSatisfy { $0.count <= 80 }, "\(lines.filter { $0.count > 80 })")
            #expect(lines.allSatisfy { $0.unicodeScalars.allSatisfy(Printable.isSafe) })
            for line in DiaryHistoryJSON.lines(history) { #expect(schema.complaint(about: line) == nil) }
        }
    }

    @Test func withoutEpisodesThereIsNoText() {
        let crossover = CaseCrossover([], now: Samples.noon, zone: { _ in .utc }) { _ in
            WindowExposure(wornSeconds: 0, values: [0, 0, 0, 0, nil])
        }
        let history = DiaryHistory(
            course: EpisodeCourse([], falls: [], now: Samples.noon), crossover: crossover, falls: [],
            now: Samples.noon, zone: { _ in .utc })
        #expect(DiaryHistoryText(history).lines.isEmpty)
    }
}
