/** How it went, as a sign: the same few lines for everybody. */
import type { ReactNode } from 'react';
import css from './scene.module.css';
import type { Manner } from './scene.ts';

const arrow = <path d="M46 30h16m-6-6 6 6-6 6" />;
const slowArrow = <path d="M46 24c4 0 3 6 7 6s3 6 7 6m-5-5 5 5-6 3" />;
const standing = (
  <>
    <circle cx="24" cy="12" r="5" />
    <path d="M24 18v17m-8-11h16m-8 11-6 15m6-15 6 15" />
  </>
);
const sitting = (
  <>
    <circle cx="22" cy="12" r="5" />
    <path d="M22 18v18h13v16M22 26l10 4" />
    <path d="M13 20v32M13 42h15v10" />
  </>
);
const lying = (
  <>
    <circle cx="74" cy="44" r="5" />
    <path d="M80 45h18l12 3m-26-3 7 5m7-5 10-4" />
    <path d="M66 54h46" strokeDasharray="3 4" />
  </>
);
const bed = (x: number) => <path d={`M${x} 52V26m0 20h36v6m0-6v-7H${x + 1}`} />;
const door = <path d="M82 54V14h22v40M96 35v1" />;
const unknown = (x: number) => <path d={`M${x - 6} 22a7 7 0 1 1 9 7c-2 1-3 3-3 6m0 8v1`} />;

/** A part at another place, so many units to the right. */
const at = (x: number, part: ReactNode) => (
  <g key={x} transform={`translate(${x} 0)`}>
    {part}
  </g>
);
const inBed = (
  <>
    {bed(6)}
    <circle cx="16" cy="34" r="4.5" />
  </>
);

const signs: Readonly<Record<Manner, ReactNode>> = {
  'from-standing': [standing, arrow, lying],
  'from-sitting': [sitting, arrow, lying],
  'out-of-bed': [bed(6), arrow, lying],
  'slowly-down': [standing, slowArrow, lying],
  'unseen-lying': [unknown(24), arrow, lying],
  helped: [standing, lying],
  'up-again': [at(-62, lying), at(10, arrow), at(66, standing)],
  'in-bed': at(36, inBed),
  out: [standing, arrow, door],
  back: [at(-74, door), arrow, at(66, standing)],
  'not-in-bed': [at(8, bed(6)), at(60, standing)],
  'bed-unknown': [at(20, bed(6)), unknown(88)],
};

/** @param words what it shows */
export const MannerSign = ({ manner, words }: { manner: Manner; words: string }) => (
  <svg className={css['manner']} viewBox="0 0 118 60" role="img" aria-label={words}>
    {signs[manner]}
  </svg>
);
