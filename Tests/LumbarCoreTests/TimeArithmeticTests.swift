import LumbarCore
import Testing

@Suite struct TimeArithmeticTests {
    @Test func instantsAddAndSubtract() {
        let a = Instant(nanoseconds: 5_000)
        #expect(a + Elapsed(nanoseconds: 10) == Instant(nanoseconds: 5_010))
        #expect(a - Elapsed(nanoseconds: 10) == Instant(nanoseconds: 4_990))
        #expect(a - Instant(nanoseconds: 7_000) == Elapsed(nanoseconds: -2_000))
        #expect(Instant.zero < a)
    }

    @Test func instantsSaturate() {
        let last = Instant(nanoseconds: .max)
        let first = Instant(nanoseconds: .min)
        #expect(last + .seconds(1) == last)
        #expect(first + .seconds(-1) == first)
        #expect(first - .seconds(1) == first)
        #expect(last - .seconds(-1) == last)
        #expect(last - first == Elapsed(nanoseconds: .max))
        #expect(first - last == Elapsed(nanoseconds: .min))
    }

    @Test func elapsedSaturates() {
        let longest = Elapsed(nanoseconds: .max)
        let shortest = Elapsed(nanoseconds: .min)
        #expect(longest + .seconds(1) == longest)
        #expect(shortest + .seconds(-1) == shortest)
        #expect(shortest - .seconds(1) == shortest)
        #expect(longest - shortest == longest)
        #expect(Elapsed.zero - shortest == longest)
        #expect(Elapsed.milliseconds(.max) == longest)
        #expect(Elapsed.milliseconds(.min) == shortest)
        var sum = Elapsed.seconds(1)
        sum += .milliseconds(500)
        #expect(sum.seconds == 1.5)
    }

    @Test func secondsRoundAndClamp() {
        #expect(Elapsed.seconds(1e-9).nanoseconds == 1)
        #expect(Elapsed.seconds(0.4e-9).nanoseconds == 0)
        #expect(Elapsed.seconds(-2.5).nanoseconds == -2_500_000_000)
        #expect(Elapsed.seconds(.nan) == .zero)
        #expect(Elapsed.seconds(.infinity).nanoseconds == .max)
        #expect(Elapsed.seconds(-1e300).nanoseconds == .min)
        #expect(Elapsed.seconds(9.3e9).nanoseconds == .max)
        #expect(Elapsed.minutes(1.5) == .seconds(90))
        #expect(Elapsed.hours(2) == .minutes(120))
        #expect(Elapsed.seconds(90).minutes == 1.5)
    }
}
