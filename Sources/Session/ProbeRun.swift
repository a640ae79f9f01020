public import Checklist

/// The probes of one run, as they go.
public struct ProbeRun: Hashable, Sendable {
  /// How far one probe is.
  public enum Stage: Hashable, Sendable {
    /// Its turn has not come.
    case waiting
    /// What it does now, and since when in milliseconds of the run.
    case running(String, since: Int)
    /// What it found, and how long it took in milliseconds.
    case finished(Finding.Verdict, String, took: Int)
  }

  /// One probe of one point.
  public struct Line: Hashable, Sendable {
    /// The point.
    public var point: String
    /// The probe's id.
    public var probe: String
    /// How far it is.
    public var stage: Stage

    /// A probe at that stage.
    public init(point: String, probe: String, stage: Stage = .waiting) {
      self.point = point
      self.probe = probe
      self.stage = stage
    }
  }

  /// In the order of the checklist.
  public var lines: [Line]
  /// Milliseconds since the start, as of the last event.
  public var elapsed: Int
  /// Whether the user asked it to stop.
  public var isStopping: Bool
  /// Whether everything has ended and is recorded.
  public var isFinished: Bool
  /// Index of the line under the cursor.
  public var selection: Int

  /// A run that is about to start.
  public init(lines: [Line]) {
    self.lines = lines
    elapsed = 0
    isStopping = false
    isFinished = false
    selection = 0
  }

  /// How many probes ended with that verdict.
  public func count(_ verdict: Finding.Verdict) -> Int {
    lines.filter { if case .finished(verdict, _, _) = $0.stage { true } else { false } }.count
  }

  /// How many probes have ended.
  public var finished: Int {
    lines.filter { if case .finished = $0.stage { true } else { false } }.count
  }
}
