/** Pure. What is wrong with one node of several while the others go on, and what to do about it, in words for whoever looks after it. */
import type { NodeTrouble } from '@nattfrid/shared/desk/relay-view';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';

export interface NodeNow {
  readonly busIsUp: boolean;
  readonly databaseAnswers: boolean;
  /** Requests can be carried to the main node; true where it is this one. */
  readonly reachesMain: boolean;
  /** By how much its clock is ahead of the database's. */
  readonly ahead: Duration;
}

export function troublesOf({ busIsUp, databaseAnswers, reachesMain, ahead }: NodeNow): readonly NodeTrouble[] {
  return [
    ...(busIsUp ? [] : (['no-bus'] as const)),
    ...(databaseAnswers ? [] : (['no-database'] as const)),
    ...(reachesMain ? [] : (['no-way'] as const)),
    ...(Math.abs(ahead) < seconds(2) ? [] : (['clock'] as const)),
  ];
}

export const troubleWords: Readonly<Record<NodeTrouble, string>> = {
  gone: 'It is not heard of any more. Look at its machine and its service, and whether it reaches NATS.',
  'no-bus': 'NATS does not answer it: it reaches no other node. Look at nats-server and the network between.',
  'no-database': 'PostgreSQL does not answer it: it cannot become main. Look at PostgreSQL and the network between.',
  'no-way':
    'It cannot reach the main node at its nodeUrl: nothing is answered through it. Look at the network and the firewall between.',
  clock: 'Its clock is off. While it is main it goes by the clock of PostgreSQL; set it right (chrony).',
};
