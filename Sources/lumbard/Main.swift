import Glibc
import LumbarCore
import LumbarLinux
import LumbarLive
import LumbarStore

@main
enum Main {
    static func main() {
        do {
            let options = try Options(Array(CommandLine.arguments.dropFirst()))
            switch options.action {
            case .showHelp: print(Help.text)
            case .showVersion: print("lumbard " + ReleaseName.version)
            case .checkConfiguration: try checkConfiguration(options)
            case .run: try run(options)
            }
        } catch let refusal as Refusal {
            for line in refusal.lines { complain(line) }
            exit(refusal.code.rawValue)
        } catch {
            // One line and a number, where an escaping error would be a crash.
            complain("\(error)")
            exit(ExitCode.unavailable.rawValue)
        }
    }

    private static func checkConfiguration(_ options: Options) throws(Refusal) {
        let configuration = try Configuration.load(options.configuration)
        try options.check(configuration.monitor.decoders)
        print("The configuration is fine.")
    }

    private static func run(_ options: Options) throws {
        let configuration = try Configuration.load(options.configuration)
        try options.check(configuration.monitor.decoders)
        let files = try Files(options, keepsHistory: configuration.daemon.store.keep)
        let events = LiveEvents(bootID: files.bootID, anchor: WallClockReader.anchor())
        let (desk, notice) = try LiveDesk.open(options, events: events)
        let mailbox = try Mailbox<WriterMessage>(capacity: 4096)
        let replies = try Mailbox<WriterReply>(capacity: 1)
        let news = try Mailbox<WriterNews>(capacity: 1)
        let tally = WriteTally()
        let plan = HistoryPlan(configuration.daemon.store)
        // Before any thread is started: it blocks signals, and threads inherit what is blocked.
        let daemon = try Daemon(
            options: options, configuration: configuration, mailbox: mailbox, replies: replies, news: news,
            desk: desk, tally: tally, bootID: files.bootID)
        if let notice { daemon.router.say(notice) }
        let writer = try WorkerThread(name: "lumbard-writer") {
            StoreWriter(
                mailbox: mailbox, replies: replies, news: news, files: files,
                journal: Journal(identifier: "lumbard", isUsed: options.usesJournal), plan: plan, tally: tally
            ).run()
        }
        do {
            try daemon.run()
        } catch {
            mailbox.send(.stop)
            writer.join()
            throw error
        }
        writer.join()
    }

    private static func complain(_ line: String) {
        let bytes = Array("lumbard: \(Printable.text(line, limit: 2000))\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
    }
}
