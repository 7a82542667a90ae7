import LumbarCore

extension LiveStatus {
    /// The day so far, by the counts a person asks for first; `lumbarctl summary` has all of it.
    public struct Today: Sendable, Equatable {
        /// The local day; nil when no wall clock is known.
        public var date: String?
        /// Seconds worn.
        public var worn: Double
        /// Seconds in each posture, by `Posture.index`.
        public var postureSeconds: [Double]
        /// Seconds without data.
        public var noData: Double
        /// The counts, by `Count.allCases`.
        public var counts: [Int]

        /// What is counted.
        public enum Count: String, Sendable, CaseIterable {
            /// Alerts.
            case alerts
            /// Bends.
            case bends
            /// Bends deeper than 60 degrees.
            case deepBends = "deep_bends"
            /// Probable lifts.
            case lifts
            /// Those under strain.
            case strainedLifts = "strained_lifts"
            /// Steps.
            case steps
            /// Times sitting was broken.
            case sittingBreaks = "sitting_breaks"
        }

        /// How many.
        public subscript(count: Count) -> Int {
            get { Count.allCases.firstIndex(of: count).map { counts[$0] } ?? 0 }
            set { if let place = Count.allCases.firstIndex(of: count) { counts[place] = newValue } }
        }

        /// Seconds in `posture`.
        public func seconds(_ posture: Posture) -> Double { postureSeconds[posture.index] }

        /// Of a day as it is summed up.
        public init(_ summary: DailySummary) {
            date = summary.date?.description
            worn = summary.wornSeconds
            postureSeconds = summary.postureSeconds
            noData = summary.noDataSeconds
            counts = [
                summary.alerts, summary.bends, summary.deepBends, summary.lifts, summary.strainedLifts,
                summary.steps, summary.sittingBreaks,
            ]
        }

        /// A day of zeros.
        init(date: String?) {
            self.date = date
            worn = 0
            postureSeconds = Array(repeating: 0, count: Posture.allCases.count)
            noData = 0
            counts = Array(repeating: 0, count: Count.allCases.count)
        }
    }
}
