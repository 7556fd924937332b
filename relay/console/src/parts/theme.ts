/** Our colours for Mantine's parts, set through its CSS variables. */
import { type CSSVariablesResolver, createTheme } from '@mantine/core';

export const theme = createTheme({
  fontFamily: 'var(--font)',
  fontFamilyMonospace: 'var(--font)',
  headings: { fontFamily: 'var(--font)', fontWeight: '650' },
  defaultRadius: 10,
  primaryColor: 'blue',
  respectReducedMotion: true,
  cursorType: 'pointer',
});

const ours = {
  '--mantine-color-body': 'var(--ground)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--ink-3)',
  '--mantine-color-placeholder': 'var(--ink-3)',
  '--mantine-color-default': 'var(--card-2)',
  '--mantine-color-default-hover': 'var(--line)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--line-strong)',
  '--mantine-color-error': 'var(--warm)',
  '--mantine-color-anchor': 'var(--cool)',
  '--mantine-primary-color-filled': 'var(--cool-fill)',
  '--mantine-primary-color-contrast': 'var(--cool-on)',
};

export const variables: CSSVariablesResolver = () => ({ variables: {}, dark: ours, light: ours });
