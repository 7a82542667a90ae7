/// All channels of a trunk, and the moves that are under way or planned.
struct ChannelBank {
    /// Values, rates and accelerations at the time of the last `advance`, one lane a channel.
    private(set) var value = SIMD16<Double>(repeating: 0)
    private(set) var rate = SIMD16<Double>(repeating: 0)
    private(set) var acceleration = SIMD16<Double>(repeating: 0)
    /// Values without the moves under way.
    private var base = SIMD16<Double>(repeating: 0)
    /// Values when all planned moves are done.
    private var planned = SIMD16<Double>(repeating: 0)
    private var moves: [Move] = []
    /// No move touches any channel before this time.
    private var earliest = Double.infinity

    init() { moves.reserveCapacity(64) }

    /// Where `channel` will rest when all planned moves are done.
    func target(_ channel: Channel) -> Double { planned[channel.rawValue] }

    /// Puts a channel somewhere at once: for the beginning only.
    mutating func place(_ channel: Channel, at value: Double) {
        base[channel.rawValue] = value
        planned[channel.rawValue] = value
        self.value[channel.rawValue] = value
    }

    /// Plans a submovement that ends at `value`, given all that is planned before.
    mutating func move(_ channel: Channel, to value: Double, from start: Double, lasting duration: Double) {
        add(Move(channel: channel, start: start, duration: duration, delta: value - target(channel)))
    }

    /// Plans a submovement by `delta`.
    mutating func move(_ channel: Channel, by delta: Double, from start: Double, lasting duration: Double) {
        add(Move(channel: channel, start: start, duration: duration, delta: delta))
    }

    /// Plans `move`.
    mutating func add(_ move: Move) {
        guard move.delta != 0, move.duration > 0 else { return }
        moves.append(move)
        planned[move.channel.rawValue] += move.delta
        earliest = min(earliest, move.start)
    }

    /// Takes whole turns out of an angle that rests.
    mutating func unwind(_ channel: Channel) {
        let lane = channel.rawValue
        let turns = (planned[lane] / (2 * Double.pi)).rounded() * 2 * Double.pi
        planned[lane] -= turns
        base[lane] -= turns
        value[lane] -= turns
    }

    /// Brings all channels to time `t`, which never goes back.
    mutating func advance(to t: Double) {
        guard t >= earliest else { return }
        value = base
        rate = SIMD16(repeating: 0)
        acceleration = SIMD16(repeating: 0)
        var next = Double.infinity
        var i = 0
        while i < moves.count {
            let move = moves[i]
            if t >= move.end {
                finish(i)
                continue
            }
            next = min(next, move.start)
            if t >= move.start { include(move.contribution(at: t), in: move.channel) }
            i += 1
        }
        earliest = next
    }

    private mutating func finish(_ index: Int) {
        let move = moves[index]
        base[move.channel.rawValue] += move.delta
        value[move.channel.rawValue] += move.delta
        moves[index] = moves[moves.count - 1]
        moves.removeLast()
    }

    private mutating func include(_ part: Motion1D, in channel: Channel) {
        value[channel.rawValue] += part.value
        rate[channel.rawValue] += part.rate
        acceleration[channel.rawValue] += part.acceleration
    }

    /// One channel as it is now.
    func now(_ channel: Channel) -> Motion1D {
        let lane = channel.rawValue
        return Motion1D(value: value[lane], rate: rate[lane], acceleration: acceleration[lane])
    }
}
