import LumbarCore
import LumbarSignal
import Testing

/// The whole chain with a sensor that goes wrong on a wearer who keeps moving.
@Suite struct SensorTrustChainTests {
    private static var swaying: TrunkMotion {
        var motion = TrunkMotion(accelerationNoise: 0.005, gyroNoise: 0.1)
        motion.flexion = { 20 * Elementary.sin(2 * Elementary.pi * 0.8 * $0) }
        return motion
    }

    /// What `chain` makes of so many seconds, each reading as `edit` makes it.
    private func play(
        _ chain: inout SignalChain, from: Double, to: Double, _ edit: (inout Reading) -> Void = { _ in }
    ) -> [Features] {
        var frames: [Features] = []
        var buffer = ReadingBuffer()
        for var reading in Self.swaying.readings(from: from, to: to) {
            edit(&reading)
            buffer.append(reading)
        }
        chain.process(buffer, into: &frames)
        return frames
    }

    private func makeChain() -> SignalChain {
        SignalChain(mount: Mount("up=+z,forward=+x") ?? .undeclared, settings: SignalSettings())
    }

    /// Ninety times as many samples as before: what cannot have been measured yet is left out and counted, and what is
    /// taken is dated hardly later than it came.
    @Test func aFloodIsNotDatedInTheFuture() throws {
        var chain = makeChain()
        var (now, latest) = (Instant.zero, Instant.zero)
        func send(_ samples: Int, perSecond rate: Int) {
            var frames: [Features] = []
            var buffer = ReadingBuffer()
            for _ in 0..<samples {
                now = now + Elapsed(nanoseconds: Int64(1_000_000_000 / rate))
                let reading = Reading(
                    acceleration: Vector3(0, 0, 1), angularRate: Vector3(0.01, 0, 0), hasAngularRate: true,
                    arrival: now)
                buffer.append(reading)
            }
            chain.process(buffer, into: &frames)
            for frame in frames { latest = max(latest, frame.end) }
        }
        send(1000, perSecond: 100)
        #expect(chain.status.implausible == 0)
        send(90_000, perSecond: 9000)
        #expect(latest - now < .seconds(5.3))
        #expect(chain.status.implausible > 60_000)
        let before = chain.status.samples
        send(3000, perSecond: 100)
        // Back to normal, once the lead is used up.
        #expect(latest <= now + .seconds(5.3) && chain.status.samples > before + 1500)
    }

    @Test func aStuckAxisWithholdsAnglesUntilItMovesAgain() {
        var chain = makeChain()
        #expect(play(&chain, from: 0, to: 20).count > 150)
        #expect(!chain.hasTrustNews)
        let stuck = play(&chain, from: 20, to: 40) { $0.acceleration.y = 0.1 }
        #expect(stuck.count > 80 && stuck.count < 120, "\(stuck.count)")
        #expect(chain.status.troubles == [.stuckAxis])
        #expect(chain.takeTrustChanges().map(\.begins) == [true])
        let after = play(&chain, from: 40, to: 45)
        #expect(after.first?.followsGap == true && after.count > 40)
        #expect(chain.takeTrustChanges().map(\.begins) == [false])
        #expect(chain.status.troubles.isEmpty)
    }

    @Test func lossesAreToldAndAnglesGoOn() {
        var chain = makeChain()
        let frames = play(&chain, from: 0, to: 65) { $0.lostBefore = 1 }
        #expect(chain.status.troubles == [.lostSamples])
        #expect(frames.count > 600)
    }

    @Test func aDeviceClockThatRunsFastIsTold() {
        var chain = makeChain()
        let start = Self.swaying.start
        _ = play(&chain, from: 0, to: 65) {
            $0.deviceNanoseconds += Int64(
                0.02 * Double($0.arrival.nanoseconds - start.nanoseconds))
        }
        #expect(chain.status.troubles == [.clockDrift])
    }
}
