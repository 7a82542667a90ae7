import LumbarCore
import LumbarSimulation
import Testing

@testable import LumbarMonitor

@Suite struct FlightRecorderTests {
    private let device = DeviceID("a")

    private func record(_ recorder: inout FlightRecorder, _ bytes: [UInt8], _ seconds: Double) {
        bytes.withUnsafeBytes { recorder.record($0, from: device, at: .zero + .seconds(seconds)) }
    }

    @Test func keepsWhatWasReadInTheLastMinute() {
        var recorder = FlightRecorder()
        record(&recorder, [1, 2], 0)
        record(&recorder, [3], 30)
        record(&recorder, [4, 5, 6], 70)
        let chunks = recorder.chunks(at: .zero + .seconds(70))
        #expect(chunks.map(\.bytes) == [[3], [4, 5, 6]])
        #expect(chunks.map { ($0.time - .zero).seconds } == [30, 70])
    }

    @Test func chunksThatWrapAroundStayWholeAndOverwrittenOnesGo() {
        var random = SeededRandom(seed: 3, purpose: 9)
        var recorder = FlightRecorder(byteCapacity: 100, chunkCapacity: 16)
        var all: [[UInt8]] = []
        for k in 0..<500 {
            let chunk = (0..<random.whole(1...40)).map { _ in UInt8(truncatingIfNeeded: random.next()) }
            all.append(chunk)
            record(&recorder, chunk, Double(k) / 100)
            let kept = recorder.chunks(at: .zero + .seconds(Double(k) / 100)).map(\.bytes)
            #expect(kept == Array(all.suffix(kept.count)))
            let held = kept.reduce(0) { $0 + $1.count }
            #expect(held <= 100 && (held > 60 || kept.count == all.count || kept.count == 16))
        }
    }

    @Test func ofAChunkLargerThanTheRingTheEndIsKept() {
        var recorder = FlightRecorder(byteCapacity: 8, chunkCapacity: 4)
        record(&recorder, Array(0..<20), 1)
        #expect(recorder.chunks(at: .zero + .seconds(1)).map(\.bytes) == [Array(12..<20)])
    }
}
