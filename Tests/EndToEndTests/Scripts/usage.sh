# How the program answers calls that cannot be right, and what it then leaves alone.
source "${BASH_SOURCE[0]%/*}/steps.sh"

expect 64 gate
expect 64 probe
expect 64 no-such-command
expect 64 gate --no-such-option
expect 64 init </dev/null
[ ! -e launchgate.yaml ]

git init -q -b main shop && cd shop
git config user.name Mara && git config user.email mara@acme.example
expect 0 init --subject shop --release 1.0 --environment production
cp launchgate.yaml "$top/before.yaml"
expect 64 init --subject other --release 2.0 --environment staging
cmp launchgate.yaml "$top/before.yaml"
grep -qx '\*.evidence.json -text merge=union' .gitattributes
expect 1 gate
expect 64 seal --confirm 1.0

# From a folder below it is the same launch.
mkdir -p src/deep && cd src/deep
expect 0 probe 8.3 "${mara[@]}"
cd "$top/shop"
file=$PWD/shop-1.0.evidence.json
[ -s "$file" ]
cp "$file" "$top/before.json"

expect 64 probe 99.9
expect 64 probe 19
expect 64 probe --jobs 0
expect 64 sign 23.1 --decision maybe --note "Hm." "${mara[@]}" --confirm 1.0
expect 64 sign 23.1 --decision met --note " " "${mara[@]}" --confirm 1.0
expect 64 sign 23.1 --decision met --note "Seen." "${mara[@]}"
expect 64 sign 23.1 --decision met --note "Seen." "${mara[@]}" --confirm 1.1
expect 64 sign 23.1 --decision met --note "Seen." --confirm 1.0 --name M --email nowhere --role r
expect 64 sign 23.1 --decision met --note "Seen." "${mara[@]}" --confirm 1.0 \
  --performed-on 2999-01-01
expect 64 sign 23.1 --decision met --note "Seen." "${mara[@]}" --confirm 1.0 \
  --performed-on 2026-02-30
expect 64 sign 23.1 --decision observed-by-hand --note "Seen." "${mara[@]}" --confirm 1.0
expect 64 sign 23.1 --decision observed-by-hand --note "Seen." "${mara[@]}" --confirm 1.0 \
  --attach "$top/nothing"
expect 64 sign 23.1 --decision risk-accepted --note "Later." "${mara[@]}" --confirm 1.0 \
  --confirm 23
expect 64 sign 23.1 --decision risk-accepted --note "Later." "${mara[@]}" --confirm 1.0 \
  --until 2999-01-01
expect 64 sign 99 --decision met --note "Seen." "${mara[@]}" --confirm 1.0
expect 64 countersign 123 --confirm 1.0 "${mara[@]}"
expect 64 countersign 1234567 --confirm 1.0 "${mara[@]}"
expect 64 reopen "$(jq -r '.[1].id' "$file")" --reason "No seal." "${mara[@]}"
expect 64 revoke "$(jq -r '.[1].id' "$file")" --reason "No sign-off." "${mara[@]}"
expect 64 gate --at yesterday
expect 64 gate --at seal
expect 64 verify "$file" --expect-head 12
expect 64 assign "Tea" --to "Tomas <tomas@acme.example>" "${mara[@]}"
expect 1 checklist show no-such-list
cmp "$file" "$top/before.json"

# A probe that could not look is told apart from one that saw something.
expect 0 probe 1.2 --json "${mara[@]}"
holds 'length == 1 and .[0].verdict == "unknown"'
expect 5 probe 1.2 --require-complete "${mara[@]}"
expect 6 verify "$file" --strict
: >"$top/nobody"
expect 0 verify "$file" --allowed-signers "$top/nobody"

# Duties.
duty=$(jq -r '[.[1].record.checklist.domains[].controls[].duty // empty][0]' "$file")
expect 0 assign "$duty" --to "Tomas Vale <tomas@acme.example>" "${mara[@]}" --json
assignment=$(jq -r .id "$top/out")
expect 0 status --json
holds '.duties["'"$duty"'"] == "Tomas Vale"'
expect 0 revoke "$assignment" --reason "He left." "${mara[@]}"
expect 0 status --json
holds '.duties["'"$duty"'"] == null'

# The evidence of another launch is not taken for this one's.
sed -i 's/release: "1.0"/release: "1.1"/' launchgate.yaml
expect 64 status --evidence "$file"
expect 64 sign 23.1 --decision met --note "Seen." "${mara[@]}" --confirm 1.1 --evidence "$file"

# Where the reader has gone, as head does when it has what it wants, nothing is said about the rest.
for words in "checklist show production-25" "checklist show production-25 --json" "report $file --format html"; do
  # shellcheck disable=SC2086
  { sleep 0.5; "$LAUNCHGATE" $words 2>"$top/err" || echo $? >"$top/code"; } | true
  same "$(cat "$top/code" 2>/dev/null || echo none) $(cat "$top/err")" "141 "
done
