/** A pool of child processes that play nights in parallel. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { PlayedNight } from '../nights/played-night.ts';
import type { Night } from '../nights/script.ts';

export interface PoolOptions {
  readonly processes: number;
  /** Folder for the observations; undefined: they are not kept. */
  readonly keepIn: string | undefined;
  /** Called with the share of a night that is played, 0 to 1. */
  readonly progress: (night: Night, share: number) => void;
  /** Called with each night once it is played. */
  readonly played: (one: PlayedNight) => void;
}

/** @throws Error where a night cannot be played */
export async function playNights(nights: readonly Night[], options: PoolOptions): Promise<void> {
  const due = [...nights];
  const processes = Math.min(due.length, options.processes);
  await Promise.all(Array.from({ length: processes }, () => playDue(due, options)));
}

/** One process plays one night after the other, as long as any is due. */
async function playDue(due: Night[], { keepIn, progress, played }: PoolOptions): Promise<void> {
  const program = join(import.meta.dirname, '../nights/night-process.ts');
  const child = fork(program, { serialization: 'advanced', execArgv: [] });
  try {
    await answerOf(child, 'ready');
    for (let night = due.shift(); night; night = due.shift()) {
      const playing = night;
      const answer = answerOf(child, 'played', night.name, (share) => progress(playing, share));
      child.send({ night, ...(keepIn !== undefined && { keepIn }) });
      played((await answer).played as PlayedNight);
    }
    child.send('over');
  } catch (error) {
    child.kill();
    throw error;
  }
}

type Answer = { type: string; share?: number; why?: string; played?: unknown };

function answerOf(
  child: ChildProcess,
  type: string,
  name = '',
  progress: (share: number) => void = () => {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const gone = () => reject(new Error(`The process that played ${name || 'nights'} has ended.`));
    const hear = (one: Answer) => {
      if (one.type === 'progress') return progress(one.share!);
      child.off('message', hear);
      child.off('exit', gone);
      if (one.type === type) resolve(one);
      else reject(new Error(`${name} could not be played: ${one.why}`));
    };
    child.on('message', hear);
    child.on('exit', gone);
  });
}
