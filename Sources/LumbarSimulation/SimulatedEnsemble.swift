import LumbarCore

/// Several sensors on one simulated wearer: their events in the order of time.
public struct SimulatedEnsemble: Sendable {
    private var streams: [Waiting]

    /// A stream, and what it does next.
    private struct Waiting: Sendable {
        var stream: SimulatedStream
        var event: SimulatedStream.Event?
        var bytes: [UInt8] = []

        mutating func advance() { event = stream.next(into: &bytes) }
    }

    /// The sensors of `models` on one wearer who acts out `scenario`.
    public init(scenario: Scenario, seed: UInt64, sensors models: [SensorModel], origin: Instant = .zero) {
        streams = models.map {
            var waiting = Waiting(
                stream: SimulatedStream(scenario: scenario, seed: seed, sensor: $0, origin: origin))
            waiting.advance()
            return waiting
        }
    }

    /// The truth so far, by the first sensor's clock; complete once all streams have ended.
    public var truth: [TruthSpan] { streams.first?.stream.truth ?? [] }

    /// The next event and the place of its sensor among the models, or nil at the end; `bytes` is replaced by what was
    /// read.
    public mutating func next(into bytes: inout [UInt8]) -> (sensor: Int, event: SimulatedStream.Event)? {
        var first: (index: Int, event: SimulatedStream.Event)?
        for (index, waiting) in streams.enumerated() {
            guard let event = waiting.event else { continue }
            if let best = first, best.event.time <= event.time { continue }
            first = (index, event)
        }
        guard let first else { return nil }
        let index = first.index
        swap(&bytes, &streams[index].bytes)
        streams[index].advance()
        return (index, first.event)
    }
}

extension SimulatedStream.Event {
    /// When it happens.
    var time: Instant {
        switch self {
        case .attached(let time), .bytes(let time), .detached(let time): time
        }
    }
}
