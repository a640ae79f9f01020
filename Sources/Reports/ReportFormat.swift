/// The forms in which a report can be written.
public enum ReportFormat: String, Sendable, CaseIterable {
  /// One printable page for people.
  case html
  /// For tickets, wikis and pull requests.
  case markdown
  /// One row for each point (RFC 4180).
  case csv
  /// OSCAL assessment results (NIST).
  case oscal
  /// An unsigned in-toto Statement, version 1.
  case inToto = "in-toto"
  /// SARIF 2.1.0 (OASIS).
  case sarif
  /// JUnit XML, as continuous integration reads it.
  case junit

  /// The report in that form, in UTF-8.
  ///
  /// - Parameter forGitHub: SARIF alone: only what GitHub's code scanning can show.
  public func bytes(_ report: Report, forGitHub: Bool = false) -> [UInt8] {
    switch self {
    case .html: Array(HTMLReport(report).text.utf8)
    case .markdown: Array(MarkdownReport(report).text.utf8)
    case .csv: Array(CSVReport(report).text.utf8)
    case .oscal: OSCALReport(report).bytes
    case .inToto: InTotoReport(report).bytes
    case .sarif: SARIFReport(report, forGitHub: forGitHub).bytes
    case .junit: Array(JUnitReport(report).text.utf8)
    }
  }
}
