/** The layout of a page: heading, lead, content. Its heading takes the focus when the page is opened. */
import { type ReactNode, useEffect, useRef } from 'react';
import { useWords } from '../words/words.ts';
import css from './parts.module.css';
import { useTitle } from './title.ts';

export function Page({
  title,
  lead,
  beside,
  children,
  wide = false,
  'data-testid': id,
}: {
  title: string;
  lead?: ReactNode;
  beside?: ReactNode;
  children: ReactNode;
  /** As wide as the screen, for pages with pictures. */
  wide?: boolean;
  'data-testid'?: string;
}) {
  useTitle(title);
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus({ preventScroll: true }), []);
  return (
    <div className={css['page']} data-testid={id} {...(wide ? { 'data-wide': true } : {})}>
      <header className={css['head']}>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {beside}
        {lead ? <p>{lead}</p> : null}
      </header>
      {children}
    </div>
  );
}

export function Empty({ children }: { children: ReactNode }) {
  return <p className={css['empty']}>{children}</p>;
}

export function Loading() {
  const { say } = useWords();
  return (
    <p className={css['empty']} role="status">
      {say('app.loading')}
    </p>
  );
}
