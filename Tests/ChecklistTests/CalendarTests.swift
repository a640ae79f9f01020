import Foundation
import Testing

@testable import Checklist

@Suite("Days, moments and periods")
struct CalendarTests {
  @Test("every day from 1970 to 2200 agrees with Foundation's calendar")
  func againstFoundation() throws {
    var calendar = Calendar(identifier: .gregorian)
    calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
    let last = try #require(CalendarDate("2200-12-31"))
    for day in stride(from: 0, through: last.daysSinceEpoch, by: 1) {
      let date = CalendarDate(daysSinceEpoch: day)
      let (year, month, dayOfMonth) = date.civil
      if day % 13 == 0 || dayOfMonth > 27 {
        let parts = calendar.dateComponents(
          [.year, .month, .day], from: Date(timeIntervalSince1970: Double(day) * 86_400))
        #expect(parts.year == year && parts.month == month && parts.day == dayOfMonth)
      }
      if CalendarDate(date.description) != date { Issue.record("\(date) does not read back") }
    }
  }

  @Test("leap days are days, and other days that no calendar has are refused")
  func leapDays() {
    for good in ["2024-02-29", "2000-02-29", "2028-02-29", "1970-01-01", "9999-12-31"] {
      #expect(CalendarDate(good)?.description == good)
    }
    for bad in [
      "2026-02-29", "2100-02-29", "2026-13-01", "2026-00-10", "2026-01-00", "2026-04-31",
      "1969-12-31", "2026-1-01", "2026-01-1", "26-01-01", "2026/01/01", "2026-01-01 ", "",
      "2026-01-32", "٢٠٢٦-01-01", "+026-01-01", "-026-01-01",
    ] { #expect(CalendarDate(bad) == nil, "\(bad)") }
  }

  @Test("moments are read in one spelling only")
  func moments() throws {
    for good in ["2026-11-21T02:16:09Z", "1970-01-01T00:00:00Z", "2024-02-29T23:59:59Z"] {
      #expect(Timestamp(rfc3339: good)?.rfc3339 == good)
    }
    for bad in [
      "2026-11-21T02:16:09z", "2026-11-21t02:16:09Z", "2026-11-21T02:16:09+00:00",
      "2026-11-21T02:16:09.0Z", "2026-11-21T24:00:00Z", "2026-11-21T02:60:00Z",
      "2026-11-21T02:16:60Z", "2026-02-30T02:16:09Z", "2026-11-21 02:16:09Z", "2026-11-21T02:16Z",
      "2026-11-21T2:16:09Z", " 2026-11-21T02:16:09Z", "", "2026-11-21T-1:16:09Z",
    ] { #expect(Timestamp(rfc3339: bad) == nil, "\(bad)") }
    let formatter = ISO8601DateFormatter()
    var seconds = 1
    while seconds < 7_000_000_000 {
      let text = Timestamp(seconds: seconds).rfc3339
      #expect(formatter.date(from: text)?.timeIntervalSince1970 == Double(seconds))
      #expect(Timestamp(rfc3339: text)?.seconds == seconds)
      seconds += 12_345_679
    }
    #expect(Timestamp(seconds: 59).short == "1970-01-01 00:00")
    #expect(Timestamp(seconds: -1).rfc3339 == "1969-12-31T23:59:59Z")
  }

  @Test("periods read back from their shortest spelling")
  func periods() {
    for (text, seconds, spelling) in [
      ("90s", 90, "90s"), ("15m", 900, "15m"), ("26h", 93_600, "26h"), ("30d", 2_592_000, "30d"),
      ("24h", 86_400, "1d"), ("60s", 60, "1m"), ("0d", 0, "0s"), ("007d", 604_800, "7d"),
      ("36500d", 3_153_600_000, "36500d"),
    ] {
      #expect(Period(text)?.seconds == seconds)
      #expect(Period(text)?.description == spelling)
      #expect(Period(spelling)?.seconds == seconds)
    }
    for bad in [
      "", "d", "30", "30 d", "30D", "1w", "-1d", "+1d", "1.5h", "36600d", "99999999999999999999s",
      "1d1h", "٣d",
    ] { #expect(Period(bad) == nil, "\(bad)") }
  }
}
