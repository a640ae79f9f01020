public import Checklist

/// Whether the folders with data lie on encrypted block devices.
public struct HostDiskEncryptionProbe: Probe {
  /// What the probe claims, needs and does.
  public static let manual = ProbeManual(
    id: "host.disk-encryption", version: 1,
    claim: "The folders with data lie on devices that the kernel encrypts.",
    standards: ["NIST SC-28", "NIST SC-28(1)"], scope: .host,
    method: """
      Finds the mount of each folder in /proc/self/mountinfo and follows its device through \
      /sys/dev/block and `slaves` down to the disks. A device whose dm/uuid begins with CRYPT- is \
      encrypted; every way down has to meet one. A volume that the provider encrypts looks plain \
      from inside, so that plain devices are for a person. Only on a machine listed in the \
      target's hosts.
      """,
    facts: "each folder with its device and whether it is encrypted",
    fix: "Put the data on a LUKS volume (cryptsetup), or on a volume that the provider encrypts.",
    reproduce: "lsblk -o NAME,TYPE,MOUNTPOINTS; findmnt -T /var/lib/postgresql",
    parameters: [
      .init(
        "paths", .texts, "folders with data, absolute, at most 32", stricter: .more,
        isRequired: true)
    ],
    standsFor: ["lsblk"])

  private let paths: [String]

  /// A probe of those folders.
  public init(parameters: Parameters) { paths = parameters.texts("paths") ?? [] }

  /// Reads the kernel's tables of mounts and devices.
  public func run(in context: ProbeContext) async -> Finding {
    await Machine.look(context, Self.manual) { look(at: $0) }
  }

  func look(at machine: Machine) -> Finding {
    guard !paths.isEmpty, paths.count <= 32,
      paths.allSatisfy({ $0.hasPrefix("/") && !$0.contains("/../") })
    else {
      return .unknown(
        "no folders with data are named", hint: "set `paths` to absolute paths, 32 at most")
    }
    guard let table = machine.text("/proc/self/mountinfo") else {
      return .unknown("the mounts cannot be read", hint: "look by hand: findmnt, lsblk")
    }
    let mounts = MountedFileSystem.read(table)
    let details = paths.map { detail($0, mounts, machine) }
    return .judged(
      details, pass: "all folders with data lie on encrypted devices",
      WayOut(
        fix: Self.manual.fix,
        review: "attach the provider's word that this volume is encrypted, with its key",
        unknown: "look by hand: findmnt, lsblk"),
      facts: Dictionary(
        zip(paths, details).map { ($0, $1.verdict.rawValue) },
        uniquingKeysWith: { first, _ in first }),
      coverage: ["paths": paths.count])
  }

  private func detail(
    _ path: String, _ mounts: [MountedFileSystem], _ machine: Machine
  ) -> Finding.Detail {
    guard machine.exists(path) else { return .init(.unknown, "there is no \(path) here") }
    let real = machine.resolved(path)
    guard let mount = MountedFileSystem.holding(real, mounts) else {
      return .init(.unknown, "\(path) lies on no mount that is seen")
    }
    if ["tmpfs", "ramfs"].contains(mount.type) {
      return .init(.review, "\(path) lies in memory (\(mount.type))")
    }
    guard let device = machine.device(of: mount) else {
      return .init(
        .review, "\(path) lies on \(mount.type) from \(mount.source), whose disks are not seen")
    }
    switch machine.isEncrypted(device, depth: 0) {
    case true?: return .init(.pass, "\(path) lies on \(mount.source), encrypted")
    case false?:
      return .init(.review, "\(path) lies on \(mount.source), which is not encrypted here")
    case nil: return .init(.unknown, "the disks below \(mount.source) cannot be seen")
    }
  }
}
