import LumbarCore
import LumbarReport
import LumbarStore
import Testing

@Suite struct TableTests {
    private func stored(_ alert: Alert) -> StoredAlert {
        StoredAlert(
            alert: alert,
            place: Place(
                bootID: "boot-1", wall: Samples.noon + (alert.time - Instant.zero), zone: Samples.zone))
    }

    @Test func alertsAreGolden() {
        var fall = Samples.alert(at: 50_000, .fall)
        fall.tier = .urgent
        fall.duration = .zero
        fall.message = "A possible fall.\u{1B}[2J Sit for a moment."
        let table = AlertTable([
            stored(Samples.alert(at: 100)), stored(Samples.alert(at: 4000, .lift)), stored(fall),
        ])
        let expected = """
            ID       TIME              TIER    ABOUT             FOR  MESSAGE
            6zaa2rp  2026-11-21 11:01  nudge   sitting        30 min  Seated for 30 min. Stand up for a minute.
            m7mvn2j  2026-11-21 12:06  nudge   probable lift  30 min  Seated for 30 min. Stand up for a minute.
            f79y13c  2026-11-22 00:53  urgent  possible fall       -  A possible fall.\\u{1b}[2J Sit for a moment.
            """
        #expect(table.lines.joined(separator: "\n") == expected)
        #expect(AlertTable([]).lines.isEmpty)
    }

    @Test func messagesThatDoNotFitGoBelow() {
        var table = AlertTable([stored(Samples.alert(at: 100))])
        table.columns = 60
        let expected = [
            "ID       TIME              TIER   ABOUT       FOR",
            "6zaa2rp  2026-11-21 11:01  nudge  sitting  30 min",
            "         Seated for 30 min. Stand up for a minute.",
        ]
        #expect(table.lines == expected)
        table.columns = 200
        #expect(table.lines.count == 2)
    }

    @Test func daysThatDoNotFitAreTwoTables() {
        let table = SummaryTable([Samples.summary(Samples.date)])
        #expect(table.lines(columns: 200) == table.lines && table.lines(columns: nil) == table.lines)
        let expected = [
            "DAY         WORN   SAT  LONGEST  BREAKS  STOOD  WALKED   LAY",
            "2026-11-21  4:10  0:33     1:30      13   0:50    1:07  0:17", "",
            "DAY         BENDS  OVER 45°  LIFTS  STRAIN  STEPS  ALERTS",
            "2026-11-21     61     6 min     17       6   4321       7",
        ]
        #expect(table.lines(columns: 80) == expected)
    }

    @Test func colourAndWearersAreAddedWhereTheyHelp() {
        var table = AlertTable([
            stored(Samples.alert(at: 100)), stored(Samples.alert(at: 100, wearer: WearerID("ada"))),
        ])
        #expect(table.lines[0] == "ID       TIME              WEARER  TIER   ABOUT       FOR  MESSAGE")
        #expect(table.lines[2].hasPrefix("sjap0xy  2026-11-21 11:01  ada     nudge"))
        table.isColoured = true
        #expect(table.lines[0].hasPrefix("ID"))
        #expect(table.lines[1].hasPrefix("\u{1B}[33m6zaa2rp  2026") && table.lines[1].hasSuffix("\u{1B}[0m"))
    }

    @Test func anAlertOfABootWithoutAClockIsShownAllTheSame() {
        let lost = StoredAlert(
            alert: Samples.alert(at: 100), place: Place(bootID: "boot-1", wall: nil, zone: .utc))
        #expect(AlertTable([lost]).lines[1].hasPrefix("6zaa2rp  unknown  nudge"))
    }

