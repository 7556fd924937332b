/** Pure. A manner of a camera made of a recording, as far as the fields of a manner can say what it did. */
import type { MannersRecording } from '@nattfrid/agent/technician/manners/recording';
import type { Manner } from '../manner.ts';
import { answersOf } from './of-answers.ts';
import { packetsOf } from './of-packets.ts';
import { announcedIn, sdpOf } from './of-sdp.ts';
import { loginOf, sessionOf } from './of-session.ts';
import { timesOf } from './of-times.ts';
import { picturesOf, trackOf } from './pictures-of.ts';

export interface FromRecording {
  readonly manner: Manner;
  /** What no field says. */
  readonly unsaid: readonly string[];
}

/** Its name, its words and what must come of it are for a person to write. */
export function mannerOf(recording: MannersRecording): FromRecording {
  const unsaid = new Set<string>(always);
  const say = (words: string) => void unsaid.add(words);
  const announced = announcedIn(recording);
  if (!announced) say('its session description announces no video that the test camera can draw (H.264, H.265, MJPEG)');
  const { codec, type, clockRate } = announced ?? { codec: 'h264', type: 96, clockRate: 90_000 };
  const track = trackOf(recording);
  const pictures = picturesOf(recording, track, codec);
  if (recording.packets.length === 0) say('no packet came');
  const { film, times } = timesOf(pictures, codec, clockRate, say);
  const own = codec === 'mjpeg' ? 26 : 96;
  const packets = packetsOf({ recording, track, pictures, codec, announced: own }, say);
  if (track.type !== type && pictures.length > 0)
    say(`the description announces payload type ${type}, and the packets have ${track.type}`);
  const [login, sdp] = [loginOf(recording, say), sdpOf(recording, codec)];
  const parts = { film, answers: answersOf(recording, say), packets, times, session: sessionOf(recording) };
  const filled = Object.entries(parts).filter(([, part]) => Object.keys(part).length > 0);
  return {
    manner: {
      ...{ name: 'recorded', report: 'derived', does: 'what a recording shows', comes: 'well' },
      ...Object.fromEntries(filled),
      ...(sdp && { sdp }),
      ...(login && { login }),
    },
    unsaid: [...unsaid],
  };
}

const always = [
  'name, report, does and comes: write them yourself',
  'how the lines of its answers are written, and what its parameter sets in the description hold beside their sizes',
  'what stands inside units, jitter below half a second, and what it does after the end of the recording',
];
