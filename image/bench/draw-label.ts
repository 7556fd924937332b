/** Pure. One label as a drawing, 99.1 × 67.7 mm: the address as a QR code, name, short code, fingerprint, model and version. A secret. */
import { printCode, writeLabel } from '@nattfrid/shared/seal/label';
import { encodeQR } from 'qr';
import type { KeptLabel } from './bench-folder.ts';

/** Millimetres. */
export const labelSize = { width: 99.1, height: 67.7 } as const;

export const labelLanguages = ['sv', 'en'] as const;
export type LabelLanguage = (typeof labelLanguages)[number];

const words = {
  sv: {
    code: 'Kort kod',
    mark: 'Fingeravtryck',
    scan: 'Skannas vid installationen.',
    hide: 'Visa den inte för någon annan.',
  },
  en: {
    code: 'Short code',
    mark: 'Fingerprint',
    scan: 'Scanned at the installation.',
    hide: 'Show it to nobody else.',
  },
} as const;

const qr = { at: 4, size: 47 } as const;
const column = 54;

export function drawLabel(label: KeptLabel, language: LabelLanguage): string {
  const { unit, relay, code, fingerprint, model, agent } = label;
  const said = words[language];
  const square = encodeQR(writeLabel(relay, label), 'svg', { ecc: 'quartile', border: 4 }).replace(
    '<svg ',
    `<svg x="${qr.at}" y="${qr.at}" width="${qr.size}" height="${qr.size}" shape-rendering="crispEdges" `,
  );
  const groups = fingerprint.split(' ');
  const text = (x: number, y: number, size: number, letters: string, more = '') =>
    `<text x="${x}" y="${y}" font-size="${size}"${more}>${escaped(letters)}</text>`;
  const figures = ' font-family="Liberation Mono, DejaVu Sans Mono, monospace" font-weight="bold" letter-spacing="0"';
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${labelSize.width}mm" height="${labelSize.height}mm" viewBox="0 0 ${labelSize.width} ${labelSize.height}" font-family="Liberation Sans, DejaVu Sans, sans-serif">`,
    `<rect width="100%" height="100%" fill="#fff"/>`,
    square,
    text(column, 11.5, 5, 'Nattfrid', ' font-weight="bold"'),
    text(column, 18.5, 5, unit, figures),
    text(column, 26, 2.8, said.code),
    text(column, 31.5, 5, printCode(code), figures),
    text(column, 39, 2.8, said.mark),
    text(column, 43.7, 3.8, groups.slice(0, 3).join(' '), figures),
    text(column, 48.4, 3.8, groups.slice(3).join(' '), figures),
    text(qr.at + 3, 56, 2.8, said.scan),
    text(qr.at + 3, 59.8, 2.8, said.hide),
    text(column, 56, 2.6, shortened(new URL(relay).host, 27)),
    text(qr.at + 3, 64, 2.4, `${shortened(model, 30)} · ${shortened(agent, 28)}`),
    '</svg>',
  ].join('\n');
}

const shortened = (said: string, most: number): string => (said.length > most ? `${said.slice(0, most - 1)}…` : said);

const escaped = (said: string): string =>
  said.replace(/[&<>"]/g, (letter) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[letter] ?? '');
