import CLinux
import Glibc

/// A thread of our own that runs one function to its end.
public final class WorkerThread {
    private final class Body {
        let name: String
        let run: @Sendable () -> Void
        init(_ name: String, _ run: @escaping @Sendable () -> Void) {
            self.name = name
            self.run = run
        }
    }

    private let thread: pthread_t

    /// Starts a thread, named `name` for `top` and `ps` (15 bytes at most), that runs `body`.
    ///
    /// It inherits the blocked signals of the thread that starts it.
    public init(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        thread = try Self.create(name: name, body)
    }

    /// Starts one that nobody waits for.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) throws(SystemError) {
        pthread_detach(try create(name: name, body))
    }

    private static func create(
        name: String, _ body: @escaping @Sendable () -> Void
    ) throws(SystemError) -> pthread_t {
        var thread = pthread_t()
        let context = Unmanaged.passRetained(Body(name, body))
        let failure = pthread_create(
            &thread, nil,
            { context in
                guard let context else { return nil }
                let body = Unmanaged<Body>.fromOpaque(context).takeRetainedValue()
                clinux_name_thread(body.name)
                body.run()
                return nil
            }, context.toOpaque())
        if failure != 0 {
            context.release()
            throw SystemError("pthread_create", failure, doing: "start a thread")
        }
        return thread
    }

    /// Waits until the function has returned. Call it once.
    public func join() { pthread_join(thread, nil) }
}
