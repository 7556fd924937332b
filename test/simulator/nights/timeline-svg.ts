/** Pure. Timeline of a played night as SVG: true and reported bed state, the script's events, wanted alarms, alarms raised. */
import type { PlayedNight } from './played-night.ts';

const [left, wide, row] = [90, 1400, 26];
const colours: Record<string, string> = {
  'in-bed': '#7aa6c2',
  'on-edge': '#e2b95c',
  'not-in-bed': '#c9736a',
  unknown: '#d9d9d9',
};

export function timelineSvg({ night, timeline, bedSaid, told, score }: PlayedNight): string {
  const x = (at: number) => (left + (at / (60 * night.minutes)) * wide).toFixed(1);
  const bar = (from: number, to: number, y: number, fill: string) =>
    `<rect x="${x(from)}" y="${y}" width="${Math.max(1, Number(x(to)) - Number(x(from))).toFixed(1)}" height="${row - 8}" fill="${fill}"/>`;
  const text = (at: string | number, y: number, words: string, fill = '#222') =>
    `<text x="${at}" y="${y}" fill="${fill}">${words.replace(/[<&]/g, ' ')}</text>`;
  const ends = <One extends { from?: number; at?: number }>(some: readonly One[], i: number) =>
    some[i + 1]?.from ?? some[i + 1]?.at ?? 60 * night.minutes;
  const truth = timeline.bed.map((one, i) => bar(one.from, ends(timeline.bed, i), 30, colours[one.is]!));
  const changes = bedSaid.filter((one, i) => i === 0 || one.is !== bedSaid[i - 1]!.is);
  const said = changes.map((one, i) => bar(one.at, ends(changes, i), 30 + row, colours[one.is ?? 'unknown']!));
  const events = night.events.map((event, i) => text(x(60 * event.at), 108 + (i % 4) * 13, event.do));
  const wanted = score.outcomes.map(({ wanted: one, how }) =>
    bar(one.from, one.to, 160, how === 'missed' ? '#b00020' : how === 'late' ? '#e2b95c' : '#5a9367'),
  );
  const alarms = told
    .filter(({ phase }) => phase === 'began')
    .map((one, i) => {
      const wrong = score.falseAlarms.includes(one);
      return text(x(one.at), 200 + (i % 3) * 13, `▲ ${one.kind} ${one.code}`, wrong ? '#b00020' : '#222');
    });
  const hours = Array.from({ length: Math.floor(night.minutes / 60) + 1 }, (_, hour) =>
    text(x(hour * 3600), 18, `+${hour} h`),
  );
  const names = [
    text(4, 44, 'bed: script'),
    text(4, 44 + row, 'bed: unit'),
    text(4, 108, 'script'),
    text(4, 174, 'wanted'),
    text(4, 200, 'told'),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${left + wide + 120}" height="246" font-family="sans-serif" font-size="11"><rect width="100%" height="100%" fill="#fff"/><title>${night.name}, simulated</title>${[...hours, ...names, ...truth, ...said, ...events, ...wanted, ...alarms].join('')}</svg>\n`;
}
