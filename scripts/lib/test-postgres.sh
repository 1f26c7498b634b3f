# shellcheck shell=bash
# A throwaway PostgreSQL for the tests: unsafe and fast (no fsync, no passwords), on a free port of the loopback address, gone with the script.

test_postgres_folder=
test_postgres_options='-c fsync=off -c synchronous_commit=off -c full_page_writes=off'
test_postgres_as=()

start_test_postgres() {
  local bin port
  bin=$(postgres_folder)
  test_postgres_folder=$(mktemp -d)
  if [ "$(id -u)" = 0 ]; then
    chown postgres "$test_postgres_folder"
    test_postgres_as=(setpriv --reuid=postgres --regid=postgres --init-groups --)
  fi
  trap stop_test_postgres EXIT
  port=$(free_port)
  say "starting a throwaway PostgreSQL on port $port"
  (
    cd /
    "${test_postgres_as[@]}" "$bin/initdb" --pgdata="$test_postgres_folder/data" --username=postgres --auth=trust \
      --encoding=UTF8 --locale=C.UTF-8 --no-sync >/dev/null
    "${test_postgres_as[@]}" "$bin/pg_ctl" start --silent --wait --pgdata="$test_postgres_folder/data" --log="$test_postgres_folder/log" \
      --options="-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories=$test_postgres_folder -c max_connections=400 $test_postgres_options"
    "${test_postgres_as[@]}" "$bin/psql" --quiet --host=127.0.0.1 --port="$port" --username=postgres --dbname=postgres \
      --command='create role callback login createdb' --command='grant pg_monitor to callback'
  ) >&2
  export CALLBACK_TEST_POSTGRES="Host=127.0.0.1;Port=$port;Username=callback;Database=postgres"
}

stop_test_postgres() {
  if [ -n "$test_postgres_folder" ]; then
    (cd / && "${test_postgres_as[@]}" "$(postgres_folder)/pg_ctl" stop --silent --mode=immediate --pgdata="$test_postgres_folder/data") >/dev/null 2>&1 || true
    rm -rf "$test_postgres_folder"
  fi
}

free_port() {
  local port
  while true; do
    port=$((20000 + RANDOM % 20000))
    if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
      echo "$port"
      return
    fi
  done
}
