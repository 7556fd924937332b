/** The live picture, and in its place, when there is none, why. Pixels are on the canvas only while they are true. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAround } from '../state/around.tsx';
import { useStore } from '../state/store.ts';
import { useWords } from '../words/words.ts';
import { type Face, shows } from './face.ts';
import { Instead } from './instead.tsx';
import css from './look.module.css';
import { picturesDrawn } from './viewing.ts';

export function Picture({ look, shown, children }: { look: LookView; shown: Face; children: ReactNode }) {
  const { say } = useWords();
  const { looker } = useAround();
  const canvas = useRef<HTMLCanvasElement>(null);
  const pictures = picturesDrawn(useStore(looker.viewing));
  const visible = shows(shown);
  useEffect(() => (canvas.current ? looker.attach(canvas.current) : undefined), [looker]);
  useEffect(() => {
    if (!visible) looker.wipe();
  }, [looker, visible]);
  return (
    <section className={css['stage']} data-face={shown.name} aria-label={say('look.picture', { client: look.client })}>
      <canvas
        ref={canvas}
        className={css['canvas']}
        role="img"
        aria-label={say('look.picture', { client: look.client })}
        aria-hidden={!visible}
        data-visible={visible}
        data-testid="picture"
        data-state={shown.name}
        data-pictures={pictures}
      />
      <Instead look={look} shown={shown}>
        {children}
      </Instead>
    </section>
  );
}
