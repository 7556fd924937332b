/** A drawn example of each way to show a person: somebody in bed. Nobody's picture. */
import type { Mode } from '@nattfrid/shared/domain/plan';
import css from './client.module.css';

export function ModeExample({ mode }: { mode: Mode }) {
  return (
    <svg className={css['example']} viewBox="0 0 120 68" aria-hidden="true" focusable="false">
      {mode === 'silhouette' ? <Sketch /> : <Room />}
      {mode === 'silhouette' ? <Shape /> : null}
      {mode === 'clear' ? <Person /> : null}
      {mode === 'blur' ? (
        <g filter="url(#example-blur)">
          <Person />
        </g>
      ) : null}
      {mode === 'blocks' ? <Blocks /> : null}
      {mode === 'blur' ? (
        <filter id="example-blur">
          <feGaussianBlur stdDeviation="4" />
        </filter>
      ) : null}
    </svg>
  );
}

const body = 'M22 44c6-7 14-9 24-9h44c6 0 10 3 10 8v4H22z';

const Sketch = () => (
  <g fill="none" stroke="#8fa3c0" strokeWidth="1.2">
    <rect width="120" height="68" fill="#101a2b" stroke="none" />
    <path d="M8 30v28M112 40v18M8 50h104M8 44h104M80 6h26v22H80zM93 6v22" />
  </g>
);
const Room = () => (
  <g>
    <rect width="120" height="68" fill="#4a4640" />
    <rect y="56" width="120" height="12" fill="#37322d" />
    <rect x="80" y="6" width="26" height="22" fill="#26303f" />
    <rect x="8" y="30" width="6" height="28" fill="#6b4f35" />
    <rect x="108" y="40" width="5" height="18" fill="#6b4f35" />
    <rect x="12" y="44" width="98" height="10" fill="#c9c3b6" />
  </g>
);
const Shape = () => (
  <g fill="#7cc4f5">
    <circle cx="26" cy="36" r="7" />
    <path d={body} />
  </g>
);
const Person = () => (
  <g>
    <rect x="14" y="36" width="20" height="9" rx="3" fill="#ece7dc" />
    <circle cx="26" cy="35" r="7" fill="#d9a98a" />
    <path d="M19 33c1-6 12-7 14 0-4-2-9-2-14 0z" fill="#d8d8d8" />
    <path d={body} fill="#5b7fa6" />
    <path d="M46 36l4 11M62 35l3 12M78 35l2 12" stroke="#4a6b8f" strokeWidth="1.5" />
  </g>
);
const squares = ['#cdb9a5', '#d0a588', '#7d8fa2', '#5f80a3', '#56789d', '#6385a8', '#59799b', '#7f94a8'];
const Blocks = () => (
  <g>
    {squares.map((fill, index) => (
      <rect
        key={fill}
        x={14 + index * 11}
        y={index < 2 ? 28 : 34}
        width="11"
        height={index < 2 ? 18 : 13}
        fill={fill}
      />
    ))}
  </g>
);
