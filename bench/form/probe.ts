/** What the page itself notes while it is measured; times in milliseconds. */
export type Probe = {
  /** From the start of the navigation to the first frame in which a radio can be seen and chosen. */
  answerable: number | null;
  /** From the release of the mouse button to the end of the first frame after it. */
  clickToPaint: number | null;
  /** The sum of the layout shifts that nobody's input explains. */
  layoutShift: number;
};

declare global {
  interface Window {
    formBench: Probe;
  }
}

type LayoutShift = PerformanceEntry & { value: number; hadRecentInput: boolean };

/** Runs in the page, before anything of its own. The browser gets its text: it can use nothing from outside. */
export function installProbe(): void {
  const probe: Probe = { answerable: null, clickToPaint: null, layoutShift: 0 };
  window.formBench = probe;

  // A message that is sent while a frame is made arrives when the frame is done.
  const whenDone = (then: () => void) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = then;
    port2.postMessage(null);
  };

  const look = () => {
    const radio = document.querySelector<HTMLInputElement>('input[type=radio]');
    const target = radio?.closest('label');
    const box = target?.getBoundingClientRect();
    const isVisible = target?.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    if (radio?.matches(':enabled') && isVisible && box && box.width > 0 && box.height > 0) {
      whenDone(() => (probe.answerable = performance.now()));
    } else requestAnimationFrame(look);
  };
  requestAnimationFrame(look);

  // The event carries the time of the mouse's input, so that waiting for a busy page counts.
  const onClick = ({ timeStamp }: MouseEvent) =>
    requestAnimationFrame(() => whenDone(() => (probe.clickToPaint = performance.now() - timeStamp)));
  window.addEventListener('click', onClick, { capture: true, once: true });

  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      if (!entry.hadRecentInput) probe.layoutShift += entry.value;
    }
  }).observe({ type: 'layout-shift', buffered: true });
}
