/** `npm run bench`: measures parts of the product on this machine and prints figures; nothing is asserted. */
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchCameras, mannersNamed } from './cameras.ts';
import { benchCodecs } from './codecs.ts';
import { benchConsole } from './console.ts';
import { drawnSoak } from './drawn-soak.ts';
import { benchFirstPicture } from './first-picture.ts';
import { benchLink } from './link.ts';
import { profiles } from './live/profile.ts';
import { benchFirst, benchLive } from './live.ts';
import { benchLogSize } from './log-size.ts';
import { benchNodes } from './nodes.ts';
import { benchPackage } from './package.ts';
import { benchPerceive, perceiveCases } from './perceive.ts';
import { benchPerceiveAgainst } from './perceive-against.ts';
import { benchPicture } from './picture.ts';
import { benchRelay } from './relay.ts';
import { soak } from './soak.ts';
import { benchStore } from './store.ts';
import { storm } from './storm.ts';

const help = `Usage: npm run bench -- [perceive] [CLIP…] [--seconds N]
       npm run bench -- perceive --against COMMIT [CLIP…] [--seconds N] [--rounds N]
       npm run bench -- soak [--minutes N] [--plot FILE]
       npm run bench -- drawn-soak [--minutes N]
       npm run bench -- relay [--looks N]
       npm run bench -- log [--lines N]
       npm run bench -- store [--seconds N]
       npm run bench -- console [--homes N] [--alarms N] [--night] [--against COMMIT]
       npm run bench -- link [CLIP] [--seconds N]
       npm run bench -- picture [CLIP…] [--rounds N] [--faces N] [--sheet FOLDER]
       npm run bench -- nodes [--units N] [--minutes N] [--rounds N] [--alone] [--profile FOLDER] [--against COMMIT]
       npm run bench -- storm [--kills N]
       npm run bench -- codecs [--seconds N]
       npm run bench -- first-picture [--calls N]
       npm run bench -- cameras [--only MANNER]… [--out FILE]
       npm run bench -- package [--minutes N]
       npm run bench -- live [--only PROFILE]… [--openings N] [--video FILE]
       npm run bench -- live --against COMMIT [--only PROFILE]… [--openings N] [--rounds N] [--video FILE]

perceive  What watching one camera costs. Prints the processor time of each part (decode, change grid, steady pictures,
          NanoDet, BlazePose, tracking, detectors, anonymise); then pictures a second, the share of one core and the
          resident memory of the agent's process and its decoder, at the speed of life and with nobody looking: an empty
          room, a person who moves, one who lies still, and each CLIP given (--seconds N of it, 20 by default, begun
          anew at its end); then the same pictures through our eyes and through a public pipeline, @vladmandic/human.
          Takes about five minutes. Budgets are printed, not held.
          --against COMMIT: that commit and this tree in turns, on one core, --rounds N times (3 is enough), with the ratios;
          two and a half minutes a round.
soak      Agent and relay as processes of their own, on a camera that plays drawn scenes without end, for --minutes of real
          time (90 by default): prints memory, descriptors, threads and processor of each every five minutes, and in the end
          how flat they were after the first third. --plot FILE draws them as SVG.
drawn-soak  Drawn scenes one after another, faster than life, for --minutes of simulated time (120 by default): prints the
          memory after 5 minutes and then each half hour. It should not rise.
relay     How many looks one relay process passes at once: 50, 100, 200 and so on up to --looks (1600 by default), units and
          viewers in two more processes; prints how old pictures are at the viewer's end, the relay's processor time and
          memory, and the first number at which a picture is older than a second. Less than two minutes.
log       What the pages that look back cost with an audit log of --lines lines (200000 by default): who has done what, and the checks
          of the log, as they were read before and as they are now, in one run on one database; and what a line more costs. One minute.
store     How many deeds a second each engine of the relay's store saves, each on the disk before it is answered, with eight clients at once: SQLite, a real
          PostgreSQL with fsync, and two nodes on it; each alone, and with a line of the audit log. --seconds N each (20 by default).
console   What the console costs a browser, with --homes units (500) that tell how they are and --alarms in the database (10000): bytes on the
          wire and ms of the main thread until the watch is shown, until it has fetched all pages ahead, and a minute of updates; the size of the
          script; and ms from a click to each page. --against COMMIT: the same of that commit, in the same run. Two minutes, or five.
          --night: a night of 8 h on the watch, its updates sixty times as fast as in life, and the page's memory meanwhile. Eight more minutes.
link      How old pictures are over a good, a poor and two narrow links, and after an outage of three seconds, through a
          forwarder on this machine: CLIP as it is (a drawn scene by default), --seconds of it for each (20 by default).
picture   What an operator would see of each CLIP (of all in ../shared/footage by default), in every mode, as it is and in the
          simulated night. Prints the pictures with a person in the observation, in how many of them people are drawn and in
          how many of those they can be made out; pictures in which a public face detector finds a face (clear: in the raw
          picture), one in --faces N being searched (5 by default, 0: none); kbit/s through the unit's own encoder and SSIM
          against the uncoded pictures. --rounds N plays each clip N times and counts the last: the room is known by then.
          --sheet FOLDER writes contact sheets: pictures of a recording, for whoever may have them. Takes an hour or more.
nodes     What a connected unit costs the relay: --units paired units (1000; up to 5000), each with two connections as in the field (TLS 1.3
          with its certificate, WebSocket; MQTT, and one that stands by), announce and beat for --minutes (1). Prints memory and ms of
          processor for each unit of the relay's process alone, units and alarms a second, and how late alarms are at a console.
          --against COMMIT: that commit and this tree in turns, --rounds times (1); Debian's mosquitto beside them as the floor,
          where it is installed (--alone: not). Three minutes a side and round with 1000 units. --profile FOLDER: a profile of the
          processor in that minute, and what lies in the heap then, for Chromium's own tools.
storm     Twenty units (the agent's own disk, outbox and link) tell alarms while relay and units are killed at random, --kills N
          times in all (100 by default, about five minutes; 10 take less than two), the relay's disk fills up and empties, and its clock
          steps. Prints alarms acknowledged, lost and doubled, silences told in time, and the longest times to recover.
codecs    What H.265 costs beside H.264, from a camera that others have written (gst-rtsp-server, x264enc and x265enc) and from the test
          camera: ms from a picture's last packet to the picture, pictures a second, the longest hole, and ms of processor time a
          picture of the client and the decoder; --seconds N of each (20 by default). Then the hole where a camera changes from one
          to the other in a session, beside one that changes its size.
first-picture  How long after a running camera's next key picture its first picture is out of the decoder: H.264 and H.265 with a
          key picture each 1 s and 2 s, called --calls N times (40 by default) at moments that nothing governs, by a camera and a
          decoder that are opened for it, or called again after the camera has hung up; and gst-rtsp-server, where it is there. The key
          picture is the first that a viewer beside it, who stays, has had whole after the call began: a call that is too late
          for it pays the whole distance to the next. About eight minutes.
live      A look from the click to the picture, over links that are as bad as 4G is: the unit and a camera with a time code in
          one network namespace, the relay and Chromium in another, a forwarder of ours between them. Prints for each link
          the time from the click to the first picture, from the camera to the screen (read back from the canvas), kbit/s,
          pictures a second and the share of one core of unit and relay; how long until it is live again after 3 s without a
          link; and the same of JSMpeg as in node-rtsp-stream and of WebRTC. Needs root, iproute2 and /dev/net/tun; where
          that is not given it says so, measures nothing, and ends with 3. About a quarter of an hour; one link, four minutes.
          --only PROFILE   one of: ${profiles.map(({ name }) => name).join(', ')}; may be given again
          --openings N     looks for each figure (8)
          --video FILE     a recording in place of our drawn night; the code is drawn over its lowest lines
          --against COMMIT the first picture alone: that commit and this tree in turns, --openings looks each and --rounds times (1), in both
                           as «clear» and as a silhouette; with the ratio, the floor (one round trip, one picture coded and decoded), and where
                           each millisecond goes. Five minutes a link and round of 8 looks.
cameras   Every manner of a camera out of the test camera's table, played to the unit's camera and decoder and, by the same server in
          the same run, to ffmpeg -rtsp_transport tcp. Prints the table that stands in docs/cameras.md: first picture, pictures
          a second, longest hole, and the words that a technician reads. All of them take about twelve minutes.
          --only MANNER    its name, or the beginning of several; may be given again
          --out FILE       writes the page too; for all manners
package   What the packaged agent (scripts/package) holds of the machine beside the clone's, in one run: resident memory of both on the
          same film and settings for --minutes (6 by default), and what the package takes on disk, each with its goal.

Clock times compare only when nothing else ran beside them; processor times nearly always. Progress goes to stderr.

Exit: 0 it ran, whatever the figures; 1 something failed; 2 wrong options; 3 it cannot run on this machine.`;

