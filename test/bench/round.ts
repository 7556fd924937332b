/** Prints what a round costs one operator at a real console: 30 homes by keyboard, keys and seconds from each verdict to the next picture. */
import { type Site, openSite, staff } from '../browser/site.ts';
import { openChromium } from '../browser/chromium.ts';
import { findChromium } from '../stand-ins/staff/chromium.ts';
import { findFfmpeg } from '../support/ffmpeg.ts';
import { movingPictures } from '../support/h264-stream.ts';
