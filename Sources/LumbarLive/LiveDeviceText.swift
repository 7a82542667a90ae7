import LumbarAlerts
import LumbarCore
import LumbarReport

/// What the daemon says of a sensor, as lines for people: a word, and what it is about.
public enum LiveDeviceText {
    /// The lines, within 80 columns unless names are long.
    public static func lines(_ device: LiveDevice) -> [String] {
        var lines = ["state     " + state(device)]
        if let signal = device.signal {
            lines.append("data      " + data(device, signal))
            let vitals = self.vitals(signal.vitals) + bias(signal)
            if !vitals.isEmpty { lines.append("sensor    " + vitals.joined(separator: ", ")) }
            let rejects = self.rejects(signal)
            if !rejects.isEmpty { lines.append("refused   " + rejects.joined(separator: ", ")) }
            for trouble in signal.troubles { lines.append("trouble   " + SensorTroubleText.begins(trouble)) }
            if signal.hasScaleFault {
                lines.append("trouble   it measures far from 1 g at rest: its angles are not used.")
            }
            if let mount = signal.mount {
                lines.append(
                    "mount     " + CalibrationText.words(mount.trust) + "; "
                        + CalibrationText.words(mount.source))
            }
        }
        if !device.message.isEmpty { lines.append("last said " + Printable.text(device.message, limit: 400)) }
        return lines
    }

    private static func state(_ device: LiveDevice) -> String {
        switch device.state {
        case .waiting: "waiting for it"
        case .listening: "listening whether a sensor speaks"
        case .attached: device.signal?.samples == 0 ? "open, and nothing valid yet" : "read"
        case .silent: "silent; opened again from time to time"
        case .letGo: "let go until it is plugged in again"
        case .paused: "closed: its wearer asked for a pause"
        case .pending: "a sensor; not used until somebody says so"
        }
    }

    private static func data(_ device: LiveDevice, _ signal: LiveDevice.Signal) -> String {
        var parts = [device.protocolName.map { Printable.text($0, limit: 40) } ?? "protocol not known yet"]
        if signal.rateHz > 0 { parts.append(DecimalText.fixed(signal.rateHz, 1) + " Hz") }
        parts.append("\(signal.samples) samples")
        let lost = signal.outcomes.lostSamples
        if lost > 0 { parts.append("\(lost) lost (\(DecimalText.fixed(signal.lossShare * 100, 2)) %)") }
        if signal.gaps > 0 { parts.append(StatusText.count(signal.gaps, "gap")) }
        return parts.joined(separator: ", ")
    }

    private static func vitals(_ vitals: SensorVitals) -> [String] {
        [
            vitals.batteryPercent.map { "battery \(DecimalText.fixed($0, 0)) %" },
            vitals.batteryVolts.map { "battery \(DecimalText.fixed($0, 2)) V" },
            vitals.temperatureCelsius.map { "\(DecimalText.fixed($0, 0)) °C" },
        ].compactMap { $0 }
    }

    private static func bias(_ signal: LiveDevice.Signal) -> [String] {
        guard let bias = signal.gyroBiasDps, bias >= 0.05 else { return [] }
        let slope = signal.gyroBiasDpsPerCelsius.map { ", \(DecimalText.fixed($0, 3)) per °C" } ?? ""
        return ["gyroscope off by \(DecimalText.fixed(bias, 2)) degrees/s, corrected\(slope)"]
    }

    private static func rejects(_ signal: LiveDevice.Signal) -> [String] {
        let outcomes = signal.outcomes
        return [
            (outcomes.skippedBytes, "bytes between frames"), (outcomes.badLength, "of a wrong length"),
            (outcomes.badChecksum, "with a wrong checksum"), (outcomes.insane, "that cannot be true"),
            (signal.implausible, "samples out of range"),
            (signal.outliers, "samples alone on a damaged line"),
        ].filter { $0.0 > 0 }.map { "\($0.0) \($0.1)" }
    }
}
