import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// A history of today's first minutes, in a folder of the test, with one row of nearly every kind.
struct StoredHistory {
    let folder: TemporaryFolder
    let store: Store
    /// How many lines an export has.
    let rows: Int
    var path: String { folder.path + "/lumbard.db" }

    init() throws {
        folder = try TemporaryFolder()
        store = try Store(writing: folder.path + "/lumbard.db", bootID: "boot-1", host: FolderHost())
        let anchor = WallClockReader.anchor()
        try store.append(anchor: anchor)
        // At the beginning of today, so that it holds at any time of the day.
        let midnight = anchor.instant(at: anchor.zone.start(of: anchor.date(at: anchor.instant)))
        let minutes = (0..<5).map { index in
            var minute = MinuteEpoch(
                wearer: .sole, start: midnight + .seconds(Double(index) * 60), length: .seconds(60))
            minute.postureSeconds[Posture.sitting.index] = index < 3 ? 60 : 0
            minute.postureSeconds[Posture.walking.index] = index < 3 ? 0 : 60
            minute.steps = index < 3 ? 0 : 100
            minute.bends = index == 3 ? 4 : 0
            return minute
        }
        try store.append(epochs: minutes)
        let spans: [(Episode.Kind, Double, Double)] = [
            (.posture(.sitting), 0, 170.5), (.posture(.unknown), 170.5, 180),
            (.sitting(SittingBout(seatedSeconds: 170, posturalShifts: 3)), 0, 170),
            (.transition(.sitToStand), 178, 180),
        ]
        var episodes = spans
        for index in 0..<4 {
            let bend = Bend(
                peakDegrees: 40, peakRateDps: 60, areaAbove20DegreeSeconds: 30, budgetUsed: 0.1)
            episodes.append((.bend(bend), 190 + Double(index) * 10, 195 + Double(index) * 10))
        }
        for (kind, start, end) in episodes {
            let from = midnight + .seconds(start)
            let until = midnight + .seconds(end)
            let episode = Episode(kind, start: from, end: until, decided: until, confidence: 0.75)
            try store.append(episode: episode, wearer: .sole)
        }
        try store.append(
            alert: Alert(
                rule: .sitting, tier: .nudge, time: midnight + .seconds(160), episodeStart: midnight,
                duration: .seconds(160), message: "=HYPERLINK(\"http://x\")", wearer: .sole))
        let path = folder.path + "/lumbard.db"
        _ = try Program.run("lumbarctl", ["load", "8kg", "--reach", "30cm", "--db", path])
        rows = 1 + minutes.count + episodes.count + 1 + 1
    }
}
