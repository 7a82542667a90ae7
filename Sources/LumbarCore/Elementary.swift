/// The few elementary functions the core needs, as polynomial kernels of our own.
///
/// libm's results differ between processors; these give the same bits on x86-64 and arm64.
public enum Elementary {
}
