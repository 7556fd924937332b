/** Pure. Operating curves as SVG: for each sweep, falls found over false alarms, and below it both over the sweep's values. */
import type { Curve } from './operating-curve.ts';
import type { ThresholdSweep } from './threshold-sweeps.ts';

export interface Drawn {
  readonly sweep: ThresholdSweep;
  readonly curves: readonly Curve[];
}

/** One line style per condition, different in dash and mark as well as in colour. */
const lineStyles = [
  { colour: '#1b6ca8', dash: '', radius: 6 },
  { colour: '#c2571a', dash: '7 3', radius: 4.5 },
  { colour: '#4a4a4a', dash: '2 3', radius: 3 },
] as const;
const plot = { width: 260, height: 170, gap: 70, left: 60, top: 70 } as const;

export function drawCurves(drawn: readonly Drawn[], title: string): string {
  const width = plot.left + drawn.length * (plot.width + plot.gap);
  const height = plot.top + 2 * (plot.height + plot.gap) + 10;
  const legend = (drawn[0]?.curves ?? []).map(({ condition }, at) => {
    const x = plot.left + at * 170;
    return `${line(
      [
        [x, 44],
        [x + 26, 44],
      ],
      at,
    )}${mark(x + 13, 44, at)}${text(x + 34, 48, condition)}`;
  });
  const panels = drawn.flatMap(({ sweep, curves }, at) => {
    const x = plot.left + at * (plot.width + plot.gap);
    return [operating(sweep, curves, x, plot.top), overValues(sweep, curves, x, plot.top + plot.height + plot.gap)];
  });
  const about = 'Upper row: each mark is one value of the threshold, false alarms to the right, falls found upwards. ';
  const below =
    'Lower row: falls found (above) and everyday clips with a false alarm (below, hollow marks) at each value.';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="sans-serif" font-size="11" fill="#222">`,
    '<title>Falls found against false alarms as the thresholds move</title>',
    `<rect width="${width}" height="${height}" fill="white"/>`,
    text(plot.left, 24, title, 'font-size="15" font-weight="bold"'),
    ...legend,
    ...panels,
    text(plot.left, height - 16, about + below),
    '</svg>\n',
  ].join('\n');
}

function operating(sweep: ThresholdSweep, curves: readonly Curve[], x: number, y: number): string {
  const most = Math.max(0.2, ...curves.flatMap(({ points }) => points.map(({ falseAlarms }) => shareOf(falseAlarms))));
  const end = Math.ceil(most * 10) / 10;
  const drawn = curves.map(({ points }, style) => {
    const at = points.map(
      ({ falls, falseAlarms }) =>
        [x + (shareOf(falseAlarms) / end) * plot.width, y + (1 - shareOf(falls)) * plot.height] as const,
    );
    const marks = at.map(([px, py], one) => `<g>${titled(sweep, points[one]!)}${mark(px, py, style)}</g>`);
    return line(at, style) + marks.join('');
  });
  return (
    frame(x, y, sweep.name) +
    ticks(
      x,
      y,
      [0, end / 2, end].map((one) => [one / end, `${Math.round(one * 100)} %`]),
    ) +
    text(x + plot.width / 2, y + plot.height + 30, 'everyday clips with a false alarm', middle) +
    drawn.join('')
  );
}

function overValues(sweep: ThresholdSweep, curves: readonly Curve[], x: number, y: number): string {
  const last = sweep.values.length - 1;
  const drawn = curves.map(({ points }, style) => {
    const places = (share: (point: Curve['points'][number]) => number) =>
      points.map((point, at) => [x + (at / last) * plot.width, y + (1 - share(point)) * plot.height] as const);
    const found = places(({ falls }) => shareOf(falls));
    const alarmed = places(({ falseAlarms }) => shareOf(falseAlarms));
    const marks = (at: readonly (readonly [number, number])[], hollow: boolean) =>
      at.map(([px, py], one) => `<g>${titled(sweep, points[one]!)}${mark(px, py, style, hollow)}</g>`).join('');
    return line(found, style) + marks(found, false) + line(alarmed, style) + marks(alarmed, true);
  });
  const labels = sweep.values.map((value, at) => [at / last, `${value}`] as const);
  return (
    frame(x, y, '') +
    ticks(x, y, labels) +
    text(x + plot.width / 2, y + plot.height + 30, sweep.unit, middle) +
    drawn.join('')
  );
}

const shareOf = ({ found, of }: { readonly found: number; readonly of: number }): number => (of === 0 ? 0 : found / of);
const titled = (sweep: ThresholdSweep, { value, falls, falseAlarms }: Curve['points'][number]): string =>
  `<title>${escaped(`${sweep.name} ${value}: found ${falls.found} of ${falls.of}, false ${falseAlarms.found} of ${falseAlarms.of}`)}</title>`;

function frame(x: number, y: number, name: string): string {
  const rules = [0, 0.25, 0.5, 0.75, 1].map((share) => {
    const at = y + (1 - share) * plot.height;
    return (
      `<path d="M${x} ${at}h${plot.width}" stroke="#ddd"/>` +
      text(x - 6, at + 4, `${share * 100} %`, 'text-anchor="end" fill="#555"')
    );
  });
  return (
    text(x + plot.width / 2, y - 8, name, `${middle} font-weight="bold"`) +
    rules.join('') +
    `<rect x="${x}" y="${y}" width="${plot.width}" height="${plot.height}" fill="none" stroke="#999"/>`
  );
}

const ticks = (x: number, y: number, labels: readonly (readonly [number, string])[]): string =>
  labels.map(([at, label]) => text(x + at * plot.width, y + plot.height + 14, label, `${middle} fill="#555"`)).join('');

const line = (points: readonly (readonly [number, number])[], style: number): string => {
  const { colour, dash } = lineStyles[style % lineStyles.length]!;
  return `<polyline points="${points.map((one) => one.map(tenth).join(',')).join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5" stroke-dasharray="${dash}"/>`;
};
const mark = (x: number, y: number, style: number, hollow = false): string => {
  const { colour, radius } = lineStyles[style % lineStyles.length]!;
  return `<circle cx="${tenth(x)}" cy="${tenth(y)}" r="${radius}" fill="${hollow ? 'white' : colour}" stroke="${colour}" fill-opacity="0.7"/>`;
};
const middle = 'text-anchor="middle"';
const text = (x: number, y: number, words: string, how = ''): string =>
  `<text x="${tenth(x)}" y="${tenth(y)}" ${how}>${escaped(words)}</text>`;
const tenth = (value: number): number => Math.round(value * 10) / 10;
const escaped = (words: string): string =>
  words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
