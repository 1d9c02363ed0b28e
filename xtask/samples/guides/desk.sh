# What stands for a reader's machine when a block of a guide is run; sourced before it.
#
# What `cargo install` would install is built already and on the PATH. A mock server runs beside
# the rest of the block, wherever a reader would leave it running in another window, and is ended
# with it; what it says is kept in the file `mock`.

cargo() {
  case "$1" in
    install) ;;
    *) command cargo "$@" ;;
  esac
}

sdkwright() {
  case "$1" in
    mock)
      command sdkwright "$@" >mock 2>&1 &
      echo "$!" >>started
      until grep -q '^listening' mock; do
        kill -0 "$!" || return 1
        sleep 0.05
      done
      ;;
    *) command sdkwright "$@" ;;
  esac
}

finish() {
  if [ -f started ]; then
    while read -r process; do kill "$process" || true; done <started
  fi
}
trap finish EXIT
