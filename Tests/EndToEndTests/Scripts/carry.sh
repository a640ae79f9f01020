# The next release takes over what only time makes stale.
source "${BASH_SOURCE[0]%/*}/steps.sh"
serve
expect 0 demo --mend all --folder "$top/demo"
expect 0 probe --active "${mara[@]}"
settle

mkdir "$top/next" && cd "$top/next"
git init -q -b main .
expect 0 init --subject acme-shop --release 4.3.0 --environment production
expect 64 carry --from "$file" --note "Rehearsed this year." "${mara[@]}"
[ ! -e acme-shop-4.3.0.evidence.json ]
expect 0 carry --from "$file" --note "Rehearsed this year." "${mara[@]}" --confirm 4.3.0 --json
carry=$(jq -r .id "$top/out")
next=$PWD/acme-shop-4.3.0.evidence.json
expect 0 status --json
holds '[.points[] | select(.decision.carried)] | length > 5'
holds '.points[] | select(.id == "22.2") | .state == "OK" and .decision.by == "Mara Lindqvist"'
holds '.points[] | select(.id == "21.2") | .state == "OPEN"'
same "$(jq -r '.[-1].record.records[0].record.type' "$next")" sign-off
expect 0 verify "$next"
recompute "$next"

# The original is there whole: the same bytes, the same id.
for id in $(jq -r '.[-1].record.records[].id' "$next"); do
  same "$(jq -cj --arg id "$id" '.[-1].record.records[] | select(.id == $id) | .record' "$next")" \
    "$(jq -cj --arg id "$id" '.[1:][] | select(.id == $id) | .record' "$file")"
done

# Copied without being carried, or taken back, it does not count.
head -n 2 "$next" >"$top/copied.json"
grep -m 1 '"type":"sign-off"' "$file" >>"$top/copied.json"
echo ']' >>"$top/copied.json"
expect 4 verify "$top/copied.json"
expect 0 revoke "$carry" --reason "Not rehearsed at all." "${mara[@]}"
expect 0 status --json
holds '[.points[] | select(.decision.carried and .state == "OK")] | length == 0'
