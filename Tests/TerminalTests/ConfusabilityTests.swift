import Foundation
import TerminalUI
import Testing

@testable import Terminal

/// How far apart the colours of two states look to people who see fewer colours.
///
/// Simulated as Machado, Oliveira and Fernandes do (2009, severity 1), on the linear light of
/// sRGB; the distance is that of CIE 1976 L*a*b* under D65, of which 2.3 can just be told apart.
@Suite struct ConfusabilityTests {
  /// Red, green and blue of linear light, from 0 to 1.
  private typealias Light = [Double]

  private static let visions: [(name: String, rows: [Light])] = [
    ("all colours", [[1, 0, 0], [0, 1, 0], [0, 0, 1]]),
    (
      "protanopia",
      [
        [0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
      ]
    ),
    (
      "deuteranopia",
      [
        [0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
      ]
    ),
    (
      "tritanopia",
      [
        [1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
      ]
    ),
  ]

  /// The colour of that number: xterm's own of the first 16, then the cube and the greys.
  private static func light(_ number: Int16) -> Light {
    let own: [[Double]] = [
      [0, 0, 0], [205, 0, 0], [0, 205, 0], [205, 205, 0], [0, 0, 238], [205, 0, 205],
      [0, 205, 205], [229, 229, 229],
    ]
    let steps: [Double] = [0, 95, 135, 175, 215, 255]
    let number = Int(number)
    let bytes: [Double] =
      number < 8
      ? own[number]
      : number >= 232
        ? Array(repeating: Double(8 + 10 * (number - 232)), count: 3)
        : [(number - 16) / 36, (number - 16) / 6 % 6, (number - 16) % 6].map { steps[$0] }
    return bytes.map { $0 / 255 }.map {
      $0 <= 0.04045 ? $0 / 12.92 : pow(($0 + 0.055) / 1.055, 2.4)
    }
  }

  private static func lab(_ light: Light, _ rows: [Light]) -> [Double] {
    let seen = product(rows, light).map { min(1, max(0, $0)) }
    let xyz = product(
      [
        [0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
      ], seen)
    let curve = zip(xyz, [0.95047, 1, 1.08883]).map { part, white in
      let ratio = part / white
      return ratio > 216 / 24_389 ? cbrt(ratio) : (24_389 / 27 * ratio + 16) / 116
    }
    return [116 * curve[1] - 16, 500 * (curve[0] - curve[1]), 200 * (curve[1] - curve[2])]
  }

  private static func product(_ rows: [Light], _ light: Light) -> Light {
    rows.map { row in zip(row, light).reduce(0) { $0 + $1.0 * $1.1 } }
  }

  /// The least distance over all visions.
  private static func distance(_ one: Int16, _ other: Int16) -> Double {
    visions.map { vision in
      let places = zip(lab(light(one), vision.rows), lab(light(other), vision.rows))
      return sqrt(places.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }.min() ?? 0
  }

  /// WCAG 2.2, 1.4.3.
  private static func contrast(_ one: Light, _ other: Light) -> Double {
    let brightness = [one, other].map { 0.2126 * $0[0] + 0.7152 * $0[1] + 0.0722 * $0[2] }.sorted()
    return (brightness[1] + 0.05) / (brightness[0] + 0.05)
  }

  @Test func theMeasureIsAsPublished() {
    // Red and green, the classic pair: far apart for most people, not for everybody.
    let (red, green): (Light, Light) = ([1, 0, 0], [0, 1, 0])
    func distance(_ vision: Int) -> Double {
      let rows = Self.visions[vision].rows
      let places = zip(Self.lab(red, rows), Self.lab(green, rows))
      return sqrt(places.reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) })
    }
    #expect(abs(distance(0) - 170.6) < 0.5)
    #expect(distance(2) < 80)
    #expect(Self.distance(39, 39) == 0)
  }

  /// Met and failed, in every theme with colours, on terminals with 256 and with 8 of them.
  @Test(arguments: [Theme.dark, .light, .cvd, .cvdLight], [256, 8])
  func metAndFailedAreToldApart(_ theme: Theme, _ colors: Int) {
    let palette = Palette(theme: theme, colors: colors)
    let (met, failed) = (palette.look(of: .ok), palette.look(of: .fail))
    let distance = Self.distance(met.colour, failed.colour)
    #expect(distance >= 50, "\(distance)")
    #expect(met.isBold != failed.isBold)
  }

  /// In the themes for the colour-blind also what a person has to judge, and what matters less.
  @Test(arguments: [Theme.cvd, .cvdLight])
  func whatMustBeJudgedIsToldApart(_ theme: Theme) {
    let palette = Palette(theme: theme, colors: 256)
    let looks = [Style.ok, .fail, .review, .dim].map { palette.look(of: $0) }
    for (index, one) in looks.enumerated() {
      for other in looks.dropFirst(index + 1) {
        let distance = Self.distance(one.colour, other.colour)
        #expect(distance >= 25, "\(one.colour) and \(other.colour): \(distance)")
      }
    }
    for style in [Style.review, .unknown, .risk] {
      for colors in [256, 8] {
        let palette = Palette(theme: theme, colors: colors)
        #expect(palette.look(of: style).isUnderlined)
        #expect(!palette.look(of: .ok).isUnderlined && !palette.look(of: .fail).isUnderlined)
      }
    }
  }

  /// Every colour can be read on the background for which it is meant.
  @Test(arguments: [
    (Theme.dark, [0.0, 0, 0]), (.cvd, [0, 0, 0]), (.light, [1, 1, 1]), (.cvdLight, [1, 1, 1]),
  ])
  func everyColourCanBeRead(_ theme: Theme, _ background: [Double]) {
    for colour in Palette(theme: theme, colors: 256).pairs {
      let contrast = Self.contrast(Self.light(colour), background)
      #expect(contrast >= 4.5, "\(colour): \(contrast)")
    }
  }
}
