/** Pure. What is right in a camera that was watched, and what to set: one sentence each. */
import { type Duration, milliseconds, printDuration, seconds } from '@nattfrid/shared/time/duration';
import { heldBackTooLong } from '../camera/advice.ts';
import { codecNames } from '../codec/codec.ts';
import { factoryWords } from './factory-login.ts';
import { type Figures, figuresOf } from './figures.ts';
import type { Watched } from './watch-camera.ts';

export type Matter =
  | 'pictures'
  | 'codec'
  | 'size'
  | 'rate'
  | 'key-interval'
  | 'times'
  | 'b-pictures'
  | 'age'
  | 'holes'
  | 'damage'
  | 'hang-ups'
  | 'bits'
  | 'login'
  | 'note';

export interface CheckFinding {
  readonly matter: Matter;
  readonly state: 'well' | 'to-set';
  /** What was seen, and, where it is to be set, what to. */
  readonly words: string;
}

/** The unit looks at ten pictures a second: fewer are too few for a fall, more than these are only decoded. */
const rates = { fewest: 8, most: 31 };
/** Lines: below, a person at the far wall is too small to be found. Pixels: above, decoding costs more than watching. */
const sizes = { fewestLines: 360, mostPixels: 1920 * 1088 };
/** After each break nobody is seen up to the next key picture. */
const longestKeyInterval = seconds(4.5);
/** A look shows nothing older than 2 s, and the way to the console takes time too. */
const oldest = seconds(1);
const longestHole = seconds(1.5);
/** What a home's network and the decoder bear without a thought. */
const mostKilobits = 8000;

/** `refused`: no picture could be had at all. */
export type Verdict = 'well' | 'to-set' | 'refused';

export const verdictOf = (watched: Watched): Verdict =>
  watched.refused ? 'refused' : findingsOf(watched).some((one) => one.state === 'to-set') ? 'to-set' : 'well';

export function findingsOf(watched: Watched): readonly CheckFinding[] {
  if (watched.pictures.length === 0)
    return [
      toSet(
        'pictures',
        'The camera is connected, and no whole picture came: set its I-frame interval to 1 or 2 s, and a smart codec (H.264+, H.265+, Zipstream) off.',
      ),
    ];
  const figures = figuresOf(watched);
  return [
    codec(figures),
    size(figures),
    rate(figures),
    keyInterval(figures, watched),
    watched.advice.includes('times-do-not-count')
      ? toSet(
          'times',
          'Its times do not count the time, so that its pictures are dated when they come: take its newest firmware, or another camera where the network is poor.',
        )
      : well('times', 'Its times count the time.'),
    bPictures(figures, watched),
    age(figures),
    holes(figures),
    ...faults(figures, watched),
  ];
}

/** In tenths of a second: what a person sets is no finer. */
const tenths = (length: Duration): string => printDuration(milliseconds(Math.round(length / 100) * 100));

const well = (matter: Matter, words: string): CheckFinding => ({ matter, state: 'well', words });
const toSet = (matter: Matter, words: string): CheckFinding => ({ matter, state: 'to-set', words });

function codec({ codecs }: Figures): CheckFinding {
  const names = codecs.map((one) => codecNames[one]).join(', then ');
  if (codecs.length > 1)
    return toSet('codec', `It changes its codec while it is watched (${names}): set one for day and night, H.264.`);
  if (codecs[0] === 'mjpeg')
    return toSet('codec', `It sends ${names}, which costs several times the network: set it to H.264 if it can.`);
  return well('codec', `It sends ${names}.`);
}

function size({ sizes: found }: Figures): CheckFinding {
  const names = found.map((one) => `${one.width}x${one.height}`).join(', then ');
  if (found.length === 0) return toSet('size', 'It does not say how large its pictures are: set the codec anew.');
  if (found.some((one) => one.height < sizes.fewestLines))
    return toSet('size', `Its pictures are small (${names}): set 640x360 or more, so that a person far away is found.`);
  if (found.some((one) => one.width * one.height > sizes.mostPixels))
    return toSet(
      'size',
      `Its pictures are large (${names}), which only costs: choose its second stream, or set 1280x720.`,
    );
  return well('size', `Its pictures are ${names}.`);
}

