#!/usr/bin/env bash
# Makes what docker-compose.yml reads from compose/secrets: passwords and tokens, drawn anew. What is there stays, so it can be
# run again; remove a file, or all of them, to have others.
#
#   compose/make-secrets.sh [FOLDER]
set -euo pipefail
folder=${1:-$(cd "$(dirname "$0")" && pwd -P)/secrets}

draw() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }
# Writes its input to file $1, unless it is there.
keep() {
  mkdir -p "$(dirname "$folder/$1")"
  if [ -s "$folder/$1" ]; then cat >/dev/null; else cat >"$folder/$1"; fi
}

mkdir -p "$folder"
draw | keep postgres/password
printf cooper | keep database/spring.datasource.username
cat "$folder/postgres/password" | keep database/spring.datasource.password
draw | keep grafana/password

# Whom REST knows: a line each, with name, role and token. Add your own; the services read the file again when it changes.
for name in admin operator viewer prometheus; do draw | keep "users/$name"; done
{
  for role in admin operator viewer; do echo "$role $role $(cat "$folder/users/$role")"; done
  echo "prometheus viewer $(cat "$folder/users/prometheus")"
} | keep tokens/tokens
cat "$folder/users/prometheus" | keep prometheus/token
# What the services know one another by, over gRPC and on the log.
draw | keep service/token
draw | keep service/record-key

# The containers' users read them where they are mounted; on this machine nobody else gets past the folder.
chmod -R u=rwX,go=rX "$folder"
chmod 700 "$folder"
echo "$folder"
