/** Which files of the relay's tests are not run over several nodes, and why: `npm run test:nodes` prints it. */

const process =
  'its relay is a program of its own, which is started, stopped and asked from outside: test/prove/nodes.ts does that to three';
const none = 'no relay is opened in it, or none that a node would change';

/** By the file's name below test/shell/relay. */
const why: Readonly<Record<string, string>> = {
  'audit-export': process,
  'audit-head': process,
  backup: `${process}; a backup is of the database, which all nodes have in common`,
  service: `${process}; what systemd forbids is the same for each`,
  'sign-in-flood': process,
  'audit-long': none,
  config: none,
  openapi: none,
  statements: none,
  store: none,
  'web-socket': none,
  'further-doors': 'it is about the words between nodes, in one process',
  'main-node': 'it is about the row in PostgreSQL by which one node is main',
  nodes: 'it opens three nodes by itself, and takes NATS and the main node away from them',
};

export const notOverNodes = Object.keys(why).map((name) => `test/shell/relay/${name}.test.ts`);

let isPrinted = false;
/** Vitest's: before all files, for each of its projects. */
export default function print(): void {
  if (isPrinted) return;
  isPrinted = true;
  for (const [name, words] of Object.entries(why)) console.log(`NOT OVER NODES: ${name}: ${words}.`);
}
