public import Checklist
internal import Synchronization

/// Runs probes side by side, each once and with its own deadline, and tells how they go.
public struct ProbeRunner: Sendable {
  /// One use of a probe by a point.
  public struct Job: Hashable, Sendable {
    /// The point's id.
    public var point: String
    /// The probe with the checklist's parameters.
    public var reference: ProbeReference

    /// That use.
    public init(point: String, reference: ProbeReference) {
      self.point = point
      self.reference = reference
    }

    /// All uses of probes by those points, in order.
    public static func all(_ points: [Point]) -> [Job] {
      points.flatMap { point in point.probes.map { Job(point: point.id, reference: $0) } }
    }
  }

  /// What became of a job.
  public struct Outcome: Sendable {
    /// The job.
    public var job: Job
    /// The version of the probe's judgement; 0 for a probe that is not known here.
    public var version: Int
    /// Parameters as they were used.
    public var parameters: Parameters
    /// What was found.
    public var finding: Finding
  }

  /// How a run goes; indexes are those of the jobs.
  public enum Event: Sendable {
    case progressed(index: Int, String)
    case finished(index: Int, Finding)
  }

  /// All that a probe may know, without its target.
  public var context: ProbeContext
  /// All targets of the launch.
  public var targets: [Target]
  /// Values for `${name}`.
  public var values: [String: JSONValue]
  /// How many probes run at once: in all, on one host and on this machine's processor.
  public var limits: ProbeLimits
  /// How long a probe of the repository may take: a long history takes longer than any server.
  public var repositoryTimeout: Duration
  /// Whether a use may run, with exactly its parameters.
  ///
  /// A checklist may also come out of evidence that others wrote, and its parameters name files,
  /// addresses and variables of the environment.
  public var mayRun: @Sendable (ProbeReference) -> Bool
  /// Finds a probe by its id; tests put fakes here.
  public var lookup: @Sendable (String) -> (any Probe.Type)?

  /// A runner for that launch.
  public init(
    context: ProbeContext, targets: [Target], values: [String: JSONValue],
    mayRun: @escaping @Sendable (ProbeReference) -> Bool,
    limits: ProbeLimits = ProbeLimits(),
    repositoryTimeout: Duration = .seconds(600),
    lookup: @escaping @Sendable (String) -> (any Probe.Type)? = { ProbeRegistry.probe($0) }
  ) {
    self.lookup = lookup
    self.context = context
    self.targets = targets
    self.values = values
    self.mayRun = mayRun
    self.limits = limits
    self.repositoryTimeout = repositoryTimeout
  }

  /// Runs all jobs; those that a cancellation cut short are left out of the result.
  ///
  /// The same probe with the same parameters runs once, for however many points.
  public func run(
    _ jobs: [Job], _ tell: @escaping @Sendable (Event) -> Void
  ) async -> [Outcome] {
    var queue = ProbeQueue(entries(jobs), limits)
    var outcomes: [Int: Outcome] = [:]
    // What an earlier run saw may be otherwise by now.
    let observations = SharedObservations()
    await withTaskGroup(of: (ProbeQueue.Entry, [(Int, Outcome)]).self) { group in
      while let entry = queue.next() {
        group.addTask { (entry, await one(entry.indexes, jobs, observations, tell)) }
      }
      while let (ended, found) = await group.next() {
        for (index, outcome) in found { outcomes[index] = outcome }
        queue.release(ended)
        while !Task.isCancelled, let entry = queue.next() {
          group.addTask { (entry, await one(entry.indexes, jobs, observations, tell)) }
        }
      }
    }
    return jobs.indices.compactMap { outcomes[$0] }
  }

  /// The looks that these jobs need, those that send after all others.
  private func entries(_ jobs: [Job]) -> [ProbeQueue.Entry] {
    let groups = Dictionary(grouping: jobs.indices) { jobs[$0].reference }
    return groups.map { reference, indexes in
      let manual = lookup(reference.id)?.manual
      let targets = relevantTargets(manual?.scope ?? .repository)
      // A use may name another host than the targets do.
      let named = reference.isOwn ? reference.parameters["url"]?.string : nil
      let urls = named.map { [$0] } ?? targets.compactMap { $0?.url }
      let hosts = urls.map { TargetURL($0)?.host ?? $0 }
      return ProbeQueue.Entry(
        indexes: indexes,
        places: manual?.scope == .target ? Set(hosts.map { .host($0) }) : [.processor],
        isAlone: manual?.sends != nil && context.active, isLast: manual?.exhausts ?? false)
    }
  }

  private func one(
    _ indexes: [Int], _ jobs: [Job], _ observations: SharedObservations,
    _ tell: @escaping @Sendable (Event) -> Void
  ) async -> [(Int, Outcome)] {
    guard let first = indexes.first, !Task.isCancelled else { return [] }
    let reference = jobs[first].reference
    let progress: @Sendable (String) -> Void = { text in
      for index in indexes { tell(.progressed(index: index, text)) }
    }
    progress("starting")
    var (version, parameters) = (0, Parameters(reference.parameters))
    var finding: Finding
    if let probe = lookup(reference.id) {
      version = probe.manual.version
      if mayRun(reference) {
        (parameters, finding) = await attempt(probe, reference, observations, progress)
      } else {
        finding = Self.untrusted(reference)
      }
    } else {
      finding = .unknown(
        "this version of launchgate has no probe \(reference.id)",
        hint: "see launchgate probes list, or update launchgate")
    }
    if Task.isCancelled { return [] }
    if finding.vantage.host.isEmpty { finding.vantage.host = context.hostName }
    return indexes.map { index in
      tell(.finished(index: index, finding))
      return (
        index,
        Outcome(job: jobs[index], version: version, parameters: parameters, finding: finding)
      )
    }
  }

