import LumbarCore

// How the sensor sits: learned from walks, bends and the gesture, watched for moves, kept and given back.
extension SignalChain {
    /// What is known of how the sensor sits, in its own axes.
    ///
    /// Its quality is that of the knowledge; `trust` says whether that is waiting for confirmation.
    public var mountCalibration: MountCalibration {
        let quality = watch.trust == .stale ? max(pose.quality, watch.qualityBefore) : pose.quality
        return MountCalibration(
            up: calibration.toSensor(pose.up),
            forward: pose.isSigned ? calibration.toSensor(pose.forward) : nil, source: source,
            quality: quality, forwardQuality: pose.isSigned ? sagittal.quality : 0,
            largestFlexionDegrees: largestFlexion, trust: watch.trust, established: established)
    }

    /// How far a calibration gesture has come.
    public var gestureProgress: GestureProgress { gesture.progress }

    /// Hands out the news about the mount and forgets them.
    public mutating func takeMountNews() -> [MountNews] {
        defer { mountNews.removeAll() }
        return mountNews
    }

    mutating func tell(_ news: MountNews) {
        mountNews.append(news)
        calibrationRevision += 1
    }

    /// Takes up what was known before this stream began; it is stale until something confirms it.
    mutating func restore(_ known: MountCalibration) {
        guard known.isSane else { return }
        let up = calibration.toBody(known.up)
        let forward = known.forward.map(calibration.toBody)
        pose.isSigned = pose.isSigned || forward != nil
        pose.move(up: up, forward: forward ?? pose.forward)
        pose.quality = known.quality
        learner.confirm(pose)
        learner.growStale()
        if forward != nil {
            sagittal.accept(quality: known.forwardQuality, isGuided: known.source == .guided)
        }
        source = known.source
        largestFlexion = known.largestFlexionDegrees
        guard known.quality >= MountWatch.referenceQuality else { return }
        watch.establish(pose.up)
        // Not news: nothing has happened yet.
        _ = watch.growStale(&pose)
        pose.quality *= 0.5
    }

    /// Learns from a frame whose mean acceleration is given in g and mean angular rate in deg/s.
    mutating func learn(_ frame: Features, rate: Vector3<BodyFrame>, acceleration: Vector3<BodyFrame>) {
        guard !hasScaleFault, frame.wear != .notWorn else { return }
        if learnsUpright { learnFromMovement(frame, acceleration: acceleration) }
        if recognisesGesture, let found = gesture.update(frame, rate: rate, pose: pose) {
            lastOutcome = found.outcome
            if let result = found.result { take(result, at: frame.end) }
            tell(.gesture(found.outcome))
        }
        if pose.revision != countedRevision {
            countedRevision = pose.revision
            calibrationRevision += 1
        }
    }

    private mutating func learnFromMovement(_ frame: Features, acceleration: Vector3<BodyFrame>) {
        let qualityBefore = pose.quality
        let referenceBefore = watch.reference
        let forwardBefore = pose.forward
        learner.update(frame, pose: &pose)
        noteSource(of: frame, since: qualityBefore)
        switch watch.update(frame, pose: &pose) {
        case .news(let news): tell(news)
        case .moved(let up, let seconds, let degrees): moved(to: up, seconds, degrees, at: frame.end)
        case nil: noteRelearning(since: referenceBefore, forward: forwardBefore, at: frame.end)
        }
        if watch.reference != nil, referenceBefore == nil {
            established = frame.end
            calibrationRevision += 1
        }
        switch sagittal.update(frame, acceleration: acceleration, pose: pose) {
        case .forward(let direction):
            pose.isSigned = true
            pose.move(up: pose.up, forward: direction)
            calibrationRevision += 1
        case .turnedAround(let direction):
            pose.move(up: pose.up, forward: direction)
            tell(.turnedAround)
        case nil: break
        }
    }

    private mutating func noteSource(of frame: Features, since quality: Double) {
        guard pose.quality > quality, source == .assumed || source == .declared || source == .quietStand
        else { return }
        source = frame.cadenceHz > 0 || pose.quality >= MountWatch.referenceQuality ? .walks : .quietStand
    }

    /// The learner may find a new upright by itself, from bouts far off; that is a move too.
    private mutating func noteRelearning(
        since reference: Vector3<BodyFrame>?, forward: Vector3<BodyFrame>, at time: Instant
    ) {
        guard let reference, watch.trust != .stale, pose.up.dot(reference) < MountWatch.relearnedCosine else {
            return
        }
        let off = Elementary.atan2(pose.up.cross(reference).length, pose.up.dot(reference))
        adopt(pose.up, forward: forward, at: time)
        tell(.moved(degrees: off * degreesPerRadian, relearned: true))
    }

    private mutating func moved(
        to up: Vector3<BodyFrame>, _ seconds: Double, _ degrees: Double, at time: Instant
    ) {
        let forward = pose.forward
        pose.move(up: up, forward: pose.forward)
        pose.quality = max(UprightPose.declaredQuality, 1 - 14 / (seconds + 14))
        learner.confirm(pose, seconds: seconds)
        adopt(pose.up, forward: forward, at: time)
        tell(.moved(degrees: degrees, relearned: true))
    }

    /// Counts from `up` now; forward is the same axis of the sensor, unless that points up or down by now.
    private mutating func adopt(_ up: Vector3<BodyFrame>, forward: Vector3<BodyFrame>, at time: Instant) {
        let isLevel = forward.dot(up).magnitude < 0.8
        pose.isSigned = pose.isSigned && isLevel
        source = .walks
        established = time
        watch.establish(up)
        gesture.interrupt()
        sagittal.forget(searching: true)
    }

    private mutating func take(_ result: FunctionalCalibration.Result, at time: Instant) {
        pose.isSigned = true
        pose.move(up: result.up, forward: result.forward)
        pose.quality = 1
        learner.confirm(pose)
        watch.establish(pose.up)
        sagittal.accept(quality: result.quality, isGuided: true)
        source = .guided
        established = time
        largestFlexion = result.deepestDegrees
    }
}
