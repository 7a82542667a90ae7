import LumbarCore
import LumbarMeasures
import LumbarReport
import Testing

@testable import LumbarStore

@Suite struct DeclaredLoadTests {
    private func load(_ hours: Double, _ kilograms: Double = 12, wearer: WearerID = .sole) -> DeclaredLoad {
        DeclaredLoad(
            uniqueID: Samples.uniqueID(), wearer: wearer, time: Samples.noon + .hours(hours),
            kilograms: kilograms, reach: 0.45, times: 20)
    }

    @Test func loadsComeBackInTheOrderOfTime() throws {
        let host = TestHost()
        #expect(try Entries(readingBeside: host.path) == nil)
        let loads = try Entries(writingBeside: host.path, host: host)
        #expect(try loads.append(load(5)) == 1)
        var first = load(1)
        #expect(try loads.append(first) == 2)
        #expect(try loads.append(load(2, 8.25, wearer: WearerID("o'brien"))) == 3)
        let reader = try #require(try Entries(readingBeside: host.path))
        #expect(try reader.loads().map(\.id) == [2, 3, 1])
        #expect(try reader.loads(wearer: .sole).map(\.id) == [2, 1])
        #expect(
            try reader.loads(since: Samples.noon + .hours(2), until: Samples.noon + .hours(5)).map(\.id) == [
                3
            ])
        first.id = 2
        #expect(try reader.loads().first == first)
        #expect(host.mode(host.path + ".entries") == 0o600)
    }

    @Test func aLoadThatWasTakenBackStaysGoneAndItsNumberToo() throws {
        let host = TestHost()
        let loads = try Entries(writingBeside: host.path, host: host)
        let one = load(1)
        let id = try loads.append(one)
        #expect(try loads.removeLoad(id, at: Samples.noon))
        #expect(try !loads.removeLoad(id, at: Samples.noon))
        // Not even by its own name, as another machine may have it.
        #expect(try loads.append(one) == 0)
        #expect(try loads.append(load(1)) == id + 1)
    }

    @Test func whatIsForgottenIsGoneFromTheFile() throws {
        let host = TestHost()
        let loads = try Entries(writingBeside: host.path, host: host)
        try loads.append(load(1, wearer: WearerID("forgettable")))
        try loads.append(load(30, wearer: WearerID("memorable")))
        #expect(try loads.forget(until: Samples.noon + .hours(24)) == 1)
        let text = String(decoding: host.contents(host.path + ".entries"), as: UTF8.self)
        #expect(!text.contains("forgettable"))
        #expect(text.contains("memorable"))
    }

    /// The daemon holds the history meanwhile: neither minds the other.
    @Test func loadsAreDeclaredWhileTheHistoryIsWritten() throws {
        let host = TestHost()
        let store = try host.store()
        try store.append(anchor: Samples.anchor)
        let visitor = TestHost()
        for hour in 0..<3 {
            let loads = try Entries(writingBeside: host.path, host: visitor)
            let other = try Entries(writingBeside: host.path, host: visitor)
            try loads.append(load(Double(hour)))
            try other.append(load(Double(hour)))
            try store.append(epochs: [Samples.epoch(at: Double(hour) * 60)])
        }
        #expect(try Entries(readingBeside: host.path)?.loads().count == 6)
    }

    @Test func theFilesAreNotTakenForEachOther() throws {
        let host = TestHost()
        do { _ = try host.store() }
        do { _ = try Entries(writingBeside: host.path, host: host) }
        #expect(refusal { _ = try Store(reading: host.path + ".entries") }?.kind == .foreign)
        try host.rename(host.path, to: host.path + ".entries")
        #expect(refusal { _ = try Entries(writingBeside: host.path, host: host) }?.kind == .foreign)
    }

    @Test func theTextNamesTheModelsAndIsNoDiagnosis() throws {
        let lifts = (0..<30).map { Double($0) * 30 }
        let lifting = try #require(DeclaredLifting([load(3), load(4.5, 20)], liftTimes: lifts))
        #expect(
            DeclaredLiftingText.lines(lifting, zone: { _ in Samples.zone }) == [
                "Declared lifting",
                "  14:00  12 kg at 45 cm, 20 times: adds 53 N·m on the low back each time",
                "  15:30  20 kg at 45 cm, 20 times: adds 88 N·m on the low back each time",
                "  NIOSH lifting equation, from 30 probable lifts seen, at most 2.0 a minute over a quarter of an hour, "
                    + "up to an hour at a time: frequency multiplier 0.91.",
                "  LiFFT: daily damage 0.0011; the model puts a job of such days among those with many reported back "
                    + "disorders with a probability of 21 %.",
                "  Both are ergonomics models of the task as it was declared. They say nothing about your back and are "
                    + "no diagnosis.",
            ])
        #expect(DeclaredLifting([], liftTimes: lifts) == nil)
        let unseen = try #require(DeclaredLifting([load(3)], liftTimes: []))
        #expect(unseen.frequency == nil)
        #expect(
            DeclaredLiftingText.lines(unseen, zone: { _ in .utc })[2]
                == "  NIOSH lifting equation: no probable lifts were seen, so there is no frequency.")
    }

    @Test func theJSONIsGolden() throws {
        let lifting = try #require(DeclaredLifting([load(3)], liftTimes: [0, 60]))
        let line = StoredJSON.line(Samples.summary(Samples.date), lifting, zone: { _ in Samples.zone })
        #expect(
            line.hasSuffix(
                #""declared_lifting":{"model":"ergonomics model of a declared task; no diagnosis","loads":[{"id":0,"#
                    + #""time":"2026-11-21T14:00:00+01:00","load_kg":12.000,"reach_m":0.450,"times":20,"#
                    + #""added_moment_nm":53.0}],"declared_lifts":20,"seen_lifts":2,"niosh_lifts_per_min":0.133,"#
                    + #""niosh_duration_s":60,"niosh_frequency_multiplier":1.000,"#
                    + #""lifft_daily_damage":0.000228474,"lifft_probability":0.1160}}"#))
        #expect(
            StoredJSON.line(Samples.summary(Samples.date), nil, zone: { _ in .utc })
                == StoredJSON.line(Samples.summary(Samples.date)))
    }

    @Test func loadsAndReachesAreReadAsPeopleWriteThem() {
        #expect(LoadExpression.kilograms("12kg") == 12)
        #expect(LoadExpression.kilograms("12.5 KG") == 12.5)
        #expect(LoadExpression.kilograms("800g") == 0.8)
        #expect(LoadExpression.kilograms("7") == 7)
        #expect(LoadExpression.metres("45cm") == 0.45)
        #expect(LoadExpression.metres("0.45 m") == 0.45)
        #expect(LoadExpression.metres("450mm") == 0.45)
        #expect(LoadExpression.metres("45") == 0.45)
        for text in ["", "kg", "-3kg", "1e9kg", "infkg", "nan", "12 lb", "1.2.3", "٣kg", ".5kg"] {
            #expect(LoadExpression.kilograms(text) == nil, "\(text)")
        }
    }
}
