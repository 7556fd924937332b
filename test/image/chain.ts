/**
 * What is tried in the unit, one start after the other: a script that the test's drive carries. It counts its starts on the state, so that
 * it goes on where the power was cut. Each line that begins with «try:» is read by the proof.
 */

/** Words for the script, and the files beside it on the drive. */
export const bundles = {
  unsigned: 'unsigned.raucb',
  stranger: 'stranger.raucb',
  purpose: 'purpose.raucb',
  plain: 'plain.raucb',
  truncated: 'truncated.raucb',
  flipped: 'flipped.raucb',
  older: 'older.raucb',
  foreign: 'foreign.raucb',
  good: 'good.raucb',
  sick: 'sick.raucb',
} as const;
export type BundleName = keyof typeof bundles;

/** What a unit refuses, whatever its clock says. */
export const refused = [
  'unsigned',
  'stranger',
  'purpose',
  'plain',
  'truncated',
  'flipped',
  'older',
  'foreign',
] as const satisfies readonly BundleName[];

/** What stood in the home, and must not stand anywhere after a wipe. */
export const secrets = ['Björken 3 hemligt', 'KEY-OF-THE-HOME-4711', 'rtsp://kamera:losen@192.168.1.20'] as const;

/** The script: `at` is what has happened before this start. */
export const chain = `
systemctl start --no-block multi-user.target
here=/usr/lib/nattfrid-image
at=/var/lib/nattfrid/test-at
say() { echo "try: $*"; }
boot_state() { $here/boot-state show; }
until [ -e /run/nattfrid-state/machine-id ]; do sleep 1; done
step=$(cat $at 2>/dev/null || echo 0)
next() { echo "$1" > $at; sync; }
good() { until journalctl -b -u nattfrid-health.service -o cat 2>/dev/null | grep -q 'is good after'; do sleep 2; done; }
cut() { say "cut $1"; sleep 1; echo b > /proc/sysrq-trigger; sleep 60; }
say "start $step slot $($here/boot-state get-current) version $(cat $here/version) $(boot_state)"

case $step in
0)
  if [ "$(cat $here/version)" != "$FIRST_VERSION" ]; then
    say "wiped: files $(find /var/lib/nattfrid /etc/nattfrid -name 'secret-*' | wc -l)"
    good
    say done
    systemctl poweroff
    exit
  fi
  good
  say "sockets $(ss -H -l -n -t -u | wc -l)"
  ss -H -l -n -t -u -p | sed 's/^/try: socket /'
  say "passwords $(awk -F: '$2 !~ /^[*!]/' /etc/shadow | wc -l)"
  say "shells $(awk -F: '$7 !~ /(nologin|false|sync)$/' /etc/passwd | wc -l)"
  say "gettys $(ps -eo comm | grep -c getty)"
  say "setuid $(find / -xdev -perm /6000 -type f | wc -l)"
  say "root $(findmnt -no FSTYPE,OPTIONS / | tr ' ' ',')"
  say "writable $(findmnt -rno TARGET,FSTYPE,OPTIONS | awk '$3 ~ /^rw/ && $2 !~ /proc|sysfs|cgroup2|devpts|mqueue|debugfs|tracefs|configfs|fusectl|bpf|securityfs|pstore|efivarfs|binfmt_misc|autofs|hugetlbfs/ {print $1 ":" $2}' | sort -u | tr '\\n' ' ')"
  say "swap $(tail -n +2 /proc/swaps | wc -l)"
  say "core $(cat /proc/sys/kernel/core_pattern) $(ulimit -c)"
  say "watchdog $(systemctl show --property=RuntimeWatchdogUSec --value) $(ls /dev/watchdog* 2>/dev/null | tr '\\n' ' ')"
  say "machine-id $(cmp /etc/machine-id /run/nattfrid-state/machine-id && echo kept)"
  systemd-analyze security --no-pager nattfrid-agent.service | tail -n 1 | sed 's/^/try: security /'
  for name in ${refused.join(' ')}; do
    before="$(boot_state) $(dd if=/dev/disk/by-partlabel/root-b bs=64k count=4 2>/dev/null | sha256sum)"
    if words=$(rauc install /run/drive/$name.raucb 2>&1); then say "taken $name"; else
      say "refused $name: $(echo "$words" | grep -a LastError | tail -n 1)$(echo "$words" | grep -a -i 'failed' | tail -n 1)"
    fi
    after="$(boot_state) $(dd if=/dev/disk/by-partlabel/root-b bs=64k count=4 2>/dev/null | sha256sum)"
    [ "$before" = "$after" ] && say "untouched $name" || say "touched $name: $before -> $after"
  done
  next 1
  rauc install /run/drive/good.raucb > /run/install 2>&1 &
  until [ "$(awk '/vda6|vdb6/ { print $10 }' /proc/diskstats | head -n 1)" -gt 40000 ]; do sleep 0.2; done
  cut copying
  ;;
1 | 2)
  good
  cp $here/boot-state /dev/shm/bstate.true
  when=$([ $step = 1 ] && echo before || echo after)
  cat > /dev/shm/bstate.cut <<END
#!/bin/sh
if [ "\\$1" = set-primary ] && [ $when = before ]; then echo "try: cut $when marking" > /dev/console; sleep 1; echo b > /proc/sysrq-trigger; sleep 60; fi
/dev/shm/bstate.true "\\$@" || exit
if [ "\\$1" = set-primary ]; then echo "try: cut $when marking" > /dev/console; sleep 1; echo b > /proc/sysrq-trigger; sleep 60; fi
END
  chmod 755 /dev/shm/bstate.true /dev/shm/bstate.cut
  mount --bind /dev/shm/bstate.cut $here/boot-state
  next $((step + 1))
  rauc install /run/drive/good.raucb 2>&1 | grep -a -v '%'
  say "went on"
  ;;
3)
  next 4
  cut starting
  ;;
4)
  good
  say "good $(boot_state)"
  if words=$(rauc install /run/drive/older.raucb 2>&1); then say "taken older again"; else say "refused older again"; fi
  # Now that both slots have a system, the one that is to be written over must not start any more before a byte of it is written.
  say "both $(boot_state)"
  if rauc install /run/drive/flipped.raucb > /dev/null 2>&1; then say "taken flipped again"; else say "refused flipped again"; fi
  sync
  say "broken $(boot_state)"
  next 5
  mkdir -p /var/lib/nattfrid/update
  cp /run/drive/sick.raucb /var/lib/nattfrid/update/
  echo sick.raucb > /var/lib/nattfrid/update/install
  ;;
5)
  if [ "$(cat $here/version)" = "$SICK_VERSION" ]; then say "sick runs"; exit; fi
  good
  say "back $(boot_state)"
  say "result $(cat /var/lib/nattfrid/update/result.json)"
  next 6
  ${secrets.map((words, index) => `printf '%s' '${words}' > /var/lib/nattfrid/secret-${index}`).join('\n  ')}
  cp /var/lib/nattfrid/secret-* /etc/nattfrid/ && sync
  say "key $(dd if=/dev/disk/by-partlabel/key bs=64 skip=64 count=1 2>/dev/null | od -An -tx1 | tr -d ' \\n')"
  touch /var/lib/nattfrid/wipe
  ;;
esac
`;
