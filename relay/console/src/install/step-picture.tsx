/** A drawing for each step: what is done, without words. */
import type { InstallStep } from '@nattfrid/shared/desk/work-order-view';
import type { ReactNode } from 'react';
import css from './install.module.css';

const drawings: Readonly<Record<InstallStep, ReactNode>> = {
  pair: (
    <>
      <rect x="10" y="26" width="34" height="28" rx="5" />
      <path d="M18 34h8v8h-8zM30 34h6M30 40h6M18 48h18" />
      <rect x="58" y="14" width="26" height="46" rx="5" />
      <path d="M66 22h10v10H66zM67 52h8" />
      <path d="M46 40h9" strokeDasharray="2 4" />
    </>
  ),
  power: (
    <>
      <rect x="54" y="16" width="34" height="44" rx="6" />
      <circle cx="71" cy="38" r="11" />
      <path d="M67 38h.2M75 38h.2" strokeWidth="4" />
      <path d="M10 38h20M30 28v20M30 32h10v12H30" />
      <path d="M42 35h6M42 41h6" />
    </>
  ),
  signal: (
    <>
      <path d="M20 60V48M36 60V38M52 60V26M68 60V14" strokeWidth="8" />
    </>
  ),
  time: (
    <>
      <circle cx="48" cy="38" r="25" />
      <path d="M48 22v16l11 8" />
    </>
  ),
  camera: (
    <>
      <rect x="22" y="18" width="44" height="32" rx="8" />
      <circle cx="44" cy="34" r="10" />
      <circle cx="44" cy="34" r="3" />
      <path d="M44 50v12M32 62h24M70 26h8M72 34h10M70 42h8" />
    </>
  ),
  infrared: (
    <>
      <path d="M62 16a24 24 0 1 0 14 33 20 20 0 0 1-14-33z" />
      <path d="M16 20h.2M24 34h.2M14 48h.2" strokeWidth="4" />
    </>
  ),
  view: (
    <>
      <path d="M8 12h10M8 12v10M88 12H78M88 12v10M8 64h10M8 64V54M88 64H78M88 64V54" />
      <path d="M22 52V34h8v6h40a6 6 0 0 1 6 6v6zM22 58v-6M76 58v-6" />
    </>
  ),
  room: (
    <>
      <path d="M10 60 30 18h40l18 42z" />
      <path d="M30 44 36 28h14l4 16z" />
      <circle cx="30" cy="44" r="3" />
      <circle cx="36" cy="28" r="3" />
      <circle cx="50" cy="28" r="3" />
      <circle cx="54" cy="44" r="3" />
    </>
  ),
  plan: (
    <>
      <path d="M28 10h30l12 12v44H28z" />
      <path d="M36 28h24M36 37h24M36 54c4-8 8 6 12-2s6 4 10 0" />
    </>
  ),
  sign: (
    <>
      <rect x="22" y="12" width="52" height="40" rx="4" />
      <path d="M48 52v14M30 24h36M30 33h36M30 42h20" />
    </>
  ),
  'test-look': (
    <>
      <path d="M10 38s12-20 38-20 38 20 38 20-12 20-38 20-38-20-38-20z" />
      <circle cx="48" cy="32" r="5" />
      <path d="M40 50c0-8 3-11 8-11s8 3 8 11" />
    </>
  ),
  'test-fall': (
    <>
      <circle cx="24" cy="48" r="7" />
      <path d="M32 54h24l14-6M44 54l10-12M10 64h76" />
      <path d="M74 12v14M74 33v.2" strokeWidth="4" />
    </>
  ),
  'power-cut': (
    <>
      <rect x="56" y="16" width="32" height="44" rx="6" />
      <path d="M68 38h.2M76 38h.2" strokeWidth="4" />
      <path d="M8 38h14M22 28v20M22 32h10v12H22M34 35h5M34 41h5" />
      <path d="m44 26 5 6M44 50l5-6M51 20v8M51 56v-8" />
    </>
  ),
  wipe: (
    <>
      <rect x="24" y="18" width="48" height="40" rx="6" />
      <path d="m36 28 24 20M60 28 36 48" />
    </>
  ),
};

export const StepPicture = ({ step, state }: { step: InstallStep; state: string }) => (
  <svg
    className={css['picture']}
    data-state={state}
    viewBox="0 0 96 76"
    fill="none"
    stroke="currentColor"
    strokeWidth="2.6"
    strokeLinecap="round"
    strokeLinejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {drawings[step]}
    {state === 'done' ? (
      <g>
        <circle cx="80" cy="62" r="12" fill="currentColor" stroke="none" />
        <path d="m74 62 4 5 8-9" stroke="var(--card)" strokeWidth="3" />
      </g>
    ) : null}
  </svg>
);
