# One's own checklists: another field from the first line to GO, and one that extends a bundled one.
source "${BASH_SOURCE[0]%/*}/steps.sh"
lists=$(cd "${BASH_SOURCE[0]%/*}/../Fixtures" && pwd)
ines=(--name "Ines Roth" --email ines@acme.example --role accessibility-lead)

# An accessibility review: nothing in it is about security, and nothing of the program knows it.
git init -q -b main site && cd site
git config user.name Ines && git config user.email ines@acme.example
cp "$lists/accessibility-10.yaml" .
echo '{"name":"site","version":"1.0.0","devDependencies":{"checker":"4.10.2"}}' >package.json
cat >package-lock.json <<'JSON'
{"name":"site","version":"1.0.0","lockfileVersion":3,"requires":true,"packages":{"":{"name":"site",
"version":"1.0.0","devDependencies":{"checker":"4.10.2"}},"node_modules/checker":{"version":"4.10.2",
"resolved":"https://registry.npmjs.org/checker/-/checker-4.10.2.tgz","integrity":"sha512-AAAA","dev":true}}}
JSON
expect 0 checklist lint accessibility-10.yaml
grep -q 'is fine: 10 controls, 14 points$' "$top/out"
expect 0 init --subject site --release 1.0 --environment production \
  --checklist accessibility-10.yaml
git add -A && git commit -qm "Describe the launch"
file=$PWD/site-1.0.evidence.json
expect 0 trust --yes
expect 0 probe "${mara[@]}" --json
holds 'length == 1 and .[0].point == "4.2" and .[0].verdict == "pass"'
expect 3 gate --json
holds '.verdict == "INCOMPLETE" and ([.points[] | select(.state == "OK")] | length == 1)'
expect 0 sign if.media --decision met "${ines[@]}" --confirm 1.0

# Who signs without a role of the control does not count; a question is answered on its own.
expect 0 assign "Accessibility feedback" --to "Tomas Vale <tomas@acme.example>" "${mara[@]}"
walk() {
  expect 0 sign 1.1 --decision met --note "All four pages, Firefox 128." "$@" --confirm 1.0 --confirm 1
  expect 0 sign 1.2 2 3 4.1 5 6 7 8 9 10 --decision met --note "Tried with Orca." "$@" \
    --confirm 1.0 --confirm 1 --confirm 4
}
walk "${mara[@]}"
expect 3 gate --json
holds '[.points[] | select(.state == "OK") | .id] | (index("4.2") and index("10.1")) and (index("1.1") | not)'
walk "${ines[@]}"
expect 0 gate --json
holds '.verdict == "GO" and .blockers == []'
expect 0 seal --confirm 1.0 "${mara[@]}"
expect 0 verify "$file"
recompute "$file"
same "$(jq -r '.[1].record.checklist | "\(.checklist) \(.domains | length)"' "$file")" "accessibility-10 3"

# One that extends a bundled checklist: how it deviates is linted, shown and recorded.
git init -q -b main "$top/acme" && cd "$top/acme"
cp "$lists/acme-25.yaml" .
expect 0 checklist lint acme-25.yaml
grep -q 'extends production-25@[0-9]*: 1 dropped, 3 added, 4 tightened, 1 loosened$' "$top/out"
expect 0 checklist show acme-25.yaml
grep -q '^  dropped 22.3: .* (Acme has one region' "$top/out"
grep -q '^  tightened 18.2/valid-for: 30d -> 14d$' "$top/out"
grep -q '^  loosened 21.2/valid-for: 30d -> 365d  (The archive' "$top/out"
expect 0 checklist show acme-25.yaml --sources
grep -A1 '^001-22.3 ' "$top/out" | grep -qx '    dropped'
expect 0 init --subject acme --release 1.0 --environment production --checklist acme-25.yaml
git -c user.name=M -c user.email=mara@acme.example commit -qm "Describe the launch" --allow-empty
expect 0 sign 24.90 --decision met --note "Tomas Vale." --confirm 1.0 --confirm 24 "${mara[@]}"
expect 3 gate --json
holds '.blockers | any(.point == "deviations")'
agreed=(--confirm 1.0 --confirm deviations)
expect 0 sign deviations --decision met --note "Agreed." "${mara[@]}" "${agreed[@]}" --json
expect 0 countersign "$(jq -r .id "$top/out")" "${tomas[@]}" "${agreed[@]}"
expect 3 gate --json
holds '.blockers | all(.point != "deviations")'
jq '.[1].record.checklist' acme-1.0.evidence.json >"$top/out"
holds '.base.checklist == "production-25" and (.base.version | type) == "number"'
holds '[.deviations[] | select(.kind == "loosened" or .kind == "dropped") | .reason | length > 0] | length == 2 and all'
expect 0 verify acme-1.0.evidence.json

# What is wrong with one is said with its place, and keeps it from being used.
sed -i 's/valid-for: 365d, reason: .* }/valid-for: 365d }/; s/warn-days: 30/warn-day: 30/' acme-25.yaml
expect 64 checklist lint acme-25.yaml --json
holds '[.faults[] | "\(.line):\(.column) \(.suggestion)"] == ["12:5 reason: why that is enough here", "12:51 did you mean warn-days?", "13:22 reason: why that is enough here"]'
expect 64 gate
expect 64 init --subject other --release 1.0 --environment production --checklist acme-25.yaml
