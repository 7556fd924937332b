/** Pure. What `npm run score -- --help` prints. */
import { fixtures } from './arguments.ts';

export const help = (
  holdSeconds: number,
  persistenceSeconds: number | undefined,
): string => `Usage: npm run score -- FOLDER [options]

Plays every clip that FOLDER/index.json names through the agent's own river, each held on its last picture for
${holdSeconds} s, with a fall told after ${persistenceSeconds} s on the floor, left room after 15 s out of it and not in bed from the first
picture on. Prints what was found for each clip and in sum, with 95 % intervals (Wilson): by light, by kind of fall,
by source, room and subject. Ambiguous clips, falls onto a bed and what the index does not tell are counted apart.

FOLDER may also be one that --record-fixtures has written: then nothing is played, and what was seen is only decided
anew, in seconds.

  --grey           takes the colour away
  --night          simulated infrared night, see docs/simulated-light.md
  --all-lights     as recorded, grey and simulated night in one run
  --vary           each light also mirrored, cropped to 90 %, brighter and darker by 20 %, and with other noise at
                   night, side by side: how much hangs on these very pictures
  --leave-out subject|room  chooses the limits that --curve moves on all other subjects (rooms), and judges them on the one
                   left out: falls only, pooled, beside the shipped limits; may be given twice
  --curve FILE.svg falls found against false alarms when the thresholds move; prints the table and draws it
  --gate FIGURES   compares with the figures of such a file: exit 1 if one has fallen, and says which
  --figures FILE   writes this run's figures there, for a later --gate
  --doc FILE       writes the tables into such a document, between <!-- score --> and <!-- /score -->; with --vary the
                   figures side by side, between <!-- varied --> and <!-- /varied -->; with --leave-out those of the
                   parts left out, between <!-- left-out --> and <!-- /left-out -->
  --record-fixtures  plays all lights (or only --grey, --night) and keeps what was seen, figures only, in ${fixtures}
                   (--into FOLDER: elsewhere), with figures.json for --gate
  --only PATTERN   only files whose name matches this regular expression
  --at-once N      how many clips at a time (default: one for each core, at most 4)
  --json           one object a line: {"type":"clip","light":…} for each, then {"type":"sum","light":…} for each light
  --help

Exit: 0 it ran, whatever the figures; 1 the gate fell; 2 wrong options, or no index that can be read; 3 a clip could
not be played.`;
