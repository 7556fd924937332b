/** What lives though nobody walks: breathing and stirring, and no doll, noise, lamp or exposure. */
import { type Life, lifeIn, stepLife } from '@nattfrid/agent/perceive/life';
import type { Box } from '@nattfrid/shared/domain/geometry';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { type Draw, drawnCells, lamp, room, withBody } from './drawn.ts';

const body: Box = { x: 0.2, y: 0.5, width: 0.5, height: 0.3 };
const everywhere: Box = { x: 0, y: 0, width: 1, height: 1 };

/** Twenty seconds, six pictures a second. */
function watched(
  draw: (seconds: number) => Draw,
  noise = 0.8,
  relit: (seconds: number) => boolean = () => false,
): Life {
  let life: Life | undefined;
  for (let index = 0; index < 120; index++) {
    const seconds = index / 6;
    life = stepLife(life, drawnCells(draw(seconds), index, noise), instant(Math.round(1000 * seconds)), relit(seconds));
  }
  return life!;
}

/** Every four seconds the edge of the chest rises by a third of a cell. */
const breathes = (seconds: number): Draw => {
  const rise = (0.33 / 45) * (1 + Math.sin((2 * Math.PI * seconds) / 4));
  return (x, y) => soft(x, y, { ...body, y: body.y - rise, height: body.height + rise });
};
/** A body whose edge is spread over a cell, as a lens spreads it. */
const soft = (x: number, y: number, box: Box): number => {
  let sum = 0;
  for (let part = 0; part < 8; part++) sum += withBody(room, box)(x, y + (part - 3.5) / 8 / 45);
  return sum / 8;
};

describe('what lives', () => {
  it('is a body that breathes, and nothing elsewhere', () => {
    const life = watched(breathes);
    expect(lifeIn(body, life)).toBeGreaterThan(0.006);
    expect(lifeIn({ x: 0, y: 0, width: 1, height: 0.4 }, life)).toBe(0);
  });

  it.each<readonly [string, (seconds: number) => Draw, number]>([
    ['a doll', () => withBody(room, body), 0.8],
    ['a doll in a noisy picture', () => withBody(room, body), 6],
    ['a doll while the exposure drifts', (seconds) => lamp(1 + 0.002 * seconds, 0)(withBody(room, body)), 0.8],
    ['a doll when a lamp goes on', (seconds) => lamp(seconds < 15 ? 1 : 1.3, 0)(withBody(room, body)), 0.8],
  ])('is not %s', (_, draw, noise) => {
    expect(lifeIn(body, watched(draw, noise))).toBeLessThan(0.006);
  });

  it('is nothing before it has been watched for some seconds, nor right after the light has changed', () => {
    const life = watched(breathes, 0.8, (seconds) => Math.abs(seconds - 18) < 0.05);
    expect(lifeIn(everywhere, life)).toBe(0);
  });
});
