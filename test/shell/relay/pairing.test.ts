import { describe, expect, it } from 'vitest';
import { openPairingSite, pairByCode, pairByLabel } from '../../support/pairing-site.ts';

describe('a unit is paired', () => {
  it('by its label, by whoever has a work order for the home', async () => {
    await using place = await openPairingSite();
    const unit = await place.unit();
    const dialling = unit.dial();
    const order = await place.order('Anemon');
    const view = await pairByLabel(place.technician, order, unit.label.address);
    expect(view).toMatchObject({ state: 'paired', client: 'Anemon', place: 'Sovrum' });
    expect(await dialling.paired).toMatchObject({ client: 'Anemon', unit: unit.label.unit });
  });

  it('by its short code, where the label cannot be scanned', async () => {
    await using place = await openPairingSite();
    const unit = await place.unit();
    const dialling = unit.dial();
    const view = await pairByCode(place.technician, await place.order(), unit.label.unit, unit.label.code);
    expect(view.state).toBe('paired');
    expect(await dialling.paired).toBeDefined();
  });
});
