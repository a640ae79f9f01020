# A launch whose evidence has a record of every type, all signed: launch.sh LAUNCHGATE, in an empty folder.
#
# Leaves keys, allowed signers, base.json (sealed, GO) and other.json (the launch before) there.
set -euo pipefail
launchgate=$1
top=$PWD
for person in mara tomas ci stranger; do
  ssh-keygen -q -t ed25519 -N "" -C "$person" -f "$top/$person"
done
signer() { echo "$1 namespaces=\"launchgate\" $(cut -d' ' -f1,2 "$top/$2.pub")"; }
{ signer mara@acme.example mara; signer tomas@acme.example tomas; signer build ci; } >signers
mara=(--name "Mara Lindqvist" --email mara@acme.example --role release-manager --key "$top/mara")
tomas=(--name "Tomas Vale" --email tomas@acme.example --role team-lead --key "$top/tomas")

git init -q -b main shop
cd shop
git config user.name Setup
git config user.email setup@acme.example
printf '.env*\n!.env.example\n' >.gitignore
cat >list.yaml <<'YAML'
checklist: small
title: A small launch
version: 1
domains:
  - title: All
    controls:
      - number: "1"
        slug: easy
        title: Easy
        severity: medium
        signers: [release-manager, team-lead]
        points:
          - { id: "1.1", text: One thing is so., how: manual, bound-to: time }
          - { id: "1.2", text: Env files are ignored., how: automatic, bound-to: code, probe: { id: secrets.env-ignored } }
          - { id: "1.3", text: A third thing is so., how: manual, bound-to: time, valid-for: 365d }
      - number: "2"
        slug: grave
        title: Grave
        severity: critical
        four-eyes: true
        duty: Key rotation
        signers: [release-manager, team-lead]
        points:
          - { id: "2.1", text: A grave thing is so., how: manual, bound-to: time }
YAML
describe() {
  cat >launchgate.yaml <<YAML
launch: { subject: shop, release: "$1", environment: production }
checklist: list.yaml
evidence: shop-$1.evidence.json
policy:
  signatures: required
  people:
    - { id: mara, name: Mara Lindqvist, emails: [mara@acme.example], keys: ["$(cat "$top/mara.pub")"], roles: [release-manager] }
    - { id: tomas, name: Tomas Vale, emails: [tomas@acme.example], keys: ["$(cat "$top/tomas.pub")"], roles: [team-lead] }
  automation:
    - { id: build, key: "$(cat "$top/ci.pub")" }
YAML
}
describe 0.9
git add -A
git commit -qm "Begin"
"$launchgate" trust --yes >/dev/null 2>&1 || true
"$launchgate" sign 1.3 --decision met --note "Drilled." "${mara[@]}" --confirm 0.9 >/dev/null || [ $? = 3 ]
cp shop-0.9.evidence.json "$top/other.json"

describe 1.0
"$launchgate" trust --yes >/dev/null 2>&1 || true
confirm=(--confirm 1.0 --confirm 1 --confirm 2)
CI=1 LAUNCHGATE_AUTOMATION=build "$launchgate" probe --key "$top/ci" >/dev/null
wrong=$("$launchgate" sign 1.1 --decision met --note "Too early." "${mara[@]}" "${confirm[@]}" --json | jq -r .id)
"$launchgate" revoke "$wrong" --reason "It was not so yet." "${mara[@]}" >/dev/null
echo seen >proof.txt
signed=$("$launchgate" sign 1.1 2.1 --decision met --note "Seen." --performed-on "$(date -u +%F)" --attach proof.txt \
  "${mara[@]}" "${confirm[@]}" --json | jq -r .id)
"$launchgate" countersign "$signed" --note "Agreed." "${tomas[@]}" "${confirm[@]}" >/dev/null
"$launchgate" assign "Key rotation" --to tomas "${mara[@]}" >/dev/null
"$launchgate" carry --from shop-0.9.evidence.json --note "Still so." "${mara[@]}" --confirm 1.0 >/dev/null
sed -i 's/title: A small launch/title: A small and careful launch/' list.yaml
adopted=$("$launchgate" adopt --reason "A better title." "${mara[@]}" --confirm 1.0 --json | jq -r .id)
"$launchgate" countersign "$adopted" --note "Agreed." "${tomas[@]}" "${confirm[@]}" >/dev/null
seal=$("$launchgate" seal --confirm 1.0 "${mara[@]}" --json | jq -r .id)
cat >"$top/tsa.cnf" <<CNF
[tsa]
serial = $top/serial
signer_digest = sha256
default_policy = 1.2.3.4
digests = sha256
CNF
echo 01 >"$top/serial"
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$top/tsa.key" -out "$top/tsa.pem" -days 2 -subj /CN=tsa \
  -addext extendedKeyUsage=critical,timeStamping -addext keyUsage=critical,digitalSignature 2>/dev/null
"$launchgate" timestamp request -o "$top/seal.tsq" >/dev/null
openssl ts -reply -config "$top/tsa.cnf" -section tsa -queryfile "$top/seal.tsq" -signer "$top/tsa.pem" \
  -inkey "$top/tsa.key" -out "$top/seal.tsr" 2>/dev/null
"$launchgate" timestamp add "$top/seal.tsr" "${mara[@]}" >/dev/null
"$launchgate" reopen "$seal" --reason "One more look." "${mara[@]}" >/dev/null
"$launchgate" seal --confirm 1.0 "${mara[@]}" --json >/dev/null
"$launchgate" gate >/dev/null
cp shop-1.0.evidence.json "$top/base.json"
