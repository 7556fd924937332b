/** Several real nodes in one process, on a real NATS and a real PostgreSQL, which each of them can lose. */
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNats } from '@nattfrid/relay/bus/nats';
import { checkSettings } from '@nattfrid/relay/config/load';
import type { GivenSettings } from '@nattfrid/relay/config/schema';
import { type Node, openNode } from '@nattfrid/relay/open-node';
import { checkPassword } from '@nattfrid/relay/operators/password';
import { makePersonalKey } from '@nattfrid/relay/personal/personal-key';
import type { Relay } from '@nattfrid/relay/relay';
import type { Role } from '@nattfrid/shared/desk/role';
import type { UnitId } from '@nattfrid/shared/domain/ids';
import type { Logger } from '@nattfrid/shared/log/logger';
import { makeSignKey } from '@nattfrid/shared/seal/sign';
import { systemClock } from '@nattfrid/shared/time/clock';
import { toBase64Url } from '@nattfrid/shared/wire/bytes';
import { vi } from 'vitest';
import { type Nats, openNatsServer } from '../stand-ins/nats/nats.ts';
import { type Person, password, signIn } from './person.ts';
import { orThrow } from './relay-under-test.ts';
import { shownLog } from './shown-log.ts';
import type { Credential } from './speaking-unit.ts';
import { dropDatabase, newPostgresDatabase } from './test-database.ts';

export interface Nodes extends AsyncDisposable {
  readonly nats: Nats;
  readonly database: string;
  readonly nodes: readonly Node[];
  /** The node that is main, and its relay. */
  main(): Promise<{ readonly node: Node; readonly relay: Relay; readonly index: number }>;
  /** One that is not. */
  door(but?: readonly Node[]): Promise<Node>;
  /** Signed in at this node. */
  person(at: Node, name: string, role: Role): Promise<Person>;
  unit(name: string): Promise<Credential>;
}

/** @param many nodes */
export async function openNodes(many: number, log: Logger = shownLog()): Promise<Nodes> {
  await using stack = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), 'nattfrid-nodes-'));
  stack.defer(() => rm(folder, { recursive: true, force: true }));
  const personalKey = join(folder, 'personal.key');
  makePersonalKey(personalKey);
  const database = await newPostgresDatabase();
  stack.defer(() => dropDatabase(database));
  const nats = stack.use(await openNatsServer());
  // Reading all words that people take for passwords stops the process for a while, and with it every node in it.
  await checkPassword(password, []);
  const nodes: Node[] = [];
  for (let index = 0; index < many; index += 1) {
    const given: GivenSettings = {
      port: 0,
      nodePort: 0,
      node: `node-${index + 1}`,
      bus: nats.url,
      database,
      // All nodes are in this process, and stand still together on a machine that has much to do.
      takeOverAfterSeconds: 15,
      personalKey,
      secret: 'a secret of this test only, long enough',
    };
    const around = { clock: systemClock, log: log.child(`${index + 1}`), newId: randomUUID };
    const settings = orThrow(checkSettings(given));
    nodes.push(
      stack.use(await openNode(settings, around, openNats(nats.url, { node: `node-${index + 1}`, log: around.log }))),
    );
  }
  const main: Nodes['main'] = () =>
    vi.waitFor(
      () => {
        const index = nodes.findIndex(({ relay }) => relay);
        const node = nodes[index];
        if (!node?.relay) throw new Error('no node is main');
        // Another may not have heard of it yet.
        const others = nodes.filter((one) => one.main !== node.main);
        if (others.length > 0) throw new Error('not every node knows the main one');
        return { node, relay: node.relay, index };
      },
      { timeout: 15_000, interval: 20 },
    );
  const owned = stack.move();
  return {
    nats,
    database,
    nodes,
    main,
    async door(but = []) {
      const { node } = await main();
      const other = nodes.find((one) => one !== node && !but.includes(one));
      if (!other) throw new Error('there is no such node');
      return other;
    },
    async person(at, name, role) {
      const { relay } = await main();
      const email = `${name.toLowerCase()}@testby.se`;
      orThrow(await relay.addOperator({ email, name, role }, password));
      return signIn(at, email);
    },
    async unit(name) {
      const { relay } = await main();
      const key = await makeSignKey();
      const added = await relay.addUnit({ unit: name, client: `Alias ${name}`, publicKey: toBase64Url(key.publicKey) });
      return { unit: name as UnitId, token: orThrow(added).token };
    },
    [Symbol.asyncDispose]: () => owned.disposeAsync(),
  };
}
