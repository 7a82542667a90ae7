import ArgumentParser
import Glibc
import LumbarCore
import LumbarLinux
import LumbarStore

/// `lumbarctl forget`: deletes the older part of the history.
struct ForgetCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "forget",
        abstract: "Delete what is older than a day from the history, for good.",
        discussion: """
            The daemon has to be stopped meanwhile: systemctl stop lumbard. What is deleted is overwritten in the file; \
            on flash memory and in backups older copies may live on.

            DAY is today, yesterday or 2026-11-01; that day itself stays. --before tomorrow deletes everything.
            """)

    @Option(help: ArgumentHelp("The first day that stays.", valueName: "day"))
    var before: String

    @Flag(help: "Do not ask.")
    var yes = false

    @OptionGroup var history: HistoryOptions

    func run() throws {
        let clock = LocalClock()
        let tomorrow = CivilDate(daysSinceEpoch: clock.today.daysSinceEpoch + 1)
        try Failure.catching {
            let first = before == "tomorrow" ? tomorrow : try clock.date(before, option: "--before")
            try Failure.translating {
                // Read first: a wrong path must not make a new history.
                _ = try history.open()
                guard try yes || confirmed(first) else { return }
                let store = try Store(writing: history.path, bootID: "", host: CommandHost())
                let count = try store.forget(before: first, zone: clock.zone(of: first))
                StandardError.write("\(count) rows were deleted.")
                for copy in store.copies {
                    StandardError.write("An older copy is left: \(Printable.text(copy, limit: 4096))")
                }
            }
        }
    }

    private func confirmed(_ first: CivilDate) throws -> Bool {
        guard isatty(STDIN_FILENO) == 1 else {
            throw Failure(
                .usage, "nothing was deleted, as there is nobody to ask; say --yes if that is what you want")
        }
        StandardError.put("Delete everything before \(first) for good? [y/N] ")
        let answer = readLine() ?? ""
        return ["y", "yes"].contains(answer.lowercased())
    }
}

/// What the store needs of the system for a short visit.
private final class CommandHost: StoreHost {
    // A lock lives as long as this does.
    private final class Held {
        let lock: FileLock
        init(_ lock: consuming FileLock) { self.lock = lock }
    }

    private var held: [Held] = []

    /// Every file is there already; only the daemon makes them.
    func createPrivateFile(_ path: String, size: Int) throws(StoreError) {}

    func rename(_ old: String, to new: String) throws(StoreError) {
        // Not by a command that was asked to delete: the daemon moves damaged files aside and says so.
        throw StoreError(.corrupt, action: "opening \(old)", reason: "it is damaged")
    }

    func lock(_ path: String) throws(StoreError) {
        do throws(SystemError) {
            held.append(Held(try FileLock.acquire(path)))
        } catch {
            let reason = error.advice.isEmpty ? error.reason : error.advice
            throw StoreError(
                error.number == EWOULDBLOCK ? .locked : error.isPermission ? .permission : .other,
                systemErrno: error.number, action: "changing the history", reason: reason)
        }
    }

    func now() -> Instant { BootClock.now() }
}
