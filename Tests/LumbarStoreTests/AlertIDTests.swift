import LumbarCore
import LumbarStore
import LumbarTestKit
import Testing

@Suite struct AlertIDTests {
    private func stored(_ alert: Alert, boot: String = "boot-1") -> StoredAlert {
        StoredAlert(alert: alert, place: Place(bootID: boot, wall: nil, zone: .utc))
    }

    /// A name that changes makes every note about an alert a note about none.
    @Test func namesNeverChange() {
        #expect(stored(Samples.alert(at: 100)).id.text == "6zaa2rp")
        #expect(stored(Samples.alert(at: 4000, .lift)).id.text == "m7mvn2j")
        #expect(stored(Samples.alert(at: 100, wearer: WearerID("ada"))).id.description == "sjap0xy")
    }

    @Test func everyPartOfTheKeyCountsAndNothingElse() {
        let one = Samples.alert(at: 100)
        var others = Array(repeating: one, count: 5)
        others[0].time = one.time + Elapsed(nanoseconds: 1)
        others[1].wearer = WearerID("you")
        others[2].rule = .standing
        others[3].episodeStart = one.episodeStart - Elapsed(nanoseconds: 1)
        others[4].step = 3
        let names = ([one] + others).map { stored($0).id } + [stored(one, boot: "boot-2").id]
        #expect(Set(names).count == 7)
        var same = one
        same.message = "other words"
        same.count = 9
        #expect(stored(same).id == stored(one).id)
    }

    @Test func namesAreSpread() {
        var random = SplitMix64(seed: 5)
        var names: Set<AlertID> = []
        var first: Set<Character> = []
        for number in 0..<5000 {
            var alert = Samples.alert(at: Double(number) * 60)
            alert.step = Int.random(in: 1...3, using: &random)
            let name = stored(alert).id
            #expect(name.text.count == AlertID.length)
            #expect(AlertID.beginning(name.text) == name.text)
            names.insert(name)
            if let letter = name.text.first { first.insert(letter) }
        }
        #expect(names.count == 5000)
        #expect(first.count == 32)
    }

    @Test func whatPeopleTypeIsRead() {
        #expect(AlertID.beginning("6ZaA2rP") == "6zaa2rp")
        #expect(AlertID.beginning("Oil") == "011")
        for typed in ["", "6zaa2rp0", "6z a", "6z-", "u", "ä", "６", "\u{202E}"] {
            #expect(AlertID.beginning(typed) == nil, "\(typed)")
        }
    }

    @Test func aNameOrItsBeginningFindsItsAlert() {
        let alerts = (0..<400).map { stored(Samples.alert(at: Double($0) * 60)) }
        for alert in alerts { #expect(AlertMatch(alert.id.text.uppercased(), among: alerts) == .one(alert)) }
        // With 400 among 32 letters, each letter begins several.
        let letter = String(alerts[7].id.text.prefix(1))
        let several = alerts.filter { $0.id.text.hasPrefix(letter) }
        #expect(several.count > 1)
        #expect(AlertMatch(letter, among: alerts) == .several(several))
        #expect(AlertMatch("6zaa2rp", among: []) == .none)
        #expect(AlertMatch("nonsense!", among: alerts) == .none)
    }
}
