/** The vitals that a unit tells of itself: camera, pictures, outbox, memory; its figures where they have been asked for. */
import type { UnitView, VitalsView } from '@nattfrid/shared/desk/unit-view';
import { known } from '../words/known.ts';
import type { Say } from '../words/say.ts';
import { length, number } from '../words/times.ts';
import { useWords } from '../words/words.ts';
import css from './unit.module.css';

export function UnitVitals({ vitals, inForce }: { vitals: VitalsView; inForce: UnitView['inForce'] }) {
  const { say, language } = useWords();
  const cannotKeep = vitals.cannotKeep ?? (vitals.diskFull ? 'disk-full' : undefined);
  return (
    <>
      <dt>{say('unit.camera')}</dt>
      <dd
        data-testid="unit-camera"
        data-camera={vitals.camera}
        {...(vitals.camera === 'lost' || vitals.cannotSee || vitals.cannotLook ? { className: css['trouble'] } : {})}
      >
        {say(isUnplanned(vitals, inForce) ? 'unit.camera.noPlan' : `unit.camera.${vitals.camera}`)}
        {vitals.cameraFault ? `: ${faultWords(vitals.cameraFault, say)}` : ''}
        {vitals.cannotSee ? `: ${say(`unit.cannotSee.${vitals.cannotSee}`)}` : ''}
        {vitals.cannotLook ? `: ${say(`unit.cannotLook.${vitals.cannotLook}`)}` : ''}
        {(vitals.cameraAdvice ?? []).map((one) => ` · ${say(`unit.cameraAdvice.${one}`)}`)}
        {vitals.lookOpen ? ` · ${say('unit.look.open')}` : ''}
      </dd>
      {vitals.picturesPerSecond !== undefined && vitals.analysedPerSecond !== undefined ? (
        <>
          <dt>{say('unit.pictures')}</dt>
          <dd>
            {say('unit.pictures.words', {
              seen: number(vitals.picturesPerSecond, language),
              analysed: number(vitals.analysedPerSecond, language),
            })}
          </dd>
        </>
      ) : null}
      {vitals.droppedPictures ? (
        <>
          <dt>{say('unit.dropped')}</dt>
          <dd>{number(vitals.droppedPictures, language)}</dd>
        </>
      ) : null}
      {vitals.legibility ? (
        <>
          <dt>{say('unit.legibility')}</dt>
          <dd data-testid="unit-legibility" {...(vitals.legibility.why ? { className: css['trouble'] } : {})}>
            {say('unit.legibility.words', {
              hard: number((100 * vitals.legibility.hard) / vitals.legibility.pictures, language, 0),
              pictures: number(vitals.legibility.pictures, language, 0),
            })}
            {vitals.legibility.why
              ? ` · ${say('unit.legibility.now', { why: say(`noticeWhy.${vitals.legibility.why}`) })}`
              : ''}
          </dd>
        </>
      ) : null}
      {vitals.outboxDepth !== undefined || cannotKeep ? (
        <>
          <dt>{say('unit.outbox')}</dt>
          <dd
            data-testid="unit-outbox"
            {...(vitals.diskFull || vitals.cannotKeep ? { className: css['trouble'] } : {})}
          >
            {cannotKeep ? `${say(`unit.cannotKeep.${cannotKeep}`)} ` : ''}
            {vitals.outboxDepth === undefined
              ? null
              : vitals.outboxDepth === 0
                ? say('unit.outbox.none')
                : say('unit.outbox.words', { count: vitals.outboxDepth })}
          </dd>
        </>
      ) : null}
      {vitals.uptimeSeconds === undefined ? null : (
        <>
          <dt>{say('unit.uptime')}</dt>
          <dd>{length(vitals.uptimeSeconds * 1000, say)}</dd>
        </>
      )}
      {vitals.memoryMegabytes === undefined ? null : (
        <>
          <dt>{say('unit.memory')}</dt>
          <dd>{number(vitals.memoryMegabytes, language, 0)} MB</dd>
        </>
      )}
    </>
  );
}

function faultWords(code: string, say: Say): string {
  const key = known('cameraFault', code);
  return key ? say(key) : say('cameraFault.unknown', { code });
}

/** It rests because nothing may be watched, and not until the next look. */
const isUnplanned = ({ camera }: VitalsView, inForce: UnitView['inForce']): boolean =>
  camera === 'resting' && inForce !== undefined && inForce.state !== 'in-force';
