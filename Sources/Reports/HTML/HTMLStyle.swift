internal import Crypto
internal import Foundation

/// The one style sheet of the page: light, dark, and paper.
enum HTMLStyle {
  /// What the page's own policy lets in: this style sheet and nothing else.
  static var policy: String {
    let digest = Data(SHA256.hash(data: Data(css.utf8))).base64EncodedString()
    return "default-src 'none'; style-src 'sha256-\(digest)'; base-uri 'none'; form-action 'none'"
  }

  static let css = """
    :root{color-scheme:light dark;--bg:#fff;--fg:#1b1f24;--dim:#57606a;--line:#d5dae0;--soft:#f5f7f9;
    --link:#0550ae;--ok:#1a7f37;--na:#5f6975;--risk:#7a3ec8;--open:#0a5cc2;--review:#8a5a00;
    --stale:#7a6a1c;--lapsed:#a1470f;--unknown:#4a5560;--fail:#c4202b;--on:#fff;--go:#116329;
    --nogo:#a40e1f;--incomplete:#7a4f00}
    @media (prefers-color-scheme:dark){:root{--bg:#12161b;--fg:#e3e8ed;--dim:#9aa5b1;--line:#333b45;
    --soft:#1a2027;--link:#79b8ff;--ok:#56c474;--na:#8d98a4;--risk:#c297ff;--open:#6cb2ff;
    --review:#e3b341;--stale:#c9b458;--lapsed:#f0975a;--unknown:#a9b4bf;--fail:#ff7b81;--on:#0d1117;
    --go:#1f6f37;--nogo:#9c1c29;--incomplete:#7d5600}}
    *{box-sizing:border-box}
    body{margin:0;background:var(--bg);color:var(--fg);
    font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
    main{max-width:64rem;margin:0 auto;padding:1.5rem 1.25rem 4rem}
    h1{font-size:1.9rem;line-height:1.2;margin:.1rem 0 .2rem;overflow-wrap:anywhere}
    h2{font-size:1.3rem;margin:2.6rem 0 .5rem;padding-top:.6rem;border-top:2px solid var(--line)}
    h3{font-size:1.05rem;margin:1.8rem 0 .3rem}
    h3.area{font-size:1.1rem;color:var(--dim);margin-top:2.2rem}
    h4{font-size:1rem;margin:1.5rem 0 .1rem}
    .vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
    p{margin:.4rem 0}
    .kicker{color:var(--dim);margin:0;letter-spacing:.02em}
    .dim,.small{color:var(--dim)}.small{font-size:.87rem}
    a{color:var(--link)}
    nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.1rem;list-style:none;padding:0;margin:.9rem 0 0;
    font-size:.92rem}
    .banner{display:flex;gap:1.2rem;align-items:center;margin:1.1rem 0;padding:1rem 1.2rem;
    border-radius:.5rem;color:#fff}
    .banner p{margin:0}
    .banner .word{font-size:1.75rem;font-weight:700;white-space:nowrap}
    .banner.go{background:var(--go)}.banner.no-go{background:var(--nogo)}
    .banner.incomplete{background:var(--incomplete)}
    dl.facts{display:grid;grid-template-columns:max-content 1fr;gap:.25rem 1.2rem;margin:.8rem 0}
    dl.facts dt{color:var(--dim)}dl.facts dd{margin:0;overflow-wrap:anywhere}
    .scroll{overflow-x:auto}
    table{border-collapse:collapse;width:100%;margin:.6rem 0;font-size:.92rem}
    caption{text-align:left;color:var(--dim);padding:.2rem 0}
    th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;
    border-bottom:1px solid var(--line);unicode-bidi:isolate}
    thead th{color:var(--dim);font-weight:600;border-bottom:2px solid var(--line);white-space:nowrap}
    tbody th{font-weight:600;white-space:nowrap}
    td{overflow-wrap:anywhere;min-width:4.5rem}
    td ul{margin:0;padding-left:1.1rem}
    td.n,th.n{text-align:right;min-width:0;font-variant-numeric:tabular-nums}
    td.t{white-space:nowrap;font-variant-numeric:tabular-nums}
    td.w{min-width:13rem}
    code,pre,.id{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace;
    font-size:.85em}
    .id{overflow-wrap:anywhere}
    pre{background:var(--soft);border:1px solid var(--line);border-radius:.4rem;padding:.7rem .9rem;
    overflow-x:auto;margin:.3rem 0 .9rem}
    .note{white-space:pre-wrap;border-left:3px solid var(--line);padding-left:.6rem;margin:.25rem 0}
    .state{display:inline-block;white-space:nowrap;font-weight:600;font-size:.85em}
    .sev{font-size:.78rem;font-weight:600;color:var(--dim);border:1px solid var(--line);
    border-radius:.3rem;padding:.05rem .4rem;margin-left:.4rem;white-space:nowrap}
    .s-ok{color:var(--ok)}.s-na{color:var(--na)}.s-risk{color:var(--risk)}.s-open{color:var(--open)}
    .s-review{color:var(--review)}.s-stale{color:var(--stale)}.s-lapsed{color:var(--lapsed)}
    .s-unknown{color:var(--unknown)}.s-fail{color:var(--fail)}
    .f-ok{fill:var(--ok)}.f-na{fill:var(--na)}.f-risk{fill:var(--risk)}.f-open{fill:var(--open)}
    .f-review{fill:var(--review)}.f-stale{fill:var(--stale)}.f-lapsed{fill:var(--lapsed)}
    .f-unknown{fill:var(--unknown)}.f-fail{fill:var(--fail)}
    .cols{display:grid;grid-template-columns:repeat(auto-fit,minmax(18rem,1fr));gap:1rem;margin:.8rem 0}
    .card{background:var(--soft);border:1px solid var(--line);border-radius:.5rem;padding:.8rem 1.1rem}
    .card h3{margin:0 0 .3rem}
    .card ul{margin:.2rem 0;padding-left:1.2rem}.card li{margin:.25rem 0;overflow-wrap:anywhere}
    .card.not{border-left:4px solid var(--lapsed)}.card.yes{border-left:4px solid var(--ok)}
    ul.plain{padding-left:1.2rem;margin:.3rem 0}
    figure{margin:.8rem 0}figcaption{color:var(--dim);font-size:.9rem;margin-bottom:.3rem}
    svg{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,"DejaVu Sans",sans-serif}
    svg text{fill:var(--fg)}svg text.d{fill:var(--dim)}svg text.i{fill:var(--on);font-weight:600}
    svg line{stroke:var(--line)}svg .dot{fill:var(--open)}svg .dot.bad{fill:var(--fail)}
    svg .dot.machine{fill:var(--na)}svg .dot.done{fill:var(--ok)}
    footer{margin-top:3rem;padding-top:.8rem;border-top:1px solid var(--line);color:var(--dim);
    font-size:.87rem}
    @page{margin:16mm 14mm}
    @media print{:root{color-scheme:light;--bg:#fff;--fg:#000;--dim:#444;--line:#bbb;--soft:#f6f6f6;
    --link:#000;--ok:#1a7f37;--na:#5f6975;--risk:#7a3ec8;--open:#0a5cc2;--review:#8a5a00;
    --stale:#7a6a1c;--lapsed:#a1470f;--unknown:#4a5560;--fail:#c4202b;--on:#fff;--go:#116329;
    --nogo:#a40e1f;--incomplete:#7a4f00}
    body{font-size:9pt;line-height:1.4}th,td{padding:.25rem .5rem .25rem 0}h2{margin-top:1.6rem}main{max-width:none;padding:0}nav{display:none}
    *{-webkit-print-color-adjust:exact;print-color-adjust:exact}
    h2,h3,h4,caption{break-after:avoid}tr,figure,.card,.banner,pre{break-inside:avoid}
    thead{display:table-header-group}.scroll{overflow:visible}
    pre{white-space:pre-wrap;overflow-wrap:anywhere}a{text-decoration:none}
    td.w{min-width:8rem}}
    """
}
