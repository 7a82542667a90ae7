import LumbarCore

/// What of one MTData2 message matters here; layouts in `XsensDecoder`.
struct XsensMessage {
    /// Packet counter.
    var number: UInt16?
    /// Sample time, 0.1 ms.
    var time: UInt32?
    /// g.
    var acceleration: Vector3<SensorFrame>?
    /// rad/s.
    var rate: Vector3<SensorFrame>?
    /// Degrees Celsius.
    var temperature: Double?
    /// By the device; zero when it does not say.
    var up = Vector3<SensorFrame>.zero

    /// Takes the item that begins at `index`; one whose length does not suit its name is ignored.
    mutating func take(_ window: FrameWindow, at index: Int) {
        let name = window.bigUInt16(index)
        let length = Int(window[index + 2])
        let first = index + 3
        switch name & 0xFFF0 {
        case 0x0810:
            temperature = XsensNumbers(window, first, length, count: 1)?[0]
        case 0x1020 where length == 2:
            number = window.bigUInt16(first)
        case 0x1060 where length == 4:
            time = window.bigUInt32(first)
        case 0x2010:
            guard let values = XsensNumbers(window, first, length, count: 4) else { return }
            up = DeviceUp.from(w: values[0], x: values[1], y: values[2], z: values[3])
            turnIfDown(name)
        case 0x2020:
            guard let values = XsensNumbers(window, first, length, count: 9) else { return }
            // Column by column on the wire: the third row is every third number.
            up = DeviceUp.from(row: Vector3(values[2], values[5], values[8]))
            turnIfDown(name)
        case 0x2030:
            guard let values = XsensNumbers(window, first, length, count: 3) else { return }
            up = DeviceUp.from(roll: values[0] * radiansPerDegree, pitch: values[1] * radiansPerDegree)
            turnIfDown(name)
        case 0x4020:
            guard let values = XsensNumbers(window, first, length, count: 3) else { return }
            acceleration = values.vector * (1 / standardGravityMetresPerSecondSquared)
        case 0x8020:
            rate = XsensNumbers(window, first, length, count: 3)?.vector
        default: break
        }
    }

    private mutating func turnIfDown(_ name: UInt16) {
        if name & 0x000C == 0x0004 { up = -up }
    }
}

/// The numbers of one item, in whatever precision its length shows.
struct XsensNumbers {
    private enum Precision: Int {
        case single = 4
        case double = 8
        /// 16 whole bits behind 32 of fraction.
        case fixed48 = 6
    }

    private let window: FrameWindow
    private let first: Int
    private let precision: Precision
    private let isFixed32: Bool

    /// `count` numbers in `length` bytes, or nil when none of the precisions makes that many.
    init?(_ window: FrameWindow, _ first: Int, _ length: Int, count: Int) {
        guard length % count == 0, let precision = Precision(rawValue: length / count) else { return nil }
        self.window = window
        self.first = first
        self.precision = precision
        // Four bytes are binary32 or 12.20: only the name tells these two apart.
        isFixed32 = precision == .single && window[first - 2] & 0x03 == 1
    }

    /// The number at `index`.
    subscript(_ index: Int) -> Double {
        let at = first + index * precision.rawValue
        switch precision {
        case .single where isFixed32:
            return Double(Int32(bitPattern: window.bigUInt32(at))) * 0x1p-20
        case .single:
            return window.bigFloat(at)
        case .double:
            return window.bigDouble(at)
        case .fixed48:
            let whole = Double(Int16(bitPattern: window.bigUInt16(at + 4)))
            return whole + Double(window.bigUInt32(at)) * 0x1p-32
        }
    }

    /// The first three.
    var vector: Vector3<SensorFrame> { Vector3(self[0], self[1], self[2]) }
}
