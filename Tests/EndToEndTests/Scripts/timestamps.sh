# A seal whose time an authority stamps, attachments that are looked for, keys that are revoked, and
# a second judge that lies.
source "${BASH_SOURCE[0]%/*}/steps.sh"
for person in mara tomas; do ssh-keygen -q -t ed25519 -N "" -C "$person" -f "$top/$person"; done
small shop
sed -i '/^policy:/,$d' launchgate.yaml
met=(--decision met --note "Seen." --confirm 1.0 --confirm 1 --confirm 2)
echo "all fine" >"$top/log.txt"
expect 0 sign 1 2 "${met[@]}" "${mara[@]}" --key "$top/mara" --attach "$top/log.txt" --json
expect 0 countersign "$(jq -r .id "$top/out")" "${tomas[@]}" --confirm 1.0 --confirm 1 --confirm 2 --key "$top/tomas"
expect 64 timestamp request -o "$top/none.tsq"
says 'there is no seal'
expect 0 seal --confirm 1.0 "${mara[@]}" --key "$top/mara"
seal=$(jq -r '.[-1].id' "$file")
says "Launchgate-Head: $seal"
git add -A && git -c commit.gpgsign=false commit -q -m "Ship" -m "$(grep '^Launchgate-Head: ' "$top/out")"
same "$(git log -1 --format='%(trailers:key=Launchgate-Head,valueonly,separator=)')" "$seal"

# The authority, and its answer.
cd "$top"
cat >tsa.cnf <<'CNF'
[tsa]
serial = serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
CNF
echo 01 >serial
openssl req -x509 -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.pem -days 2 -subj /CN=tsa \
  -addext extendedKeyUsage=critical,timeStamping -addext keyUsage=critical,digitalSignature 2>/dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout else.key -out else.pem -days 2 -subj /CN=else \
  -addext extendedKeyUsage=critical,timeStamping 2>/dev/null
cd shop 2>/dev/null || cd "${file%/*}"
expect 0 timestamp request -o "$top/seal.tsq"
says "$seal"
(cd "$top" && openssl ts -reply -config tsa.cnf -section tsa -queryfile seal.tsq -signer tsa.pem \
  -inkey tsa.key -out seal.tsr 2>/dev/null)
expect 64 timestamp add "$top/seal.tsq" "${mara[@]}"
expect 64 timestamp add "$top/nothing.tsr" "${mara[@]}"
expect 0 timestamp add "$top/seal.tsr" "${mara[@]}" --key "$top/mara"
recompute "$file"
{
  echo "mara@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/mara.pub")"
  echo "tomas@acme.example namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/tomas.pub")"
} >"$top/signers"
trust=(--allowed-signers "$top/signers")
expect 0 verify "$file" "${trust[@]}" --strict --tsa-ca "$top/tsa.pem" --expect-head "$seal" --json
holds '.trusted and (."time-stamps" | length == 1 and all(.verified)) and (.established | any(test("trusted time stamp")))'
holds '(.outside | length == 1) and (."not-established" | any(test("1 record that lies outside")))'
expect 6 verify "$file" --tsa-ca "$top/else.pem"
says 'the time stamp is not trusted'
expect 64 verify "$file" --tsa-ca "$top/nothing.pem"
expect 64 verify "$file" --tsa-untrusted "$top/tsa.pem"
expect 0 verify "$file"
says 'NOT established: 1 time stamp: no authority was given (verify --tsa-ca)'

# An auditor needs nothing of ours for that either.
jq -r '.[-1].record.token' "$file" | base64 -d >"$top/token.tst"
jq -cj --arg id "$seal" '.[1:][] | select(.id == $id) | .record' "$file" >"$top/record"
openssl ts -verify -data "$top/record" -in "$top/token.tst" -token_in -CAfile "$top/tsa.pem" >/dev/null 2>&1

# Keys that have expired since are judged by the stamp.
sed 's/namespaces=/valid-before="'"$(date -u -d '+1 minute' +%Y%m%d%H%M%SZ)"'",namespaces=/' "$top/signers" >"$top/short"
expect 0 verify "$file" --allowed-signers "$top/short" --strict
past=$(jq -r '.[1].record.at' "$file")
sed 's/namespaces=/valid-before="'"$(date -u -d "$past - 1 day" +%Y%m%d%H%M%SZ)"'",namespaces=/' "$top/signers" >"$top/past"
expect 6 verify "$file" --allowed-signers "$top/past" --strict --tsa-ca "$top/tsa.pem"
says 'was valid until'

# Attachments.
mkdir "$top/files"
expect 6 verify "$file" --attachments "$top/files"
says 'the attachment log.txt of 1.1 is missing'
echo "all bad" >"$top/files/log.txt"
expect 6 verify "$file" --attachments "$top/files"
says 'differs from what was recorded'
cp "$top/log.txt" "$top/files/renamed.txt"
expect 0 verify "$file" --attachments "$top/files"
says '3 of 3 attachments are there'

# Revoked keys.
cp "$top/tomas.pub" "$top/revoked"
expect 6 verify "$file" "${trust[@]}" --revoked "$top/revoked"
says 'is revoked'
ssh-keygen -l -f "$top/tomas.pub" | cut -d' ' -f2 >"$top/revoked"
expect 6 verify "$file" "${trust[@]}" --revoked "$top/revoked"
ssh-keygen -q -k -f "$top/krl" "$top/tomas.pub"
expect 6 verify "$file" "${trust[@]}" --revoked "$top/krl"
expect 64 verify "$file" "${trust[@]}" --revoked "$top/no-such-list"

# A list that is judged in part could let the wrong person in.
echo "x@y cert-authority $(cut -d' ' -f1,2 "$top/mara.pub")" >>"$top/signers"
expect 64 verify "$file" "${trust[@]}"
says 'line 3 of the allowed signers'
sed -i '$d' "$top/signers"
echo "* $(cut -d' ' -f1,2 "$top/mara.pub")" >"$top/wild"
echo "tomas@acme.example $(cut -d' ' -f1,2 "$top/tomas.pub")" >>"$top/wild"
expect 0 verify "$file" --allowed-signers "$top/wild" --strict
says 'takes its key for everybody'

# Where ssh-keygen comes to another result, nothing is trusted.
mkdir "$top/liar" && printf '#!/bin/sh\nexit 255\n' >"$top/liar/ssh-keygen" && chmod +x "$top/liar/ssh-keygen"
PATH=$top/liar:$PATH expect 4 verify "$file" "${trust[@]}" --strict
says 'ssh-keygen disagrees'
PATH=$top/liar:$PATH expect 0 verify "$file" "${trust[@]}"
