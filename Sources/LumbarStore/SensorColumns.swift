import LumbarCore

extension SensorTime {
    /// As three columns, NULL for none: that is the plain case, and takes a byte less.
    var columns: [SQLValue] { [anglesOnly, thigh, thorax].map { $0 > 0 ? .real($0) : .null } }

    /// What stands in three columns of `row`, from `first` on.
    init(in row: Row, from first: Int32) {
        self.init()
        anglesOnly = row.real(first)
        thigh = row.real(first + 1)
        thorax = row.real(first + 2)
    }
}