    @Test func daysAreGolden() {
        var empty = Samples.summary(CivilDate(year: 2026, month: 11, day: 22), complete: false)
        empty = DailySummary(
            wearer: .sole, date: empty.date, start: .zero, end: .zero, isComplete: false)
        let table = SummaryTable([Samples.summary(Samples.date), empty])
        let expected = """
            DAY          WORN   SAT  LONGEST  BREAKS  STOOD  WALKED   LAY  BENDS  OVER 45°  LIFTS  STRAIN  STEPS  ALERTS
            2026-11-21   4:10  0:33     1:30      13   0:50    1:07  0:17     61     6 min     17       6   4321       7
            2026-11-22*     -     -        -       0      -       -     -      0         -      0       0      0       0
            * so far
            """
        #expect(table.lines.joined(separator: "\n") == expected)
        #expect(SummaryTable([]).lines.isEmpty)
    }

    @Test func storedRowsAreGolden() {
        let place = Place(bootID: "boot-1", wall: Samples.noon + .seconds(100), zone: Samples.zone)
        #expect(
            StoredJSON.line(stored(Samples.alert(at: 100)))
                == #"{"type":"alert","id":"6zaa2rp","time":"2026-11-21T11:01:40+01:00","rule":"sitting","tier":"nudge","#
                + #""episode_start":"2026-11-21T10:31:40+01:00","duration_s":1800.0000,"step":2,"count":3,"#
                + #""flexion_deg":12,"wearer":"me","message":"Seated for 30 min. Stand up for a minute.","delivery":"told","#
                + #""instant_ns":100000000000,"boot_id":"boot-1"}"#)
        #expect(
            StoredJSON.line(.episode(Samples.posture(.sitting, from: 100, to: 160), .sole, place))
                == #"{"type":"posture","start":"2026-11-21T11:01:40+01:00","end":"2026-11-21T11:02:40+01:00","#
                + #""duration_s":60.0000,"posture":"sitting","confidence":0.875,"sensors":"lumbar","decided_after_s":2.5000,"#
                + #""wearer":"me","start_ns":100000000000,"boot_id":"boot-1"}"#)
        #expect(
            StoredJSON.line(.anchor(Samples.anchor, bootID: "boot-1", isSynchronized: true))
                == #"{"type":"anchor","time":"2026-11-21T11:00:00+01:00","zone":"Europe/Amsterdam","synchronized":true,"#
                + #""instant_ns":0,"boot_id":"boot-1"}"#)
        #expect(
            StoredJSON.line(.epoch(Samples.epoch(at: 100), place)).hasPrefix(
                #"{"type":"epoch","start":"2026-11-21T11:01:40+01:00","length_s":60.0000,"lying_s":1.250,"#))
        var unplaced = place
        unplaced.wall = nil
        #expect(StoredJSON.line(.alert(Samples.alert(at: 0), unplaced)).contains(#""time":null,"#))
    }

    @Test func durationsAreWhatPeopleSay() {
        let cases: [(Double, String)] = [
            (-5, "0 s"), (0, "0 s"), (59.9, "59 s"), (60, "1 min"), (1919, "31 min"), (3599, "59 min"),
            (3600, "1 h 00 min"), (3900, "1 h 05 min"), (90_000, "25 h 00 min"), (.nan, "-"), (1e300, "-"),
        ]
        for (seconds, text) in cases { #expect(HumanDuration.text(seconds: seconds) == text) }
    }

    @Test func localTimesFollowTheZone() {
        let half = ZoneRule(name: "Asia/Kolkata", offsetSeconds: 19_800)
        let west = ZoneRule(name: "America/St_Johns", offsetSeconds: -12_600)
        #expect(LocalTimeText.standard(Samples.noon, zone: half) == "2026-11-21T15:30:00+05:30")
        #expect(LocalTimeText.standard(Samples.noon, zone: west) == "2026-11-21T06:30:00-03:30")
        #expect(LocalTimeText.minute(Samples.noon + .hours(-7), zone: west) == "2026-11-20 23:30")
        let summer = WallTime(unixSeconds: 1_806_195_600)
        #expect(LocalTimeText.standard(summer, zone: Samples.zone) == "2027-03-28T03:00:00+02:00")
        #expect(LocalTimeText.minute(WallTime(unixSeconds: -1), zone: .utc) == "1969-12-31 23:59")
    }
}
