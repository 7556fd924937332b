/** Mutations that each break one wall in a copy of this folder, where the wall's proof must fail. */
import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface Break {
  readonly name: string;
  readonly words: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** The proof that must fail then. */
  readonly files: readonly string[];
}

export const breaks: readonly Break[] = [
  {
    name: 'blur-off',
    words: 'The mode «blur» shows the picture as it is.',
    file: 'agent/src/anonymise/anonymise.ts',
    from: '          veil.draw(canvas);\n',
    to: '',
    files: ['test/privacy/opened-pictures.test.ts'],
  },
  {
    name: 'gate-open',
    words: 'The gate lets through whatever comes.',
    file: 'agent/src/look/gate.ts',
    from: "if (look && (one.type !== 'picture' || one.mode === look.mode)) yield one;",
    to: 'void look; yield one;',
    files: ['test/privacy/gate.test.ts'],
  },
  {
    name: 'anybody-signs',
    words: 'Whoever says so themselves may sign plans.',
    file: 'shared/src/seal/signer.ts',
    from: "if (!(await verify('plan-signer', body, fromBase64Url(letter.signature), municipality)))",
    to: 'if (!municipality)',
    files: ['test/pure/seal/signer.test.ts'],
  },
  {
    name: 'signs-for-ever',
    words: 'A signer whose time is over signs plans all the same.',
    file: 'shared/src/seal/plan-signature.ts',
    from: "if (at !== 'kept' && !signsAt(said, at))",
    to: "if (at === 'kept' && !signsAt(said, at))",
    files: ['test/pure/seal/signer.test.ts'],
  },
  {
    name: 'back-to-old-key',
    words: 'A unit follows a key that nobody has signed for.',
    file: 'shared/src/seal/municipality-key.ts',
    from: 'if (!further || !(await isSuccessor(further))) return passed;',
    to: 'if (!further) return passed;',
    files: ['test/shell/agent/keep-plan.test.ts'],
  },
  {
    name: 'ready-unseen',
    words: 'A unit is ready when the relay says so, whatever it has seen.',
    file: 'agent/src/ready/readiness.ts',
    from: "if (lacks.length > 0) return [state, [{ type: 'refuse', why: 'lacks-proof', lacks }]];",
    to: '',
    files: ['test/pure/ready/readiness.test.ts'],
  },
  {
    name: 'plan-before-ready',
    words: 'A unit that waits until it is ready opens looks by its plan all the same.',
    file: 'agent/src/plan/may.ts',
    from: "if (isWaiting(readiness) && call.reason.type !== 'test') return refused('plan-not-begun');",
    to: 'void isWaiting;',
    files: ['test/pure/ready/readiness.test.ts'],
  },
  {
    name: 'unsealed',
    words: 'The unit sends each picture once more, unsealed, towards the relay.',
    file: 'agent/src/publish/reader-way.ts',
    from: '  link.socket.send(packet);',
    to: '  link.socket.send(packet);\n  link.socket.send(bytes);',
    files: ['test/privacy/blind-relay.test.ts'],
  },
  {
    name: 'replay',
    words: 'A picture may be shown twice, and after a later one.',
    file: 'shared/src/seal/seal-look.ts',
    from: 'if (opened.ctr <= last)',
    to: 'if (opened.ctr < 0n)',
    files: ['test/privacy/refused-pictures.test.ts'],
  },
  {
    name: 'console-pin-off',
    words: 'The unit takes any console for an operator whom it knows by another.',
    file: 'agent/src/look/whose-console.ts',
    from: "    if (known || came) return { by: 'refused', why: 'key-changed' };\n",
    to: '',
    files: ['test/shell/agent/ask-who.test.ts'],
  },
  {
    name: 'room-unsigned',
    words: 'The unit takes a room in the name of a known console without its signature.',
    file: 'agent/src/look/room-signed.ts',
    from: 'await roomSaidSo({ unit, room, turn }, proof)',
    to: 'proof.signature.length > 0',
    files: ['test/shell/agent/room-signed.test.ts'],
  },
  {
    name: 'confirmation-unsigned',
    words: 'The unit takes a confirmation in the name of a known console without its signature.',
    file: 'agent/src/look/trusted-consoles.ts',
    from: 'confirmation && (await isConfirmation(confirmation)) ? [confirmation] : []',
    to: 'confirmation ? [confirmation] : []',
    files: ['test/shell/agent/confirmed-console.test.ts'],
  },
  {
    name: 'wish-unsigned',
    words: 'The unit takes any wish to show a person another way for the word of whoever looks.',
    file: 'agent/src/look/wish-signed.ts',
    from: "return (await wishSaidSo(wished, proof, open.console)) ? 'right' : 'wrong';",
    to: "return wished && 'right';",
    files: ['test/shell/agent/wish-signed.test.ts'],
  },
  {
    name: 'unit-pin-off',
    words: 'The console takes whatever key the relay names for a unit.',
    file: 'relay/console/src/trust/unit-key.ts',
    from: "type: pin.key === told ? 'trusted' : 'changed'",
    to: "type: 'trusted'",
    files: ['test/pure/console/unit-key.test.ts'],
  },
  {
    name: 'halt-ignored',
    words: 'The unit takes a stop, says so, and goes on as before.',
    file: 'agent/src/halt/halts.ts',
    from: '  if (stop && (plan?.version ?? 0) <= stop.planVersion) return { why: stop.why };\n',
    to: '',
    files: ['test/pure/halt/halts.test.ts', 'test/shell/agent/halt-lies.test.ts'],
  },
  {
    name: 'line-forgotten',
    words: 'A look opens though its line in the access log cannot be written.',
    file: 'agent/src/look/run-looks.ts',
    from: "if (opening && state.name === 'open') {",
    to: 'if (state.name === undefined) {',
    files: ['test/privacy/full-disk.test.ts'],
  },
  {
    name: 'file-leak',
    words: 'The unit keeps the last coded picture in a file, «for support».',
    file: 'agent/src/publish/reader-way.ts',
    from: '  link.counter++;',
    to: "  link.counter++;\n  (await import('node:fs')).writeFileSync('/tmp/nattfrid-leak', bytes);",
    files: ['test/privacy/no-picture-on-disk.test.ts'],
  },
  {
    name: 'relay-leak',
    words: 'The relay keeps what a unit has sent in a file, «for support».',
    file: 'relay/src/pass/way.ts',
    from: "  if (packet.type === 'opening') {\n",
    to: "  void import('node:fs').then((fs) => fs.appendFileSync('/tmp/nattfrid-relay-leak', bytes));\n  if (packet.type === 'opening') {\n",
    files: ['test/privacy/no-picture-on-disk.test.ts'],
  },
  {
    name: 'masks-off',
    words: 'What is masked in a room is shown with the rest of it.',
    file: 'agent/src/anonymise/anonymise.ts',
    from: '      sheet.burn(canvas, room().masks);\n',
    to: '',
    files: ['test/privacy/raw-ends.test.ts', 'test/pure/anonymise/anonymise.test.ts'],
  },
  {
    name: 'core-dumps',
    words: 'The unit does not forbid core dumps.',
    file: 'agent/src/main.ts',
    from: 'forbidCoreDumps();',
    to: '{ limit: true, filter: true };',
    files: ['test/privacy/no-picture-on-disk.test.ts'],
  },
];

