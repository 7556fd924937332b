import type { Finding } from '@nattfrid/agent/decide/finding';
import { openHealth } from '@nattfrid/agent/health/health';
import { silent } from '@nattfrid/shared/log/logger';
import { minutes } from '@nattfrid/shared/time/duration';
import { instant } from '@nattfrid/shared/time/instant';
import { movedClock } from '@nattfrid/shared/time/moved-clock';
import { describe, expect, it } from 'vitest';

describe('the relay hears, without any alarm in the plan, that the camera cannot see', () => {
  for (const [name, eyesight, told] of [
    ['covered', { name: 'blind', why: 'covered' }, 'covered'],
    ['frozen', { name: 'blind', why: 'frozen' }, 'frozen'],
    ['turned away', { name: 'astray' }, 'moved'],
    ['seeing', { name: 'sees' }, undefined],
  ] as const)
    it(name, () => {
      using health = open();
      health.camera('connected');
      health.sees(eyesight);
      expect(health.vitals().cannotSee).toBe(told);
    });

  it('at once, and that it sees again; a lost camera says so instead', async () => {
    using health = open();
    const news = health.changed(new AbortController().signal);
    health.camera('connected');
    await news;
    const covered = health.changed(new AbortController().signal);
    health.sees({ name: 'blind', why: 'covered' });
    await covered;
    health.camera('resting');
    expect(health.vitals().cannotSee).toBeUndefined();
    health.camera('connected');
    health.sees({ name: 'sees' });
    expect(health.vitals().cannotSee).toBeUndefined();
  });
});

describe('the relay hears what should be set in a camera that is watched', () => {
  it('at once, for as long as it is so, and it is no alarm', async () => {
    const clock = movedClock(instant(0));
    const found: string[] = [];
    using health = open(clock, ({ kind }) => void found.push(kind));
    health.camera('connected');
    const news = health.changed(new AbortController().signal);
    health.cameraAdvice(['times-do-not-count']);
    await news;
    await clock.advance(minutes(10));
    expect(health.vitals()).toMatchObject({ camera: 'connected', cameraAdvice: ['times-do-not-count'] });
    expect(found).toEqual([]);
    health.cameraAdvice([]);
    expect(health.vitals().cameraAdvice).toBeUndefined();
  });
});

const open = (clock = movedClock(instant(0)), found: (finding: Finding) => void = () => {}) =>
  openHealth({
    clock,
    log: silent,
    found,
    outboxDepth: () => 0,
    lookOpen: () => false,
  });
