# shellcheck shell=bash
# What scripts/chaos ha needs besides PostgreSQL, from Debian's packages. It starts and stops these programs itself: no service may be left running.

need_high_availability() {
  local missing=() policy=''
  command -v patroni >/dev/null || missing+=(patroni)
  command -v etcd >/dev/null || missing+=(etcd-server)
  [ -x /usr/sbin/haproxy ] || missing+=(haproxy)
  if [ ${#missing[@]} = 0 ]; then return; fi
  # The packages would start services of their own while they are installed; this file forbids it. One that is there already is left alone.
  if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=made
    as_root sh -c 'printf "#!/bin/sh\nexit 101\n" > /usr/sbin/policy-rc.d && chmod +x /usr/sbin/policy-rc.d'
  fi
  install_packages "${missing[@]}"
  if [ -n "$policy" ]; then as_root rm /usr/sbin/policy-rc.d; fi
  # Nor at the next start of the machine.
  if [ -d /run/systemd/system ]; then as_root systemctl disable --quiet patroni etcd haproxy 2>/dev/null || true; fi
}
