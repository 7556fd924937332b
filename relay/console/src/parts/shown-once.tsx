/** A password or a token: told this once, and gone when the page is left. One press marks all of it. */
import css from './form.module.css';

export const ShownOnce = (props: {
  readonly words: string;
  readonly secret: string | undefined;
  readonly 'data-testid': string;
}) =>
  props.secret === undefined ? null : (
    <div className={css['once']} role="status">
      <span>{props.words}</span>
      <code data-testid={props['data-testid']}>{props.secret}</code>
    </div>
  );
