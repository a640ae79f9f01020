import Foundation
import Testing

@testable import Probes

/// A name leads to the first program of that name in the absolute folders of `PATH`.
@Suite struct ProgramPathTests {
  @Test func theFirstProgramIsFound() throws {
    let folder = try TemporaryFolder()
    let folders = ["one", "two", "three"].map { "\(folder.path)/\($0)" }
    for one in folders {
      try FileManager.default.createDirectory(atPath: one, withIntermediateDirectories: true)
    }
    let path = folders.joined(separator: ":")
    #expect(ProgramPath.find("tool", in: path) == nil)
    try "#!/bin/sh\n".write(toFile: "\(folders[0])/tool", atomically: true, encoding: .utf8)
    #expect(ProgramPath.find("tool", in: path) == nil, "a file that nobody may run is no program")
    try FileManager.default.createDirectory(
      atPath: "\(folders[1])/tool", withIntermediateDirectories: true)
    #expect(ProgramPath.find("tool", in: path) == nil, "a folder is no program")
    try FileManager.default.createSymbolicLink(
      atPath: "\(folders[2])/tool", withDestinationPath: "/bin/sh")
    #expect(ProgramPath.find("tool", in: path) == "\(folders[2])/tool")
    chmod("\(folders[0])/tool", 0o755)
    #expect(ProgramPath.find("tool", in: path) == "\(folders[0])/tool")
  }

  @Test(arguments: [".", "bin", "", "bin:.", ":"])
  func whatLiesInTheCurrentFolderIsNeverRun(path: String) throws {
    let current = FileManager.default.currentDirectoryPath
    #expect(ProgramPath.find("Package.swift", in: path) == nil)
    #expect(ProgramPath.find("sh", in: path.isEmpty ? "/bin" : "\(path):/bin") == "/bin/sh")
    #expect(ProgramPath.find("./sh", in: "/bin:\(current)") == nil)
    #expect(ProgramPath.find("../bin/sh", in: "/bin") == nil)
  }
}
