import LumbarCore
import LumbarMonitor
import LumbarRehearsal
import LumbarSimulation
import Testing

/// Wearers with more sensors than one, simulated from the same body, played through a monitor.
@Suite struct SeveralSensorsTests {
    private static let plain =
        "stand 20 s, walk 20 s, stand 5 s, sit 90 s, walk 20 s, sit 60 s, stand 30 s, walk 15 s"

    private func sensors(_ roles: [SensorRole], seed: UInt64) -> [SensorModel] {
        roles.map { role in
            var model = SensorModel.typical(seed: seed)
            model.role = role
            return model
        }
    }

    private func episodes(
        _ text: String, _ roles: [SensorRole], seed: UInt64, declaresMount: Bool = true
    ) throws -> (told: [Episode], truth: [TruthSpan], day: DailySummary?) {
        var told: [Episode] = []
        var day: DailySummary?
        let rehearsal = Rehearsal(
            of: try Scenario(parsing: text), seed: seed, sensors: sensors(roles, seed: seed),
            declaresMount: declaresMount
        ) { output in
            if case .episode(let episode, _) = output, !episode.isOngoing { told.append(episode) }
            if case .summary(let summary) = output { day = summary }
        }
        return (told, rehearsal.truth, day)
    }

    @Test func theLumbarSensorOfAnEnsembleIsTheOneOfALoneStream() throws {
        let scenario = try Scenario(parsing: "stand 5 s, sit 20 s, lift 60 deg, fall forward")
        let models = sensors([.lumbar, .thorax, .thigh], seed: 5)
        var alone = SimulatedStream(scenario: scenario, seed: 5, sensor: models[0])
        var ensemble = SimulatedEnsemble(scenario: scenario, seed: 5, sensors: models)
        var expected: [UInt8] = []
        var found: [UInt8] = []
        var bytes: [UInt8] = []
        while alone.nextChunk(into: &bytes) != nil { expected += bytes }
        var last = Instant.zero
        while let (sensor, event) = ensemble.next(into: &bytes) {
            if case .bytes(let time) = event {
                #expect(time >= last)
                last = time
                if sensor == 0 { found += bytes }
            }
        }
        #expect(found == expected)
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func aThighTellsSittingToTheSecond(seed: UInt64) throws {
        let run = try episodes(Self.plain, [.lumbar, .thigh], seed: seed, declaresMount: seed % 2 == 0)
        let sat = run.truth.filter { if case .posture(.sitting, _) = $0.kind { true } else { false } }
        let told = run.told.filter { $0.kind == .posture(.sitting) }
        #expect(told.count == sat.count)
        for (truth, found) in zip(sat, told) {
            #expect((truth.start - found.start).seconds.magnitude < 1)
            #expect((truth.end - found.end).seconds.magnitude < 1.2)
        }
        let day = try #require(run.day)
        #expect(day.sensors.thigh > 0.8 * day.wornSeconds)
        #expect(day.sensors.postureTier(of: day.wornSeconds) == .lumbarThigh)
    }

    @Test func aThoraxTellsHowFarTheSpineBends() throws {
        let text = "walk 20 s, stand 5 s, bend 60 deg for 3 s, stand 5 s"
        let run = try episodes(text, [.lumbar, .thorax], seed: 4)
        let bend = try #require(run.told.first { if case .bend = $0.kind { true } else { false } })
        guard case .bend(let measures) = bend.kind else { return }
        #expect(bend.tier == .lumbarThorax)
        // The simulated thorax bends by four tenths more than the lumbar spine.
        let spine = try #require(measures.spineFlexionDegrees)
        #expect((spine - 0.4 * measures.peakDegrees).magnitude < 6)
    }

    @Test func whatIsOnTheOtherPlacesAloneMakesNoDay() throws {
        let run = try episodes("stand 20 s, sit 30 s", [.thigh], seed: 2)
        #expect(run.told.isEmpty)
        #expect(run.day?.wornSeconds == 0)
    }
}
