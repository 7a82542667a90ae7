import LumbarCore
import LumbarLive
import Testing

@Suite struct PauseReminderTests {
    private func at(_ hours: Double) -> Instant { .zero + .seconds(hours * 3600) }

    /// The hours from `first` up to `last` at which it is said.
    private func said(_ reminder: inout PauseReminder, from first: Int, to last: Int) -> [Int] {
        var hours: [Int] = []
        for hour in first..<last where reminder.isDue(at: at(Double(hour))) { hours.append(hour) }
        return hours
    }

    @Test func aPauseIsRemindedOfOnceADay() {
        var reminder = PauseReminder()
        #expect(said(&reminder, from: 0, to: 100) == [] && reminder.due == nil)
        reminder.arrange(isPaused: true, at: at(10))
        #expect(reminder.due == at(34))
        #expect(said(&reminder, from: 10, to: 110) == [34, 58, 82, 106])
    }

    @Test func anotherPauseDoesNotPutItOff() {
        var reminder = PauseReminder()
        reminder.arrange(isPaused: true, at: at(0))
        for hour in stride(from: 1.0, to: 24, by: 1) { reminder.arrange(isPaused: true, at: at(hour)) }
        #expect(said(&reminder, from: 23, to: 30) == [24])
    }

    @Test func afterTheEndNothingIsSaidAndTheNextBeginsAnew() {
        var reminder = PauseReminder()
        reminder.arrange(isPaused: true, at: at(0))
        reminder.arrange(isPaused: false, at: at(23))
        #expect(said(&reminder, from: 23, to: 40) == [] && reminder.due == nil)
        reminder.arrange(isPaused: true, at: at(40))
        #expect(said(&reminder, from: 40, to: 70) == [64])
    }

    /// After a sleep of days it is said once, and not for each of them.
    @Test func aMachineThatSleptSaysItOnce() {
        var reminder = PauseReminder()
        reminder.arrange(isPaused: true, at: at(0))
        #expect(said(&reminder, from: 120, to: 146) == [120, 144])
    }
}
