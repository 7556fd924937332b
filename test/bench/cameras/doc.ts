/** Pure. docs/cameras.md, written out of the rows that were played. */
import { head, lineOf, sayIt, sayNights, summaryOf } from './table.ts';
import type { Row } from './verdict.ts';

/** @param ffmpeg its version, as it calls itself */
export function writeDoc(rows: readonly Row[], ffmpeg: string): string {
  const summary = summaryOf(rows);
  const unseen = summaryOf(rows.filter((row) => row.manner.unseen));
  const reported = new Set(rows.map((row) => row.manner.report).filter((report) => report !== 'derived')).size;
  return [
    '# Cameras',
    '',
    '*Written by `npm run bench -- cameras --out docs/cameras.md`: change the table in `test/stand-ins/test-camera/manners/table/`, not this page.*',
    '',
    'How cameras behave, each manner from a public report or derived from one, and what the unit makes of it. Each is served from loopback',
    "to the product's own camera and decode stages, put together as the agent does, and in the same run by the same server to",
    '`ffmpeg -rtsp_transport tcp`, which is started again a second after it has ended. All times are those of the camera: a manner that lasts',
    'minutes is played on a clock that runs faster than life, and there ffmpeg, whose patience and keepalives know real time alone, has a',
    'different fate than it would have in life.',
    '',
    `**${sayIt(summary)}**, of ${rows.length} manners out of ${reported} public reports. ${summary.behind === 0 ? 'No row' : `${summary.behind} rows`} in which ffmpeg gives whole pictures and the unit does not${summary.behind === 0 ? '' : ' (**‹ffmpeg›**)'}.`,
    `Of these, ${rows.filter((row) => row.manner.unseen).length} (∘) were of kinds that no test of the client had played when the line was written: ${sayIt(unseen)}.`,
    '',
    `${sayNights(summary)}.`,
    '',
    '- **well**: whole pictures, in time, at least three quarters as many as ffmpeg has (ten a second at most: more are not looked at), and nothing false is said.',
    "- **advised**: the same, as far as the camera lets itself be seen, and the technician is told on the home's card what to set in it.",
    '- **refused**: it cannot be, and the technician is told why, in words that name what was seen and what to set.',
    '- **short**: all else, also when it is played once more alone: three are played at a time, beside one on a quick clock. A picture counts as whole where its brightness is even, as it was drawn; one that is not is never to come out.',
    '- An encrypted camera (`rtsps`) is refused where nobody vouches for its certificate; `ffmpeg` asks for none, so such a row is not compared.',
    '- Pictures older than 2 s, or dated into the future, are not counted: an operator would not see them. On a quick clock the time that the decoder takes is no measure, and is left out of both.',
    "- **alarms in 8 h**: what the unit made of the row (each call, with its pictures, gaps and end) is repeated for a night on a moved clock, through the unit's own keeping of",
    '  cameras, its watch over them and its detectors, with an empty room and a plan that tells of blindness after 60 s. A row that is seen must raise none, one that is refused the one that it is lost.',
    '  What the run cut off goes on where it had lasted longer than all that the camera itself had ended, and else comes to the same end.',
    '',
    `Compared with ${ffmpeg}, which is also what decodes in the unit.`,
    '',
    ...head,
    ...rows.map(lineOf),
    '',
    '## Add a manner',
    'One line in `test/stand-ins/test-camera/manners/table/`, then `npm run bench -- cameras --only NAME`, and in the end `--out docs/cameras.md`.',
    'A test holds that this table and the lines have the same names.',
    '',
    '## Record a manner',
    "A camera that does what no line says is recorded by whoever has it: `npm run camera -- record-manners URL --out door.json` holds a session of 20 s with the unit's own client and writes",
    'its answers, its session description, and of each packet when it came, its head and its sizes, with the kind of unit that its first bytes name: no byte of a picture. Logins, nonces, session ids, addresses,',
    'names, serial numbers and parameter sets are taken out before anything is written, and counted under `taken`; names of headers and attributes stay, so read the file before you pass it on. The command',
    'prints a line for the table that plays the same as far as the fields of a manner can say it, and tells what they cannot: bytes inside units, jitter, and what came after the recording.',
    'It is a sketch: give it a name, its report, what it does and what must come of it, and play it with `--only NAME`.',
    '',
  ].join('\n');
}
