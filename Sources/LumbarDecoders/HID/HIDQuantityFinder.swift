import LumbarCore

/// Collects the quantities of a descriptor report by report.
struct HIDQuantityFinder {
    private(set) var reports: [HIDSensorLayout.Report] = []
    private let descriptor: HIDReportDescriptor

    init(_ descriptor: HIDReportDescriptor) { self.descriptor = descriptor }

    private static let accelerationOwners = [
        SensorUsage.accelerometer3D, SensorUsage.deviceOrientation, SensorUsage.inclinometer3D,
    ]
    private static let rateOwners = [
        SensorUsage.gyrometer3D, SensorUsage.deviceOrientation, SensorUsage.inclinometer3D,
    ]
    private static let orientationOwners = [
        SensorUsage.inclinometer3D, SensorUsage.deviceOrientation, SensorUsage.relativeOrientation,
    ]

    /// One value of the input fields.
    private struct Place {
        var field: HIDField
        var index: Int
    }

    mutating func find() throws(HIDSensorRefusal) {
        var hasAcceleration = false
        var hasRate = false
        for (number, collection) in descriptor.collections.enumerated() {
            guard collection.usage.page == SensorUsage.page, collection.type <= 1 else { continue }
            for id in reportIDs(in: number) {
                let kind = collection.usage.id
                if Self.accelerationOwners.contains(kind), !hasAcceleration,
                    let triple = try triple(SensorUsage.accelerationX, number, id, accelerationFactor)
                {
                    hasAcceleration = true
                    change(id) { $0.acceleration = triple }
                }
                if Self.rateOwners.contains(kind), !hasRate,
                    let triple = try triple(SensorUsage.angularVelocityX, number, id, rateFactor)
                {
                    hasRate = true
                    change(id) { $0.rate = triple }
                }
                if let orientation = try orientation(kind, number, id) {
                    change(id) { $0.orientation = $0.orientation ?? orientation }
                }
                if let stamp = timestamp(number, id) { change(id) { $0.timestamp = stamp } }
            }
        }
        reports.removeAll { $0.acceleration == nil && $0.rate == nil && $0.orientation == nil }
    }

    private mutating func change(_ id: UInt8, _ body: (inout HIDSensorLayout.Report) -> Void) {
        if let index = reports.firstIndex(where: { $0.id == id }) {
            body(&reports[index])
        } else {
            var report = HIDSensorLayout.Report(id: id)
            body(&report)
            reports.append(report)
        }
    }

    // MARK: Fields

    private func reportIDs(in collection: Int) -> [UInt8] {
        var found: [UInt8] = []
        for field in descriptor.fields
        where field.kind == .input && belongs(field, to: collection) && !found.contains(field.reportID) {
            found.append(field.reportID)
        }
        return found
    }

    /// Whether the innermost physical or application collection around `field` is this one.
    private func belongs(_ field: HIDField, to collection: Int) -> Bool {
        var next = field.collection
        while let index = next {
            if index == collection { return true }
            if descriptor.collections[index].type <= 1 { return false }
            next = descriptor.collections[index].parent
        }
        return false
    }

    /// - Parameter isWhole: whether the values together are the quantity; such fields are often declared as arrays.
    private func place(_ id: UInt16, _ collection: Int, _ report: UInt8, isWhole: Bool = false) -> Place? {
        let usage = HIDUsage(page: SensorUsage.page, id: id)
        for field in descriptor.fields
        where field.kind == .input && field.reportID == report && field.isReadable
            && (field.isVariable || isWhole)
        {
            guard let index = field.index(of: usage), belongs(field, to: collection) else { continue }
            return Place(field: field, index: index)
        }
        return nil
    }

    private func number(_ place: Place, times factor: Double) -> HIDSensorLayout.Number {
        let field = place.field
        let conversion = field.conversion
        return HIDSensorLayout.Number(
            bitOffset: field.bitOffset + place.index * field.size, size: field.size,
            isSigned: field.logicalMinimum < 0, scale: conversion.scale * factor,
            offset: conversion.offset * factor)
    }

    private func triple(
        _ first: UInt16, _ collection: Int, _ report: UInt8, _ factor: (HIDField) -> Double?
    ) throws(HIDSensorRefusal) -> HIDSensorLayout.Triple? {
        var numbers: [HIDSensorLayout.Number] = []
        for axis: UInt16 in 0..<3 {
            guard let found = place(first + axis, collection, report) else { return nil }
            guard let factor = factor(found.field) else {
                throw .unknownUnit(HIDUsage(page: SensorUsage.page, id: first + axis), found.field.unit)
            }
            numbers.append(number(found, times: factor))
        }
        return HIDSensorLayout.Triple(x: numbers[0], y: numbers[1], z: numbers[2])
    }

