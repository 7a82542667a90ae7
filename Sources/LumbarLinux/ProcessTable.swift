/// The programs that run, as /proc shows them; what they have open only as far as whoever asks may see.
struct ProcessTable {
    private var processes: [(id: Int32, name: String)] = []
    private let tree: SystemTree

    init(_ tree: SystemTree) {
        self.tree = tree
        for entry in tree.entries("/proc") {
            guard let id = Int32(entry), let name = tree.text("/proc/\(entry)/comm") else { continue }
            processes.append((id, name))
        }
    }

    /// Whether a program of that name runs.
    func isRunning(_ name: String) -> Bool { processes.contains { $0.name == name } }

    /// A program that has `node` open.
    func holder(of node: String) -> PortHolder? {
        // The system's own way knows a node by its number, whatever it is called.
        if tree.isLive { return PortHolder.find(node) }
        for process in processes {
            let folder = "/proc/\(process.id)/fd"
            for entry in tree.entries(folder) where linkTarget(tree.path(folder + "/" + entry)) == node {
                return PortHolder(process: process.id, name: process.name)
            }
        }
        return nil
    }
}
