# A launch whose policy wants SSH signatures.
source "${BASH_SOURCE[0]%/*}/steps.sh"
for person in mara tomas stranger; do
  ssh-keygen -q -t ed25519 -N "" -C "$person" -f "$top/$person"
done
small shop
expect 0 checklist lint list.yaml
sed -i '/^policy:/,$d' launchgate.yaml
cat >>launchgate.yaml <<YAML
policy:
  signatures: required
  people:
    - { id: mara, name: Mara Lindqvist, emails: [mara@acme.example], keys: ["$(cat "$top/mara.pub")"], roles: [release-manager] }
    - { id: tomas, name: Tomas Vale, emails: [tomas@acme.example], keys: ["$(cat "$top/tomas.pub")"], roles: [team-lead] }
YAML
met=(--decision met --note "Seen." --confirm 1.0 --confirm 2)

# Unsigned, by somebody else's key, by somebody unknown: nothing of that counts, and it says why.
expect 0 sign 1.1 "${met[@]}" "${mara[@]}"
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | .state == "OPEN" and (.discounted[0] | test("did not sign"))'
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/stranger"
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | .state == "OPEN" and any(.discounted[]; test("not by a key of"))'
expect 0 sign 1.1 "${met[@]}" --name S --email s@else.example --role team-lead --key "$top/stranger"
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | .state == "OPEN" and any(.discounted[]; test("not among"))'
expect 0 sign 1.1 "${met[@]}" --name "Tomas Vale" --email tomas@acme.example \
  --role release-manager --key "$top/tomas"
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | any(.discounted[]; test("had not the role"))'
expect 1 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/no-such-key"

# Signed it counts, by the flag or by the environment.
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/mara" --json
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | .state == "OK"'
LAUNCHGATE_KEY=$top/mara expect 0 sign 1.2 2 "${met[@]}" "${mara[@]}" --json
pending=$(jq -r .id "$top/out")
expect 0 countersign "$pending" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2
expect 3 gate
expect 0 countersign "$pending" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2 --key "$top/tomas"
expect 0 gate --json
expect 0 seal --confirm 1.0 "${mara[@]}" --key "$top/mara"
expect 0 gate --json
holds '.seal.state == "sealed"'
recompute "$file"

# What an auditor sees.
{
  echo "mara@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/mara.pub")"
  echo "tomas@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/tomas.pub")"
} >"$top/signers"
expect 0 verify "$file"
expect 6 verify "$file" --allowed-signers "$top/signers" --json
holds '.intact and (.trusted | not) and (.untrusted | length == 2)'
expect 6 verify "$file" --allowed-signers "$top/signers" --strict
expect 6 verify "$file" --strict
expect 64 verify "$file" --allowed-signers "$top/no-such-file"

# The same launch without the strays is trusted to the last record.
mkdir "$top/clean" && cp launchgate.yaml list.yaml "$top/clean" && cd "$top/clean"
git init -q .
expect 0 sign 1 2 "${met[@]}" "${mara[@]}" --key "$top/mara" --json
expect 0 countersign "$(jq -r .id "$top/out")" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2 --key "$top/tomas"
expect 0 seal --confirm 1.0 "${mara[@]}" --key "$top/mara"
file=$PWD/shop-1.0.evidence.json
expect 0 verify "$file" --allowed-signers "$top/signers" --strict --json
holds '.trusted and (.signers | length == 3) and any(.signers[]; .principal == "tomas@acme.example")'
head -n 1 "$top/signers" >"$top/one-signer"
expect 6 verify "$file" --allowed-signers "$top/one-signer"

# ssh-keygen alone comes to the same result.
for index in $(jq 'to_entries[1:][] | select(.value.signatures | length > 0) | .key' "$file"); do
  jq -cj ".[$index].record" "$file" >"$top/record"
  jq -r ".[$index].signatures[0].sshsig" "$file" >"$top/record.sig"
  ssh-keygen -q -Y verify -n launchgate -f "$top/signers" -s "$top/record.sig" \
    -I "$(jq -r ".[$index].record.by.email" "$file")" <"$top/record" >/dev/null
done

# A signature of another record is damage, whoever is trusted.
jq -r '.[-1].signatures[0].sshsig' "$file" >/dev/null
first=$(grep -o '"sshsig":"[^"]*"' "$file" | sed -n 1p)
second=$(grep -o '"sshsig":"[^"]*"' "$file" | sed -n 3p)
FIRST=$first SECOND=$second awk '{
  at = index($0, ENVIRON["FIRST"])
  if (at) $0 = substr($0, 1, at - 1) ENVIRON["SECOND"] substr($0, at + length(ENVIRON["FIRST"]))
  print
}' "$file" >"$top/swapped.json"
! cmp -s "$file" "$top/swapped.json"
expect 4 verify "$top/swapped.json"
expect 4 verify "$top/swapped.json" --allowed-signers "$top/signers"
expect 4 gate "$top/swapped.json"
