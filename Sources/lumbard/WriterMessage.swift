import LumbarCore
import LumbarLinux
import LumbarMonitor
import LumbarStore

/// What the main thread asks of the writer thread.
enum WriterMessage: Sendable {
    /// Say it in the journal.
    case notice(Notice)
    /// These may wear a sensor.
    case wearers([WearerID])
    /// This sensor will be spoken of.
    case device(Device)
    /// Say it in the journal and keep it.
    case output(Output)
    /// The wall clock is known, or was set.
    case anchor(WallAnchor, isSynchronized: Bool)
    /// Store what waits, and these minutes as far as they have come.
    case keep([MinuteEpoch])
    /// Look after the history this way from now on.
    case plan(HistoryPlan)
    /// These settings are in force from then on.
    case settings([SettingInForce], Instant)
    /// The program runs since then, or ran until then.
    case run(ProgramRun)
    /// Remember which serial numbers several devices have.
    case remember(SensorIdentities)
    /// More of the recording. May be dropped, in whole.
    case recording([UInt8])
    /// A line of the transcript.
    case transcript(String)
    /// Store what waits, then answer with the day as it is stored.
    case loadDay(WearerID, CivilDate, WallAnchor)
    /// Answer with what is stored of how sensors sit.
    case loadCalibrations
    /// Something was asked for on a wearer's behalf, or is over: keep it.
    case control(AskedControl)
    /// Answer with what was asked for before.
    case loadControls
    /// Store what waits, then answer with what was made of this training; among the news when nobody waits for it.
    case loadTraining(WearerID, TrainingPlan, isNews: Bool)
    /// Keep what was said of an alert, and tell the client.
    case acknowledge(Acknowledging)
    /// Store what waits and end.
    case stop
}

/// What the writer thread answers.
enum WriterReply: Sendable {
    /// The store is open, or cannot be used and that was said.
    case isOpen
    /// The day of that date, empty when nothing is stored of it, and the summaries of the week before it.
    case day(WearerID, CivilDate, StoredDay, before: [DailySummary])
    /// How sensors sit; empty when nothing is stored.
    case calibrations([StoredCalibration])
    /// What was asked for before, and may be over; empty when nothing is stored.
    case controls([StoredControl])
    /// What was made of a training; only its plan when nothing is stored of it.
    case training(WearerID, TrainingLog)
}

/// What the writer thread tells unasked.
enum WriterNews: Sendable {
    /// The answer to a client's request.
    case answer(String, client: Int)
    /// All that wearers have said of themselves and of alerts.
    case said([WearerSaid])
    /// What was made of a training.
    case training(WearerID, TrainingLog)
}
