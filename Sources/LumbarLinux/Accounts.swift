/// Users and groups by name, as /etc/passwd and /etc/group have them.
struct Accounts {
    private var users: [(name: String, id: UInt32)] = []
    private var groups: [(name: String, id: UInt32, members: [String])] = []

    init(_ tree: SystemTree) {
        for line in tree.lines("/etc/passwd") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            if parts.count > 3, let id = UInt32(parts[2]) { users.append((String(parts[0]), id)) }
        }
        for line in tree.lines("/etc/group") {
            let parts = line.split(separator: ":", omittingEmptySubsequences: false)
            guard parts.count > 3, let id = UInt32(parts[2]) else { continue }
            groups.append((String(parts[0]), id, parts[3].split(separator: ",").map(String.init)))
        }
    }

    /// The name of a user, or the number.
    func userName(_ id: UInt32) -> String { users.first { $0.id == id }?.name ?? "\(id)" }

    /// The name of a group, or the number.
    func groupName(_ id: UInt32) -> String { groups.first { $0.id == id }?.name ?? "\(id)" }

    /// The groups that a user is a member of beside the own one.
    func groups(of user: String) -> [String] { groups.filter { $0.members.contains(user) }.map(\.name) }
}
