import CChecklists

/// The checklists that are compiled into the program, so that it runs from any folder.
public enum BundledChecklists {
  /// Their names, the default first.
  public static let names = ["production-25", "go-live-20", "saas-playbook"]

  /// The YAML of that checklist, or nil for an unknown name.
  public static func yaml(_ name: String) -> String? {
    switch name {
    case "production-25": text(embedded_production_25())
    case "go-live-20": text(embedded_go_live_20())
    case "saas-playbook": text(embedded_saas_playbook())
    default: nil
    }
  }

  /// What ties every statement of the document from which that checklist was made to its places:
  /// tab separated, with the columns id, kind, figures and places; nil for an unknown name.
  public static func sources(_ name: String) -> String? {
    switch name {
    case "production-25":
      text(embedded_production_25_sources())
    case "go-live-20": text(embedded_go_live_20_sources())
    case "saas-playbook":
      text(embedded_saas_playbook_sources())
    default: nil
    }
  }

  /// The identifiers that checklists may cite: tab separated, with the columns id, title and
  /// status (`withdrawn` or nothing).
  ///
  /// NIST SP 800-53 Rev. 5, OWASP ASVS 5.0 (requirements carry the title of their section), OWASP
  /// Top 10 of 2021 and 2025, CIS Controls v8, and RFCs; identifiers and titles alone.
  public static var references: String {
    text(embedded_references())
  }

  private static func text(_ file: EmbeddedFile) -> String {
    String(decoding: UnsafeBufferPointer(start: file.bytes, count: file.count), as: UTF8.self)
  }
}
