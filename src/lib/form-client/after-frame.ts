/** Runs once the next frame is on the screen; at once on a page that nobody sees, which gets no frames. */
export function afterFrame(run: () => void): void {
  if (document.visibilityState === 'visible') requestAnimationFrame(() => setTimeout(run));
  else run();
}
