/// Which release of the programs this is.
public enum ReleaseName {
    /// As `--version` prints it.
    public static let version = "0.1.0"
}
