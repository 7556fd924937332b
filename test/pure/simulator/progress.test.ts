/** Long work says what it does: a line that is rewritten on a terminal, and elsewhere no more than one a minute. */
import { seconds } from '@nattfrid/shared/time/duration';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { expect, test } from 'vitest';
import { openProgress } from '../../simulator/progress.ts';

const opened = (isTTY: boolean) => {
  const written: string[] = [];
  const clock = movedClock();
  const progress = openProgress({ isTTY, write: (text) => written.push(text) }, clock);
  return { written, clock, progress };
};

test('a terminal is shown the share and the time left, and the line is gone at the end', async () => {
  const { written, clock, progress } = opened(true);
  progress.report('playing', 0);
  await clock.advance(seconds(10));
  progress.report('playing', 0.25);
  expect(written.at(-1)).toBe('\r\x1b[Kplaying, 25 %, about 30 s left');
  progress[Symbol.dispose]();
  expect(written.at(-1)).toBe('\r\x1b[K');
  const many = written.length;
  await clock.advance(seconds(10));
  expect(written).toHaveLength(many);
});

test('work of unknown length is shown with the time that it has taken, each second', async () => {
  const { written, clock, progress } = opened(true);
  progress.report('first');
  await clock.advance(seconds(4));
  progress.report('second');
  await clock.advance(seconds(3));
  expect(written.at(-1)).toBe('\r\x1b[Ksecond, for 3 s');
});

test('a file is told at once, and then once a minute', async () => {
  const { written, clock, progress } = opened(false);
  for (let second = 0; second < 150; second++) {
    progress.report('playing', second / 200);
    await clock.advance(seconds(1));
  }
  expect(written).toHaveLength(3);
  expect(written[0]).toBe('playing, 0 %\n');
});
