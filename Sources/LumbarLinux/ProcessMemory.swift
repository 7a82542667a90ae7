import CLinux

/// What this process holds in memory.
public enum ProcessMemory {
    /// Lets go of the machine code that starting up has brought into memory.
    ///
    /// Starting up runs through most of the program once: settings by reflection, udev, opening the history. What the loop
    /// needs comes back from the page cache within milliseconds; the rest, some megabytes, does not.
    public static func releaseStartupCode() { clinux_release_code() }
}
