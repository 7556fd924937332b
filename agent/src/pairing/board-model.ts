/** What the board calls itself, for the label: the one file that asks the system. */
import { readFileSync } from 'node:fs';

/** Device tree (ARM), then DMI (x86). */
const places = ['/sys/firmware/devicetree/base/model', '/sys/class/dmi/id/product_name'];

/** @returns at most 60 printable letters; «board» where it does not say */
export function boardModel(): string {
  for (const place of places)
    try {
      const model = readFileSync(place, 'utf8')
        .replace(/[^\x20-\x7e]/g, '')
        .trim();
      if (model) return model.slice(0, 60);
    } catch {
      // The next.
    }
  return 'board';
}
