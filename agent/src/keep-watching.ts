/** Keeps the river of the camera running while it is wanted, and hands what has passed the gate to whoever looks. */

import type { Fault } from '@nattfrid/shared/fault/fault';
import { keep } from '@nattfrid/shared/lifetime/keep';
import type { Logger } from '@nattfrid/shared/log/logger';
import { backoff, restartLadder } from '@nattfrid/shared/time/backoff';
import type { Clock } from '@nattfrid/shared/time/clock';
import { type WhileWanted, whileWanted } from './flow/while-wanted.ts';
import type { Health } from './health/health.ts';
import type { Gate } from './look/gate.ts';
import type { ShowLooks } from './look/show-looks.ts';
import { type Watching, watch } from './pipeline.ts';

export function keepWatching(given: {
  readonly stages: Watching;
  readonly gate: Gate;
  readonly showing: ShowLooks;
  readonly health: Health;
  readonly clock: Clock;
  readonly random: () => number;
  readonly log: Logger;
}): WhileWanted {
  const { stages, gate, showing, health, clock, random, log } = given;
  const once = async (signal: AbortSignal) => {
    for await (const cleared of gate.through(watch(stages, signal))) showing.take(cleared);
  };
  const ended = (fault: Fault | undefined) => {
    if (!fault) return log.info('The camera has ended and is opened again');
    log.error('Watching stopped and is begun again', { code: fault.code, words: fault.message });
    // Nobody watches, whatever the reason: that is the same alarm as a camera that is lost.
    health.camera({ lost: fault });
  };
  return whileWanted(async (signal) => {
    await keep(once, { clock, waits: () => backoff(restartLadder, random), ended }, signal);
    health.camera('resting');
  });
}
