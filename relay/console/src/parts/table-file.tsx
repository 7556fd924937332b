/** A table on paper, and as a file: all lines that are found, in the order and the columns that are shown. */
import { dayOf } from '@nattfrid/shared/domain/window';
import { useAround } from '../around/around.tsx';
import { useWords } from '../words/words.ts';
import { Press } from './press.tsx';
import { type Column, fileOf } from './rows.ts';
import css from './table.module.css';

export function TableFile<Row>(props: {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
}) {
  const { say } = useWords();
  const { clock } = useAround();
  const { id, rows, columns } = props;
  const save = () => {
    const address = URL.createObjectURL(new Blob([fileOf(rows, columns)], { type: 'text/csv;charset=utf-8' }));
    const link = document.createElement('a');
    link.href = address;
    link.download = `nattfrid-${id}-${dayOf(clock.now())}.csv`;
    link.click();
    URL.revokeObjectURL(address);
  };
  return (
    <div className={css['acts']}>
      <Press tone="bare" disabled={rows.length === 0} press={save} data-testid={`save-${id}`}>
        {say('table.save')}
      </Press>
      <Press tone="bare" disabled={rows.length === 0} press={() => window.print()} data-testid={`print-${id}`}>
        {say('table.print')}
      </Press>
    </div>
  );
}
