/**
 * Stage: where raw pixels end. It draws a cleared picture from the perception, or says why there is none; nothing else leaves it.
 * The sketch of the empty room is learnt all the time, pictures are drawn only during a look.
 */
import { overlapCoefficient } from '@nattfrid/shared/domain/geometry';
import type { ClientAlias } from '@nattfrid/shared/domain/ids';
import type { HardToSee, NoPicture } from '@nattfrid/shared/domain/look';
import type { Person } from '@nattfrid/shared/domain/observation';
import type { Mode } from '@nattfrid/shared/domain/plan';
import type { Room } from '@nattfrid/shared/domain/room';
import { timeOfDay } from '@nattfrid/shared/domain/window';
import { asFault } from '@nattfrid/shared/fault/fault';
import type { Logger } from '@nattfrid/shared/log/logger';
import type { Clock } from '@nattfrid/shared/time/clock';
import { milliseconds, seconds } from '@nattfrid/shared/time/duration';
import { type Instant, instant } from '@nattfrid/shared/time/instant';
import type { Judged } from '../decide/judged.ts';
import type { Stage } from '../flow/stage.ts';
import type { Seen } from '../perceive/seen.ts';
import type { Eyesight } from '../situation/eyesight.ts';
import { type Canvas, newCanvas } from './canvas.ts';
import type { Cleared } from './cleared.ts';
import { sketchDrawer } from './draw-sketch.ts';
import { emptyMask } from './empty-mask.ts';
import { guard } from './guard.ts';
import { hardToSee } from './hard-to-see.ts';
import { type Legibility, legibilityOf, surelyPerson } from './legible.ts';
import { type Letterbox, letterbox } from './letterbox.ts';
import { makeCleared } from './make-cleared.ts';
import { pictureRate } from './picture-rate.ts';
import { roomMarks } from './room-marks.ts';
import { roomMasks } from './room-masks.ts';
import { drawer, type Manner } from './silhouette.ts';
import { emptySketch, learn } from './sketch.ts';
import { something } from './something.ts';
import { drawStamp, drawWarning } from './stamp.ts';
import { blur, drawBlocks } from './veil.ts';

export interface Anonymising {
  /** The mode in which a picture taken then is seen; undefined: nobody sees it. Read for each picture. */
  readonly mode: (taken: Instant) => Mode | undefined;
  /** Read for each picture, because the confirmed room may change. */
  readonly room: () => Room;
  readonly alias: ClientAlias;
  /** Name of the camera's place, «sovrum»; stands in the picture beside the alias. */
  readonly place?: string;
  readonly clock: Clock;
  readonly log: Logger;
  /** How the next look will be shown, most likely: what takes long to draw for it is kept drawn. */
  readonly next?: () => Mode | undefined;
  /** Score from which a picture counts as legible: the plan's; 1 where it has none. */
  readonly leastLegible?: () => number | undefined;
  /** Called for each picture with a person in it, with the warning that the viewer is shown. */
  readonly judgedLegible?: (legibility: Legibility, told: HardToSee | undefined) => void;
}

const learnEvery = milliseconds(200);
const redrawEvery = seconds(1);
/** While nobody looks; and the age up to which a look begins with it. */
const [keptDrawnEvery, keptDrawnFor] = [seconds(10), seconds(12)];
/** Overlap coefficient above which two boxes are most likely the same person. */
const mostCovered = 0.5;
/** Written into the picture: beds and doors are not where the confirmed room has them. */
const turnedAway = 'kameran flyttad';
/** Written into the picture: a bad picture must not pass for a calm night. */
const hardWords: Readonly<Record<HardToSee, string>> = {
  faint: 'syns svagt',
  small: 'syns mycket litet',
  slow: 'få bilder i sekunden',
  old: 'osäkert var personen är nu',
};

/** Takes over each Judged and disposes it exactly once, before its picture goes on. */
export function anonymise(options: Anonymising): Stage<Judged, Cleared> {
  return async function* (source, signal) {
    const artist = newArtist(options);
    for await (const judged of source) {
      const cleared = clearedOf(judged, artist, options);
      if (signal.aborted) return;
      if (cleared) yield cleared;
    }
  };
}

function clearedOf(judged: Judged, artist: Artist, { mode, next, clock, log }: Anonymising): Cleared | undefined {
  using owned = judged;
  const { input } = owned;
  const wanted = mode(input.type === 'gap' ? input.at : input.observation.at);
  if (input.type === 'gap') {
    const lost = input.why === 'too-slow' ? undefined : 'camera-lost';
    return wanted && lost ? { type: 'no-picture', at: input.at, why: lost } : undefined;
  }
  const { at } = input.observation;
  try {
    artist.learn(input);
    if (!wanted) {
      if (next?.() === 'silhouette') artist.keepDrawn(owned.eyesight, clock.now());
      return undefined;
    }
    const drawn = artist.draw(input, owned.eyesight, wanted, clock.now());
    if (typeof drawn === 'string') return { type: 'no-picture', at, why: drawn };
    return makeCleared(drawn.canvas, at, wanted, drawn);
  } catch (error) {
    // A half-drawn canvas may hold raw pixels, so there is no picture.
    log.error('A picture could not be anonymised.', { why: asFault(error).message });
    return wanted ? { type: 'no-picture', at, why: 'anonymiser-not-well' } : undefined;
  }
}

const isSurely = ({ certainty }: Person): boolean => certainty >= surelyPerson;

interface Drawn {
  readonly canvas: Canvas;
  readonly hard: HardToSee | undefined;
  readonly person: boolean;
}

