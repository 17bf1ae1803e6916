# Sourced by ./usbguard and ./test: finds a JDK and Maven, installs what is missing. Works in bash 3.2.
# Needs $root (the checkout) and $program (the name for messages).

say() { printf '%s: %s\n' "$program" "$*" >&2; }

# File names must survive: a JVM in a locale without UTF-8 turns é into ?.
keep_names() {
  local charmap=
  case ${LC_ALL:-${LC_CTYPE:-${LANG:-}}} in
    *[Uu][Tt][Ff]8 | *[Uu][Tt][Ff]-8) charmap=$(locale charmap 2>/dev/null || echo UTF-8) ;;
  esac
  if [[ $charmap == UTF-8 ]]; then
    return 0
  fi
  if [[ -n ${LC_ALL:-} ]]; then
    export LC_ALL=C.UTF-8
  else
    export LC_CTYPE=C.UTF-8
    # Java takes a bare C for the United States.
    case ${LANG:-C} in
      C | POSIX) export LANG=C.UTF-8 ;;
    esac
  fi
}

# Sets java_level to the major version of the JDK in $1, or to 0. Starts no JVM.
level_of() {
  java_level=0
  [[ -x $1/bin/java && -r $1/release ]] || return 0
  local line
  while IFS= read -r line || [[ -n $line ]]; do
    if [[ $line =~ ^JAVA_VERSION=\"?([0-9]+) ]]; then
      java_level=${BASH_REMATCH[1]}
      java_version=${line//[^0-9.]/}
      return 0
    fi
  done <"$1/release"
}

# Sets java_home, java_level and java_version: JAVA_HOME if it will do, else the newest there is.
# With $1 = compiler, only homes that can build count; with $2 = oldest, the oldest is taken.
find_java() {
  local need=${1:-} prefer=${2:-newest} candidate best=0 best_version='' on_path
  java_home=
  if [[ -n ${JAVA_HOME:-} ]]; then
    level_of "$JAVA_HOME"
    if ((java_level >= 17)) && [[ -z $need || -x $JAVA_HOME/bin/javac ]]; then
      java_home=$JAVA_HOME
      return 0
    fi
  fi
  on_path=$(command -v java || true)
  while [[ -L $on_path ]]; do
    candidate=$(readlink "$on_path")
    [[ $candidate == /* ]] || candidate=${on_path%/*}/$candidate
    on_path=$candidate
  done
  for candidate in "${on_path%/bin/java}" /usr/lib/jvm/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-/root}"/.sdkman/candidates/java/*; do
    [[ -d $candidate && ! -L $candidate ]] || continue
    [[ -z $need || -x $candidate/bin/javac ]] || continue
    level_of "$candidate"
    ((java_level >= 17)) || continue
    if ((best == 0)) || { [[ $prefer == newest ]] && ((java_level > best)); } ||
      { [[ $prefer == oldest ]] && ((java_level < best)); }; then
      best=$java_level best_version=$java_version java_home=$candidate
    fi
  done
  java_level=$best java_version=$best_version
  ((best > 0))
}

# install PACKAGE...: quietly, once; says in one line what to do where it cannot.
install() {
  local as_root=()
  if ((EUID != 0)); then
    as_root=(sudo -n)
  fi
  if ! command -v apt-get >/dev/null || { ((EUID != 0)) && ! sudo -n true 2>/dev/null; }; then
    say "please install: $*"
    return 1
  fi
  say "installing, once: $*"
  local log
  log=$(mktemp)
  if "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
    apt-get -q -y --no-install-recommends install "$@" </dev/null >"$log" 2>&1 ||
    { "${as_root[@]+"${as_root[@]}"}" apt-get -q update </dev/null >>"$log" 2>&1 &&
      "${as_root[@]+"${as_root[@]}"}" env DEBIAN_FRONTEND=noninteractive \
        apt-get -q -y --no-install-recommends install "$@" </dev/null >>"$log" 2>&1; }; then
    rm -f "$log"
    return 0
  fi
  tail -5 "$log" >&2
  say "please install: $* (what apt-get said: $log)"
  return 1
}

# provide_java [compiler [oldest]]: as find_java, and installs one where there is none.
provide_java() {
  find_java "$@" && return 0
  local jdk
  for jdk in openjdk-17-jdk-headless default-jdk-headless; do
    install "$jdk" && find_java "$@" && return 0
  done
  say "no Java from 17 on was found: install one or set JAVA_HOME"
  return 1
}

# provide GROUP...: installs what scripts/packages.txt lists for these groups and is not there.
provide() {
  local group command packages missing=()
  while read -r group command packages; do
    [[ " $* " == *" $group "* ]] || continue
    if [[ $command == lib:* ]]; then
      [[ $(/sbin/ldconfig -p 2>/dev/null) == *[[:space:]]"${command#lib:} "* ]] && continue
    elif [[ $command == /* ]]; then
      [[ -e $command ]] && continue
    else
      command -v "$command" >/dev/null && continue
    fi
    missing+=($packages)
  done <"$root/scripts/packages.txt"
  ((${#missing[@]} == 0)) || install "${missing[@]}"
}

# provide_ciphers: what computes faster than Java; says what it did, and works without it.
provide_ciphers() {
  local group
  for group in kdf aes; do
    provide "$group" || say 'it works without that too, but more slowly'
  done
}

# maven ARGUMENT...: with the JDK that was found, from the root of the checkout.
maven() {
  local options=${MAVEN_OPTS:-}
  if ((java_level >= 24)); then
    # Maven's own libraries warn about themselves otherwise.
    options+=' --sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED'
  fi
  (cd "$root" && JAVA_HOME=$java_home MAVEN_OPTS=$options mvn -B -ntp "$@")
}
