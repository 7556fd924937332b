/** The drawing of a room in an empty frame of the picture's shape; corners are dragged, or moved with the arrow keys. */
import type { Point } from '@nattfrid/shared/domain/geometry';
import { type KeyboardEvent, type PointerEvent, type ReactNode, useRef } from 'react';
import { useWords } from '../words/words.ts';
import { type Draft, type DraftEvent, isTangled, numberOf, type Part } from './draft.ts';
import css from './room.module.css';

/** Height of the drawing in its own units; the width follows from the camera's aspect. */
const tall = 900;

export function PictureFrame({
  draft,
  aspect,
  send,
  behind,
}: {
  draft: Draft;
  /** Width / height of the camera's picture. */
  aspect: number;
  send: (event: DraftEvent) => void;
  /** What lies behind the outlines, such as the sketch. */
  behind?: ReactNode;
}) {
  const { say } = useWords();
  const drawing = useRef<SVGSVGElement>(null);
  const wide = Math.round(tall * aspect);
  const at = (event: PointerEvent): Point => {
    const area = drawing.current?.getBoundingClientRect() ?? new DOMRect(0, 0, 1, 1);
    return [(event.clientX - area.left) / area.width, (event.clientY - area.top) / area.height];
  };
  const inHand = draft.parts.find((part) => part.id === draft.inHand);
  // The part in hand is drawn last, so that nothing lies over its corners.
  const ordered = [...draft.parts.filter((part) => part !== inHand), ...(inHand ? [inHand] : [])];
  return (
    <figure className={css['figure']} style={{ aspectRatio: String(aspect) }}>
      {behind}
      {/* biome-ignore lint/a11y/useSemanticElements: a group of corners in a drawing, which fieldset cannot be. */}
      <svg
        ref={drawing}
        className={css['drawing']}
        viewBox={`0 0 ${wide} ${tall}`}
        role="group"
        aria-label={say('room.frame')}
        data-testid="room-drawing"
      >
        {ordered.map((part) => (
          <Outline
            key={part.id}
            part={part}
            draft={draft}
            wide={wide}
            take={() => send({ type: 'take', id: part.id })}
          />
        ))}
        {inHand ? <Corners part={inHand} draft={draft} wide={wide} at={at} send={send} /> : null}
      </svg>
    </figure>
  );
}

function Outline({ part, draft, wide, take }: { part: Part; draft: Draft; wide: number; take: () => void }) {
  const { say } = useWords();
  const points = part.outline.map(([x, y]) => [x * wide, y * tall] as const);
  const left = Math.min(...points.map(([x]) => x));
  const right = Math.max(...points.map(([x]) => x));
  const top = Math.min(...points.map(([, y]) => y));
  const number = numberOf(draft, part);
  return (
    // The list of parts does the same for the keyboard.
    <g
      className={css['outline']}
      data-kind={part.kind}
      data-testid={`outline-${part.kind}`}
      {...(part.id === draft.inHand ? { 'data-in-hand': true } : {})}
      {...(isTangled(part) ? { 'data-tangled': true } : {})}
      onPointerDown={take}
    >
      <polygon points={points.map((point) => point.join(',')).join(' ')} />
      {/* The name runs inwards from the nearer side, so that it stays in the picture. */}
      <text
        {...(left + right > wide
          ? { x: Math.min(right, wide) - 14, textAnchor: 'end' }
          : { x: Math.max(left, 0) + 14 })}
        y={Math.min(tall - 16, Math.max(top, 0) + 46)}
      >
        {say(`room.kind.${part.kind}`)}
        {number ? ` ${number}` : ''}
      </text>
    </g>
  );
}

/** How far an arrow key moves a corner, as a share of the picture; `stride` with Shift. */
const step = 0.005;
const stride = 0.03;
const ways: Readonly<Record<string, Point>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function Corners({
  part,
  draft,
  wide,
  at,
  send,
}: {
  part: Part;
  draft: Draft;
  wide: number;
  at: (event: PointerEvent) => Point;
  send: (event: DraftEvent) => void;
}) {
  const { say } = useWords();
  const { id, outline, kind } = part;
  const name = [say(`room.kind.${kind}`), numberOf(draft, part)].filter(Boolean).join(' ');
  const press = (event: KeyboardEvent, corner: number) => {
    const way = ways[event.key];
    const [x, y] = outline[corner]!;
    if (way) {
      const by = event.shiftKey ? stride : step;
      send({ type: 'move-corner', id, corner, to: [x + way[0] * by, y + way[1] * by] });
    } else if (event.key === 'Delete' || event.key === 'Backspace') send({ type: 'remove-corner', id, corner });
    else if (event.key === 'Enter' || event.key === '+') send({ type: 'add-corner', id, after: corner });
    else return;
    event.preventDefault();
  };
  return (
    <g className={css['corners']} data-kind={kind}>
      {outline.map(([x, y], corner) => {
        const [nextX, nextY] = outline[(corner + 1) % outline.length]!;
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner is its place in the outline.
          <g key={corner}>
            <circle
              className={css['between']}
              cx={((x + nextX) / 2) * wide}
              cy={((y + nextY) / 2) * tall}
              r={11}
              onPointerDown={() => send({ type: 'add-corner', id, after: corner })}
            />
            {/* biome-ignore lint/a11y/useSemanticElements: a button element cannot stand in a drawing. */}
            <circle
              className={css['corner']}
              cx={x * wide}
              cy={y * tall}
              r={17}
              role="button"
              tabIndex={0}
              aria-label={say('room.corner', {
                name,
                corner: corner + 1,
                across: Math.round(100 * x),
                down: Math.round(100 * y),
              })}
              aria-describedby="room-keys"
              data-testid="corner"
              onKeyDown={(event) => press(event, corner)}
              onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
              onPointerMove={(event) => {
                if (event.currentTarget.hasPointerCapture(event.pointerId))
                  send({ type: 'move-corner', id, corner, to: at(event) });
              }}
              onDoubleClick={() => send({ type: 'remove-corner', id, corner })}
            />
          </g>
        );
      })}
    </g>
  );
}