    private func orientation(
        _ kind: UInt16, _ collection: Int, _ report: UInt8
    ) throws(HIDSensorRefusal) -> HIDSensorLayout.Orientation? {
        if kind == SensorUsage.gravity {
            return try triple(SensorUsage.accelerationX, collection, report, accelerationFactor)
                .map { .gravity($0) }
        }
        guard Self.orientationOwners.contains(kind) else { return nil }
        if let found = place(SensorUsage.quaternion, collection, report, isWhole: true),
            found.field.count - found.index >= 4
        {
            return .quaternion(
                (0..<4).map { number(Place(field: found.field, index: found.index + $0), times: 1) })
        }
        if let found = place(SensorUsage.rotationMatrix, collection, report, isWhole: true),
            found.field.count - found.index >= 9
        {
            let row = (6..<9).map { number(Place(field: found.field, index: found.index + $0), times: 1) }
            return .matrix(HIDSensorLayout.Triple(x: row[0], y: row[1], z: row[2]))
        }
        return try tilts(collection, report)
    }

    private func tilts(
        _ collection: Int, _ report: UInt8
    ) throws(HIDSensorRefusal) -> HIDSensorLayout.Orientation? {
        guard let x = place(SensorUsage.tiltX, collection, report),
            let y = place(SensorUsage.tiltX + 1, collection, report)
        else { return nil }
        guard let factorX = angleFactor(x.field) else {
            throw .unknownUnit(HIDUsage(page: SensorUsage.page, id: SensorUsage.tiltX), x.field.unit)
        }
        guard let factorY = angleFactor(y.field) else {
            throw .unknownUnit(HIDUsage(page: SensorUsage.page, id: SensorUsage.tiltX + 1), y.field.unit)
        }
        return .tilts(x: number(x, times: factorX), y: number(y, times: factorY))
    }

    /// The sensor's clock, when it is fine enough to time samples by: two milliseconds or better.
    private func timestamp(_ collection: Int, _ report: UInt8) -> HIDSensorLayout.Number? {
        guard let found = place(SensorUsage.timestamp, collection, report) else { return nil }
        // 0 and 0x1001 are seconds, 0x19 milliseconds.
        let factor: Double? =
            [0, 0x1001].contains(found.field.unit) ? 1e9 : found.field.unit == 0x19 ? 1e6 : nil
        guard let factor else { return nil }
        let stamp = number(found, times: factor)
        return stamp.scale >= 1 && stamp.scale <= 2e6 ? stamp : nil
    }

    // MARK: Units

    private func accelerationFactor(_ field: HIDField) -> Double? {
        switch field.unit {
        case 0, 0x1A: AccelerationUnit.g.inG
        case 0x11E0, 0xE011: AccelerationUnit.metresPerSecondSquared.inG
        default: nil
        }
    }

    private func rateFactor(_ field: HIDField) -> Double? {
        switch field.unit {
        case 0, 0x15, 0xF014: AngularRateUnit.degreesPerSecond.inRadiansPerSecond
        case 0x12F0, 0xF012: AngularRateUnit.radiansPerSecond.inRadiansPerSecond
        default: nil
        }
    }

    private func angleFactor(_ field: HIDField) -> Double? {
        switch field.unit {
        case 0, 0x14: radiansPerDegree
        case 0x12: 1
        default: nil
        }
    }

    // MARK: Why not

    /// Why nothing was found.
    var refusal: HIDSensorRefusal {
        var kinds: [String] = []
        var hasOneAngle = false
        var elsewhere: HIDUsage?
        var misused: HIDUsage?
        for field in descriptor.fields where field.kind == .input && !field.isConstant {
            for range in field.usages where range.lowerBound.page == SensorUsage.page {
                let id = range.lowerBound.id
                let owner = descriptor.owner(of: field)?.usage ?? HIDUsage(raw: 0)
                if SensorUsage.kinds.contains(id) { misused = misused ?? range.lowerBound }
                if (0x430...0x4AF).contains(id), owner.page != SensorUsage.page {
                    elsewhere = elsewhere ?? owner
                }
                if (SensorUsage.tiltX...SensorUsage.tiltX + 2).contains(id) { hasOneAngle = true }
            }
        }
        for collection in descriptor.collections where collection.usage.page == SensorUsage.page {
            guard let name = SensorUsage.name(ofKind: collection.usage.id), !kinds.contains(name) else {
                continue
            }
            kinds.append(name)
        }
        if let misused { return .kindsAsQuantities(misused) }
        if hasOneAngle { return .oneAngle }
        if let elsewhere { return .partOfSomethingElse(elsewhere) }
        return kinds.isEmpty ? .noSensor : .otherSensor(kinds.joined(separator: ", "))
    }
}