interface Artist {
  learn(seen: Seen): void;
  /** Draws the sketch now and then, so that the first picture of a look does not wait for it. */
  keepDrawn(eyesight: Eyesight, now: Instant): void;
  draw(seen: Seen, eyesight: Eyesight, mode: Mode, now: Instant): Drawn | NoPicture;
}

function newArtist({ room, alias, place, leastLegible, judgedLegible }: Anonymising): Artist {
  const canvas = newCanvas();
  const background = newCanvas();
  const watch = guard();
  const figures = drawer();
  const veil = blur();
  const hard = hardToSee();
  const rate = pictureRate();
  let sheet = newSheet(1, 1);
  let learntAt = instant(Number.NEGATIVE_INFINITY);
  let drawnAt = instant(Number.NEGATIVE_INFINITY);
  let shownAt = instant(Number.NEGATIVE_INFINITY);

  const marksFor = (eyesight: Eyesight) => (eyesight.name === 'astray' ? undefined : room());
  const drawBackground = (eyesight: Eyesight, now: Instant) => {
    const marked = marksFor(eyesight);
    if (marked !== sheet.marked) sheet.sketches = sketchDrawer();
    sheet.marked = marked;
    drawnAt = now;
    // Without marks where the camera was moved: beds and doors are not where they are marked.
    if (sheet.sketches.draw(sheet.sketch, background) && marked) sheet.mark(background, room(), 'filled', []);
  };

  const figuresOn = ({ observation, shapes }: Seen, persons: readonly Person[], manner: Manner) => {
    figures.only(persons);
    // Uncertain persons are drawn first, so that certain ones cover them, and left out where both are most likely the same person.
    const ordered = [
      ...persons.filter(
        (one) =>
          !isSurely(one) &&
          !persons.some((other) => isSurely(other) && overlapCoefficient(one.box, other.box) > mostCovered),
      ),
      ...persons.filter(isSurely),
    ];
    const drawn = ordered.map((person) => {
      const shape = shapes.find(({ track }) => track === person.track);
      return {
        person,
        contrast: figures.draw(canvas, person, shape, sheet.fit.at, { manner, surely: isSurely(person) }),
      };
    });
    const { at, picture } = observation;
    rate.count(at);
    const judging = { aspect: picture.aspect, perSecond: rate.perSecond(at), least: leastLegible?.() };
    const legibility = legibilityOf(drawn, judging);
    const told = hard.see(at, legibility);
    if (legibility) judgedLegible?.(legibility, told);
    return told;
  };

  return {
    learn({ frame, observation, change }) {
      if (sheet.width !== frame.width || sheet.height !== frame.height) {
        sheet = newSheet(frame.width, frame.height);
        drawnAt = instant(Number.NEGATIVE_INFINITY);
      }
      if (observation.at >= learntAt && observation.at - learntAt < learnEvery) return;
      learntAt = observation.at;
      learn(sheet.sketch, sheet.fit.light(frame), sheet.empty(change, observation.persons));
    },
    keepDrawn(eyesight, now) {
      if (now < drawnAt || now - drawnAt >= keptDrawnEvery) drawBackground(eyesight, now);
    },
    draw(seen, eyesight, mode, now) {
      const { frame, observation, change } = seen;
      const why = watch.why(observation, eyesight, now);
      if (why) return why;
      const { persons } = observation;
      const begins = now < shownAt || now - shownAt >= redrawEvery;
      shownAt = now;
      const mark = (on: Canvas, manner: Manner) => {
        const boxes = persons.map(({ box }) => box);
        if (eyesight.name !== 'astray') sheet.mark(on, room(), manner, boxes);
      };
      let told: HardToSee | undefined;
      switch (mode) {
        case 'silhouette':
          if (
            now < drawnAt ||
            now - drawnAt >= (begins && sheet.marked === marksFor(eyesight) ? keptDrawnFor : redrawEvery)
          )
            drawBackground(eyesight, now);
          canvas.i420.set(background.i420);
          sheet.something.see(change, persons);
          sheet.something.draw(canvas);
          told = figuresOn(seen, persons, 'filled');
          break;
        case 'blur':
          sheet.fit.draw(frame, canvas);
          veil.draw(canvas);
          mark(canvas, 'outlined');
          told = figuresOn(seen, persons, 'outlined');
          break;
        case 'blocks':
          sheet.fit.draw(frame, canvas);
          drawBlocks(canvas);
          mark(canvas, 'outlined');
          told = figuresOn(seen, persons, 'outlined');
          break;
        case 'clear':
          sheet.fit.draw(frame, canvas);
          break;
      }
      sheet.burn(canvas, room().masks);
      const astray = eyesight.name === 'astray' ? turnedAway : undefined;
      drawStamp(canvas, [astray, alias, place, timeOfDay(observation.at, 'second')].filter(Boolean).join(' · '));
      if (told) drawWarning(canvas, hardWords[told]);
      return { canvas, hard: told, person: !told && eyesight.name === 'sees' && persons.some(isSurely) };
    },
  };
}

/** The drawing state that belongs to one size of the camera's picture. */
function newSheet(width: number, height: number) {
  const fit: Letterbox = letterbox(width, height);
  return {
    width,
    height,
    fit,
    sketch: emptySketch(),
    sketches: sketchDrawer(),
    /** The room whose beds and doors are marked in the drawn sketch. */
    marked: undefined as Room | undefined,
    empty: emptyMask(fit.at),
    something: something(fit.at),
    mark: roomMarks(fit.at),
    burn: roomMasks(fit.at),
  };
}