/** A copy of this folder, with links to what is built or installed, removed when disposed. @throws Error where the wall's code has changed */
export function brokenCopy(root: string, { file, from, to, name }: Break): Disposable & { readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), `nattfrid-broken-${name}-`));
  const known = ['ls-files', '--cached', '--others', '--exclude-standard', '-z'];
  const files = execFileSync('git', known, { cwd: root, encoding: 'utf8', maxBuffer: 2 ** 26 }).split('\0');
  for (const one of files.filter((path) => path !== '' && existsSync(join(root, path)))) {
    mkdirSync(dirname(join(folder, one)), { recursive: true });
    cpSync(join(root, one), join(folder, one));
  }
  for (const built of ['models/built', 'relay/console/dist'])
    if (existsSync(join(root, built))) symlinkSync(join(root, built), join(folder, built));
  linkModules(join(root, 'node_modules'), join(folder, 'node_modules'));
  // Packages of one workspace, where the versions of two differ.
  for (const workspace of ['agent', 'relay', 'relay/console', 'shared'])
    if (existsSync(join(root, workspace, 'node_modules')))
      symlinkSync(join(root, workspace, 'node_modules'), join(folder, workspace, 'node_modules'));
  const before = readFileSync(join(folder, file), 'utf8');
  if (!before.includes(from))
    throw new Error(`the wall «${name}» is not in ${file} any more: test/prove/breaks.ts is out of date`);
  writeFileSync(
    join(folder, file),
    before.replace(from, () => to),
  );
  return { folder, [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Links to installed packages; our own workspaces resolve to the copy. */
function linkModules(from: string, to: string): void {
  const ours = '@nattfrid';
  mkdirSync(join(to, ours), { recursive: true });
  for (const name of readdirSync(from)) if (name !== ours) symlinkSync(join(from, name), join(to, name));
  for (const name of readdirSync(join(from, ours)))
    symlinkSync(readlinkSync(join(from, ours, name)), join(to, ours, name));
}
