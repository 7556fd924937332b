/** The console's button: quiet, cool for looks, warm for what is urgent, or bare. */
import { Button } from '@mantine/core';
import type { ReactNode } from 'react';
import css from './press.module.css';

interface PressProps {
  readonly children: ReactNode;
  readonly tone?: 'quiet' | 'cool' | 'warm' | 'bare';
  readonly large?: boolean;
  readonly busy?: boolean;
  readonly disabled?: boolean;
  readonly wide?: boolean;
  readonly submit?: boolean;
  readonly icon?: ReactNode;
  readonly press?: () => void;
  readonly 'data-testid'?: string;
  readonly 'aria-describedby'?: string;
  readonly 'aria-keyshortcuts'?: string;
  readonly 'aria-pressed'?: boolean;
}

export const Press = ({ children, tone, large, busy, disabled, wide, submit, icon, press, ...rest }: PressProps) => (
  <Button
    className={css['press'] ?? ''}
    type={submit ? 'submit' : 'button'}
    data-tone={tone ?? 'quiet'}
    loading={busy ?? false}
    disabled={disabled ?? false}
    fullWidth={wide ?? false}
    leftSection={icon}
    {...(large ? { 'data-large': true } : {})}
    {...(press ? { onClick: press } : {})}
    {...rest}
  >
    {children}
  </Button>
);
