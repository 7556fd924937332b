/** One life of the link to the relay: say who we are, send what waits, beat, listen; ends by a Fault when the link does. */

import type { UnitId } from '@nattfrid/shared/domain/ids';
import { aborted } from '@nattfrid/shared/lifetime/aborted';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type Duration, seconds } from '@nattfrid/shared/time/duration';
import type { Announce } from '@nattfrid/shared/wire/announce';
import { writeLetter } from '@nattfrid/shared/wire/envelope';
import { type Message, messages, type NamesFrom } from '@nattfrid/shared/wire/messages';
import { downTopics, topicOf } from '@nattfrid/shared/wire/topics';
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import type { Outbox } from '../report/outbox.ts';
import { type Address, connect } from './connection.ts';

export interface Link {
  readonly unit: UnitId;
  readonly address: Omit<Address, 'will'>;
  readonly outbox: Outbox;
  readonly announce: () => Announce;
  readonly vitals: () => Vitals;
  /** Resolves when something changed that should be told before the next beat. */
  readonly changed: (signal: AbortSignal) => Promise<void>;
  readonly received: (topic: string, bytes: Uint8Array) => void;
  /** Told when the relay can be reached, and when it no longer can. */
  readonly up: (isUp: boolean) => void;
  readonly clock: Clock;
  readonly newId: () => string;
  readonly heartbeat: Duration;
}

/** A relay that has not heard by then that the unit leaves is told by the will. */
const longestGoodbye = seconds(1);

/** Runs until aborted (then takes leave and returns) or until the link is lost (then throws its Fault). */
export async function runLink(link: Link, signal: AbortSignal): Promise<void> {
  const write = <Name extends NamesFrom<'unit'>>(name: Name, body: Message<Name>) =>
    writeLetter(name, link.unit, link.newId(), link.clock.now(), body);
  // A will that is said late, after the next connection has said «here», must not pass for the last word.
  const connection = link.newId();
  const here = (): Announce => ({ ...link.announce(), connection });
  const gone: Announce = { ...here(), state: 'gone' };
  const will = { topic: topicOf(link.unit, 'announce'), bytes: write('announce', gone) };
  // The connection outlives the abort by one message: a unit that is stopped says so.
  await using wire = await connect({ ...link.address, will }, link.received, link.clock, signal);
  const say = <Name extends NamesFrom<'unit'>>(name: Name, bytes: Uint8Array) =>
    wire.publish(topicOf(link.unit, name), bytes, messages[name]);

  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const begin = async () => {
    await wire.subscribe(downTopics(link.unit));
    await say('announce', write('announce', here()));
  };
  // Whoever answers nothing is not waited for by a unit that is to stop.
  await Promise.race([begin(), aborted(signal)]);
  if (signal.aborted) return;
  link.up(true);
  try {
    const beat = async () => {
      while (!both.aborted) {
        const pause = new AbortController();
        const stop = AbortSignal.any([both, pause.signal]);
        // Asked before it is said how things are: what changes meanwhile is told next.
        const changed = link.changed(stop);
        await say('vitals', write('vitals', link.vitals()));
        await Promise.race([link.clock.sleep(link.heartbeat, stop), changed]);
        pause.abort();
      }
    };
    const drain = async () => {
      while (!both.aborted) {
        await link.outbox.drain(say, both);
        await link.outbox.filled(both);
      }
    };
    const over = wire.over.then((fault) => Promise.reject(fault));
    await Promise.race([Promise.all([beat(), drain()]), over, aborted(both)]);
    const left = say('announce', write('announce', gone)).catch(() => {});
    await Promise.race([left, link.clock.sleep(longestGoodbye, ended.signal)]);
  } finally {
    ended.abort();
    link.up(false);
  }
}
