/** The page: finds its place in the document and starts the app. */
import '@fontsource-variable/atkinson-hyperlegible-next/wght.css';
import '@mantine/core/styles.layer.css';
import './parts/tokens.css';
import { systemClock } from '@nattfrid/shared/time/clock';
import { createRoot } from 'react-dom/client';
import { config } from 'zod';
import { openApp } from './app.tsx';
import { openWords } from './words/words.ts';

// The page's security policy forbids eval, which zod would use.
config({ jitless: true });

const place = document.getElementById('root');
if (!place) throw new Error('The page has no place for the app.');
await openWords(localStorage);
createRoot(place).render(openApp(systemClock, Math.random));
