import LumbarCore
import LumbarLinux
import LumbarStore

extension Failure {
    /// What the history refused, with the status of sysexits.h that says so.
    init(_ error: StoreError) {
        let status: Status =
            switch error.kind {
            case .missing: .noInput
            case .permission, .unread: .noPermission
            case .newerSchema, .foreign, .corrupt: .data
            case .locked: .unavailable
            case .full, .readOnly: .cannotCreate
            case .io: .io
            case .other: .software
            }
        self.init(status, error.description)
    }

    /// What the system refused; `status` unless it is a matter of permission.
    init(_ error: SystemError, otherwise status: Status) {
        self.init(error.isPermission ? .noPermission : status, error.description)
    }

    /// What the system refused when a serial line was to be opened; says how to stop the daemon when that has it.
    init(opening error: SystemError) {
        var error = error
        if error.isBusy, error.advice.hasPrefix("lumbard ") {
            error.advice += "; stop it first: sudo systemctl stop lumbard"
        }
        self.init(error, otherwise: error.isAbsence ? .noInput : error.isBusy ? .unavailable : .io)
    }

    /// Runs `body`; what the history refuses becomes a failure.
    static func translating<Result>(_ body: () throws -> Result) throws -> Result {
        do {
            return try body()
        } catch let error as StoreError {
            throw Failure(error)
        }
    }
}
