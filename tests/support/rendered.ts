import type { Component } from 'svelte';
import { render as renderOnServer } from 'svelte/server';

/** A component as the server writes it, its characters beyond ÿ as one reads them (src/lib/server/one-byte.ts). */
export function render(component: Component<never>, options: object): { body: string } {
  const { body } = renderOnServer(component as Component, options as never);
  return { body: body.replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))) };
}
