/** Pure. A plot of figures over time, as an SVG page and as lines of text. */

export interface Line {
  readonly name: string;
  readonly values: readonly number[];
}

const [width, height, left, top, gap] = [900, 150, 70, 40, 60];
const colours = ['#1b5e8c', '#b3541e', '#3b7a3b'];

/** @param minutes from the first value to the last @returns an SVG with one panel for each group, from 0 to the largest of its values */
export function plot(groups: readonly { readonly title: string; readonly lines: readonly Line[] }[], minutes: number) {
  const panels = groups.map(({ title, lines }, index) => {
    const y = top + index * (height + gap);
    const largest = Math.max(1, ...lines.flatMap(({ values }) => values)) * 1.05;
    const drawn = lines.map(({ name, values }, which) => {
      const points = values.map((value, at) => {
        const x = left + (at / Math.max(1, values.length - 1)) * width;
        return `${x.toFixed(1)},${(y + height - (value / largest) * height).toFixed(1)}`;
      });
      const colour = colours[which % colours.length];
      const legend = `<text x="${left + which * 160}" y="${y + height + 34}" fill="${colour}">${name}</text>`;
      return `<polyline fill="none" stroke="${colour}" stroke-width="1.5" points="${points.join(' ')}"/>${legend}`;
    });
    const frame = `<rect x="${left}" y="${y}" width="${width}" height="${height}" fill="none" stroke="#999"/>`;
    const scale = `<text x="${left - 6}" y="${y + 10}" text-anchor="end">${largest.toFixed(0)}</text><text x="${left - 6}" y="${y + height}" text-anchor="end">0</text>`;
    const times = `<text x="${left}" y="${y + height + 16}">0 min</text><text x="${left + width}" y="${y + height + 16}" text-anchor="end">${minutes.toFixed(0)} min</text>`;
    return `<text x="${left}" y="${y - 8}" font-weight="bold">${title}</text>${frame}${scale}${times}${drawn.join('')}`;
  });
  const size = `width="${left + width + 20}" height="${top + groups.length * (height + gap)}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" ${size} font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="#fff"/>${panels.join('')}</svg>\n`;
}

const steps = ' ▁▂▃▄▅▆▇█';

/** The values as one line of bars, from 0 to their largest. */
export function bars(values: readonly number[], wide = 60): string {
  const largest = Math.max(...values, 1e-9);
  const each = Math.max(1, Math.ceil(values.length / wide));
  const means = Array.from({ length: Math.ceil(values.length / each) }, (_, at) => {
    const part = values.slice(at * each, (at + 1) * each);
    return part.reduce((all, one) => all + one, 0) / part.length;
  });
  return means.map((value) => steps[Math.round((value / largest) * (steps.length - 1))]).join('');
}
