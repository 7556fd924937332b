/** The door to TanStack Virtual: which lines of a long table are seen, and how high the others are. */
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useLayoutEffect, useRef, useState } from 'react';
import { usePrinting } from '../parts/printing.ts';

/** Fewer than these are all drawn: a page that is searched or printed by the browser has them all. */
const drawnWhole = 120;
/** As `homes.module.css` has it: larger where a reader has asked for larger letters. @returns px */
const rowHeight = (): number => 2.6 * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);

interface SeenRows {
  readonly table: RefObject<HTMLTableElement | null>;
  readonly from: number;
  readonly until: number;
  /** px of those above and below. */
  readonly before: number;
  readonly after: number;
}

export function useSeenRows(count: number): SeenRows {
  const table = useRef<HTMLTableElement>(null);
  const [top, setTop] = useState(0);
  useLayoutEffect(() => setTop(table.current?.offsetTop ?? 0), []);
  const isWhole = usePrinting() || count <= drawnWhole;
  const virtual = useWindowVirtualizer({
    count,
    estimateSize: rowHeight,
    overscan: 12,
    scrollMargin: top,
    enabled: !isWhole,
  });
  if (isWhole) return { table, from: 0, until: count, before: 0, after: 0 };
  const rows = virtual.getVirtualItems();
  const [first, last] = [rows[0], rows.at(-1)];
  return {
    table,
    from: first?.index ?? 0,
    until: (last?.index ?? -1) + 1,
    before: first ? first.start - top : 0,
    after: last ? virtual.getTotalSize() - (last.end - top) : 0,
  };
}
