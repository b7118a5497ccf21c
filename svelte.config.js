import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import adapter from '@sveltejs/adapter-node';
import { SCRIPT_LOADER } from './src/lib/form/script-loader.ts';
import { SCRIPT_PRELOADER } from './src/lib/page/script-preloader.ts';

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

// The release, and the build behind it, so that open pages notice a new one. This file is read more than once a build,
// by workers too, and the name must be the same in all of them: pages and their scripts find each other by it.
process.env.DRIELUIK_BUILD ??= Date.now().toString(36);

/** The framework's route announcer sets one style attribute of its own; its hash, as the browser reports it. */
const routeAnnouncerStyle = 'sha256-S8qMpvofolR8Mpjy4kQvEm7m1q8clzU4dfDH0AmvZjo=';

// Every page may run them: they ask for any script that the page names, which 'self' has to allow as well. So never 'strict-dynamic'.
const ownScripts = [SCRIPT_LOADER, SCRIPT_PRELOADER].map(
  (text) => `sha256-${createHash('sha256').update(text).digest('base64')}`,
);

/** @type {import('@sveltejs/kit').Config} */
export default {
  kit: {
    version: { name: `${version}+${process.env.DRIELUIK_BUILD}` },
    adapter: adapter({ precompress: true }),
    // Style sheets are written into the page: two of them in files held its first frame back by a third (bench/form).
    inlineStyleThreshold: 20_000,
    alias: { '#lib': './src/lib' },
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['none'],
        'script-src': ['self', ...ownScripts],
        'style-src': ['self'],
        'style-src-attr': ['unsafe-hashes', routeAnnouncerStyle],
        'img-src': ['self', 'data:'],
        'font-src': ['self'],
        'connect-src': ['self'],
        'manifest-src': ['self'],
        'form-action': ['self'],
        'base-uri': ['none'],
        'frame-ancestors': ['none'],
      },
    },
  },
};
