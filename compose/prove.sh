#!/usr/bin/env bash
# Proves docker-compose.yml on the Docker engine that is there: brings everything up, starts the demo's run (two small steps of
# it) with one curl, waits for its end, has it replayed from its archive in one JVM, compares every checksum, and takes
# everything down again. Says what is missing and ends with status 0 where there is no engine or an image is not there.
#
#   compose/prove.sh           COOPER_PROOF_KEEP=1 leaves everything up
#                              COOPER_PROOF_PATIENCE=900 seconds for the start, and for the run
set -euo pipefail
cd "$(dirname "$0")/.."
patience=${COOPER_PROOF_PATIENCE:-900}
export COMPOSE_PROJECT_NAME=cooper-proof COOPER_INPUTS=$PWD/examples COOPER_PORT=18080 COOPER_PROMETHEUS_PORT=19090 COOPER_GRAFANA_PORT=13000

skip() { echo "SKIPPED: the compose file was not brought up: $*"; exit 0; }
die() { echo "FAILED: $*" >&2; exit 1; }
say() { printf '%s %s\n' "$(date +%T)" "$*"; }

command -v docker >/dev/null || skip "no docker command"
docker version >/dev/null 2>&1 || skip "no Docker engine answers; DOCKER_HOST says where to look"
if docker compose version >/dev/null 2>&1; then compose=(docker compose); elif command -v docker-compose >/dev/null; then compose=(docker-compose); else
  skip "neither docker compose nor docker-compose is there"
fi
services="policy verifier reward perturbation orchestrator"
wanted="kafka postgres storage prometheus $services"
for image in $(sed -n 's/^ *image: //p' docker-compose.yml | sed 's/\${COOPER_VERSION:-\(.*\)}/\1/' | sort -u); do
  if ! docker image inspect "$image" >/dev/null 2>&1; then
    case $image in
      grafana/*) echo "without Grafana: no image $image" ;;
      cooper-*) skip "no image $image: ./cooper images makes it" ;;
      *) skip "no image $image: docker pull $image" ;;
    esac
  elif [ "${image%%/*}" = grafana ]; then
    wanted="$wanted grafana"
  fi
done
cli=$(ls cli/target/cooper-cli-*.jar 2>/dev/null | grep -v -e tests -e sources | head -n 1 || true)
[ -n "$cli" ] && [ -d cli/target/lib ] || skip "Cooper is not built, and the replay needs it: ./cooper verify 1 1"

answer() { "${compose[@]}" logs --no-color --tail=40 $services >&2 || true; }
# shellcheck disable=SC2329
finish() {
  status=$?
  [ $status -eq 0 ] || answer
  [ "${COOPER_PROOF_KEEP:-0}" = 1 ] || "${compose[@]}" down --volumes --timeout 30 >/dev/null 2>&1 || true
  exit $status
}
trap finish EXIT

compose/make-secrets.sh >/dev/null
say "up: $wanted"
began=$SECONDS
# shellcheck disable=SC2086
"${compose[@]}" up -d --no-build $wanted >/dev/null 2>&1 || die "docker compose up"
container() { "${compose[@]}" ps -q "$1"; }
health() { docker inspect --format '{{.State.Health.Status}}' "$(container "$1")"; }
for service in $wanted; do
  [ "$service" != storage ] || continue
  until [ "$(health "$service")" = healthy ]; do
    [ $((SECONDS - began)) -lt "$patience" ] || die "$service is $(health "$service") after $patience s"
    sleep 2
  done
  say "healthy after $((SECONDS - began)) s: $service"
done
for service in $services; do
  id=$(container "$service")
  [ "$(docker exec "$id" id -u)" = 10001 ] || die "$service does not run as 10001"
  if docker exec "$id" touch /app/x 2>/dev/null; then die "the root of $service can be written"; fi
done
say "five services run as user 10001 on read-only roots"

api=http://127.0.0.1:$COOPER_PORT/api/v1
refused=$(curl -sS -o /dev/null -w '%{http_code}' "$api/runs")
[ "$refused" = 401 ] || die "REST answers $refused where no token is shown"
token="Authorization: Bearer $(cat compose/secrets/users/operator)"
began=$SECONDS
created=$(sed -e 's/^steps: .*/steps: 2/' -e 's/^  prompts_per_step: .*/  prompts_per_step: 4/' -e 's/^  every: 20/  every: 2/' -e 's/^  problems: .*/  problems: 8/' examples/demo.yaml |
  curl -sS --fail-with-body -H "$token" -H 'Content-Type: application/yaml' --data-binary @- "$api/runs") || die "the run was not taken: $created"
# The first of each name is the run's own.
first() { [[ $2 =~ \"$1\":\"([^\"]*)\" ]] && echo "${BASH_REMATCH[1]}"; }
run=$(first id "$created") || die "no id of a run in the answer: $created"
say "one curl started run $run"
while :; do
  state=$(first state "$(curl -sS -H "$token" "$api/runs/$run")") || die "no state of run $run"
  case $state in
    COMPLETED) break ;;
    FAILED | CANCELLED | PAUSED) die "the run is $state" ;;
  esac
  [ $((SECONDS - began)) -lt "$patience" ] || die "the run is $state after $patience s"
  sleep 2
done
say "completed after $((SECONDS - began)) s"

up=$(curl -sS "http://127.0.0.1:$COOPER_PROMETHEUS_PORT/api/v1/query" --data-urlencode 'query=sum(up{job="cooper"})' | sed -n 's/.*"value":\[[^,]*,"\([0-9]*\)"\].*/\1/p')
[ "$up" = 5 ] || die "Prometheus reaches ${up:-none} of 5 services"
say "Prometheus reaches all five"

# One JVM, with the run's storage, the models where the run had them, and as many threads: sums depend on their number.
docker run --rm --read-only --tmpfs /tmp:exec,mode=1777 --network none --user 10001:10001 \
  --volume "${COMPOSE_PROJECT_NAME}_storage:/data/storage:ro" --volume "$COOPER_INPUTS:/inputs:ro" --volume "$PWD/cli/target:/cooper:ro" \
  --env DJL_CACHE_DIR=/tmp/djl --env OMP_WAIT_POLICY=PASSIVE eclipse-temurin:25-jre \
  java --enable-native-access=ALL-UNNAMED -Dai.djl.offline=true -cp "/cooper/$(basename "$cli"):/cooper/lib/*" dev.cooper.cli.Cooper \
  replay "$run" --data /data --threads "$(docker exec "$(container policy)" printenv COOPER_ENGINE_THREADS)" || die "the replay differs"
say "PROVEN: the run over five containers, replayed in one JVM, has the same checksums"
