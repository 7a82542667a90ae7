@main
struct LumbarDaemon {
    static func main() {}
}
