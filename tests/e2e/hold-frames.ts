import type { Page } from '@playwright/test';

/** Gives no frames, so that nothing comes that waits for one. @returns the scripts that were asked for, and what lets frames go */
export async function holdFrames(
  page: Page,
  visibility = 'visible',
): Promise<{ asked: string[]; release: () => Promise<void> }> {
  await page.addInitScript((state) => {
    const frame = requestAnimationFrame;
    const waiting: FrameRequestCallback[] = [];
    let isHeld = true;
    window.requestAnimationFrame = (run) => (isHeld ? waiting.push(run) : frame(run));
    window.addEventListener('test-frames', () => {
      isHeld = false;
      for (const run of waiting.splice(0)) frame(run);
    });
    Object.defineProperty(document, 'visibilityState', { get: () => state });
  }, visibility);
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.resourceType() === 'script') asked.push(request.url());
  });
  return {
    asked,
    release: () => page.evaluate(() => void window.dispatchEvent(new Event('test-frames'))),
  };
}
