# Sourced by app/run and tests/run: what Plancia needs, by the package names of each system, and how
# to install what is missing. One list, so that the two commands cannot drift apart.
# shellcheck shell=bash

debian_build=(
  gcc libc6-dev pkg-config meson ninja-build gettext desktop-file-utils libglib2.0-bin libxml2-utils
  libglib2.0-dev libglib2.0-dev-bin libgtk-4-dev libgtk-4-bin libadwaita-1-dev libsoup-3.0-dev libjson-glib-dev
  libmodbus-dev libserialport-dev libsqlite3-dev libsecret-1-dev libyaml-dev libxlsxwriter-dev libzstd-dev libarchive-dev
  adwaita-icon-theme fonts-cantarell librsvg2-common
)
debian_test=(
  xvfb xauth xdotool locales dbus dbus-daemon at-spi2-core python3 python3-pyatspi gir1.2-atspi-2.0
  python3-pymodbus python3-serial python3-serial-asyncio mbpoll picocom socat tio curl sqlite3 procps iproute2 util-linux
  mold clang-format-14 appstream imagemagick fonts-dejavu-core hicolor-icon-theme git tshark
  gsettings-desktop-schemas libreoffice-calc-nogui poppler-utils librsvg2-bin
  dpkg-dev binutils lintian fish zsh man-db groff-base python3-yaml unzip
)
fedora_build=(
  gcc pkgconf-pkg-config meson ninja-build gettext desktop-file-utils glib2-devel libxml2
  gtk4-devel libadwaita-devel libsoup3-devel json-glib-devel libmodbus-devel libserialport-devel
  sqlite-devel libsecret-devel libyaml-devel libxlsxwriter-devel libzstd-devel libarchive-devel adwaita-icon-theme abattis-cantarell-fonts librsvg2
)
fedora_test=(
  xorg-x11-server-Xvfb xorg-x11-xauth xdotool glibc-locale-source dbus-daemon at-spi2-core python3 python3-pyatspi
  python3-pymodbus python3-pyserial picocom socat tio curl sqlite procps-ng iproute util-linux mold clang-tools-extra appstream
  ImageMagick dejavu-sans-fonts git wireshark-cli
  gsettings-desktop-schemas libreoffice-calc poppler-utils librsvg2-tools fish zsh man-db groff-base python3-pyyaml unzip
)

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; else sudo "$@"; fi
}

# may_install PACKAGE ...: whether as_root can work; says what is missing if not.
may_install() {
  [ "$(id -u)" != 0 ] && ! command -v sudo >/dev/null || return 0
  echo "These packages are missing, and there is neither root nor sudo here to install them:" >&2
  printf '  %s\n' "$@" >&2
  return 1
}

missing_debian() {
  local name
  for name in "$@"; do
    dpkg-query -W -f='${db:Status-Status}\n' "$name" 2>/dev/null | grep -qx installed || echo "$name"
  done
}

missing_fedora() {
  local name
  for name in "$@"; do
    rpm -q "$name" >/dev/null 2>&1 || echo "$name"
  done
}

install_debian() {
  local missing
  mapfile -t missing < <(missing_debian "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install "${missing[@]}" || return 1
  echo "Installing: ${missing[*]}"
  as_root apt-get update -qq
  as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
}

install_fedora() {
  local missing
  mapfile -t missing < <(missing_fedora "$@")
  [ ${#missing[@]} -gt 0 ] || return 0
  may_install "${missing[@]}" || return 1
  echo "Installing: ${missing[*]}"
  as_root dnf install -y -q "${missing[@]}" >/dev/null
}

# On a system whose package names are not known here: the tools, and each library that meson.build asks for.
has_what_it_takes() {
  local tool libraries
  for tool in gcc meson ninja pkg-config msgfmt glib-compile-resources; do
    command -v "$tool" >/dev/null || return 1
  done
  mapfile -t libraries < <(sed -n "s/^[a-z_]*_dep = dependency('\([^']*\)'.*/\1/p" meson.build)
  pkg-config --exists "${libraries[@]}"
}

# need_packages build|test: installs what is missing, or says what is needed on an unknown system.
need_packages() {
  local debian=("${debian_build[@]}") fedora=("${fedora_build[@]}")
  if [ "$1" = test ]; then
    debian+=("${debian_test[@]}")
    fedora+=("${fedora_test[@]}")
  fi
  if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
    install_debian "${debian[@]}"
  elif command -v dnf >/dev/null && command -v rpm >/dev/null; then
    install_fedora "${fedora[@]}"
  elif ! has_what_it_takes; then
    echo "This system is not known here. Plancia needs (names as on Debian):" >&2
    printf '  %s\n' "${debian[@]}" | sort -u >&2
    return 1
  fi
}

# set_up_build FOLDER [MESON OPTION ...]: makes it once.
set_up_build() {
  local folder=$1 log linker=()
  shift
  [ ! -e "$folder/build.ninja" ] || return 0
  # A few hundred programs, each with most of Plancia in it.
  ! command -v mold >/dev/null || linker=(env LDFLAGS="${LDFLAGS:-} -fuse-ld=mold")
  log=$(mktemp)
  echo "Setting up $folder/"
  "${linker[@]}" meson setup "$folder" "$@" >"$log" 2>&1 || { cat "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}

# compile FOLDER [TARGET ...]: everything if no target is named.
compile() {
  local log
  log=$(mktemp)
  [ -e "$1/.ninja_log" ] || echo "Compiling in $1/"
  ninja -C "$@" >"$log" 2>&1 || { tail -n 60 "$log" >&2; rm -f "$log"; return 1; }
  rm -f "$log"
}
