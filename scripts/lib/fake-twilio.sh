# shellcheck shell=bash
# shellcheck disable=SC2154 # root: lib/common.sh
# Twilio's stand-in for a demo: a server on this machine with a simulated telephone network. It ends with the process whose id it is given.

# Starts it and points the program's settings at it. Before: CALLBACK_DATA is set.
#   start_fake_twilio <address of the program> <process with which it ends>
start_fake_twilio() {
  local program="$root/tests/FakeTwilio/bin/Debug/net10.0/FakeTwilio" folder="$CALLBACK_DATA.fake-twilio" sid token said address=
  build "$root/tests/FakeTwilio"
  mkdir -p "$folder"
  said="$folder/fake-twilio.log"
  # The account is invented anew by each start; nobody else knows the token.
  sid=AC$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  token=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  "$program" --account-sid "$sid" --auth-token "$token" --own-number +862155550123 --end-with "$2" \
    --script "$root/tests/FakeTwilio/demo.json" --log "$folder/rings.log" >"$said" 2>&1 &
  local fake=$!
  for _ in $(seq 150); do
    address=$(sed -n 's/^Fake Twilio is at \([^ ]*\) .*/\1/p' "$said")
    if [ -n "$address" ]; then break; fi
    kill -0 "$fake" 2>/dev/null || die "The simulated telephone network did not start: see $said"
    sleep 0.2
  done
  if [ -z "$address" ]; then kill "$fake"; die "The simulated telephone network did not start: see $said"; fi
  say "a simulated telephone network is at ${address}_fake/calls; each ring is noted in $folder/rings.log"
  export CALLBACK__TELEPHONY__TWILIO__ACCOUNTSID=$sid CALLBACK__TELEPHONY__TWILIO__AUTHTOKEN=$token
  export CALLBACK__TELEPHONY__TWILIO__BASEADDRESS=${address%/} CALLBACK__TELEPHONY__TWILIO__PUBLICADDRESS=$1
}