const options = {
  help: { type: 'boolean', short: 'h', default: false },
  against: { type: 'string' },
  seconds: { type: 'string', default: '20' },
  minutes: { type: 'string' },
  plot: { type: 'string' },
  looks: { type: 'string', default: '1600' },
  rounds: { type: 'string', default: '1' },
  faces: { type: 'string', default: '5' },
  sheet: { type: 'string' },
  only: { type: 'string', multiple: true },
  openings: { type: 'string', default: '8' },
  kills: { type: 'string', default: '100' },
  lines: { type: 'string', default: '200000' },
  homes: { type: 'string', default: '500' },
  night: { type: 'boolean', default: false },
  units: { type: 'string', default: '1000' },
  alone: { type: 'boolean', default: false },
  profile: { type: 'string' },
  alarms: { type: 'string', default: '10000' },
  calls: { type: 'string', default: '40' },
  video: { type: 'string' },
  out: { type: 'string' },
} as const;

function refuse(why: string): never {
  console.error(`${why}\n\n${help}`);
  process.exit(2);
}

function asked() {
  try {
    return parseArgs({ allowPositionals: true, options });
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function count(name: string, value: string, most = 10_000): number {
  const number = Number(value);
  return number > 0 && number <= most ? number : refuse(`--${name} takes a number above 0, and not ${value}.`);
}

async function clipsIn(folder: string): Promise<readonly string[]> {
  const names = await readdir(folder).catch(() => refuse(`There are no clips in ${folder}: name some.`));
  return names.filter((name) => name.endsWith('.mp4')).map((name) => join(folder, name));
}

const { values, positionals } = asked();
const [first = 'perceive', ...rest] = positionals;
const usualMinutes: Readonly<Record<string, string>> = { 'drawn-soak': '120', package: '6', nodes: '1' };
const minutes = count('minutes', values.minutes ?? usualMinutes[first] ?? '90');
const seconds = count('seconds', values.seconds);
const openings = Math.round(count('openings', values.openings));
if (values.help) console.log(help);
else if (first === 'soak') {
  if (rest.length > 0) refuse('soak takes no file.');
  process.exitCode = await soak(minutes, values.plot === undefined ? undefined : resolve(values.plot));
} else if (first === 'drawn-soak') {
  if (rest.length > 0) refuse('drawn-soak takes no file.');
  await drawnSoak(minutes);
} else if (first === 'relay') {
  if (rest.length > 0) refuse('relay takes no file.');
  await benchRelay(Math.round(count('looks', values.looks)));
} else if (first === 'log') {
  if (rest.length > 0) refuse('log takes no file.');
  await benchLogSize(Math.round(count('lines', values.lines, 2_000_000)));
} else if (first === 'store') {
  if (rest.length > 0) refuse('store takes no file.');
  await benchStore(count('seconds', values.seconds));
} else if (first === 'console') {
  if (rest.length > 0) refuse('console takes no file.');
  const homes = Math.round(count('homes', values.homes));
  process.exitCode = await benchConsole({
    ...{ against: values.against, homes },
    alarms: Math.round(count('alarms', values.alarms, 1_000_000)),
    night: values.night,
  });
} else if (first === 'nodes') {
  if (rest.length > 0) refuse('nodes takes no file.');
  const units = Math.round(count('units', values.units, 5000));
  const rounds = Math.round(count('rounds', values.rounds));
  const profile = values.profile === undefined ? undefined : resolve(values.profile);
  process.exitCode = await benchNodes({
    against: values.against,
    units,
    minutes,
    rounds,
    alone: values.alone,
    profile,
  });
} else if (first === 'storm') {
  if (rest.length > 0) refuse('storm takes no file.');
  process.exitCode = await storm(Math.round(count('kills', values.kills)));
} else if (first === 'codecs') {
  if (rest.length > 0) refuse('codecs takes no file.');
  process.exitCode = await benchCodecs(seconds);
} else if (first === 'first-picture') {
  if (rest.length > 0) refuse('first-picture takes no file.');
  await benchFirstPicture(Math.round(count('calls', values.calls)));
} else if (first === 'link') {
  if (rest.length > 1) refuse('link takes one file.');
  await benchLink(rest[0] ?? join(import.meta.dirname, '../../fixtures/scenes/night-fall.mp4'), seconds);
} else if (first === 'picture') {
  const footage = join(import.meta.dirname, '../../../shared/footage');
  const clips = rest.length > 0 ? rest : await clipsIn(footage);
  const facesEvery = values.faces === '0' ? 0 : count('faces', values.faces);
  await benchPicture({ clips, rounds: count('rounds', values.rounds), facesEvery, sheet: values.sheet });
} else if (first === 'package') {
  if (rest.length > 0) refuse('package takes no file.');
  process.exitCode = await benchPackage(minutes);
} else if (first === 'cameras') {
  const { only = [], out } = values;
  if (rest.length > 0) refuse('cameras takes no file: name manners with --only.');
  if (out !== undefined && only.length > 0) refuse('The page is written with all manners, and not with --only.');
  if (mannersNamed(only).length === 0) refuse(`There is no manner «${only.join()}».`);
  process.exitCode = await benchCameras({ only, out: out === undefined ? undefined : resolve(out) });
} else if (first === 'live') {
  if (rest.length > 0) refuse('live takes a recording with --video, and no other file.');
  const { only = [] } = values;
  const unknown = only.find((name) => !profiles.some((one) => one.name === name));
  if (unknown !== undefined) refuse(`There is no link «${unknown}».`);
  const video = values.video === undefined ? undefined : resolve(values.video);
  const wish = { only, openings, video };
  const rounds = Math.round(count('rounds', values.rounds));
  process.exitCode =
    values.against === undefined ? await benchLive(wish) : await benchFirst(values.against, rounds, wish);
} else {
  const clips = first === 'perceive' ? rest : positionals;
  if (values.against === undefined) await benchPerceive(clips, seconds);
  else {
    const rounds = Math.round(count('rounds', values.rounds));
    process.exitCode = await benchPerceiveAgainst(values.against, perceiveCases(clips, seconds), rounds);
  }
}
