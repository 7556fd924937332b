/** How a unit says that it is. */
import type { Vitals } from '@nattfrid/shared/wire/vitals';
import parts from '../parts/parts.module.css';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { length } from '../words/times.ts';
import { useWords } from '../words/words.ts';

export function UnitVitals({ vitals }: { vitals: Vitals }) {
  const { say, language } = useWords();
  const number = (value: number) =>
    value.toLocaleString(language === 'sv' ? 'sv-SE' : 'en-GB', { maximumFractionDigits: 1 });
  return (
    <dl className={parts['facts']}>
      <dt>{say('unit.camera')}</dt>
      <dd data-testid="unit-camera" data-camera={vitals.camera}>
        {say(`unit.camera.${vitals.camera}`)}
        {vitals.cameraFault ? `: ${faultWords(vitals.cameraFault, say)}` : ''}
        {vitals.lookOpen ? ` · ${say('unit.look.open')}` : ''}
      </dd>
      <dt>{say('unit.pictures')}</dt>
      <dd>
        {say('unit.pictures.words', {
          seen: number(vitals.picturesPerSecond),
          analysed: number(vitals.analysedPerSecond),
        })}
      </dd>
      {vitals.droppedPictures > 0 ? (
        <>
          <dt>{say('unit.dropped')}</dt>
          <dd>{number(vitals.droppedPictures)}</dd>
        </>
      ) : null}
      <dt>{say('unit.outbox')}</dt>
      <dd>
        {vitals.outboxDepth === 0 ? say('unit.outbox.none') : say('unit.outbox.words', { count: vitals.outboxDepth })}
      </dd>
      <dt>{say('unit.uptime')}</dt>
      <dd>{length(vitals.uptimeSeconds * 1000, say)}</dd>
      <dt>{say('unit.memory')}</dt>
      <dd>{number(Math.round(vitals.memoryMegabytes))} MB</dd>
    </dl>
  );
}

function faultWords(code: string, say: Say): string {
  const key = known('cameraFault', code);
  return key ? say(key) : say('cameraFault.unknown', { code });
}
