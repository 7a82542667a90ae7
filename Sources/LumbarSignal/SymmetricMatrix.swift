import LumbarCore

/// A symmetric 3 x 3 matrix of summed products.
struct SymmetricMatrix: Sendable, Equatable {
    var xx = 0.0
    var xy = 0.0
    var xz = 0.0
    var yy = 0.0
    var yz = 0.0
    var zz = 0.0

    /// Adds v vᵀ.
    mutating func add(_ v: Vector3<BodyFrame>) {
        xx += v.x * v.x
        xy += v.x * v.y
        xz += v.x * v.z
        yy += v.y * v.y
        yz += v.y * v.z
        zz += v.z * v.z
    }

    func times(_ v: Vector3<BodyFrame>) -> Vector3<BodyFrame> {
        Vector3(
            xx * v.x + xy * v.y + xz * v.z, xy * v.x + yy * v.y + yz * v.z, xz * v.x + yz * v.y + zz * v.z)
    }

    /// The eigenvector of the largest eigenvalue and that eigenvalue's share of the trace, by power iteration.
    func principalAxis() -> (axis: Vector3<BodyFrame>, share: Double) {
        let trace = xx + yy + zz
        guard trace > 0 else { return (Vector3(1, 0, 0), 0) }
        // Start from the longest column: it cannot be orthogonal to the dominant axis.
        let columns: (Vector3<BodyFrame>, Vector3<BodyFrame>, Vector3<BodyFrame>) = (
            Vector3(xx, xy, xz), Vector3(xy, yy, yz), Vector3(xz, yz, zz)
        )
        var axis = columns.0
        if columns.1.lengthSquared > axis.lengthSquared { axis = columns.1 }
        if columns.2.lengthSquared > axis.lengthSquared { axis = columns.2 }
        axis = axis.normalized ?? Vector3(1, 0, 0)
        for _ in 0..<50 { axis = times(axis).normalized ?? axis }
        return (axis, times(axis).dot(axis) / trace)
    }
}
