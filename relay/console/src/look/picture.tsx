/** The canvas of the live picture, and the reason in its place where there is none; an outdated picture is cleared. */
import type { LookView } from '@nattfrid/shared/desk/look-view';
import { type ReactNode, useEffect, useRef } from 'react';
import { useAround, useDesk } from '../around/around.tsx';
import { isTrainingUnit } from '../state/training.ts';
import { type Face, shows } from '../viewing/face.ts';
import { useWords } from '../words/words.ts';
import { Instead } from './instead.tsx';
import css from './look.module.css';

interface PictureProps {
  readonly look: LookView;
  readonly shown: Face;
  readonly place: string;
  readonly others: boolean;
  /** How many have been drawn. */
  readonly pictures: number;
  readonly children: ReactNode;
}

export function Picture({ look, shown, place, others, pictures, children }: PictureProps) {
  const { say } = useWords();
  const { looker } = useAround();
  const canvas = useRef<HTMLCanvasElement>(null);
  const visible = shows(shown);
  const training = isTrainingUnit(useDesk(), look);
  const id = look.look;
  useEffect(() => (canvas.current ? looker.attach(id, canvas.current) : undefined), [looker, id]);
  useEffect(() => {
    if (!visible) looker.wipe(id);
  }, [looker, id, visible]);
  return (
    <div className={css['stage']} data-face={shown.name}>
      <canvas
        ref={canvas}
        className={css['canvas']}
        role="img"
        aria-label={say('look.picture', { client: look.client, place })}
        aria-hidden={!visible}
        data-visible={visible}
        data-testid="picture"
        data-state={shown.name}
        data-pictures={pictures}
      />
      {training ? <p className={css['training']}>{say('training.mark')}</p> : null}
      <Instead look={look} shown={shown} others={others}>
        {children}
      </Instead>
    </div>
  );
}
