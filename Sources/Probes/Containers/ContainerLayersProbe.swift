public import Checklist

/// Whether neither a layer of the image that ships nor its history holds a secret.
public struct ContainerLayersProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "container.layers", version: 1,
    claim: "No layer of the image that ships, and nothing in its history, holds a secret.",
    standards: ["CIS Docker 4.10", "NIST IA-5(7)", "ASVS 13.3.1"], scope: .repository,
    method: """
      Reads the file that `docker save`, `podman save`, `skopeo copy` or BuildKit wrote, from --from \
      or from `archive`: environment, labels, instructions with their build arguments, and every \
      file of every layer, also of those that a later layer takes away. Only with `save` an engine \
      of this machine is asked: docker, or podman, saves that image, up to 16 GiB in TMPDIR; \
      what this machine calls so may be another than what ships, so that without the digest in \
      `image` it is left to a person. \
      Formats of providers, checksums, private keys, URLs with passwords, and files \
      such as .env and id_rsa decide; what lies in tests and in packages such as node_modules is \
      left to one too, as are values behind telling names, which the files of the distribution \
      are not searched for. Layers may be plain or \
      gzip, up to 64 GiB unpacked; each has to have the SHA-256 that the image names. Archives \
      within a layer are not opened. The output of `docker history --no-trunc` can be given \
      instead; it says nothing about the files, so that it can fail but never pass. Secrets in a \
      report of trivy (--from image, `report`) fail too; without the image, a report of none leaves \
      it to a person whether they were looked for. A report that is too old, of another image or \
      cannot be read is never passed over. `image` names \
      what ships; a file without its digest must be no older than `within`.
      """,
    facts: "each secret by layer, path, line and rule, or by its instruction",
    fix: """
      Revoke and replace the secret first: whoever can pull the image has it. Build without it: \
      RUN --mount=type=secret, a .dockerignore, no secrets in ARG or ENV, and no later RUN rm.
      """,
    reproduce: "docker history --no-trunc IMAGE; docker save IMAGE -o image.tar; tar tf image.tar",
    tools: ["docker save", "podman save"],
    parameters: [
      .init("archive", .text, "path of an archive or a history, beside those of --from"),
      .init("save", .text, "name of an image that an engine of this machine saves"),
      .init("report", .text, "path of a report of trivy, beside those of --from"),
      .init("image", .text, "the image that ships, by name and best by digest"),
      .init(
        "within", .period, "greatest age of a file without the digest; 24h unless given",
        stricter: .lower),
    ],
    standsFor: ["docker history", "docker save", "dive", "trivy image --scanners secret"],
    reports: ["layers", "image"])

  private let parameters: Parameters
  private let archive: String?
  private let saved: String?
  private let image: String?
  private let within: Period

  /// A probe of that image.
  public init(parameters: Parameters) {
    self.parameters = parameters
    archive = parameters.text("archive")
    saved = parameters.text("save")
    image = parameters.text("image")
    within = parameters.period("within") ?? .hours(24)
  }

  /// What was seen of one file.
  struct Observation {
    var details: [Finding.Detail] = []
    var remarks: [ImageHistory.Remark] = []
    var layers = 0
    var files = 0
    var bytes = 0
    /// Which reports were read, and how old they were.
    var origins = ""

    /// Nothing but why a part was not read.
    init(_ fault: ArchiveFault, named name: String) {
      details = [.init(.unknown, "\(name): \(fault.reason); \(fault.hint)")]
    }

    init(details: [Finding.Detail] = [], remarks: [ImageHistory.Remark] = []) {
      self.details = details
      self.remarks = remarks
    }

    static func += (all: inout Observation, part: Observation) {
      all.details += part.details
      all.remarks += part.remarks
      all.layers += part.layers
      all.files += part.files
      all.bytes += part.bytes
      all.origins += part.origins
    }
  }

  /// Reads each file to its end.
  public func run(in context: ProbeContext) async -> Finding {
    var finding = await look(in: context)
    finding.reproduce = Self.manual.reproduce
    finding.vantage = Vantage(host: context.hostName, network: .local)
    return finding
  }

  private func look(in context: ProbeContext) async -> Finding {
    let deadline = ContinuousClock.now + context.timeout
    let given = archive.map { [NamedFile(name: $0, top: context.repository).path] } ?? []
    let paths = (context.reports["layers"] ?? []) + given
    guard !paths.isEmpty || saved != nil || hasReport(context) else {
      return .unknown(
        "no image was handed over",
        hint: "docker save IMAGE -o image.tar; launchgate probe --from layers=image.tar")
    }
    var all = Observation()
    for path in paths {
      do throws(ArchiveFault) {
        all += try await observe(try ArchiveFile(path), .handedOver(path), context, deadline)
      } catch {
        all += Observation(error, named: path)
      }
    }
    if let saved {
      do throws(ArchiveFault) {
        context.progress("saving \(saved)")
        let (file, engine) = try await SavedImage(
          name: saved, environment: context.environment, deadline: deadline
        ).archive()
        all += try await observe(file, .saved(engine: engine), context, deadline)
      } catch {
        all += Observation(error, named: saved)
      }
    }
    if hasReport(context) {
      var scan = await scanned(context)
      // What was looked into needs no report, but one that was handed over has to be whole.
      if !paths.isEmpty || saved != nil { scan.details.removeAll { $0.verdict != .unknown } }
      all += scan
    }
    return Self.judge(all)
  }

  private func hasReport(_ context: ProbeContext) -> Bool {
    parameters.text("report") != nil || context.reports["image"] != nil
  }

  /// What a scanner says of the secrets in the image: less than a look into it.
  private func scanned(_ context: ProbeContext) async -> Observation {
    var values = parameters.values.filter { ["report", "image", "within"].contains($0.key) }
    values["checks"] = .array([.string("secrets")])
    let finding = await ContainerImageScanProbe(parameters: Parameters(values)).run(in: context)
    let reason = [finding.message, finding.hint].compactMap(\.self).joined(separator: "; ")
    let details = finding.details.isEmpty ? [.init(finding.verdict, reason)] : finding.details
    var seen = Observation(
      details: details.filter { $0.verdict != .fail },
      remarks: details.filter { $0.verdict == .fail }.map {
        .init(verdict: .fail, text: $0.text, factName: $0.text)
      })
    seen.origins = finding.transcript
    return seen
  }

  /// Where a file comes from.
  private enum Origin {
    case handedOver(String)
    case saved(engine: String)

    var path: String {
      switch self {
      case .handedOver(let path): path
      case .saved(let engine): "what \(engine) saved"
      }
    }
  }

  private func observe(
    _ file: ArchiveFile, _ origin: Origin, _ context: ProbeContext,
    _ deadline: ContinuousClock.Instant
  ) async throws(ArchiveFault) -> Observation {
    let path = origin.path
    let first = try file.bytes(0..<min(1, file.size))
    guard first != [UInt8(ascii: "{")], first != [UInt8(ascii: "[")] else {
      return try history(file, path, context.now)
    }
    let archive = try ImageArchive(file, named: path, deadline: deadline)
    var seen = Observation(details: identity(archive, origin, context.now))
    seen.details += archive.absent.map {
      .init(.review, "the variant \($0) is not in \(path): look at it separately")
    }
    for image in archive.images {
      context.progress("reading \(image.layers.count.counted("layer"))")
      var scan = LayerScan()
      for (number, layer) in image.layers.enumerated() {
        // Between layers others get their turn.
        await Task.yield()
        do throws(ArchiveFault) {
          try scan.look(at: layer, number: number + 1, in: file, deadline: deadline)
        } catch {
          seen.details.append(
            .init(.unknown, "layer \(number + 1) of \(path): \(error.reason); \(error.hint)"))
        }
      }
      seen.remarks +=
        ImageHistory.remarks(image.configuration)
        + scan.sightings.map {
          .init(verdict: $0.verdict, text: $0.text, factName: $0.factName)
        }
      seen.layers += image.layers.count
      seen.files += scan.files
      seen.bytes += scan.bytes
    }
    if seen.layers == 0 { seen.details.append(.init(.unknown, "\(path) holds no layer")) }
    return seen
  }

  private func history(
    _ file: ArchiveFile, _ path: String, _ now: Timestamp
  ) throws(ArchiveFault) -> Observation {
    guard let instructions = ImageHistory.read(try file.document(0..<file.size, limit: 16 << 20))
    else {
      throw ArchiveFault(
        "it is neither an image nor a history of one",
        hint: "docker history --no-trunc --format '{{json .}}' IMAGE > FILE")
    }
    return Observation(
      details: [
        .init(.unknown, "\(path) says nothing about the files in the layers: docker save IMAGE")
      ], remarks: ImageHistory.remarks(instructions))
  }

  private func identity(
    _ archive: ImageArchive, _ origin: Origin, _ now: Timestamp
  ) -> [Finding.Detail] {
    let path = origin.path
    let names = archive.names.sorted().joined(separator: ", ")
    let called = names.isEmpty ? "an image without a name" : names
    guard let image else {
      return [.init(.review, "\(path) holds \(called); is that the image that ships?")]
        + age(archive, origin, now)
    }
    if let digest = image.firstRange(of: "@sha256:").map({ String(image[$0.upperBound...]) }) {
      return [
        archive.images.contains { $0.digests.contains(digest) }
          ? .init(.pass, "\(path) holds \(image)")
          : .init(.unknown, "\(path) holds \(called), and nothing of the digest of \(image)")
      ]
    }
    guard archive.names.contains(where: { Self.isSame($0, image) }) else {
      return [.init(.unknown, "\(path) holds \(called), not \(image)")]
    }
    if case .saved(let engine) = origin {
      return [
        .init(
          .review,
          "\(engine) saved what this machine calls \(image), which may be another than what ships; "
            + "give its digest: NAME@sha256:…")
      ]
    }
    return [.init(.pass, "\(path) holds \(image)")] + age(archive, origin, now)
  }

  /// Engines put the name of Docker's registry in front, and write out `latest`.
  private static func isSame(_ name: String, _ image: String) -> Bool {
    func plain(_ text: String) -> String {
      var text = text[...]
      for prefix in ["docker.io/", "library/", "localhost/"] where text.hasPrefix(prefix) {
        text = text.dropFirst(prefix.count)
      }
      let isTagged = text.split(separator: "/").last?.contains(":") ?? false
      return isTagged ? String(text) : text + ":latest"
    }
    return plain(name) == plain(image)
  }

  /// Of a file that was handed over; one that was just saved is always new.
  private func age(
    _ archive: ImageArchive, _ origin: Origin, _ now: Timestamp
  ) -> [Finding.Detail] {
    guard case .handedOver(let path) = origin else { return [] }
    do throws(ToolReport.Fault) {
      try ToolReport.check(Timestamp(seconds: archive.file.written), within, now, path)
      return []
    } catch {
      return [.init(.unknown, "\(error.reason); \(error.hint)")]
    }
  }

  /// Fails on what is certain; unknown where a part was not read to its end; else review, or pass.
  static func judge(_ seen: Observation) -> Finding {
    let faults = Set(seen.remarks.filter { $0.verdict == .fail }.map(\.factName))
    let details = seen.details + seen.remarks.map { Finding.Detail($0.verdict, $0.text) }
    var finding = Finding.judged(
      details, pass: "no secret is in \(seen.layers) layers and their history",
      WayOut(
        fix: manual.fix, review: "say why what was found is harmless, or build without it",
        unknown: "hand over the whole image that ships: docker save IMAGE -o image.tar"),
      facts: Dictionary(
        seen.remarks.prefix(200).map { ($0.factName, $0.verdict.rawValue) }
      ) { first, _ in first },
      coverage: ["layers": seen.layers, "files": seen.files, "bytes": seen.bytes])
    // More are not listed, and what is not listed cannot be accepted.
    if seen.remarks.count <= 200 {
      let rest = details.map(\.verdict).filter { $0 != .fail }.max { $0.gravity < $1.gravity }
      finding.faults = Finding.Faults(faults.sorted(), rest: rest ?? .pass)
    }
    if !seen.origins.isEmpty { finding.transcript += "\n\(seen.origins)" }
    finding.facts["secrets"] = String(seen.remarks.count)
    finding.facts["digest"] =
      GitPath(seen.remarks.map(\.factName).sorted().joined(separator: "\n")).digest
    return finding
  }
}
