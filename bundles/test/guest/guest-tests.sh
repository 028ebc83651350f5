# shellcheck shell=bash
# Sourced by the scripts bundles/driver/*/rig/guest, which run tests in the rig's guest. It sets root (of this project) and rig.
# A script without the rig sets without_rig before.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd)
rig=${CATSEYE_RIG:-$HOME/.cache/catseye-rig}
[ -n "${without_rig:-}" ] || [ -x "$rig/guest/guest-up.sh" ] || { echo "no rig in $rig: set it up, or name it in CATSEYE_RIG" >&2; exit 2; }

# unpack_packages PROGRAM PACKAGE...: Debian packages that the guest lacks, unpacked above PROGRAM and not installed here.
unpack_packages() {
    local program=$1 into packages
    shift
    [ ! -x "$program" ] || return 0
    into=$(dirname "$program")
    while [ "$(dirname "$into")" != "$rig" ]; do into=$(dirname "$into"); done
    packages=$(mktemp -d)
    (cd "$packages" && apt-get download -qq "$@" 2>/dev/null) || { echo "could not fetch the packages $*" >&2; exit 2; }
    mkdir -p "$into"
    for package in "$packages"/*.deb; do dpkg-deb -x "$package" "$into"; done
    rm -rf "$packages"
}

# copy_tests DRIVER FOLDER: builds the bundle in bundles/driver/DRIVER and copies its classes, its tests and all that they use, readable
# for every user of the guest.
copy_tests() {
    local module classes repository=${MAVEN_REPOSITORY:-$HOME/.m2/repository}
    (cd "$root" && mvn -q -o -pl "bundles/driver/$1" -am test-compile) || exit 2
    mkdir -p "$2"
    # All of lib: a list of those in use would be wrong with the next one.
    for module in api test/testkit "driver/$1" $(cd "$root/bundles" && ls -d lib/*/); do
        for classes in "$root/bundles/${module%/}"/target/{classes,test-classes}; do
            [ ! -d "$classes" ] || cp -r "$classes/." "$2/"
        done
    done
    cp "$repository"/net/java/dev/jna/jna/5.19.1/jna-5.19.1.jar "$repository"/org/slf4j/slf4j-{api,simple}/2.0.20/*.jar \
        "$repository"/junit/junit/4.13.2/junit-4.13.2.jar "$repository"/org/hamcrest/hamcrest-core/1.3/hamcrest-core-1.3.jar "$2/"
    chmod -R a+rX "$2"
}

# report LOG: the result of JUnit in the form that ./dev reads.
report() {
    local tests
    tests=$(sed -n 's/^OK (\([0-9]*\) tests*)$/\1/p' "$1")
    if [ -n "$tests" ]; then echo "$tests passed, 0 failed"; else echo "$(grep -c '^[0-9]*) ' "$1") failed"; exit 1; fi
}
