internal import Checklist
import Glibc

/// The machine on which a probe of a host runs: its files and its programs, all reads bounded.
struct Machine: Sendable {
  /// Before every path; empty for the machine itself, a folder for a copy of its files.
  var root = ""
  /// Where programs are looked up.
  var path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
  var deadline: ContinuousClock.Instant
  /// What programs answer, by their command line, instead of being run: for copies of files.
  var answers: [String: CommandOutput]?

  static let sizeLimit = 4 << 20

  /// Looks at the machine of the context, if it is one of the target's hosts.
  ///
  /// What is found gets the probe's way to reproduce it and this machine as its vantage.
  static func look(
    _ context: ProbeContext, _ manual: ProbeManual, _ look: (Machine) async -> Finding
  ) async -> Finding {
    var finding: Finding
    if let refusal = refusal(context) {
      finding = refusal
    } else {
      let path = context.environment["PATH"] ?? "/usr/bin:/bin"
      let machine = Machine(
        path: path + ":/usr/local/sbin:/usr/sbin:/sbin", deadline: .now + context.timeout)
      finding = await look(machine)
    }
    finding.reproduce = finding.reproduce ?? manual.reproduce
    finding.vantage = Vantage(host: context.hostName, network: .local)
    return finding
  }

  /// Why this machine says nothing about the target; nil where it is one of its hosts.
  static func refusal(_ context: ProbeContext) -> Finding? {
    let hosts = context.target?.hosts ?? []
    guard !hosts.contains(where: { $0.lowercased() == context.hostName.lowercased() }) else {
      return nil
    }
    return .unknown(
      "\(context.hostName) is not one of the target's hosts",
      hint: "list it under `hosts`, or run the probe on \(hosts.first ?? "the server")")
  }

  /// The content of a file of at most 4 MiB; links are followed.
  func bytes(_ path: String) -> FileBytes { FileBytes.read(root + path, limit: Self.sizeLimit) }

  /// The text of a file, or nil where there is none that can be read.
  func text(_ path: String) -> String? {
    switch path.hasPrefix("/proc/") || path.hasPrefix("/sys/") ? pseudo(path) : bytes(path) {
    case .content(let bytes): String(decoding: bytes, as: UTF8.self)
    case .absent, .notRegular, .tooLarge, .unreadable: nil
    }
  }

  /// Whether something stands at that path.
  func exists(_ path: String) -> Bool { access(root + path, F_OK) == 0 }

  /// Names in a folder, in order; nil where it cannot be listed.
  func list(_ folder: String) -> [String]? {
    guard let handle = opendir(root + folder) else { return nil }
    defer { closedir(handle) }
    var names: [String] = []
    while let entry = readdir(handle), names.count < 100_000 {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != "." && name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  /// What a link says, or nil where there is none.
  func link(_ path: String) -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes { bytes in
      bytes.bindMemory(to: CChar.self).baseAddress.map { readlink(root + path, $0, bytes.count) }
        ?? -1
    }
    return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
  }

  /// The last change of a file's content, or nil where there is none.
  func modified(_ path: String) -> Timestamp? {
    var status = stat()
    guard stat(root + path, &status) == 0 else { return nil }
    return Timestamp(seconds: status.st_mtim.tv_sec)
  }

  /// Runs a program to its end; at most 16 MiB of output are read.
  func run(
    _ program: String, _ arguments: [String], environment: [String: String] = [:]
  ) async -> Result<CommandOutput, CommandFailure> {
    if let answers {
      let line = ([program] + arguments).joined(separator: " ")
      return answers[line].map { .success($0) } ?? .failure(.notInstalled(program))
    }
    let variables = ["PATH": path, "LC_ALL": "C.UTF-8"].merging(environment) { $1 }
    let command = Command(
      program: program, arguments: arguments, environment: variables, deadline: deadline,
      outputLimit: 16 << 20)
    do throws(CommandFailure) {
      return .success(try await command.output())
    } catch {
      return .failure(error)
    }
  }

  /// Names of all processes that this user sees, as the kernel keeps them: 15 bytes at most.
  func processNames() -> Set<String> {
    let ids = (list("/proc") ?? []).filter { $0.allSatisfy(\.isNumber) }
    return Set(
      ids.compactMap { text("/proc/\($0)/comm")?.split(whereSeparator: \.isNewline).first }
        .map(String.init))
  }

  /// Files of `/proc` and `/sys` say that they are empty, so they are read to their end.
  private func pseudo(_ path: String) -> FileBytes {
    let descriptor = open(root + path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return errno == ENOENT ? .absent : .unreadable }
    defer { close(descriptor) }
    var content: [UInt8] = []
    var piece = [UInt8](repeating: 0, count: 65_536)
    while content.count <= Self.sizeLimit * 4 {
      let got = read(descriptor, &piece, piece.count)
      if got < 0 && errno == EINTR { continue }
      if got < 0 { return .unreadable }
      if got == 0 { return .content(content) }
      content += piece.prefix(got)
    }
    return .tooLarge(content.count)
  }
}

extension Machine {
  /// A path without links, for the machine itself; a copy has no links that lead out of it.
  func resolved(_ path: String) -> String {
    guard root.isEmpty, let real = realpath(path, nil) else { return path }
    defer { free(real) }
    return String(cString: real)
  }
}