function rate({ picturesPerSecond: rate }: Figures): CheckFinding {
  const words = `${rate.toFixed(1)} pictures a second`;
  if (rate < rates.fewest)
    return toSet('rate', `It sends ${words}: set 10 to 15, and no slow shutter (1/10 s or quicker) for the night.`);
  if (rate > rates.most) return toSet('rate', `It sends ${words}, of which the unit looks at 10: set 10 to 15.`);
  return well('rate', `It sends ${words}.`);
}

function keyInterval({ keyInterval: usual, longestKeyInterval: longest, codecs }: Figures, watched: Watched) {
  if (codecs.length === 1 && codecs[0] === 'mjpeg') return well('key-interval', 'Each of its pictures is whole.');
  const cure = 'set the I-frame interval to 1 or 2 s, and a smart codec (H.264+, H.265+, Zipstream) off';
  if (usual === undefined || longest === undefined) {
    const words = `Only one whole picture came in ${printDuration(watched.length)}`;
    return watched.length > longestKeyInterval
      ? toSet('key-interval', `${words}: ${cure}.`)
      : well('key-interval', `${words}, which is too short to say more.`);
  }
  if (longest > longestKeyInterval)
    return toSet('key-interval', `A whole picture comes only every ${tenths(longest)}: ${cure}.`);
  return well('key-interval', `A whole picture comes every ${tenths(usual)}.`);
}

function bPictures({ outOfOrder }: Figures, { advice }: Watched): CheckFinding {
  if (advice.includes('b-pictures'))
    return toSet(
      'b-pictures',
      `It holds its pictures back for more than ${printDuration(heldBackTooLong)}, to code them out of order: set B pictures off.`,
    );
  return outOfOrder > 0
    ? well(
        'b-pictures',
        'It codes some pictures out of order (B pictures), quickly enough; without them it is quicker.',
      )
    : well('b-pictures', 'It has no B pictures.');
}

function age({ medianAge, worstAge }: Figures): CheckFinding {
  const words = `Its pictures are ${printDuration(medianAge)} old when they come, at worst ${printDuration(worstAge)}`;
  return medianAge > oldest
    ? toSet('age', `${words}: a look would show them late. Set fewer bits, or better the network to the camera.`)
    : well('age', `${words}.`);
}

function holes({ holes: many, longestHole: longest }: Figures): CheckFinding {
  if (longest >= longestHole)
    return toSet(
      'holes',
      `For ${tenths(longest)} no picture came (${many === 1 ? 'once' : `${many} times`}): see to the cable or the radio link, or set fewer bits.`,
    );
  return well('holes', `Longest without a picture: ${printDuration(longest)}.`);
}

function* faults(
  { kilobitsPerSecond: bits }: Figures,
  { camera, damaged, hangUps, notes, login }: Watched,
): Generator<CheckFinding> {
  if (damaged > 0)
    yield toSet('damage', `${damaged} of its packets were damaged or lost: see to the cable or the radio link.`);
  const [first] = hangUps;
  if (first)
    yield toSet(
      'hang-ups',
      `It ended the session ${hangUps.length === 1 ? 'once' : `${hangUps.length} times`}: ${first.message} Close other viewers, and take its newest firmware.`,
    );
  const words = `It sends ${Math.round(bits)} kbit/s`;
  yield bits > mostKilobits ? toSet('bits', `${words}: set 1000 to 4000.`) : well('bits', `${words}.`);
  if (login === 'factory') yield toSet('login', factoryWords(camera));
  for (const note of notes) yield toSet('note', `${note[0]?.toUpperCase() ?? ''}${note.slice(1)}: set its codec anew.`);
}
