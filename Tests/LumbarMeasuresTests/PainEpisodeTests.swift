import LumbarCore
import LumbarMeasures
import Testing

@Suite struct PainEpisodeTests {
    private static let start = WallTime(unixSeconds: 1_795_255_200)

    private func at(_ days: Double) -> WallTime { Self.start + .hours(days * 24) }

    private func entry(
        _ id: Int64, _ days: Double, pain: Int? = 5, kind: DiaryEntry.Kind = .ache, until: Double? = nil
    ) -> DiaryEntry {
        DiaryEntry(
            id: id, uniqueID: .none, wearer: .sole, time: at(days), end: until.map { at($0) },
            offsetSeconds: 0,
            pain: pain, kind: kind, written: at(days))
    }

    private func course(_ days: [Double], falls: [Double] = [], now: Double) -> EpisodeCourse {
        let entries = days.enumerated().map {
            entry(Int64($0.offset + 1), $0.element, until: $0.element + 0.5)
        }
        return EpisodeCourse(
            PainEpisode.episodes(in: entries), falls: falls.map { at($0) }, now: at(now))
    }

    @Test func entriesLessThanADayApartAreOneEpisode() {
        let found = PainEpisode.episodes(in: [
            entry(3, 0.9, pain: 8), entry(1, 0, kind: .spasm), entry(4, 5, pain: nil, kind: .leg, until: 9),
            entry(5, 9.5, pain: 2), entry(6, 30, pain: nil),
        ])
        #expect(found.map(\.entries) == [[1, 3], [4, 5], [6]])
        #expect(found.map(\.worstPain) == [8, 2, nil])
        #expect(found.map(\.kind) == [.spasm, .leg, .ache])
        #expect(found.map(\.onset) == [at(0), at(5), at(30)])
        // It was over on day 9 and went on half a day later: no end is known now.
        #expect(found.map(\.end) == [nil, nil, nil])
        #expect(found[1].latest == at(9.5))
    }

    @Test func whatIsNoPainIsNoEpisode() {
        let found = PainEpisode.episodes(in: [
            entry(1, 0, pain: 0), entry(2, 2, pain: nil, kind: .other), entry(3, 4, pain: nil, kind: .fall),
            entry(4, 6, pain: 3, kind: .fall), entry(5, 8, pain: nil, kind: .stiffness),
        ])
        #expect(found.map(\.entries) == [[4], [5]])
    }

    @Test func anEpisodeEndsWhenTheLastOfItsEntriesSays() {
        #expect(PainEpisode.episodes(in: [entry(1, 0), entry(2, 0.5, until: 3)])[0].end == at(3))
        #expect(PainEpisode.episodes(in: [entry(1, 0, until: 3), entry(2, 1)])[0].end == at(3))
        #expect(PainEpisode.episodes(in: [entry(1, 0, until: 3), entry(2, 1, until: 2)])[0].end == at(3))
        let one = PainEpisode.episodes(in: [entry(1, 0)])[0]
        #expect(one.length(at: at(50)) == .hours(50 * 24))
        #expect(one.length(at: at(-1)) == .zero)
    }

    @Test func intervalsAreFromOnsetToOnset() {
        let found = course([0, 10, 30], now: 40)
        #expect(found.intervals == [.hours(240), .hours(480)])
        #expect(course([], now: 40).intervals.isEmpty && course([], now: 40).trend == nil)
        #expect(course([3], now: 40).trend == nil)
    }

    @Test func moreOftenIsSaidOnlyWhenChanceWouldSeldomDoIt() throws {
        // After the first none in 50 days, and then seven.
        let more = course([0, 52, 57, 64, 70, 77, 83, 90], now: 100)
        let trend = try #require(more.trend)
        #expect(trend.older == 0 && trend.newer == 7 && trend.half == .hours(50 * 24))
        #expect(trend.isMoreOften && !trend.isLessOften && more.reasons == [.moreOften])
        // Three against one: nothing to say.
        let few = try #require(course([0, 20, 60, 70, 80], now: 100).trend)
        #expect(few.older == 1 && few.newer == 3 && !few.isMoreOften && !few.isLessOften)
        let less = course([0, 5, 10, 15, 20, 25, 30, 35], now: 100)
        #expect(less.trend?.isLessOften == true && less.reasons.isEmpty)
    }

    @Test func aLongOneAndOneAfterAFallAreReasons() {
        let long = PainEpisode.episodes(in: [
            entry(1, 0, until: 43), entry(2, 60), entry(3, 100, until: 141.9),
        ])
        #expect(EpisodeCourse([long[0]], falls: [], now: at(50)).reasons == [.long(long[0])])
        // One without an end, when six weeks have passed.
        #expect(EpisodeCourse([long[1]], falls: [], now: at(102)).reasons.isEmpty)
        #expect(EpisodeCourse([long[1]], falls: [], now: at(102.1)).reasons == [.long(long[1])])
        #expect(EpisodeCourse([long[2]], falls: [], now: at(300)).reasons.isEmpty)
        let episode = long[2]
        for (fall, isAfter) in [(96.9, false), (97, true), (99.9, true), (100, true), (100.1, false)] {
            let course = EpisodeCourse([episode], falls: [at(fall)], now: at(300))
            #expect(course.reasons == (isAfter ? [.afterFall(episode)] : []), "\(fall)")
        }
    }
}
