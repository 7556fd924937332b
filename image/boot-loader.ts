/** Pure. What the boot loader does: takes the slot that is to start, counts its tries, and goes to the other when they are used up. */
import type { Architecture } from './architecture.ts';
import { partition } from './layout.ts';

/** Tries of a slot that has shown that it is good, and of one that is new; `boot-state` on the unit says the same. */
export const tries = { good: 6, new: 3 } as const;

/** What the boot state is on a card that has just been written: slot A is there and has shown nothing yet, slot B is empty. */
export const firstBootState = {
  ORDER: 'A B',
  A_LEFT: String(tries.good),
  B_LEFT: 'x',
  A_GOOD: '0',
  B_GOOD: '0',
} as const;

/** A block of words as GRUB reads and writes them: 1024 bytes, filled with «#». */
export function environmentBlock(words: Readonly<Record<string, string>>): Buffer {
  const lines = Object.entries(words).map(([name, value]) => `${name}=${value}\n`);
  return Buffer.from(`# GRUB Environment Block\n${lines.join('')}`.padEnd(1024, '#'));
}

/** How a test gets into a unit that has no door. */
export interface Door {
  readonly words: string;
  readonly command: string;
}

const names = Object.keys(firstBootState).join(' ');
const slots = [
  { name: 'A', boot: partition('boot-a'), root: partition('root-a') },
  { name: 'B', boot: partition('boot-b'), root: partition('root-b') },
] as const;

const oneLess = Array.from({ length: tries.good }, (_, index) => tries.good - index)
  .map((left, index) => `  ${index === 0 ? 'if' : 'elif'} [ "$1" = ${left} ]; then set left=${left - 1};`)
  .join('\n');

/**
 * GRUB's own program, which lies inside the boot loader's file: on the card there is none to change.
 * Each start takes one of the slot's tries before anything of the slot is read; `nattfrid-health` on the unit gives them back.
 * @param door a test's way in: words for the kernel beside its own, and a command that the system runs; nothing on a unit
 */
export function bootProgram(door: Door = { words: '', command: '' }): string {
  const states = ['first', 'second'];
  return `# Made by image/boot-loader.ts.
set timeout=0
set more="${door.words}"
# One word for the kernel, with the blanks in it.
set run="${door.command === '' ? 'quiet' : `systemd.run=${door.command}`}"
regexp --set=1:disk '^\\(([^,)]+)' "$cmdpath"
set state="($disk,gpt${partition('boot-state').number})"

# A block that cannot be read leaves the words empty, and the second is read.
${states.map((file) => `if [ -z "$ORDER" ]; then load_env --file $state/${file} ${names}; fi`).join('\n')}
if [ -z "$ORDER" ]; then set ORDER="A B"; set A_LEFT=1; set B_LEFT=1; fi

function less {
${oneLess}
  else set left=0; fi
}
function choose {
  set slot=""
  for one in $ORDER; do
    if [ -z "$slot" ]; then
      if [ "$one" = A ]; then set left="$A_LEFT"; else set left="$B_LEFT"; fi
      if [ "$left" != x -a "$left" != 0 ]; then set slot="$one"; fi
    fi
  done
}
choose
# All tries are used up: whatever is whole is tried again, for ever.
if [ -z "$slot" ]; then
  if [ "$A_LEFT" = 0 ]; then set A_LEFT=1; fi
  if [ "$B_LEFT" = 0 ]; then set B_LEFT=1; fi
  choose
fi
# Never nothing: a slot that is said to be bad may still start.
if [ -z "$slot" ]; then set slot=A; set left=1; fi
less "$left"
${slots
  .map(
    ({ name, boot, root }) => `if [ "$slot" = ${name} ]; then
  set ${name}_LEFT="$left"
  set boot="($disk,gpt${boot.number})"
  set root_id="${root.id}"
fi`,
  )
  .join('\n')}
${states.map((file) => `save_env --file $state/${file} ${names}`).join('\n')}
echo "nattfrid: starts slot $slot, tries left: $left"
source $boot/start
# Comes here only where the slot could not be read.
echo "nattfrid: slot $slot cannot be read"
sleep 3
reboot
`;
}

/** What lies with the kernel in each slot, and comes with each update: how that kernel is started. */
export function startOfSlot({ serial }: Architecture): string {
  const words = [
    'root=PARTUUID=$root_id rootfstype=squashfs ro rootwait',
    'rauc.slot=$slot',
    'panic=10 loglevel=4',
    `console=tty0 console=${serial}`,
    '$more "$run"',
  ];
  return `if linux $boot/vmlinuz ${words.join(' ')}; then
  if initrd $boot/initrd; then boot; fi
fi
`;
}

/** The modules of GRUB that {@link bootProgram} and {@link startOfSlot} need. */
export const grubModules = [
  'normal',
  'memdisk',
  'tar',
  'part_gpt',
  'fat',
  'squash4',
  'gzio',
  'loadenv',
  'regexp',
  'test',
  'linux',
  'boot',
  'echo',
  'sleep',
  'reboot',
  'configfile',
] as const;