  /// Why a use does not run that nobody but the evidence asks for.
  private static func untrusted(_ reference: ProbeReference) -> Finding {
    let others = reference.isOwn ? "" : ", nor a bundled one,"
    return .unknown(
      "nothing was run: the evidence asks for \(reference.id) in a way in which the checklist that "
        + "is trusted on this machine\(others) does not",
      hint: "what came with somebody's evidence is never run; if the checklist or launchgate was "
        + "changed since the launch was opened: launchgate adopt")
  }

  /// Fills in the parameters and looks, unless something keeps it from that.
  private func attempt(
    _ probe: any Probe.Type, _ reference: ProbeReference, _ observations: SharedObservations,
    _ progress: @escaping @Sendable (String) -> Void
  ) async -> (Parameters, Finding) {
    do {
      let parameters = try ParameterResolution.resolve(reference.parameters, from: values)
      // Probes of one's own check theirs themselves: an argument may be a number.
      if !reference.isOwn, let fault = probe.manual.misfit(parameters.values) {
        return (parameters, Self.misfit(fault, of: reference))
      }
      if let refusal = probe.manual.refusal(active: context.active) { return (parameters, refusal) }
      return (parameters, await look(probe, parameters, observations, progress))
    } catch {
      return (Parameters(reference.parameters), Self.finding(error))
    }
  }

  /// Why a use does not run whose placeholders cannot be filled in.
  private static func finding(_ obstacle: ParameterResolution.Obstacle) -> Finding {
    switch obstacle {
    case .unset(let names):
      .unknown(
        "the parameter \(names.joined(separator: ", ")) is not set",
        hint: "add it to launchgate.yaml under parameters:")
    case .notWritable(let names):
      .unknown(
        "the parameter \(names.joined(separator: ", ")) has to be text, a whole number, true or "
          + "false, because it stands within a longer text",
        hint: "mend it in launchgate.yaml under parameters:")
    }
  }

  /// Why a use does not run of which a parameter is of another type.
  private static func misfit(_ fault: ParameterFault, of reference: ProbeReference) -> Finding {
    let name = fault.parameter ?? ""
    let given = reference.parameters[name]?.string.flatMap { $0.hasPrefix("${") ? $0 : nil }
    return .unknown(
      "the parameter \(name) of \(reference.id) \(fault.reason)",
      hint: given.map { "mend \($0) in launchgate.yaml under parameters:" }
        ?? "mend it in the checklist: launchgate checklist lint FILE")
  }

  private func look(
    _ type: any Probe.Type, _ parameters: Parameters, _ observations: SharedObservations,
    _ progress: @escaping @Sendable (String) -> Void
  ) async -> Finding {
    let probe = type.init(parameters: parameters)
    var findings: [(name: String, finding: Finding)] = []
    for target in relevantTargets(type.manual.scope) {
      var context = context
      context.target = target
      context.observations = observations
      if type.manual.scope == .repository {
        context.timeout = max(context.timeout, repositoryTimeout)
      }
      // A probe that was given up may go on talking, perhaps into the next run.
      let isOver = Mutex(false)
      context.progress = { text in if !isOver.withLock({ $0 }) { progress(text) } }
      let limited = await withDeadline(context.timeout) { [context] in
        await probe.run(in: context)
      }
      isOver.withLock { $0 = true }
      findings.append((target?.url ?? "", limited))
    }
    return TargetFindings.combined(findings)
  }

  /// The targets that a probe of that scope has to look at; a probe says itself what is missing.
  func relevantTargets(_ scope: ProbeManual.Scope) -> [Target?] {
    switch scope {
    case .repository: return [targets.first]
    case .host, .files:
      return [targets.first { $0.hosts.contains(context.hostName) } ?? targets.first]
    case .target:
      let served = targets.filter { $0.url != nil }
      return served.isEmpty ? [targets.first] : served
    }
  }
}

/// The finding over several targets: the gravest counts, and all are told.
enum TargetFindings {
  static func combined(_ findings: [(name: String, finding: Finding)]) -> Finding {
    guard findings.count > 1,
      let gravest = findings.max(by: {
        $0.finding.verdict.gravity < $1.finding.verdict.gravity
      })
    else {
      return findings.first?.finding ?? .unknown("nothing was looked at", hint: "add a target")
    }
    var combined = gravest.finding
    combined.message = "\(gravest.name): \(gravest.finding.message)"
    combined.details = findings.flatMap { name, finding in
      [Finding.Detail(finding.verdict, "\(name): \(finding.message)")] + finding.details
    }
    combined.facts = findings.reduce(into: [:]) { facts, part in
      for (key, value) in part.finding.facts { facts["\(part.name) \(key)"] = value }
    }
    combined.coverage = findings.reduce(into: [:]) { coverage, part in
      coverage.merge(part.finding.coverage, uniquingKeysWith: +)
    }
    combined.transcript = findings.map { "# \($0.name)\n\($0.finding.transcript)" }
      .joined(separator: "\n")
    return combined
  }
}
