import Checklist
import Testing

@testable import Probes

@Suite struct HostDiskEncryptionProbeTests {
  private static let mounts = """
    21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
    22 21 253:0 / /var/lib/postgresql rw shared:2 - ext4 /dev/mapper/data rw
    23 21 0:40 / /srv rw - btrfs /dev/mapper/pool rw
    24 21 0:41 / /mnt/my\\040disk rw - nfs 10.0.0.5:/export rw
    25 21 0:42 / /run/data rw - tmpfs tmpfs rw
    26 21 253:9 / /opt/mixed rw - ext4 /dev/mapper/mixed rw
    27 21 9:9 / /data/array rw - ext4 /dev/md9 rw
    """

  private func look(_ paths: [String]) throws -> Finding {
    let copy = try MachineCopy([
      "/proc/self/mountinfo": Self.mounts, "/sys/dev/block/8:1/partition": "1\n",
      "/sys/dev/block/253:0/dm/uuid": "LVM-abc\n",
      "/sys/dev/block/253:0/slaves/dm-1/dm/uuid": "CRYPT-LUKS2-0123-data\n",
      "/sys/class/block/dm-5/dm/uuid": "CRYPT-LUKS2-4567-pool\n",
      "/sys/dev/block/253:9/dm/uuid": "LVM-def\n",
      "/sys/dev/block/253:9/slaves/dm-1/dm/uuid": "CRYPT-LUKS2-0123-data\n",
      "/sys/dev/block/253:9/slaves/sdb1/partition": "1\n",
      "/var/lib/postgresql/15/base": "", "/srv/files": "", "/home/x": "", "/mnt/my disk/x": "",
      "/run/data/x": "", "/opt/mixed/x": "", "/var/lib/postgresql-old/x": "",
      "/data/array/x": "", "/sys/dev/block/9:9/size": "1\n",
    ])
    try copy.link("/dev/mapper/pool", to: "../dm-5")
    return HostDiskEncryptionProbe(parameters: Parameters(["paths": .strings(paths)]))
      .look(at: copy.machine())
  }

  @Test(arguments: [["/var/lib/postgresql"], ["/var/lib/postgresql/15", "/srv/files"]])
  func passes(_ paths: [String]) throws {
    let finding = try look(paths)
    #expect(finding.verdict == .pass, "\(finding.summary)")
  }

  @Test(arguments: [
    "/home/x", "/mnt/my disk", "/run/data", "/opt/mixed", "/var/lib/postgresql-old",
  ])
  func asksAboutWhatLooksPlain(_ path: String) throws {
    let finding = try look([path, "/var/lib/postgresql"])
    #expect(finding.verdict == .review, "\(finding.summary)")
    #expect(finding.facts[path] == "review")
  }

  @Test(arguments: [[], ["/absent"], ["relative"], ["/srv/../etc"], ["/data/array"]])
  func unknown(_ paths: [String]) throws {
    #expect(try look(paths).verdict == .unknown)
  }

  @Test func findsTheMountsOfThisMachine() throws {
    let table = try #require(Machine.real.text("/proc/self/mountinfo"))
    let mounts = MountedFileSystem.read(table)
    #expect(mounts.count == table.split(separator: "\n").count)
    #expect(MountedFileSystem.holding("/proc/self", mounts)?.type == "proc")
  }
}
