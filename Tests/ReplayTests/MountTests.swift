import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import LumbarTestKit
import Testing

/// One wearer, one day in small: what is told of it must not depend on how the box sits on the belt.
@Suite("Any mount gives the same episodes") struct MountTests {
    private static let day =
        "walk 60 s, stand 10 s, 2x(bend 60 deg for 2 s, stand 6 s), sit 40 s, walk 20 s, lift 65 deg hard, stand 8 s, "
        + "fall forward for 20 s"
    /// What declared axes give, to compare with.
    private static let plain = Result {
        try play(day, model(SensorModel().mount), mount: SensorModel().mount, since: 50)
    }

    /// The episodes of `text` with this model, from `since` on, and the news about the mount.
    private static func play(
        _ text: String, _ model: SensorModel, mount: Mount, since: Double = 0, seed: UInt64 = 4
    ) throws -> (episodes: [Episode], news: [MountNews], last: MountCalibration?) {
        var episodes: [Episode] = []
        var news: [MountNews] = []
        var last: MountCalibration?
        func take(_ output: Output) {
            switch output {
            case .episode(let episode, _):
                if !episode.isOngoing, (episode.start - .zero).seconds >= since { episodes.append(episode) }
            case .device(let event):
                if case .mount(let one) = event.kind { news.append(one) }
                if case .calibration(let known, _) = event.kind { last = known }
            default: break
            }
        }
        _ = Rehearsal(
            of: try Scenario(parsing: text), seed: seed, sensor: model,
            as: Rehearsal.device(model, mount: mount), hear: take)
        return (episodes, news, last)
    }

    private static func model(_ mount: Mount) -> SensorModel {
        var model = SensorModel()
        model.rateHz = 25
        model.mount = mount
        return model
    }

    private static func kinds(_ episodes: [Episode]) -> [String] {
        episodes.compactMap { episode in
            switch episode.kind {
            case .posture(let posture): posture.rawValue
            case .transition(let transition): transition.rawValue
            case .bend: "bend"
            case .lift(let lift): lift.isUnderStrain ? "strained lift" : "lift"
            case .fall: "fall"
            case .twist: "twist"
            case .sustainedFlexion: "held"
            case .sitting: "bout"
            case .rising: "rising"
            case .ride: "ride"
            }
        }
    }

    /// Whether both tell the same of the wearer: the same kinds in the same order, within a second of each other.
    private static func agree(_ a: [Episode], _ b: [Episode]) -> Bool {
        guard kinds(a) == kinds(b) else { return false }
        return zip(a, b).allSatisfy { x, y in
            ((x.start - y.start).seconds.magnitude < 1.5 && (x.end - y.end).seconds.magnitude < 1.5)
        }
    }

    @Test("declared: bit for bit", arguments: Trials.some(of: Array(0..<24)))
    func declared(_ index: Int) throws {
        let mount = SensorModel.squareMounts[index]
        let plain = try Self.plain.get()
        let turned = try Self.play(Self.day, Self.model(mount), mount: mount, since: 50)
        #expect(plain.episodes == turned.episodes)
        #expect(Self.kinds(plain.episodes).filter { $0 == "bend" }.count >= 2)
        #expect(turned.news.isEmpty)
    }

    @Test("undeclared, once walking has told", arguments: Trials.some(of: Array(0..<24)))
    func undeclared(_ index: Int) throws {
        let mount = SensorModel.squareMounts[index]
        let plain = try Self.plain.get()
        let learned = try Self.play(Self.day, Self.model(mount), mount: .undeclared, since: 50)
        #expect(
            Self.agree(plain.episodes, learned.episodes),
            "\(Self.kinds(plain.episodes)) \(Self.kinds(learned.episodes))")
        let known = try #require(learned.last)
        #expect(known.source == .walks && known.quality > 0.6 && known.forwardQuality > 0.5)
        let forward = try #require(known.forward)
        #expect(forward.dot(mount.forward?.direction ?? .zero) > 0.97, "\(forward)")
        #expect(learned.news.isEmpty)
    }

    @Test("tilted by 15 degrees", arguments: [-15.0, 15], [-15.0, 15])
    func tilted(forward: Double, right: Double) throws {
        let mount = SensorModel().mount
        let plain = try Self.plain.get()
        var model = Self.model(mount)
        model.mountErrorDegrees = (forward, right, 0)
        for told in [mount, .undeclared] {
            let tilted = try Self.play(Self.day, model, mount: told, since: 50)
            #expect(
                Self.agree(plain.episodes, tilted.episodes),
                "\(Self.kinds(plain.episodes)) \(Self.kinds(tilted.episodes))")
        }
    }

    @Test("a sensor that slips, is flipped, or is turned about is told once and measured right again")
    func slips() throws {
        let walks = "3x(walk 40 s, stand 8 s)"
        let mount = SensorModel().mount
        for (slip, degrees) in [("25 deg forward", 20.0...30), ("180 deg sideways", 160.0...180)] {
            let text =
                "2x(walk 1 min, stand 10 s), slip \(slip), stand 5 s, \(walks), bend 60 deg for 2 s, stand 5 s"
            let told = try Self.play(text, Self.model(mount), mount: mount)
            #expect(told.news.count == 1, "\(told.news)")
            guard case .moved(let by, true) = told.news.first else {
                Issue.record("\(told.news)")
                continue
            }
            #expect(degrees.contains(by), "\(by)")
            let bend = told.episodes.compactMap { episode -> Bend? in
                if case .bend(let bend) = episode.kind { bend } else { nil }
            }.last
            #expect(((bend?.peakDegrees ?? 0) - 60).magnitude < 8, "\(bend?.peakDegrees ?? 0)")
        }
        let about = try Self.play(
            "2x(walk 1 min, stand 10 s), slip 180 deg around, stand 5 s, 4x(walk 40 s, stand 8 s)",
            Self.model(mount), mount: mount)
        // Whoever leans finds up moved as well.
        #expect(about.news.filter { $0 == .turnedAround }.count == 1, "\(about.news)")
        #expect((about.last?.forward?.x ?? 0) < -0.97)
    }

    @Test("an unplugged sensor comes back as it was known, and waits for a walk")
    func unplugged() throws {
        var model = Self.model(SensorModel().mount)
        model.faults.disconnections = [.init(start: 80, duration: 30)]
        let told = try Self.play("walk 70 s, stand 1 min, walk 30 s", model, mount: .undeclared)
        #expect(told.news == [.stale, .confirmed], "\(told.news)")
        #expect(told.last?.trust == .trusted)
        #expect((told.last?.forward?.x ?? 0) > 0.97)
    }
}
