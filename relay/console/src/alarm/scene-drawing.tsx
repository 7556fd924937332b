/** An alarm as a small drawing: the room's outlines, the part of it that is meant, and how it went as a sign. Drawn from words: never a picture. */
import type { AlarmView } from '@nattfrid/shared/desk/alarm-view';
import type { UnitView } from '@nattfrid/shared/desk/unit-view';
import type { Polygon } from '@nattfrid/shared/domain/geometry';
import { useId } from 'react';
import { useDesk, useMay } from '../around/around.tsx';
import { useRoom } from '../around/asking.ts';
import type { SayKey } from '../words/say.ts';
import { useWords } from '../words/words.ts';
import { evidenceWords } from './figures.ts';
import { MannerSign } from './manner-sign.tsx';
import css from './scene.module.css';
import { middleOf, type Part, type Scene, sceneOf } from './scene.ts';

export function AlarmScene({ alarm }: { alarm: AlarmView }) {
  const unit = useDesk().units.get(alarm.unit);
  const mayRead = useMay('set-up-room');
  if (!sceneOf(alarm.kind, alarm.evidence, undefined)) return null;
  if (unit?.room?.version !== undefined && mayRead) return <OfRoom alarm={alarm} unit={unit} />;
  return <Drawn alarm={alarm} scene={sceneOf(alarm.kind, alarm.evidence, undefined)} />;
}

function OfRoom({ alarm, unit }: { alarm: AlarmView; unit: UnitView }) {
  const asked = useRoom(unit);
  if (asked.isPending) return null;
  return <Drawn alarm={alarm} scene={sceneOf(alarm.kind, alarm.evidence, asked.data?.confirmed?.room)} />;
}

function Drawn({ alarm, scene }: { alarm: AlarmView; scene: Scene | undefined }) {
  const { say } = useWords();
  if (!scene) return null;
  const where = scene.words.map((key) => say(key)).join(' ');
  return (
    <figure className={css['scene']} data-testid="alarm-scene" data-part={scene.part.name} data-manner={scene.manner}>
      <div className={css['drawings']}>
        {scene.room ? <RoomDrawing scene={scene} words={`${evidenceWords(alarm.evidence, say)} ${where}`} /> : null}
        <MannerSign manner={scene.manner} words={say(`scene.manner.${scene.manner}`)} />
      </div>
      <figcaption>
        <b>{where}</b> <span>{say('scene.drawn')}</span>
      </figcaption>
    </figure>
  );
}

const [wide, tall] = [160, 90];
const points = (outline: Polygon) =>
  outline.map(([x, y]) => `${(x * wide).toFixed(1)},${(y * tall).toFixed(1)}`).join(' ');

function RoomDrawing({ scene, words }: { scene: Scene; words: string }) {
  const hatch = useId();
  const { room, part } = scene;
  if (!room) return null;
  const { beds, exits, bathroomExits = [], floor } = room;
  const named: readonly (readonly [Polygon, SayKey])[] = [
    ...beds.map((one) => [one, 'scene.label.bed'] as const),
    ...exits.map((one) => [one, 'scene.label.exit'] as const),
    ...bathroomExits.map((one) => [one, 'scene.label.bathroom'] as const),
  ];
  return (
    <svg className={css['room']} viewBox={`0 0 ${wide} ${tall}`} role="img" aria-label={words}>
      <defs>
        <pattern id={hatch} width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <rect width="5" height="5" className={css['hatchGround']} />
          <path d="M0 0V5" className={css['hatchLine']} />
        </pattern>
      </defs>
      <rect width={wide} height={tall} className={css['wall']} />
      {floor ? <polygon points={points(floor)} className={css['floor']} /> : null}
      <Meant part={part} fill={`url(#${hatch})`} />
      {beds.map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an outline is its place in the room
        <polygon key={index} points={points(one)} className={css['bed']} />
      ))}
      {[...exits, ...bathroomExits].map((one, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an outline is its place in the room
        <polygon key={index} points={points(one)} className={css['exit']} />
      ))}
      {part.name === 'within' ? <Within outlines={part.outlines} fill={`url(#${hatch})`} /> : null}
      {named.map(([outline, key], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an outline is its place in the room
        <Label key={index} outline={outline} name={key} />
      ))}
    </svg>
  );
}

/** Below the furniture: a body that lies beside a bed lies on the floor. */
function Meant({ part, fill }: { part: Part; fill: string }) {
  switch (part.name) {
    case 'around':
      return part.outlines.map((outline, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: an outline is its place in the room
        <polygon key={index} points={points(outline)} className={css['around']} style={{ stroke: fill }} />
      ));
    case 'floor':
      return part.outline ? (
        <polygon points={points(part.outline)} fill={fill} />
      ) : (
        <rect width={wide} height={tall} fill={fill} />
      );
    case 'edge':
      return <rect x="4" y="4" width={wide - 8} height={tall - 8} className={css['edge']} style={{ stroke: fill }} />;
    case 'within':
    case 'none':
      return null;
  }
}

const Within = ({ outlines, fill }: { outlines: readonly Polygon[]; fill: string }) =>
  outlines.map((outline, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: an outline is its place in the room
    <polygon key={index} points={points(outline)} fill={fill} className={css['within']} />
  ));

function Label({ outline, name }: { outline: Polygon; name: SayKey }) {
  const { say } = useWords();
  const [x, y] = middleOf(outline);
  return (
    <text x={x * wide} y={y * tall} className={css['label']}>
      {say(name)}
    </text>
  );
}
