internal import Foundation

/// Signs and verifies by running `ssh-keygen`, which everybody with an SSH key has.
public enum SSHKeygen {
  /// Why `ssh-keygen` did not do what it was asked for.
  public struct Failure: Error, Equatable, Sendable {
    /// In lower case and without a full stop.
    public var reason: String
    /// What a person can do.
    public var hint: String
  }

  /// Signs those bytes with a private key, or by the agent with a public one.
  ///
  /// - Parameter mayAsk: whether it may ask for a passphrase on the terminal; while a screen is
  ///   shown it must not, and a key that needs one has to be in the agent.
  /// - Throws: what went wrong, with a way out.
  public static func sign(
    _ bytes: [UInt8], keyFile: String, mayAsk: Bool = true
  ) throws(Failure) -> Signature {
    let silence = ["SSH_ASKPASS": "/bin/false", "SSH_ASKPASS_REQUIRE": "force"]
    let result = try run(
      ["-Y", "sign", "-n", Signature.namespace, "-f", keyFile, "-q"], input: bytes,
      environment: mayAsk ? [:] : silence)
    let text = String(decoding: result.output, as: UTF8.self)
    guard result.status == 0, let parsed = try? SSHSignature(armoured: text) else {
      throw Failure(
        reason: "ssh-keygen did not sign with \(keyFile): \(result.complaint)",
        hint: mayAsk
          ? "check the key with: ssh-keygen -l -f \(keyFile)"
          : "a key with a passphrase has to be in the agent: ssh-add \(keyFile)")
    }
    return Signature(key: parsed.fingerprint, sshsig: text)
  }

  /// Whether the signature is one over those bytes, whoever's key it is.
  static func isValid(_ signature: Signature, over bytes: [UInt8]) throws(Failure) -> Bool {
    try withSignatureFile(signature) { path throws(Failure) in
      try run(
        ["-Y", "check-novalidate", "-n", Signature.namespace, "-s", path], input: bytes
      ).status == 0
    }
  }

  /// Whether an allowed-signers file lists the key for that principal, today.
  public static func isAllowed(
    _ signature: Signature, over bytes: [UInt8], principal: String, allowedSigners: String
  ) throws(Failure) -> Bool {
    try withSignatureFile(signature) { path throws(Failure) in
      try run(
        [
          "-Y", "verify", "-n", Signature.namespace, "-s", path, "-f", allowedSigners, "-I",
          principal,
        ], input: bytes
      ).status == 0
    }
  }

  private static func withSignatureFile<Result>(
    _ signature: Signature, _ body: (String) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    try withFile(Array(signature.sshsig.utf8), body)
  }

  /// Keeps those bytes in a file that only this user can read, while the body runs.
  private static func withFile<Result>(
    _ bytes: [UInt8], _ body: (String) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("launchgate-\(UUID().uuidString)")
    let file = folder.appendingPathComponent("bytes")
    do {
      try FileManager.default.createDirectory(
        at: folder, withIntermediateDirectories: false,
        attributes: [.posixPermissions: 0o700])
      try Data(bytes).write(to: file)
    } catch {
      throw Failure(
        reason: "a temporary file could not be written",
        hint: "check the space and the permissions of \(folder.deletingLastPathComponent().path)")
    }
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(file.path)
  }

  private struct Result {
    var status: Int32
    var output: [UInt8]
    var complaint: String
  }

  private static func run(
    _ arguments: [String], input: [UInt8], environment: [String: String] = [:]
  ) throws(Failure) -> Result {
    // A file, because a pipe to a program that ends early would end this one too (SIGPIPE).
    try withFile(input) { path throws(Failure) in
      try run(arguments, inputFile: path, environment: environment)
    }
  }

  private static func run(
    _ arguments: [String], inputFile: String, environment: [String: String]
  ) throws(Failure) -> Result {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["ssh-keygen"] + arguments
    // Validity spans without Z are in local time, so that one file would have several outcomes.
    process.environment = ProcessInfo.processInfo.environment
      .merging(["TZ": "UTC"]) { $1 }.merging(environment) { $1 }
    let (output, errors) = (Pipe(), Pipe())
    process.standardInput = FileHandle(forReadingAtPath: inputFile)
    process.standardOutput = output
    process.standardError = errors
    do {
      try process.run()
    } catch {
      throw Failure(reason: "ssh-keygen could not be run", hint: "install openssh-client")
    }
    let answer = (try? output.fileHandleForReading.readToEnd()) ?? Data()
    let complaint = (try? errors.fileHandleForReading.readToEnd()) ?? Data()
    process.waitUntilExit()
    if process.terminationStatus == 127 {
      throw Failure(reason: "ssh-keygen is not installed", hint: "install openssh-client")
    }
    let words = String(decoding: complaint.prefix(300), as: UTF8.self)
    return Result(
      status: process.terminationStatus, output: Array(answer),
      complaint: words.split(separator: "\n").first.map(String.init) ?? "it gave no reason")
  }
}
