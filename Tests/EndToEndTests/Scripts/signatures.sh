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

# Without a key it is refused, as is somebody else's key; recorded all the same it does not count.
expect 64 sign 1.1 "${met[@]}" "${mara[@]}"
says 'signatures are required, and no key of Mara Lindqvist was found'
expect 64 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/tomas"
says 'is that of Tomas Vale, not of Mara Lindqvist'
expect 64 sign 1.1 "${met[@]}" "${mara[@]}" --key "$top/stranger"
says 'is not among the keys of Mara Lindqvist'
[ ! -e "$file" ]
expect 0 sign 1.1 "${met[@]}" "${mara[@]}" --unsigned
expect 3 gate --json
holds '.points[] | select(.id == "1.1") | .state == "OPEN" and (.discounted[0] | test("did not sign"))'
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
expect 64 countersign "$pending" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2 --key "$top/mara"
expect 0 countersign "$pending" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2 --unsigned
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
holds '.intact and (.trusted | not) and (.untrusted | length == 1)'
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
holds '.trusted and (.signers | length == 4) and any(.signers[]; .principal == "tomas@acme.example")'
head -n 1 "$top/signers" >"$top/one-signer"
expect 6 verify "$file" --allowed-signers "$top/one-signer"

# ssh-keygen alone comes to the same result.
for index in $(jq 'to_entries[1:][] | select(.value.signatures | length > 0) | .key' "$file"); do
  jq -cj ".[$index].record" "$file" >"$top/record"
  jq -r ".[$index].signatures[0].sshsig" "$file" >"$top/record.sig"
  ssh-keygen -q -Y verify -n launchgate -f "$top/signers" -s "$top/record.sig" \
    -I "$(jq -r ".[$index].record.by.email" "$file")" <"$top/record" >/dev/null
done

# The next release takes over what was signed; a bare copy of what was not it leaves behind.
clean=$PWD
for from in clean shop; do
  mkdir "$top/next-$from" && cd "$top/next-$from" && git init -q .
  cp "$clean/list.yaml" . && sed 's/release: .*/release: "1.1"/' "$clean/launchgate.yaml" >launchgate.yaml
done
cd "$top/next-clean"
expect 64 carry --from "$file" --note "Still so." "${mara[@]}" --confirm 1.1
says 'no key of Mara Lindqvist was found'
expect 0 carry --from "$file" --note "Still so." "${mara[@]}" --confirm 1.1 --key "$top/mara" --json
carry=$(jq -r .id "$top/out")
expect 0 countersign "$carry" "${tomas[@]}" --confirm 1.1 --confirm 2 --key "$top/tomas"
expect 0 gate
next=$PWD/shop-1.0.evidence.json
[ -e "$next" ] || next=$PWD/shop-1.1.evidence.json
expect 0 verify "$next" --allowed-signers "$top/signers" --strict
cd "$top/next-shop"
sed -i 's/signatures: required/signatures: optional/' launchgate.yaml
mkdir "$top/loose" && cp "$clean/list.yaml" launchgate.yaml "$top/loose" && cd "$top/loose" && git init -q .
sed -i 's/release: .*/release: "0.9"/' launchgate.yaml
expect 0 sign 1 2 --decision met --note "Seen." "${mara[@]}" --confirm 0.9 --confirm 2
expect 0 countersign "$(jq -r '.[-1].id' ./*.evidence.json)" "${tomas[@]}" --confirm 0.9 --confirm 2
bare=$(echo "$PWD"/*.evidence.json)
cd "$top/next-shop" && sed -i 's/signatures: optional/signatures: required/' launchgate.yaml
expect 64 carry --from "$bare" --note "Still so." "${mara[@]}" --confirm 1.1 --key "$top/mara"
says 'nothing can be carried over'
cd "$clean"

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
