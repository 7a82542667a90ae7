@main
struct LumbarBench {
    static func main() {}
}
