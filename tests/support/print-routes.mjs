// Prints, as JSON, every route that the built server answers: its id, the methods of an endpoint, the actions of a page.
// Run by Node itself: the build is no part of what the test runner transforms.
import { readdirSync } from 'node:fs';

const folder = new URL('../../build/server/chunks/', import.meta.url);
const [file, ...others] = readdirSync(folder).filter((name) => /^manifest\.js-.*\.js$/.test(name));
if (file === undefined || others.length > 0) throw new Error(`no manifest to be found in ${folder.pathname}`);
const modules = Object.values(await import(new URL(file, folder).href));
const { routes, nodes } = modules.find((value) => value?._?.routes)._;
const found = [];
for (const { id, page, endpoint } of routes) {
  const methods = endpoint ? Object.keys(await endpoint()).filter((name) => /^[A-Z]+$/.test(name)) : [];
  const leaf = page ? await nodes[page.leaf]() : null;
  found.push({ id, isPage: page !== null, methods, actions: Object.keys(leaf?.server?.actions ?? {}) });
}
process.stdout.write(JSON.stringify(found), () => process.exit(0));
