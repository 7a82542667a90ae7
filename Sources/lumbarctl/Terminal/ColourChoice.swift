import ArgumentParser
import Glibc

/// When to use colour; see no-color.org.
enum ColourChoice: String, ExpressibleByArgument, CaseIterable {
    case auto
    case always
    case never

    /// Whether the standard output gets colour.
    var isOn: Bool {
        switch self {
        case .always: return true
        case .never: return false
        case .auto:
            let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
            let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? true
            return StandardOutput.isTerminal && !isRefused && !isDumb
        }
    }
}
