/** Child process that plays one night after the other, with models and sprite sheets loaded once. */
import { builtModels } from '@nattfrid/agent/perceive/built-models';
import { openModels } from '@nattfrid/agent/perceive/models';
import { keepNight } from './kept-night.ts';
import { playNight } from './play-night.ts';
import { Night } from './script.ts';
import { openSheets } from './sprite-sheets.ts';

await using models = await openModels(await builtModels());
const { promise: over, resolve } = Promise.withResolvers<void>();
process.on('message', async (asked: unknown) => {
  if (asked === 'over') return resolve();
  try {
    const { keepIn, ...said } = asked as { night: unknown; keepIn?: string };
    const night = Night.parse(said.night);
    const sheets = await openSheets(night, () => {});
    const kept = keepIn === undefined ? undefined : await keepNight(keepIn, night);
    const progress = (share: number) => process.send!({ type: 'progress', share });
    const played = await playNight(night, sheets, models, { progress, keep: kept?.keep });
    await kept?.close();
    process.send!({ type: 'played', played });
  } catch (error) {
    process.send!({ type: 'failed', why: error instanceof Error ? error.message : String(error) });
  }
});
// The parent has ended, and no result can be delivered.
process.once('disconnect', () => process.exit());
process.send!({ type: 'ready' });
await over;
process.disconnect();
