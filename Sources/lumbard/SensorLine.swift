import LumbarCore
import LumbarDecoders
import LumbarLinux

/// An open sensor, whatever it is read from.
protocol SensorLine: AnyObject {
    /// The descriptors to poll.
    var descriptors: [Int32] { get }
    /// Reads what is there, without waiting: bytes for the sensor's decoder.
    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome
}

/// A serial line.
final class SerialLine: SensorLine {
    let port: SerialPort

    init(_ port: consuming SerialPort) { self.port = port }

    var descriptors: [Int32] { [port.descriptor] }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome { port.read(into: buffer) }
}

/// A HID device: each report becomes a packet.
final class HIDLine: SensorLine {
    let device: HIDRawDevice

    init(_ device: consuming HIDRawDevice) { self.device = device }

    var descriptors: [Int32] { [device.descriptor] }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        var packets = PacketBuffer(buffer)
        packets.fill(source: 0) { device.read(into: $0) }
        return packets.outcome
    }
}

/// One IIO device of a sensor.
final class IIOPart {
    let device: IIODevice

    init(_ device: consuming IIODevice) { self.device = device }
}

/// The IIO devices of one sensor: what each read gives becomes a packet of its source.
final class IIOLine: SensorLine {
    private let parts: [IIOPart]

    init(_ parts: [IIOPart]) { self.parts = parts }

    var descriptors: [Int32] { parts.map { $0.device.descriptor } }

    func read(into buffer: UnsafeMutableRawBufferPointer) -> ReadOutcome {
        var packets = PacketBuffer(buffer)
        for (index, part) in parts.enumerated() {
            packets.fill(source: UInt8(index)) { part.device.read(into: $0) }
        }
        return packets.outcome
    }
}

/// A buffer that is filled with packets, as `PacketFrame` lays them out.
private struct PacketBuffer {
    private let buffer: UnsafeMutableRawBufferPointer
    private var used = 0
    private var end = ReadOutcome.nothing

    init(_ buffer: UnsafeMutableRawBufferPointer) { self.buffer = buffer }

    /// What there is: bytes first; that a device is gone is said again by the next read.
    var outcome: ReadOutcome { used > 0 ? .bytes(used) : end }

    /// Adds packets for as long as `read` gives bytes and half of the buffer is left for a large one.
    mutating func fill(source: UInt8, _ read: (UnsafeMutableRawBufferPointer) -> ReadOutcome) {
        while used < buffer.count / 2 {
            let start = used + PacketFrame.headerLength
            let last = min(buffer.count, start + PacketFrame.longestPayload)
            let outcome = read(UnsafeMutableRawBufferPointer(rebasing: buffer[start..<last]))
            guard case .bytes(let count) = outcome else {
                if end == .nothing { end = outcome }
                return
            }
            let header = PacketFrame.header(source: source, length: count)
            (buffer[used], buffer[used + 1], buffer[used + 2]) = header
            used = start + count
        }
    }
}
