import Checklist
import Foundation
import Session
import Testing

@testable import launchgate

/// The configuration that the first run writes.
@Suite struct InitialisationTests {
  private func answers(
    _ subject: String, _ release: String = "1.0", url: String? = nil, allowed: Bool = false
  ) -> SetupAnswers {
    SetupAnswers(
      subject: subject, release: release, environment: "production", url: url,
      isAuthorised: allowed, identity: Identity())
  }

  @Test(arguments: [
    "shop", "acme shop", "it's \"quoted\"", "back\\slash", "a: b", "# not a comment", "- item",
    "two\nlines", "tab\there", "emoji 🚀 作者", "yes", "1.10", "0x10", "null", "~", "*alias", "&a",
    "!tag", "{a: b}", "[x]", "%dir", "@at", "`tick`", "trailing:", "nbsp\u{A0}x",
    "\u{85}next\u{2028}line", "\u{1}control", "e\u{301}",
  ])
  func whateverIsTypedReadsBack(text: String) throws {
    let yaml = Initialisation.yaml(
      answers(text, text, url: "https://shop.example"), checklist: "production-25")
    let configuration = try Configuration.read(yaml: yaml, file: "f")
    #expect(configuration.subject == text)
    #expect(configuration.release == text)
    #expect(configuration.environment == "production")
    #expect(configuration.authorised == [])
  }

  @Test func aHostIsAuthorisedOnlyWhenThatWasSaid() throws {
    let url = "https://shop.example:8443/start"
    let yaml = Initialisation.yaml(
      answers("shop", url: url, allowed: true), checklist: "production-25")
    let configuration = try Configuration.read(yaml: yaml, file: "f")
    #expect(configuration.authorised == ["shop.example"])
    #expect(configuration.targets.map(\.url) == [url])
    let bare = Initialisation.yaml(answers("shop"), checklist: "production-25")
    #expect(try Configuration.read(yaml: bare, file: "f").targets.isEmpty)
  }

  @Test func gitIsToldOnceHowToMerge() throws {
    let folder = try TemporaryFolder()
    try folder.write(".gitignore", "*.log")
    let path = try Initialisation(folder: folder.path).write(answers("shop"))
    #expect(path == "\(folder.path)/launchgate.yaml")
    func text(_ name: String) throws -> String {
      try String(contentsOfFile: "\(folder.path)/\(name)", encoding: .utf8)
    }
    #expect(try text(".gitignore") == "*.log\n*.evidence.json.lock\n")
    #expect(try text(".gitattributes") == "*.evidence.json -text merge=union\n")
    try FileManager.default.removeItem(atPath: path)
    _ = try Initialisation(folder: folder.path).write(answers("shop"))
    #expect(try text(".gitignore") == "*.log\n*.evidence.json.lock\n")
  }

  @Test func anExistingConfigurationIsNeverTouched() throws {
    let folder = try TemporaryFolder()
    try folder.write("launchgate.yaml", "mine")
    #expect(throws: Problem.self) {
      try Initialisation(folder: folder.path).write(answers("shop"))
    }
    let text = try String(contentsOfFile: "\(folder.path)/launchgate.yaml", encoding: .utf8)
    #expect(text == "mine")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    #expect(names == ["launchgate.yaml"])
  }
}
