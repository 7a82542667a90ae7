import LumbarSimulation

/// The scenarios that `simulate` knows by name.
struct NamedScenario {
    let name: String
    let text: String

    /// All of them; the first is what is simulated when nothing is said.
    static let all = [
        NamedScenario(
            name: "minutes",
            text: """
                stand 10 s, walk 20 s, stand 5 s, sit 40 s, stand 5 s, bend 60 deg for 4 s, stand 6 s,
                lift 70 deg hard then twist 45 deg, stand 8 s, squat for 2 s, walk 20 s, sit 20 s
                """),
        NamedScenario(
            name: "office-day",
            text: """
                stand 1 min, walk 6 min, stand 1 min, sit 52 min shifting each 7 min, walk 3 min, stand 2 min
                sit 74 min slouched shifting each 9 min, stand 1 min, bend 50 deg for 4 s, walk 4 min
                sit 41 min shifting each 6 min, stand 20 s
                lift 65 deg then twist 40 deg, stand 20 s, walk 9 min
                sit 33 min, walk 12 min, stand 3 min, stoop 75 deg for 20 s, stand 30 s
                sit 96 min slouched shifting each 14 min, walk 3 min, stand 12 min
                bend 65 deg for 45 s, stand 30 s
                2x(lift 75 deg hard then twist 50 deg, stand 40 s), walk 5 min
                sit 58 min shifting each 8 min, walk 2 min, sit 61 min slouched, walk 4 min
                stand 6 min, sit 47 min shifting each 9 min, stand 1 min, squat for 3 s, walk 8 min
                """),
        NamedScenario(
            name: "warehouse",
            text: """
                walk 5 min
                20x(stand 10 s, lift 60 deg, walk 40 s, stand 5 s, squat for 2 s, walk 30 s)
                stand 1 min, 10x(lift 75 deg hard then twist 45 deg, stand 8 s), walk 3 min, sit 15 min
                10x(stoop 70 deg for 12 s, stand 15 s), walk 5 min, sit 10 min
                """),
        NamedScenario(
            name: "long-sitting",
            text: "walk 3 min, sit 95 min shifting each 10 min, walk 3 min, sit 20 min"),
        NamedScenario(
            name: "fall",
            text: "stand 20 s, walk 40 s, fall forward for 60 s, lie 60 s on back, stand 30 s, walk 30 s"),
        NamedScenario(
            name: "night",
            text: "walk 2 min, sit 5 min, lie 7 min on back rolling each 2 min, stand 1 min, walk 2 min"),
    ]

    /// The scenario that `text` names or spells.
    static func scenario(_ text: String) throws(ScenarioError) -> Scenario {
        try Scenario(parsing: all.first { $0.name == text }?.text ?? text)
    }
}
