# Reports and the board on real files: exit codes, file modes, same bytes, nothing else touched.
source "${BASH_SOURCE[0]%/*}/steps.sh"
serve
expect 0 probe "${mara[@]}"
before=$(sha256sum "$file")
moment=$(date -u -d '+1 minute' +%Y-%m-%dT%H:%M:%SZ)
for format in html markdown csv oscal in-toto sarif junit; do
  expect 0 report "$file" --format $format --at "$moment" -o "$top/report.$format"
  same "$(stat -c %a "$top/report.$format")" 600
  expect 0 report "$file" --format $format --at "$moment"
  cmp "$top/out" "$top/report.$format"
done
# The order of lines means nothing.
mkdir "$top/turned"
{ sed -n 1p "$file"; sed '1d;$d' "$file" | tac; sed -n '$p' "$file"; } >"$top/turned/${file##*/}"
for format in html oscal; do
  expect 0 report "$top/turned/${file##*/}" --format $format --at "$moment"
  cmp "$top/out" "$top/report.$format"
done
same "$(sha256sum "$file")" "$before"
jq -e '.predicate.verdict == "NO-GO"' "$top/report.in-toto" >/dev/null
grep -q "NOT established" "$top/report.markdown"
grep -q "Not established" "$top/report.html"

# The commands in the report do what it says of them.
mkdir "$top/auditor"
cp "$file" "$top/auditor/"
awk '/^With jq, sha256sum/ { here = 1 } here && /^    / { print substr($0, 5); seen = 1; next } seen && /^$/ { exit }' \
  "$top/report.markdown" >"$top/auditor/commands.sh"
same "$(cd "$top/auditor" && bash commands.sh | grep -c 'is intact$')" "$(jq '.[1:] | length' "$file")"
sed -i '0,/acme-shop/s//acme-shoq/' "$top/auditor/${file##*/}"
same "$(cd "$top/auditor" && bash commands.sh | grep -c 'was CHANGED$')" 1

expect 64 report "$file" --format pdf
expect 64 report "$file" --format html --profile github
expect 64 report "$file" --format html --at yesterday
expect 64 report "$file" --format html --at seal
expect 64 report "$file" --format html -o "$file"
expect 64 report "$file" --format html --allowed-signers "$top/nobody"
expect 1 report "$top/nothing.json" --format html
same "$(sha256sum "$file")" "$before"
sed 's/acme-shop/acme-shoq/' "$file" >"$top/changed.json"
expect 4 report "$top/changed.json" --format html -o "$top/never"
[ ! -e "$top/never" ]
# A signature by nobody whom the auditor knows.
ssh-keygen -q -t ed25519 -N "" -f "$top/key"
expect 0 sign 23.1 --decision met --note "Seen." "${mara[@]}" --key "$top/key" --confirm 4.2.0
: >"$top/signers"
expect 6 report "$file" --format markdown --allowed-signers "$top/signers"
grep -q "NOT trusted" "$top/out"

# The board: each file by itself, worst first, with the code of the worst.
mkdir "$top/other"
(cd "$top/other" && "$LAUNCHGATE" init --subject other --release 1.0 --environment staging \
  --checklist go-live-20 >/dev/null && "$LAUNCHGATE" probe >/dev/null 2>&1) || true
other=$(ls "$top"/other/*.evidence.json)
expect 2 board "$other" "$file" --json
holds '[.launches[].status] == ["NO-GO", "INCOMPLETE"]'
holds '.launches[1] | .subject == "other" and .environment == "staging" and .points == 47'
expect 3 board "$other" --plain
grep -q "^INCOMPLETE  other 1.0 -> staging" "$top/out"
grep -q "  waits for: " "$top/out"
code=0
"$LAUNCHGATE" board "$file" "$top/changed.json" "$top/nothing.json" "$other" --json >"$top/out" || code=$?
same "$code" 4
holds '[.launches[].status] == ["DAMAGED", "UNREADABLE", "NO-GO", "INCOMPLETE"]'
holds '.launches[0].reason | test("^line 2: ")'
code=0
"$LAUNCHGATE" board "$top/nothing.json" --plain >"$top/out" || code=$?
same "$code" 1
grep -q '^UNREADABLE  ' "$top/out"
expect 64 board
