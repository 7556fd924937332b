/** Real clips whose camera is made blind in code: told once each, and never for a lamp, for infrared, for curtains or for nothing. */
import { alone } from '@nattfrid/agent/decide/alone';
import { blind } from '@nattfrid/agent/decide/blind';
import { type Background, stepBackground } from '@nattfrid/agent/perceive/background';
import { lightInCells } from '@nattfrid/agent/perceive/cells';
import { lightRange } from '@nattfrid/agent/perceive/contrast-stretch';
import { type EdgeModel, stepEdgeModel } from '@nattfrid/agent/perceive/edge-model';
import { pictureOf } from '@nattfrid/agent/perceive/to-observation';
import type { Observed } from '@nattfrid/shared/domain/observation';
import { unknownRoom } from '@nattfrid/shared/domain/room';
import { instant } from '@nattfrid/shared/time/instant';
import { describe, expect, it } from 'vitest';
import { blinding, harmless, pictureRate, playedFor } from '../support/blinded.ts';
import { clips, hasFootage } from '../support/footage.ts';
import { told } from '../support/told.ts';

const [length, blindFrom, agreed] = [40, 15, 10];

/** As the unit observes it, but that no model looks for people: of them nothing is asked here. */
async function observedOf(file: string, name: string): Promise<readonly Observed[]> {
  const pictures = await playedFor(file, length);
  const first = blindFrom * pictureRate;
  const spoil = { ...blinding, ...harmless }[name]!;
  let [background, view, lastLight]: [Background?, EdgeModel?, Float32Array?] = [];
  return pictures.map((picture, index): Observed => {
    const shown = index < first ? picture : spoil(name === 'frozen' ? pictures[first]! : picture, index);
    const at = instant((index * 1000) / pictureRate);
    const cells = lightInCells(shown);
    const alive = cells.light.some((light, cell) => light !== lastLight?.[cell]);
    lastLight = cells.light;
    const [next, noticed] = stepBackground(background, { at, cells, persons: [] });
    background = next;
    view = stepEdgeModel(view, { at, room: unknownRoom, cells, persons: [] });
    const more = { aspect: 16 / 9, alive, ...(view.alike === undefined ? {} : { alike: view.alike }) };
    return { type: 'observed', at, persons: [], picture: pictureOf(cells, lightRange(shown), noticed, more) };
  });
}

describe.skipIf(!hasFootage)('a camera made blind', { timeout: 300_000 }, () => {
  const some = clips().filter((_, index) => index % 4 === 0);
  for (const name of [...Object.keys(blinding), ...Object.keys(harmless)])
    it(name, async () => {
      const lines: Record<string, readonly string[]> = {};
      for (const { file } of some) {
        const detector = alone(blind({ agreed: { afterSeconds: agreed }, room: unknownRoom, models: [] }), {
          room: unknownRoom,
        });
        lines[file] = told(detector, [await observedOf(file, name)]).map((line) => line.replace(/@.*/, ''));
      }
      const expected = name in blinding ? [`began ${name}`] : [];
      expect(lines).toEqual(Object.fromEntries(some.map(({ file }) => [file, expected])));
    });
});
