import LumbarCore

/// One sensor the daemon cares for, as it is at one moment.
public struct LiveDevice: Sendable, Equatable {
    /// Identity across replugging.
    public var id: DeviceID
    /// A name for people.
    public var name: String
    /// What is opened.
    public var node: String
    /// What the daemon does with it.
    public var state: State
    /// What it speaks, once that is certain or said.
    public var protocolName: String?
    /// Who wears it.
    public var wearer: WearerID
    /// Where.
    public var role: SensorRole
    /// What became of its bytes and samples; nil while it is not read.
    public var signal: Signal?
    /// What the daemon said about it last; empty when there was nothing to say.
    public var message: String

    /// A sensor of which nothing has been read.
    public init(
        id: DeviceID, name: String, node: String, state: State, protocolName: String?, wearer: WearerID,
        role: SensorRole, message: String = ""
    ) {
        self.id = id
        self.name = name
        self.node = node
        self.state = state
        self.protocolName = protocolName
        self.wearer = wearer
        self.role = role
        self.message = message
    }

    /// What the daemon does with a sensor.
    public enum State: String, Sendable, CaseIterable {
        /// Not there, or not to be opened; tried again.
        case waiting
        /// Open; whether a sensor speaks is not known yet.
        case listening
        /// Read.
        case attached
        /// It was read and fell silent; closed and opened again from time to time.
        case silent
        /// Left alone until it is plugged in again.
        case letGo = "let_go"
        /// Closed for as long as its wearer asked for a pause.
        case paused
        /// A sensor that nobody said is to be used: not open, and nothing is kept of it.
        case pending
    }

    /// What became of a sensor's bytes and samples.
    public struct Signal: Sendable, Equatable {
        /// Of its bytes.
        public var outcomes: DecodeOutcomes
        /// Samples per second as measured; 0 while that is not known.
        public var rateHz: Double
        /// Samples accepted.
        public var samples: Int
        /// Samples that cannot be true.
        public var implausible: Int
        /// Samples that stood alone on a line that damaged others.
        public var outliers: Int
        /// Gaps in the stream.
        public var gaps: Int
        /// Length of the gyroscope's bias as last learned at rest, degrees per second; nil without a gyroscope.
        public var gyroBiasDps: Double?
        /// Length of its change with temperature, degrees per second and degree Celsius; nil while that is not known.
        public var gyroBiasDpsPerCelsius: Double?
        /// What makes its data doubtful now.
        public var troubles: [SensorTrouble]
        /// How the sensor says it is: temperature, battery.
        public var vitals: SensorVitals
        /// Whether its scale is wrong.
        public var hasScaleFault: Bool
        /// How it sits; nil before it has sent anything.
        public var mount: LiveStatus.Mount?

        /// Of what the decoder and the signal chain know.
        public init(_ outcomes: DecodeOutcomes, _ status: SignalStatus, mount: LiveStatus.Mount?) {
            self.outcomes = outcomes
            rateHz = status.sampleRateHz
            samples = status.samples
            implausible = status.implausible
            outliers = status.outliers
            gaps = status.gaps
            gyroBiasDps = status.hasAngularRate ? status.gyroBiasDps.length : nil
            gyroBiasDpsPerCelsius = status.gyroBiasDpsPerCelsius?.length
            troubles = status.troubles
            vitals = status.vitals
            hasScaleFault = status.hasScaleFault
            self.mount = mount
        }

        /// Samples lost by the sensor's own count, as a share of all it sent; 0 when there were none.
        public var lossShare: Double {
            let sent = outcomes.readings + outcomes.lostSamples
            return sent > 0 ? Double(outcomes.lostSamples) / Double(sent) : 0
        }
    }
}
