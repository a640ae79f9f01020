public import Checklist

/// Whether stored password hashes are slow enough.
public struct PasswordsHashParametersProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "passwords.hash-parameters", version: 1,
    claim: "Stored passwords are Argon2id, bcrypt or scrypt hashes of sufficient cost.",
    standards: ["ASVS 11.4.2", "NIST IA-5(1)"], scope: .files,
    method: """
      Looks at one stored hash, or at up to 1,000 of them one a line, from a file or an environment \
      variable, 64 KiB at most. Argon2id with m=19456 t=2 (or m=47104 t=1, or their like), bcrypt \
      with the wanted cost and scrypt with N=2^17 pass; bcrypt from cost 10, PBKDF2 with enough \
      rounds, and forms of crypt(3) are left to a person; MD5, SHA and bare hexadecimal digits \
      fail. The hash itself is never shown or kept. Other stores of the service are not seen.
      """,
    facts: "kinds and costs",
    fix: "Hash with Argon2id (m=19456, t=2, p=1) or bcrypt of cost 12, and rehash at next sign-in.",
    reproduce:
      "psql \"$DATABASE_URL\" -Atc 'select left(password_hash, 7), count(*) from users group by 1'",
    parameters: SecretInput.parameters + [
      .init(
        "bcrypt-cost", .integer, "the cost of bcrypt that passes; 12 unless given",
        stricter: .higher)
    ])

  private let input: SecretInput
  private let floor: StoredHash.Floor

  /// A probe of that input.
  public init(parameters: Parameters) {
    input = SecretInput(parameters)
    floor = StoredHash.Floor(bcryptCost: parameters.integer("bcrypt-cost") ?? 12)
  }

  /// Reads the hash, judges its parameters and forgets it.
  public func run(in context: ProbeContext) async -> Finding {
    switch input.lines(context, what: "the hash") {
    case .failure(let missing):
      Self.local(
        .unknown(
          missing.reason, hint: "put one stored hash of a test user into the file or variable"),
        context)
    case .success(let lines):
      Self.local(Self.judge(lines.prefix(1_000).map { StoredHash($0, floor: floor) }), context)
    }
  }

  /// Fails on any weak one; else unknown on what is not understood; else review, or pass.
  static func judge(_ hashes: [StoredHash]) -> Finding {
    let kinds = Dictionary(grouping: hashes, by: \.summary)
    let details = kinds.sorted { $0.key < $1.key }.map { summary, same in
      Finding.Detail(same[0].verdict, same.count == 1 ? summary : "\(summary), \(same.count) times")
    }
    return Finding(
      of: details, passed: "\(kinds.keys.sorted().joined(separator: "; "))", fix: manual.fix,
      wayOut: "give a whole stored hash, as the column of the user table holds it",
      facts: ["kinds": kinds.keys.sorted().joined(separator: "; ")],
      coverage: ["hashes": hashes.count])
  }
}
