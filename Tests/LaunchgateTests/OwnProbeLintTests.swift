import Checklist
import Testing

@testable import launchgate

/// One fault that somebody may make in a probe of one's own.
private struct Slip: CustomTestStringConvertible {
  let probe: String
  let fault: String
  let suggestion: String?

  init(_ probe: String, _ fault: String, _ suggestion: String? = nil) {
    (self.probe, self.fault, self.suggestion) = (probe, fault, suggestion)
  }

  var testDescription: String { probe }
}

private let slips = [
  Slip(
    "id: command", "16:22: command needs the parameter arguments",
    "arguments: the program, by an absolute path or a name in PATH, and its arguments, at most 256"),
  Slip(
    "id: command, arguments: npm audit", "16:35: arguments of command has to be a list of texts"),
  Slip(
    "id: command, arguments: [sleep, 5]", "16:35: arguments of command has to be a list of texts",
    "write each entry in quotes"),
  Slip(
    "id: command, arguments: []",
    "16:35: arguments of command has to be a list of texts, the program first",
    "arguments: [npm, audit, --json]"),
  Slip(
    "id: command, arguments: [./check.sh]",
    "16:35: arguments of command has to begin with an absolute path or a name in PATH",
    "for a script of the repository: [sh, ./check.sh]"),
  Slip(
    "id: command, arguments: [a], shell: true", "16:51: command has no parameter shell",
    "see launchgate probes show command"),
  Slip(
    "id: command, arguments: [a], exit: no",
    "16:51: exit of command has to be a whole number, "
      + "or a list of them"),
  Slip("id: command, arguments: [a], exit: 256", "16:51: exit of command has to be from 0 to 255"),
  Slip(
    "id: command, arguments: [a], seconds: 601", "16:51: seconds of command has to be from 1 to 600"
  ),
  Slip(
    "id: command, arguments: [a], environment: [\"A=b\"]",
    "16:51: environment of command holds what is no name of a variable",
    "names alone, such as KUBECONFIG: values are never written into a checklist"),
  Slip(
    "id: command, arguments: [a], json: $.a",
    "16:51: json of command has to be compared with "
      + "something", "equals, at-least or at-most"),
  Slip(
    "id: command, arguments: [a], equals: 1",
    "16:51: equals of command needs json: which value "
      + "is meant", "json: $.path.to.it"),
  Slip(
    "id: command, arguments: [a], json: a.b, equals: 1",
    "16:51: json of command has to begin with $",
    "such as $.metadata.total"),
  Slip(
    "id: command, arguments: [a], json: $.a, at-least: 2, at-most: 1",
    "16:75: at-most of command is less than at-least"),
  Slip(
    "id: command, arguments: [a], pattern: \"(\"", "16:51: pattern of command has a ( without )"),
  Slip(
    "id: http, path: health", "16:32: path of http has to begin with / and hold no blanks",
    "url: for an absolute URL"),
  Slip(
    "id: http, path: /a, url: \"https://b.test\"",
    "16:32: path of http stands beside url, which says where already", "one of them"),
  Slip(
    "id: http, url: \"ftp://a\"",
    "16:32: url of http has to be an http or https URL without user name"),
  Slip("id: http, status: 99", "16:32: status of http has to be from 200 to 599"),
  Slip(
    "id: http, header: \"X: y\"",
    "16:32: header of http has to be the name of a header field alone",
    "header-pattern: for its value"),
  Slip(
    "id: http, header-pattern: y",
    "16:32: header-pattern of http needs header: which field is meant"),
  Slip(
    "id: file", "16:22: file needs the parameter path",
    "path: below the folder of the repository, or absolute on a host"),
  Slip(
    "id: file, path: ../x", "16:32: path of file leads out by ..",
    "a path below the folder of the repository, or an absolute one"),
  Slip(
    "id: file, path: a, mode: rw", "16:41: mode of file has to be three or four octal digits",
    "mode: \"0640\""),
  Slip("id: file, path: a, sha256: abc", "16:41: sha256 of file has to be 64 hexadecimal digits"),
  Slip(
    "id: file, path: a, exists: false, mode: 640",
    "16:41: exists of file is false, so that nothing else can be expected of it"),
  Slip(
    "id: file, path: a, exist: true", "16:41: file has no parameter exist", "did you mean exists?"),
]

/// Every fault of a probe of one's own is named with its place and a way out.
@Suite struct OwnProbeLintTests {
  private let folder: TemporaryFolder

  init() throws { folder = try TemporaryFolder() }

  private func lint(_ probe: String) throws -> ChecklistLint {
    try folder.write(
      "own.yaml",
      """
      checklist: own
      title: Own
      version: 1
      domains:
        - title: First
          controls:
            - number: "1"
              slug: one
              title: One
              severity: high
              why: because
              fix: do it
              points:
                - id: "1.1"
                  text: it holds
                  probe: { \(probe) }
                  how: automatic
                  bound-to: target
      """)
    return try ChecklistLint(file: "\(folder.path)/own.yaml", roles: nil)
  }

  @Test(arguments: slips)
  private func oneSlipIsNamedOnce(_ slip: Slip) throws {
    let lint = try lint(slip.probe)
    #expect(
      lint.faults.map { $0.description.replacing("\(folder.path)/", with: "") }
        == ["own.yaml:\(slip.fault)"])
    #expect(lint.faults.first?.suggestion == slip.suggestion)
  }

  @Test(arguments: [
    "id: command, arguments: [npm, audit, --json], exit: [0, 1], json: $.a.b, at-most: 0",
    "id: command, arguments: [/usr/bin/true], unknown-exits: 2, environment: [A_B], seconds: 5",
    "id: command, arguments: [\"${tool}\", x], pattern: \"${what}\"",
    "id: command, arguments: \"${words}\"",
    "id: http", "id: http, path: /health?x=1, status: [200, 204], json: $.status, equals: ok",
    "id: http, url: \"https://a.test:8443/x\", header: ETag, header-pattern: \"^.\"",
    "id: http, url: \"${status.url}\", without: error",
    "id: file, path: LICENSE, pattern: \"Apache License\"", "id: file, path: a, exists: false",
    "id: file, path: /etc/motd, mode: \"0644\", json: \"$['a b'][0]\", equals: true",
  ])
  func whatIsRightIsFine(_ probe: String) throws {
    #expect(try lint(probe).faults.map(\.description) == [])
  }
}
