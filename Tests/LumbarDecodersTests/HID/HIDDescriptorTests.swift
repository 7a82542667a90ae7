import LumbarCore
import LumbarTestKit
import Testing

@testable import LumbarDecoders

/// The three bytes of a packet, and what it holds.
func packet(_ payload: [UInt8], source: UInt8 = 0) -> [UInt8] {
    [source, UInt8(payload.count & 0xFF), UInt8(payload.count >> 8)] + payload
}

@Suite struct HIDDescriptorTests {
    private func descriptor(_ bytes: [UInt8]) throws -> HIDReportDescriptor { try HIDReportDescriptor(bytes) }

    private func error(_ bytes: [UInt8]) -> HIDDescriptorError? {
        do throws(HIDDescriptorError) { _ = try HIDReportDescriptor(bytes) } catch { return error }
        return nil
    }

    @Test func bitsLieWhereTheItemsPutThem() throws {
        // Three 9-bit values and five bits of padding under report 1, signed 12-bit values under report 2.
        let read = try descriptor([
            0x05, 0x20, 0x09, 0x8A, 0xA1, 0x01, 0x85, 0x01, 0x15, 0x00, 0x26, 0x68, 0x01,
            0x0A, 0x7F, 0x04, 0x0A, 0x80, 0x04, 0x0A, 0x81, 0x04, 0x75, 0x09, 0x95, 0x03, 0x81, 0x02,
            0x75, 0x05, 0x95, 0x01, 0x81, 0x03,
            0x85, 0x02, 0x16, 0x00, 0xF8, 0x26, 0xFF, 0x07, 0x75, 0x0C, 0x95, 0x02, 0x09, 0x01, 0x81, 0x02,
            0xC0,
        ])
        #expect(read.fields.map(\.bitOffset) == [8, 35, 8])
        #expect(read.bitLength(.input, reportID: 1) == 40)
        #expect(read.bitLength(.input, reportID: 2) == 32)
        let report: [UInt8] = [1, 0x67, 0x68, 0x71, 0x55]
        let bits = report.dropFirst().reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
        report.withUnsafeBytes { bytes in
            for index in 0..<3 {
                #expect(
                    read.fields[0].value(at: index, in: bytes) == Int64(bits >> UInt64(9 * index) & 0x1FF))
            }
            #expect(read.fields[0].value(at: 3, in: bytes) == nil)
            #expect(read.fields[1].value(at: 0, in: bytes) == nil)
        }
        let signed: [UInt8] = [2, 0xFF, 0x0F, 0x80]
        signed.withUnsafeBytes { bytes in
            #expect(read.fields[2].value(at: 0, in: bytes) == -1)
            #expect(read.fields[2].value(at: 1, in: bytes) == -2048)
        }
    }

    @Test func whatIsNotInAShortReportIsZero() throws {
        let read = try descriptor([
            0x17, 0, 0, 0, 0x80, 0x27, 0xFF, 0xFF, 0xFF, 0x7F, 0x75, 32, 0x95, 2, 0x81, 2,
        ])
        let report: [UInt8] = [0xFE, 0xFF, 0xFF, 0xFF, 0x12]
        report.withUnsafeBytes { bytes in
            #expect(read.fields[0].value(at: 0, in: bytes) == -2)
            #expect(read.fields[0].value(at: 1, in: bytes) == 0x12)
        }
        [UInt8]().withUnsafeBytes { #expect(read.fields[0].value(at: 0, in: $0) == 0) }
    }

    /// Every offset and width, against a loop over single bits.
    @Test func anyBitsAnywhere() {
        var random = SplitMix64(seed: 11)
        let bytes = (0..<16).map { _ in UInt8.random(in: 0...255, using: &random) }
        bytes.withUnsafeBytes { report in
            for offset in 0..<140 {
                for count in 1...32 {
                    var expected: UInt32 = 0
                    for bit in 0..<count where (offset + bit) / 8 < 16 {
                        if report[(offset + bit) / 8] >> UInt8((offset + bit) % 8) & 1 == 1 {
                            expected |= 1 << UInt32(bit)
                        }
                    }
                    #expect(HIDBits.read(report, at: offset, count: count) == expected)
                    var copy = [UInt8](repeating: 0xA5, count: 24)
                    HIDBits.write(expected, into: &copy, at: offset, count: count)
                    #expect(copy.withUnsafeBytes { HIDBits.read($0, at: offset, count: count) } == expected)
                }
            }
        }
    }

    @Test func pushAndPopKeepWhatHolds() throws {
        let read = try descriptor([
            0x05, 0x01, 0x15, 0x00, 0x25, 0x0F, 0x75, 0x04, 0x95, 0x01, 0xA4,
            0x05, 0x20, 0x25, 0x7F, 0x75, 0x08, 0x65, 0x14, 0x09, 0x30, 0x81, 0x02, 0xB4,
            0x09, 0x31, 0x81, 0x02,
        ])
        #expect(read.fields.map(\.size) == [8, 4])
        #expect(read.fields.map(\.logicalMaximum) == [127, 15])
        #expect(read.fields.map(\.unit) == [0x14, 0])
        #expect(read.fields.map { $0.usage(at: 0)?.description } == ["20:0030", "1:0031"])
    }

    @Test func usagesTakeTheirPages() throws {
        let read = try descriptor([
            // A page that comes after its usage, a usage of four bytes, a range, and a range of four bytes.
            0x75, 0x08, 0x95, 0x01, 0x25, 0x7F, 0x0A, 0x53, 0x04, 0x05, 0x20, 0x81, 0x02,
            0x0B, 0x31, 0x00, 0x01, 0x00, 0x81, 0x02,
            0x19, 0x10, 0x29, 0x13, 0x95, 0x04, 0x81, 0x02,
            0x1B, 0x01, 0x00, 0x0D, 0x00, 0x29, 0x03, 0x81, 0x02,
            // Two pages in one field: each keeps its own.
            0x05, 0x09, 0x09, 0x01, 0x05, 0x20, 0x09, 0x02, 0x95, 0x02, 0x81, 0x02,
        ])
        func usages(_ field: HIDField) -> [String] {
            (0..<field.count).compactMap { field.usage(at: $0)?.description }
        }
        #expect(usages(read.fields[0]) == ["20:0453"])
        #expect(usages(read.fields[1]) == ["1:0031"])
        #expect(usages(read.fields[2]) == ["20:0010", "20:0011", "20:0012", "20:0013"])
        // Fewer usages than values: the last goes on.
        #expect(usages(read.fields[3]) == ["d:0001", "d:0002", "d:0003", "d:0003"])
        #expect(usages(read.fields[4]) == ["9:0001", "20:0002"])
        #expect(read.fields[2].index(of: HIDUsage(page: 0x20, id: 0x12)) == 2)
        #expect(read.fields[2].index(of: HIDUsage(page: 0x20, id: 0x14)) == nil)
    }

    @Test func ofAlternativesTheFirstCounts() throws {
        let read = try descriptor([
            0x05, 0x20, 0x75, 0x08, 0x95, 0x02, 0x25, 0x7F,
            0xA9, 0x01, 0x09, 0x01, 0x09, 0x02, 0xA9, 0x00, 0x09, 0x03, 0x81, 0x02,
        ])
        #expect(read.fields[0].usages.map(\.lowerBound.id) == [1, 3])
    }

    @Test func longItemsArePassedOver() throws {
        let read = try descriptor([
            0x75, 0x08, 0xFE, 0x03, 0xF0, 1, 2, 3, 0x95, 0x01, 0x25, 0x7F, 0xFE, 0x00, 0x00, 0x81, 0x02,
        ])
        #expect(read.fields.count == 1)
        #expect(error([0xFE, 0x03, 0xF0, 1, 2]) == HIDDescriptorError(offset: 0, reason: .truncated))
        #expect(error([0x75, 0x08, 0xFE]) == HIDDescriptorError(offset: 2, reason: .truncated))
    }

    @Test func limitsAreSignedWhenTheSmallestValueIs() throws {
        let read = try descriptor([
            0x75, 0x08, 0x95, 0x01, 0x15, 0x00, 0x25, 0xFF, 0x81, 0x02,
            0x15, 0x80, 0x25, 0xFF, 0x81, 0x02,
            0x15, 0x00, 0x27, 0xFF, 0xFF, 0xFF, 0xFF, 0x75, 0x20, 0x81, 0x02,
            // The largest value may come first.
            0x25, 0xF0, 0x15, 0x81, 0x75, 0x08, 0x81, 0x02,
        ])
        #expect(read.fields.map(\.logicalMinimum) == [0, -128, 0, -127])
        #expect(read.fields.map(\.logicalMaximum) == [255, -1, 4_294_967_295, -16])
    }

    @Test func exponentsAreNibblesOrBytes() throws {
        func exponent(_ item: [UInt8]) throws -> Int? {
            try descriptor([0x75, 0x08, 0x95, 0x01, 0x25, 0x7F] + item + [0x81, 0x02]).fields.first?
                .unitExponent
        }
        for (byte, expected) in [
            (0, 0), (3, 3), (7, 7), (8, -8), (0x0D, -3), (0x0F, -1), (0xFD, -3), (0x10, 16),
        ] {
            #expect(try exponent([0x55, UInt8(byte)]) == expected)
        }
        #expect(try exponent([0x57, 0xFE, 0xFF, 0xFF, 0xFF]) == -2)
        #expect(error([0x55, 0x7F]) == HIDDescriptorError(offset: 0, reason: .badExponent))
    }

    @Test func valuesBecomePhysical() throws {
        // -32768...32767 stands for -16000...15999 thousandths, and 0...255 for -1...1 times a hundred.
        let read = try descriptor([
            0x75, 0x10, 0x95, 0x01, 0x16, 0x00, 0x80, 0x26, 0xFF, 0x7F, 0x36, 0x80, 0xC1, 0x46, 0x7F, 0x3E,
            0x55, 0x0D, 0x81, 0x02,
            0x75, 0x08, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x35, 0xFF, 0x45, 0x01, 0x55, 0x02, 0x81, 0x02,
        ])
        func physical(_ field: HIDField, _ value: Double) -> Double {
            value * field.conversion.scale + field.conversion.offset
        }
        #expect(abs(physical(read.fields[0], -32768) + 16) < 1e-12)
        #expect(abs(physical(read.fields[0], 32767) - 15.999) < 1e-12)
        #expect(abs(physical(read.fields[1], 0) + 100) < 1e-12)
        #expect(abs(physical(read.fields[1], 255) - 100) < 1e-12)
    }

    @Test func mistakesHaveTheirPlace() {
        let cases: [([UInt8], Int, HIDDescriptorError.Reason)] = [
            ([0x05, 0x20, 0x26, 0x01], 2, .truncated),
            ([0xC0], 0, .unbalancedEnd),
            ([0xB4], 0, .badStack),
            (Array(repeating: 0xA4, count: 9), 8, .badStack),
            ([0x85, 0x00], 0, .badReportID),
            ([0x86, 0x00, 0x01], 0, .badReportID),
            ([0x76, 0x01, 0x01], 0, .tooWide),
            ([0x97, 0xFF, 0xFF, 0xFF, 0xFF], 0, .reportTooLong),
            ([0x76, 0x00, 0x01, 0x96, 0x01, 0x02, 0x81, 0x03], 6, .reportTooLong),
            ([0x75, 0x08, 0x95, 0x01, 0x15, 0x05, 0x25, 0x04, 0x81, 0x02], 8, .emptyRange),
            ([0x19, 0x05, 0x29, 0x04], 2, .emptyUsageRange),
            // The page changes between the first and the last.
            (
                [0x05, 0x20, 0x19, 0x05, 0x05, 0x21, 0x29, 0x03, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02], 6,
                .emptyUsageRange
            ),
            ([0x0C], 0, .unknownTag(0x0C)),
            ([0xC4], 0, .unknownTag(0xC4)),
            (Array(repeating: [0xA1, 0x02], count: 17).flatMap { $0 }, 32, .tooDeep),
            ([0x75, 0x01, 0x95, 0x01] + Array(repeating: 0x80, count: 1025), 1028, .tooManyFields),
            (Array(repeating: 0xA8, count: 4097), 4096, .tooLong),
        ]
        for (bytes, offset, reason) in cases {
            #expect(error(bytes) == HIDDescriptorError(offset: offset, reason: reason), "\(reason)")
        }
        #expect(error([0xC0])?.description == "byte 0: the end of a collection that never began")
        #expect(error([]) == nil)
    }

    @Test func aRangeOfShortUsagesTakesThePageDeclaredLast() throws {
        let fields = try HIDReportDescriptor([
            0x05, 0x20, 0x19, 0x03, 0x05, 0x21, 0x29, 0x05, 0x75, 0x08, 0x95, 0x01, 0x81, 0x02,
        ]).fields
        #expect(fields.map(\.usages) == [[HIDUsage(raw: 0x21_0003)...HIDUsage(raw: 0x21_0005)]])
    }

    @Test func anyBytesAreReadOrRefused() {
        var random = SplitMix64(seed: 3)
        var read = 0
        for _ in 0..<20_000 {
            let count = Int.random(in: 0...64, using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &random) }
            guard let result = try? HIDReportDescriptor(bytes) else { continue }
            read += 1
            for field in result.fields {
                _ = bytes.withUnsafeBytes { field.value(at: field.count - 1, in: $0) }
            }
            _ = try? HIDSensorLayout(result)
        }
        #expect(read > 100)
    }
}
